using Onpoint.Measurement.Disclosure;

namespace Onpoint.Measurement.Tests.Disclosure;

public sealed class DisclosureDecisionTests
{
    /// <summary>
    /// The safety property of docs/methodology.md section 8 over seeded random histories: 1 to 6 schools, up to 6 batches, most of them small, so
    /// that pooling, hiding, waiting and republishing all happen; some teachers skip a component, some rosters change or are unknown.
    /// </summary>
    [Fact]
    public void No_combination_of_all_publications_rests_on_fewer_than_five_teachers()
    {
        int republications = 0;
        for (int seed = 0; seed < 600; seed++)
        {
            DisclosureHistory history = RandomHistories.Schools(new Random(seed), (wave, decisions) => { });
            Assert.True(history.Isolated() is null, $"Seed {seed} isolates {history.Isolated()}:\n{history}");
            republications += Math.Max(0, history.DistrictPublications - 1);
        }

        Assert.True(republications > 200, $"Only {republications} republications: the histories do not test them.");
    }

    [Fact]
    public void Every_unit_is_shown_when_all_schools_have_five() =>
        Assert.Equal(["1 -", "1 -", "1 -"], Show(new DisclosureHistory([20, 20]).Publish(5, 9)));

    [Fact]
    public void A_small_school_hides_the_next_smallest_with_it() =>
        Assert.Equal(["1 -", "- TooFew", "1 -", "- Complementary"], Show(new DisclosureHistory([20, 20, 20]).Publish(4, 9, 6)));

    /// <summary>Ordinal: capital letters come before small ones.</summary>
    [Fact]
    public void Of_equally_small_schools_the_first_text_id_is_hidden() =>
        Assert.Equal(["1 -", "1 -", "- TooFew", "- Complementary"], Show(Decide(School("b", 7), School("c", 3), School("B", 7))));

    /// <summary>3 + 1 answers are four teachers: the pair would not cover each other.</summary>
    [Fact]
    public void Hidden_schools_together_have_five_teachers() =>
        Assert.Equal(["1 -", "- TooFew", "- TooFew", "- Complementary", "1 -"], Show(new DisclosureHistory([20, 20, 20, 20]).Publish(3, 1, 8, 9)));

    /// <summary>Roster 82 of 100 is above 80 %, 80 of 100 is not.</summary>
    [Theory]
    [InlineData(82, 18, "- Complementary")]
    [InlineData(80, 20, "1 -")]
    public void No_small_school_holds_more_than_80_percent_of_the_hidden_roster(int first, int second, string third) =>
        Assert.Equal(third, Show(new DisclosureHistory([first, second, 50]).Publish(4, 3, 30))[3]);

    /// <summary>4 of 4 + 1 answers are 80 %, not more.</summary>
    [Fact]
    public void Responses_stand_for_an_unknown_roster() =>
        Assert.Equal(
            ["1 -", "- TooFew", "- TooFew", "1 -"],
            Show(Decide(School("a", 4) with { Eligible = null }, School("b", 1) with { Eligible = null }, School("c", 9))));

    [Fact]
    public void A_district_below_five_hides_everything() =>
        Assert.Equal(["- TooFew", "- TooFew", "- TooFew"], Show(new DisclosureHistory([20, 20]).Publish(2, 2)));

    [Fact]
    public void All_schools_may_be_hidden_behind_a_shown_district() =>
        Assert.Equal(["1 -", "- TooFew", "- Complementary"], Show(new DisclosureHistory([20, 20]).Publish(2, 30)));

    [Theory]
    [InlineData(5, "1 -", "1 -")]
    [InlineData(4, "- TooFew", "- TooFew")]
    public void The_only_answering_school_is_shown_or_hidden_with_the_district(int answers, string district, string school) =>
        Assert.Equal([district, school, "- -"], Show(new DisclosureHistory([20, 20]).Publish(answers, 0)));

    [Fact]
    public void The_only_answering_school_appears_with_its_district_once_it_has_five()
    {
        var history = new DisclosureHistory([20]);
        history.Publish(3);

        Assert.Equal(["2 -", "2 -"], Show(history.Publish(2)));
    }

