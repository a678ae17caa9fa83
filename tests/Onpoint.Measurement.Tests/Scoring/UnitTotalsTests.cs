using System.Numerics;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Instruments;

namespace Onpoint.Measurement.Tests.Scoring;

public sealed class UnitTotalsTests
{
    [Fact]
    public void Counts_are_kept_by_teacher_component_and_option()
    {
        Instrument instrument = TestInstrument.Of([1, 2]) with { Context = [new ContextQuestion("span", TestInstrument.English("Span"), [TestInstrument.Option(1), TestInstrument.Option(2)])] };
        UnitTotals totals = new ScoringPlan(instrument).NewTotals();
        totals.Add([1, 2, 3, 2]);
        totals.Add([5, 2, 0, 0]);
        totals.Add([0, 255, 255, 1]);

        Assert.Equal((3, 2, 1), (totals.Responses, totals.ScoredTeachers, totals.SmallestCount));
        Assert.Equal([1, 0, 0, 0, 1], totals.OptionCounts(0));
        Assert.Equal([0, 2, 0, 0, 0], totals.OptionCounts(1));
        Assert.Equal([0, 0, 1, 0, 0], totals.OptionCounts(2));
        Assert.Equal([1, 0, 1], Enumerable.Range(0, 3).Select(totals.NotAnsweredCount));
        Assert.Equal([0, 1, 1], Enumerable.Range(0, 3).Select(totals.NotMyRoleCount));
    }

    [Fact]
    public void Adding_totals_is_adding_their_responses()
    {
        var plan = new ScoringPlan(TestInstrument.Of([1, 1], [[1, 2]]));
        (UnitTotals all, UnitTotals one, UnitTotals two) = (plan.NewTotals(), plan.NewTotals(), plan.NewTotals());
        byte[][] responses = [[1, 2], [3, 0], [0, 0], [5, 4]];
        for (int i = 0; i < responses.Length; i++)
        {
            all.Add(responses[i]);
            (i % 2 == 0 ? one : two).Add(responses[i]);
        }

        one.Add(two);

        Assert.Equal((all.Responses, all.ScoredTeachers, all.SmallestCount), (one.Responses, one.ScoredTeachers, one.SmallestCount));
        Assert.Equal(all.OptionCounts(0), one.OptionCounts(0));
        Assert.Equal(all.Pair(1, 0), one.Pair(1, 0));
        Assert.Equal(all.Composite(0), one.Composite(0));
    }

    /// <summary>
    /// The definition in BigInteger, teacher by teacher: L SUM a / answered with L = lcm(required..k), by hand lcm(4, 5, 6) = 60, lcm(3, 4) = 12, lcm(3, 4, 5) = 60 and
    /// lcm(9..15) = 180,180; five times the last squared is above 2^63 / 2^24, so its products are kept in Int128.
    /// </summary>
    [Theory]
    [InlineData(new[] { 6, 4, 5 }, new[] { 60, 12, 60 }, true)]
    [InlineData(new[] { 15, 4, 5 }, new[] { 180_180, 12, 60 }, false)]
    public void Random_rows_give_the_totals_of_the_definition(int[] items, int[] multiples, bool fitsInt64)
    {
        var plan = new ScoringPlan(TestInstrument.Of(items, [[1], [2, 3]]));
        Assert.Equal(fitsInt64, plan.ProductsFitInt64);
        var random = new Random(1);
        UnitTotals totals = plan.NewTotals();
        List<BigInteger?[]> teachers = [];
        for (int row = 0; row < 300; row++)
        {
            int missing = random.Next(4); // of ten answers; none for a quarter of the teachers
            byte[] answers = [.. Enumerable.Range(0, items.Sum()).Select(_ => (byte)(random.Next(10) < missing ? random.Next(2) * 255 : random.Next(1, 6)))];
            totals.Add(answers);
            teachers.Add([.. items.Select((count, c) =>
            {
                int[] counting = [.. answers.Skip(items.Take(c).Sum()).Take(count).Where(answer => answer is not (0 or 255)).Select(answer => (int)answer)];
                return 10 * counting.Length < 6 * count ? (BigInteger?)null : (BigInteger)multiples[c] * counting.Sum() / counting.Length;
            })]);
        }

        Assert.Equal(teachers.Count(scores => scores.Any(score => score is not null)), totals.ScoredTeachers);
        Assert.InRange(teachers.Count(scores => scores.All(score => score is not null)), 100, 250);
        Assert.Equal(Enumerable.Range(0, 3).Min(c => teachers.Count(scores => scores[c] is not null)), totals.SmallestCount);
        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(teachers.Count(scores => scores[c] is not null), totals.Count(c));
            Assert.Equal(Sum(teachers, scores => scores[c]), totals.Sum(c));
            for (int d = 0; d <= c; d++)
            {
                List<BigInteger?[]> both = teachers.FindAll(scores => scores[c] is not null && scores[d] is not null);
                PairTotals pair = totals.Pair(c, d);
                Assert.Equal(
                    (both.Count, Sum(both, scores => scores[c]), Sum(both, scores => scores[d]), Sum(both, scores => scores[c] * scores[d])),
                    (pair.Count, pair.FirstSum, pair.SecondSum, (BigInteger)pair.Products));
            }
        }

