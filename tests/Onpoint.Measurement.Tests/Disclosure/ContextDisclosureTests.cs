using Onpoint.Measurement.Disclosure;

namespace Onpoint.Measurement.Tests.Disclosure;

public sealed class ContextDisclosureTests
{
    private static readonly string[] Questions = ["grade", "years"];

    /// <summary>The safety property of docs/methodology.md section 8 with two context questions that some do not answer, and the rules that hiding must keep beyond it.</summary>
    [Fact]
    public void No_combination_of_all_publications_with_context_groups_rests_on_fewer_than_five_teachers()
    {
        int publications = 0;
        int renewals = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            Dictionary<ContextGroup, int[]> shown = [];
            HashSet<ContextGroup> withheld = [];
            DisclosureHistory history = RandomHistories.Contexts(new Random(seed), (wave, decisions) =>
            {
                foreach (ContextDecision group in wave.Groups)
                {
                    int[] counts = Counts(wave, group);
                    if (group.ShownRevision is not null && group.Code is null && (!shown.TryGetValue(group.Group, out int[]? before) || !counts.SequenceEqual(before)))
                    {
                        Assert.All(counts.Zip(before ?? [0, 0]), pair => Assert.True(pair.First - pair.Second is 0 or >= 5, $"Seed {seed}"));
                        renewals += before is null ? 0 : 1;
                        shown[group.Group] = counts;
                    }

                    Assert.False(group.ShownRevision is not null && withheld.Contains(group.Group), $"Seed {seed}: {group} was withheld before.");
                    withheld.UnionWith(group.Code is null or WithheldCode.Pending ? [] : [group.Group]);
                }

                for (int question = 0; question < Questions.Length && decisions[0].ShownRevision is not null && decisions[0].Code is null; question++)
                {
                    CheckHidden(wave, question, seed);
                }
            });

            Assert.True(history.Isolated() is null, $"Seed {seed} isolates {history.Isolated()}:\n{history}");
            publications += history.GroupPublications;
        }