    [Fact]
    public void A_hidden_school_stays_hidden_when_it_has_grown()
    {
        var history = new DisclosureHistory([20, 20, 20]);
        history.Publish(3, 6, 9);

        Assert.Equal(["2 -", "- Sticky", "- Sticky", "1 -"], Show(history.Publish(10, 0, 0)));
    }

    [Fact]
    public void Four_late_answers_wait_and_five_are_shown()
    {
        var history = new DisclosureHistory([20, 20]);
        history.Publish(10, 10);

        Assert.Equal(["1 Pending", "1 Pending", "1 -"], Show(history.Publish(4, 0)));
        Assert.Equal(["3 -", "3 -", "1 -"], Show(history.Publish(1, 0)));
    }

    /// <summary>Seven late answers, but the two of the second school could be worked out from the other two rows.</summary>
    [Fact]
    public void The_district_waits_while_its_row_would_isolate_late_answers()
    {
        var history = new DisclosureHistory([20, 20]);
        history.Publish(10, 10);

        Assert.Equal(["1 Pending", "2 -", "1 Pending"], Show(history.Publish(5, 2)));
    }

    /// <summary>
    /// 3 + 2 late answers enter the district's row. A later row of the first school with two more would reveal, against the
    /// district's, a combination of those two and the second school's two: four answers. So it stays.
    /// </summary>
    [Fact]
    public void A_school_whose_late_answers_entered_the_district_stays_as_it_was()
    {
        var history = new DisclosureHistory([20, 20]);
        history.Publish(10, 10);

        Assert.Equal(["2 -", "1 Pending", "1 Pending"], Show(history.Publish(3, 2)));
        Assert.Equal("1 Pending", Show(history.Publish(2, 0))[1]);
        Assert.Null(history.Isolated());
    }

    /// <summary>Six late answers, but two of them skipped the second component: the difference of its two means would rest on four.</summary>
    [Fact]
    public void Late_answers_are_counted_component_by_component()
    {
        var history = new DisclosureHistory([20, 20]);
        history.Publish(10, 10);
        TeacherAnswer[] late = [.. Enumerable.Range(0, 6).Select(teacher => new TeacherAnswer(0, Second: teacher >= 2))];

        Assert.Equal(["1 Pending", "1 Pending", "1 -"], Show(history.Publish(late)));
        Assert.Equal(["3 -", "3 -", "1 -"], Show(history.Publish([new TeacherAnswer(0)])));
    }

    /// <summary>Five late answers without the second component leave its mean as it was.</summary>
    [Fact]
    public void A_component_without_late_answers_holds_nothing_back()
    {
        var history = new DisclosureHistory([20, 20]);
        history.Publish(10, 10);

        Assert.Equal(["2 -", "2 -", "1 -"], Show(history.Publish([.. Enumerable.Repeat(new TeacherAnswer(0, Second: false), 5)])));
    }

    /// <summary>
    /// Two hidden schools, 3 and 30 answers. Their remainder in the district's row is 20 / 3 and 40 / 30 of each teacher; with another roster of the first
    /// it is another combination of the same answers, and both together give the three away.
    /// </summary>
    [Theory]
    [InlineData(20, "2 -")]
    [InlineData(21, "1 Pending")]
    [InlineData(null, "1 Pending")]
    public void The_district_waits_when_the_weights_of_hidden_schools_change(int? roster, string district)
    {
        var history = new DisclosureHistory([20, 40, 90]);
        history.Publish(3, 30, 40);
        history.Enrol(0, roster);

        Assert.Equal(district, Show(history.Publish(0, 0, 5))[0]);
        Assert.Null(history.Isolated());
    }

    [Fact]
    public void Weights_by_answers_do_not_depend_on_rosters()
    {
        var history = new DisclosureHistory([20, 40, null]);
        history.Publish(3, 30, 40);
        history.Enrol(0, 21);

        Assert.Equal("2 -", Show(history.Publish(0, 0, 5))[0]);
        Assert.Null(history.Isolated());
    }

