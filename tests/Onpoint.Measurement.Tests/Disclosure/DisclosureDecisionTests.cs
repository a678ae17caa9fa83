using Onpoint.Measurement.Disclosure;

namespace Onpoint.Measurement.Tests.Disclosure;

public sealed class DisclosureDecisionTests
{
    /// <summary>
    /// The safety property of docs/methodology.md section 8 over seeded random histories: 1 to 6 schools, up to 6 batches, most of them small, so
    /// that pooling, hiding, waiting and republishing all happen.
    /// </summary>
    [Fact]
    public void No_combination_of_all_publications_rests_on_fewer_than_five_answers()
    {
        int republications = 0;
        for (int seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            int schools = random.Next(1, 7);
            var history = new DisclosureHistory([.. Enumerable.Range(0, schools).Select(_ => random.Next(30, 200))]);
            int batches = random.Next(1, 7);
            List<string> seen = [];
            for (int batch = 0; batch < batches; batch++)
            {
                int most = batch == 0 ? 12 : random.Next(1, 9);
                int[] answers = [.. Enumerable.Range(0, schools).Select(_ => random.Next(3) == 0 ? 0 : random.Next(most))];
                seen.Add($"{string.Join(' ', answers)} -> {string.Join(", ", Show(history.Publish(answers)))}");
                Assert.True(history.Isolated() is null, $"Seed {seed} isolates {history.Isolated()}:\n{string.Join('\n', seen)}");
            }

            republications += Math.Max(0, history.DistrictPublications - 1);
        }

        Assert.True(republications > 500, $"Only {republications} republications: the histories do not test them.");
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

    [Fact]
    public void Without_the_districts_earlier_counts_the_careful_case_is_assumed()
    {
        DisclosureUnit district = new(null, 40, 40, 100, 1, 30, false);
        DisclosureUnit hidden = new("a", 4, 4, 20, null, 0, true);
        DisclosureUnit other = new("b", 6, 6, 20, null, 0, true);
        DisclosureUnit shown = new("c", 30, 30, 60, 1, 20, false, ResponsesInShownDistrict: 20);

        Assert.Equal(["1 Pending", "- TooFew", "- Sticky", "2 -"], Show(DisclosureControl.Decide(2, [district, hidden, other, shown])));
        Assert.Equal(
            ["2 -", "- TooFew", "- Sticky", "2 -"],
            Show(DisclosureControl.Decide(2, [district, hidden with { ResponsesInShownDistrict = 4 }, other with { ResponsesInShownDistrict = 6 }, shown])));
    }

    [Fact]
    public void Decide_rejects_lists_that_do_not_begin_with_the_district()
    {
        DisclosureUnit district = new(null, 10, 10, 20, null, 0, false);
        Assert.Equal("units", Assert.Throws<ArgumentException>(() => DisclosureControl.Decide(1, [])).ParamName);
        Assert.Equal("units", Assert.Throws<ArgumentException>(() => DisclosureControl.Decide(1, [School("a", 10)])).ParamName);
        Assert.Equal("units", Assert.Throws<ArgumentException>(() => DisclosureControl.Decide(1, [district, district])).ParamName);
        Assert.Equal("units", Assert.Throws<ArgumentException>(() => DisclosureControl.Decide(1, [district, School("a", 10), School("a", 10)])).ParamName);
    }

    private static DisclosureUnit School(string id, int count) => new(id, count, count, 40, null, 0, false);

    private static IReadOnlyList<DisclosureDecision> Decide(params DisclosureUnit[] schools) =>
        DisclosureControl.Decide(1, [new DisclosureUnit(null, schools.Sum(s => s.SmallestCount), schools.Sum(s => s.Responses), 200, null, 0, false), .. schools]);

    /// <summary>Shown revision and code of every unit, the district first; a dash for null.</summary>
    private static string[] Show(IReadOnlyList<DisclosureDecision> decisions) =>
        [.. decisions.Select(decision => $"{decision.ShownRevision?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"} {decision.Code?.ToString() ?? "-"}")];
}