        Assert.True(publications > 100 && renewals > 10, $"Only {publications} groups published, {renewals} again: the histories do not test them.");
    }

    [Fact]
    public void Every_group_is_shown_when_all_have_five() => Assert.Equal(["a 1 -", "b 1 -"], Show(Wave((0, "a", 5), (0, "b", 6))));

    [Fact]
    public void A_small_group_hides_the_next_smallest_with_it() =>
        Assert.Equal(["a - TooFew", "b 1 -", "c - Complementary"], Show(Wave((0, "a", 4), (0, "b", 9), (0, "c", 6))));

    /// <summary>Ordinal: capital letters come before small ones.</summary>
    [Fact]
    public void Of_equally_small_groups_the_first_code_is_hidden() =>
        Assert.Equal(["B - Complementary", "a - TooFew", "b 1 -"], Show(Wave((0, "a", 4), (0, "b", 6), (0, "B", 6))));

    /// <summary>Those who did not answer cover the small group, so nobody else need be hidden: 3 + 2 are five, and 3 of 5 are 60 %.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    public void Teachers_who_did_not_answer_cover_a_small_group_first(int silent) =>
        Assert.Equal(["a - TooFew", "b 1 -", "c 1 -"], Show(Wave((0, "a", 3), (0, null, silent), (0, "b", 9), (0, "c", 9))));

    /// <summary>The district less both groups would be the three.</summary>
    [Fact]
    public void Few_who_did_not_answer_are_protected_like_a_group() =>
        Assert.Equal(["a 1 -", "b - Complementary"], Show(Wave((0, null, 3), (0, "a", 9), (0, "b", 8))));

    [Fact]
    public void Many_who_did_not_answer_need_no_protection() =>
        Assert.Equal(["a 1 -", "b 1 -"], Show(Wave((0, null, 5), (0, "a", 9), (0, "b", 8))));

    /// <summary>4 of 4 + 1 are 80 %, not more; together they are five.</summary>
    [Theory]
    [InlineData(4, 1, "c 1 -")]
    [InlineData(3, 1, "c - Complementary")]
    public void Hidden_groups_together_have_five_teachers(int a, int b, string third) =>
        Assert.Equal(third, Show(Wave((0, "a", a), (0, "b", b), (0, "c", 7), (0, "d", 9)))[2]);

    /// <summary>The second component has 4 of the 20 responses of each: 4 of 21 would be under 80 %, but 20 of 24 responses are not.</summary>
    [Theory]
    [InlineData(16, "c 1 -")]
    [InlineData(17, "c - Complementary")]
    public void No_small_group_holds_more_than_80_percent_of_the_hidden_responses(int responses, string third)
    {
        var history = new DisclosureHistory([300], "grade");
        history.Publish([
            .. Enumerable.Range(0, responses).Select(teacher => new TeacherAnswer(0, true, teacher < 4, "a")), .. Answers((0, "b", 4), (0, "c", 20), (0, "d", 20))]);

        Assert.Equal(third, Show(history)[2]);
    }

    [Fact]
    public void A_hidden_group_stays_hidden_when_it_has_grown()
    {
        DisclosureHistory history = Wave((0, "a", 4), (0, "b", 6), (0, "c", 9));
        history.Publish(Answers((0, "a", 9)));

        Assert.Equal(["a - Sticky", "b - Sticky", "c 1 -"], Show(history));
    }

    /// <summary>Four late answers of a wait. The district's nine less b's five would be these four, so b waits too; five and nine more of each are then apart.</summary>
    [Fact]
    public void A_group_with_few_late_answers_waits_and_with_it_the_one_that_would_give_them_away()
    {
        DisclosureHistory history = Wave((0, "a", 10), (0, "b", 10));
        history.Publish(Answers((0, "a", 4), (0, "b", 5)));
        Assert.Equal(["a 1 Pending", "b 1 Pending"], Show(history));

        history.Publish(Answers((0, "a", 1), (0, "b", 4)));
        Assert.Equal(["a 3 -", "b 3 -"], Show(history));
        Assert.Null(history.Isolated());
    }

    /// <summary>A teacher of a who skips the second component: five late answers are four there.</summary>
    [Fact]
    public void Late_answers_of_a_group_are_counted_component_by_component()
    {
        DisclosureHistory history = Wave((0, "a", 10), (0, "b", 10));
        history.Publish([.. Answers((0, "a", 4), (0, "b", 5)), new TeacherAnswer(0, true, false, "a")]);

        Assert.Equal("a 1 Pending", Show(history)[0]);
    }

    [Fact]
    public void Groups_wait_for_the_district()
    {
        DisclosureHistory history = Wave((0, "a", 10), (0, "b", 10));
        history.Publish(Answers((0, "c", 4)));
        Assert.Equal(["a 1 -", "b 1 -", "c - Pending"], Show(history));

        history.Publish(Answers((0, "c", 1)));
        Assert.Equal(["a 1 -", "b 1 -", "c 3 -"], Show(history));
    }

    [Fact]
    public void Of_a_withheld_district_no_group_is_shown() => Assert.Equal(["a - Pending"], Show(Wave((0, "a", 4))));

    /// <summary>Group a less school a, with the weights that everybody knows, would be the two teachers of school b.</summary>
    [Fact]
    public void Groups_that_isolate_part_of_a_school_are_hidden()
    {
        DisclosureHistory history = Wave((0, "a", 10), (1, "a", 2), (1, "b", 8));

        Assert.Equal(["a - Complementary", "b - Complementary"], Show(history));
        Assert.Null(history.Isolated());
    }

    /// <summary>Each question alone is safe. Together: grade a less years x is what grade a and years y share (1) less what grade b and years x share (1).</summary>
    [Fact]
    public void A_second_question_is_hidden_when_it_isolates_with_the_first()
    {
        var history = new DisclosureHistory([80], Questions);
        history.Publish([.. Answers(8, "a", "x"), .. Answers(1, "a", "y"), .. Answers(1, "b", "x"), .. Answers(9, "b", "y")]);

        Assert.Equal(["a 1 -", "b 1 -", "x - Complementary", "y - Complementary"], Show(history));
        Assert.Null(history.Isolated());
    }

    [Fact]
    public void A_group_without_responses_is_not_mentioned() =>
        Assert.Empty(ContextDisclosure.Decide(["grade"], [new DisclosureAtom("s", 1, ["a"], 0, [0])], [Revision(1)], []));

    [Fact]
    public void Decide_rejects_what_does_not_fit_together()
    {
        DisclosureAtom atom = new("s", 1, ["a"], 9, [9]);
        Assert.Equal("atoms", Refused(() => ContextDisclosure.Decide(["grade", "years"], [atom], [Revision(1)], [])));
        Assert.Equal("atoms", Refused(() => ContextDisclosure.Decide(["grade"], [atom, atom with { Counts = [1, 2] }], [Revision(1)], [])));
        Assert.Equal("history", Refused(() => ContextDisclosure.Decide(["grade"], [atom], [], [])));
        Assert.Equal("history", Refused(() => ContextDisclosure.Decide(["grade"], [atom], [Revision(1), Revision(1)], [])));
        Assert.Equal("history", Refused(() => ContextDisclosure.Decide(["grade"], [atom], [Revision(1) with { Groups = [new ContextGroup("grade", "a")] }], [])));
        Assert.Equal("history", Refused(() => ContextDisclosure.Decide(["grade"], [atom with { SchoolId = "other" }], [Revision(1)], [])));
    }

    private static void CheckHidden(DisclosureHistory wave, int question, int seed)
    {
        ContextDecision[] groups = [.. wave.Groups.Where(group => group.Group.Question == Questions[question])];
        (int Smallest, int Size)[] hidden = [.. groups.Where(group => group is { ShownRevision: null, Code: not WithheldCode.Pending }).Select(group => Size(group.Group.Option))];
        (int Smallest, int Size) silent = Size(null);
        if (groups.All(group => group.ShownRevision is null) || (hidden.Length == 0 && (silent.Size == 0 || silent.Smallest >= 5)))
        {
            return;
        }

        (int Smallest, int Size)[] covered = [.. hidden, .. silent.Size > 0 ? new[] { silent } : []];
        Assert.True(covered.Length >= 2 && covered.Sum(group => group.Smallest) >= 5, $"Seed {seed}:\n{wave}");
        Assert.DoesNotContain(covered, group => group.Smallest < 5 && group.Size > 0.8 * covered.Sum(other => other.Size));

        (int Smallest, int Size) Size(string? option) => (wave.GroupCounts(question, option).Min(), wave.GroupResponses(question, option));
    }

    private static int[] Counts(DisclosureHistory wave, ContextDecision group) => wave.GroupCounts(Array.IndexOf(Questions, group.Group.Question), group.Group.Option);

    private static DisclosureHistory Wave(params (int School, string? Group, int Count)[] answers)
    {
        var history = new DisclosureHistory([200, 100], "grade");
        history.Publish(Answers(answers));
        return history;
    }

    private static TeacherAnswer[] Answers(params (int School, string? Group, int Count)[] answers) =>
        [.. answers.SelectMany(line => Enumerable.Repeat(new TeacherAnswer(line.School, true, true, line.Group), line.Count))];

    private static IEnumerable<TeacherAnswer> Answers(int count, params string?[] groups) => Enumerable.Repeat(new TeacherAnswer(0, true, true, groups), count);

    private static PublishedRevision Revision(int number) => new(number, [new StratumSize(["s"], 20)], true, [], []);

    private static string? Refused(Action call) => Assert.Throws<ArgumentException>(call).ParamName;

    private static string[] Show(DisclosureHistory history) => [.. history.Groups.Select(group =>
        $"{group.Group.Option} {group.ShownRevision?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"} {group.Code?.ToString() ?? "-"}")];
}