    /// <summary>A roster of nobody beside answers is none: <see cref="Onpoint.Measurement.Estimation.WaveEstimator"/> then weights by answers.</summary>
    [Fact]
    public void A_roster_of_nobody_turns_the_weights_to_answers()
    {
        var history = new DisclosureHistory([20, 40, 90]);
        history.Publish(3, 30, 40);
        history.Enrol(2, 0);

        Assert.Equal("1 Pending", Show(history.Publish(0, 0, 5))[0]);
    }

    /// <summary>
    /// School a is shown again with five late answers while the district waits for the two of b. Then a is hidden behind the new school c: of its six answers since the
    /// district's row only one is new to readers, and with c's two and b's two they are five; without b's they are three.
    /// </summary>
    [Theory]
    [InlineData(2, "3 -")]
    [InlineData(1, "1 Pending")]
    public void What_a_school_showed_before_it_was_hidden_is_known(int late, string district)
    {
        var history = new DisclosureHistory([40, 40, 40]);
        history.Publish(6, 20, 0);
        Assert.Equal(["1 Pending", "2 -", "1 Pending", "- -"], Show(history.Publish(5, late, 0)));

        Assert.Equal([district, "- Complementary", "1 Pending", "- TooFew"], Show(history.Publish(1, 0, 2)));
        Assert.Null(history.Isolated());
    }

    /// <summary>
    /// The estimate pools b with c, the next smallest, so c is hidden with b although the schools hidden before would cover b: shown, c would change
    /// the weight of b's four answers with its own late answers, and the district's rows before and after would give them away.
    /// </summary>
    [Fact]
    public void Schools_hidden_before_do_not_spare_the_next_smallest()
    {
        var history = new DisclosureHistory([40, 40, 40, 40, 90]);
        history.Publish(3, 0, 0, 6, 30);

        Assert.Equal(["2 -", "- Sticky", "- TooFew", "- Complementary", "- Sticky", "1 -"], Show(history.Publish(10, 4, 5, 8, 0)));
        history.Publish(0, 0, 5, 0, 0);
        Assert.Null(history.Isolated());
    }

    /// <summary>Ten answers of a are gone and fifteen of a hidden school came: five more, but a later row could be set against this one.</summary>
    [Fact]
    public void Nothing_is_renewed_when_answers_were_removed()
    {
        DisclosureUnit district = new(null, [65], 65, 160, 1, new RowBasis([50], 160), false, null);
        DisclosureUnit fewer = new("a", [10], 10, 40, 1, new RowBasis([20], 40), false, new RowBasis([20], 40));
        DisclosureUnit more = new("b", [30], 30, 40, 1, new RowBasis([20], 40), false, new RowBasis([20], 40));
        DisclosureUnit hidden = new("c", [19], 19, 40, null, null, true, new RowBasis([4], 40));
        DisclosureUnit beside = new("d", [6], 6, 40, null, null, true, new RowBasis([6], 40));

        Assert.Equal(["1 Pending", "1 Pending", "2 -", "- Sticky", "- Sticky"], Show(DisclosureControl.Decide(2, [district, fewer, more, hidden, beside])));
        Assert.Equal("2 -", Show(DisclosureControl.Decide(2, [district, fewer with { Counts = [20] }, more, hidden, beside]))[0]);
    }

    [Fact]
    public void A_revision_that_changes_nothing_keeps_the_earlier_one()
    {
        var history = new DisclosureHistory([20, 20]);
        history.Publish(10, 10);

        Assert.Equal(["1 -", "1 -", "1 -"], Show(history.Publish(0, 0)));
    }

    /// <summary>The rule that the safety property does not need: the small one of two hidden schools could be narrowed down by the size of its share.</summary>
    [Fact]
    public void Hidden_schools_are_two_with_five_teachers_and_none_small_holds_80_percent()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            DisclosureUnit[] schools = [.. Enumerable.Range(0, random.Next(2, 7)).Select(school => new DisclosureUnit(
                $"s{school}", [random.Next(0, 12), random.Next(0, 12)], 12, random.Next(10) == 0 ? null : random.Next(12, 150), null, null, random.Next(8) == 0, null))];
            DisclosureDecision[] decisions = [.. Decide(schools).Skip(1)];
            DisclosureUnit[] hidden = [.. schools.Zip(decisions).Where(pair => pair.Second.ShownRevision is null).Select(pair => pair.First)];