        for (int m = 0; m < 3; m++)
        {
            CompositePlan composite = plan.Composites[m];
            List<BigInteger?[]> all = teachers.FindAll(scores => composite.Members.All(c => scores[c] is not null));
            BigInteger? Score(BigInteger?[] scores) => composite.Members.Zip(composite.Multipliers).Aggregate((BigInteger?)0, (sum, member) => sum + scores[member.First] * member.Second);
            CompositeTotals actual = totals.Composite(m);
            Assert.Equal(
                (all.Count, Sum(all, Score), Sum(all, scores => Score(scores) * Score(scores))),
                (actual.Count, actual.Sum, (BigInteger)actual.Squares));
        }

        static BigInteger Sum(List<BigInteger?[]> teachers, Func<BigInteger?[], BigInteger?> value) => teachers.Aggregate(BigInteger.Zero, (sum, scores) => sum + (value(scores) ?? 0));
    }

    /// <summary>
    /// 21 options are worth 5 to 25 steps of 40 points; lcm(9..13) = 25,740 (Python 3.11, math.lcm), so the highest score is 643,500. Its square times 2^24 - 1 is 6.9 x 10^18,
    /// just below 2^63.
    /// </summary>
    [Fact]
    public void A_full_unit_of_highest_scores_does_not_run_over()
    {
        var plan = new ScoringPlan(TestInstrument.Of([13, 13], [[1, 2]], options: 21, requiredPercent: 66));
        Assert.True(plan.ProductsFitInt64);
        (UnitTotals full, UnitTotals next) = (plan.NewTotals(), plan.NewTotals());
        next.Add([.. Enumerable.Repeat((byte)21, 26)]);
        for (int doubling = 0; doubling < 24; doubling++)
        {
            full.Add(next); // 1 + 2 + 4 + ... = 2^24 - 1
            if (doubling < 23)
            {
                next.Add(next);
            }
        }

        Assert.Equal(UnitTotals.MostResponses, full.Responses);
        Assert.Equal((Int128)643_500 * 643_500 * UnitTotals.MostResponses, full.Pair(1, 0).Products);
        Assert.Equal(643_500L * UnitTotals.MostResponses, full.Sum(1));
        Assert.Equal(0, full.Pair(1, 0).SpreadTimesCount);
        Assert.Equal(0, full.Composite(0).SpreadTimesCount);
        Assert.Throws<InvalidOperationException>(() => full.Add(next));
        Assert.Throws<InvalidOperationException>(() => full.Add([.. Enumerable.Repeat((byte)21, 26)]));
    }

    /// <summary>Long responses are checked sixteen bytes at a time: every position is still looked at, and 250 is the highest option.</summary>
    [Theory]
    [InlineData(15, 5)]
    [InlineData(16, 5)]
    [InlineData(17, 5)]
    [InlineData(42, 5)]
    [InlineData(18, 250)]
    public void Each_byte_of_a_response_is_checked(int items, byte options)
    {
        // A component per item: its own whole numbers stay small.
        var plan = new ScoringPlan(TestInstrument.Of([.. Enumerable.Repeat(1, items)], options: options));
        for (int position = 0; position < items; position++)
        {
            byte[] answers = [.. Enumerable.Repeat((byte)1, items)];
            foreach (byte wrong in (byte[])[(byte)(options + 1), 254])
            {
                answers[position] = wrong;
                UnitTotals refused = plan.NewTotals();
                Assert.Contains($"position {position} is {wrong}", Assert.Throws<ArgumentException>(() => refused.Add(answers)).Message, StringComparison.Ordinal);
                Assert.Equal((0, 0), (refused.Responses, refused.OptionCounts(0)[0]));
            }

            UnitTotals totals = plan.NewTotals();
            foreach (byte right in (byte[])[0, 1, options, 255])
            {
                answers[position] = right;
                totals.Add(answers);
            }

            Assert.Equal((1, 1, 1, 1), (totals.NotAnsweredCount(position), totals.OptionCounts(position)[0], totals.OptionCounts(position)[options - 1], totals.NotMyRoleCount(position)));
            Assert.Equal(2, totals.Count(position));
        }
    }

    [Fact]
    public void Adding_a_response_allocates_nothing_once_an_incomplete_teacher_came()
    {
        UnitTotals totals = new ScoringPlan(TestInstrument.Of([6, 4, 5], [[1], [2, 3]])).NewTotals();
        byte[][] responses = [[.. Enumerable.Repeat((byte)3, 15)], [.. Enumerable.Repeat((byte)4, 6), .. Enumerable.Repeat((byte)0, 9)], [.. Enumerable.Repeat((byte)255, 15)]];
        Add();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Add();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Add()
        {
            foreach (byte[] response in responses)
            {
                totals.Add(response);
            }
        }
    }

    [Fact]
    public void Totals_of_another_plan_are_refused() =>
        Assert.Equal("other", Assert.Throws<ArgumentException>(() =>
            new ScoringPlan(TestInstrument.Of([1])).NewTotals().Add(new ScoringPlan(TestInstrument.Of([1])).NewTotals())).ParamName);

    [Fact]
    public void Neither_instrument_nor_totals_may_be_missing()
    {
        Assert.Throws<ArgumentNullException>("instrument", () => new ScoringPlan(null!));
        Assert.Throws<ArgumentNullException>("other", () => new ScoringPlan(TestInstrument.Of([1])).NewTotals().Add((UnitTotals)null!));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void There_is_no_item_outside_the_instrument(int item)
    {
        UnitTotals totals = new ScoringPlan(TestInstrument.Of([2])).NewTotals();

        Assert.Equal("item", Assert.Throws<ArgumentOutOfRangeException>(() => totals.OptionCounts(item)).ParamName);
    }
}