            Assert.All(schools.Except(hidden), school => Assert.True(school.Counts.Min() >= 5 && !school.WasWithheld));
            if (hidden.Length is 0 || hidden.Length == schools.Length)
            {
                continue;
            }

            bool rosters = hidden.All(school => school.Eligible is not null);
            double joint = hidden.Sum(school => rosters ? school.Eligible!.Value : school.Responses);
            Assert.True(hidden.Length >= 2 && hidden.Sum(school => school.Counts.Min()) >= 5, $"Seed {seed}");
            Assert.DoesNotContain(hidden, school => school.Counts.Min() < 5 && (rosters ? school.Eligible!.Value : school.Responses) / joint > 0.8);
        }
    }

    [Theory]
    [InlineData(4, false, false)]
    [InlineData(5, false, true)]
    [InlineData(1, true, true)]
    public void A_statistic_over_districts_needs_five_unless_its_reader_may_see_each(int districts, bool seesEach, bool shown) =>
        Assert.Equal(shown, DisclosureControl.MayShowOver(districts, seesEach));

    [Fact]
    public void MayShowOver_rejects_a_negative_number() =>
        Assert.Equal("districts", Assert.Throws<ArgumentOutOfRangeException>(() => DisclosureControl.MayShowOver(-1, true)).ParamName);

    [Fact]
    public void Decide_rejects_lists_that_do_not_begin_with_the_district()
    {
        DisclosureUnit district = new(null, [10], 10, 20, null, null, false, null);
        Assert.Equal("units", Assert.Throws<ArgumentException>(() => DisclosureControl.Decide(1, [])).ParamName);
        Assert.Equal("units", Assert.Throws<ArgumentException>(() => DisclosureControl.Decide(1, [School("a", 10)])).ParamName);
        Assert.Equal("units", Assert.Throws<ArgumentException>(() => DisclosureControl.Decide(1, [district, district])).ParamName);
        Assert.Equal("units", Assert.Throws<ArgumentException>(() => DisclosureControl.Decide(1, [district, School("a", 10), School("a", 10)])).ParamName);
    }

    [Fact]
    public void Decide_rejects_counts_of_other_components()
    {
        DisclosureUnit district = new(null, [10], 10, 20, null, null, false, null);
        Assert.Equal("units", Assert.Throws<ArgumentException>(() => DisclosureControl.Decide(1, [district with { Counts = [] }])).ParamName);
        Assert.Equal("units", Assert.Throws<ArgumentException>(() => DisclosureControl.Decide(1, [district, School("a", 10) with { Counts = [10, 10] }])).ParamName);
        Assert.Equal("units", Assert.Throws<ArgumentException>(() => DisclosureControl.Decide(1, [district with { OwnRow = new RowBasis([], 20) }])).ParamName);
        Assert.Equal("units", Assert.Throws<ArgumentException>(() => DisclosureControl.Decide(1, [district, School("a", 10) with { InDistrictRow = new RowBasis([1, 2], 20) }])).ParamName);
    }

    private static DisclosureUnit School(string id, int count) => new(id, [count], count, 40, null, null, false, null);

    private static IReadOnlyList<DisclosureDecision> Decide(params DisclosureUnit[] schools) =>
        DisclosureControl.Decide(1, [new DisclosureUnit(null, [.. schools[0].Counts.Select((_, component) => schools.Sum(school => school.Counts[component]))], schools.Sum(s => s.Responses), 200, null, null, false, null), .. schools]);

    /// <summary>Shown revision and code of every unit, the district first; a dash for null.</summary>
    private static string[] Show(IReadOnlyList<DisclosureDecision> decisions) =>
        [.. decisions.Select(decision => $"{decision.ShownRevision?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"} {decision.Code?.ToString() ?? "-"}")];
}
