using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Instruments;

namespace Onpoint.Measurement.Tests.Scoring;

public sealed class ScoringPlanTests
{
    /// <summary>By hand: 200 x mean of the answered items. Five items at 60 % need three.</summary>
    [Theory]
    [InlineData(new byte[] { 5, 5, 5, 5, 5 }, 1000.0)]
    [InlineData(new byte[] { 1, 1, 1, 1, 1 }, 200.0)]
    [InlineData(new byte[] { 1, 2, 3, 4, 4 }, 560.0)]
    [InlineData(new byte[] { 4, 4, 5, 0, 255 }, 2600.0 / 3)]
    [InlineData(new byte[] { 4, 4, 0, 0, 255 }, null)]
    [InlineData(new byte[] { 0, 0, 0, 0, 0 }, null)]
    public void Points_are_200_times_the_mean_of_enough_answers(byte[] answers, double? expected) =>
        Assert.Equal([expected], new ScoringPlan(TestInstrument.Of([5])).ComponentScores(answers));

    /// <summary>ceil(share x k): 60 % of 4, 5, 6, 7 and 10 items are 3, 3, 4, 5 and 6; one per cent is still one item.</summary>
    [Theory]
    [InlineData(4, 60, 3)]
    [InlineData(5, 60, 3)]
    [InlineData(6, 60, 4)]
    [InlineData(7, 60, 5)]
    [InlineData(10, 60, 6)]
    [InlineData(3, 50, 2)]
    [InlineData(7, 100, 7)]
    [InlineData(7, 1, 1)]
    public void Required_answers_are_the_share_rounded_up(int items, int percent, int required)
    {
        var plan = new ScoringPlan(TestInstrument.Of([items], requiredPercent: percent));

        Assert.NotNull(plan.ComponentScores(Answered(required))[0]);
        Assert.Null(plan.ComponentScores(Answered(required - 1))[0]);

        byte[] Answered(int count) => [.. Enumerable.Range(0, items).Select(item => (byte)(item < count ? 3 : 0))];
    }

    /// <summary>By hand, four options: 200 (1 + 4 (a − 1) / 3) = 200, 466.67, 733.33, 1,000; reversed the other way round.</summary>
    [Theory]
    [InlineData(1, 200.0, 1000.0)]
    [InlineData(2, 1400.0 / 3, 2200.0 / 3)]
    [InlineData(3, 2200.0 / 3, 1400.0 / 3)]
    [InlineData(4, 1000.0, 200.0)]
    public void Other_ranges_are_rescaled_to_1_to_5_and_reversed_items_turned_round(byte answer, double forward, double reversed)
    {
        Instrument instrument = TestInstrument.Of([1, 1], options: 4);
        instrument = instrument with { Items = [instrument.Items[0], instrument.Items[1] with { Reversed = true }] };

        Assert.Equal([forward, reversed], new ScoringPlan(instrument).ComponentScores([answer, answer]));
    }

    /// <summary>By hand, points 0, 0.5, 2: 200 (1 + 4 x 0.5 / 2) = 400; as a plain mean 0.5. "Don't know" (99) leaves sum, count and range.</summary>
    [Theory]
    [InlineData(ScoreScale.Points, 400.0, 1000.0, 700.0)]
    [InlineData(ScoreScale.Mean, 0.5, 2.0, 1.25)]
    public void Options_have_their_own_points_and_may_not_count(ScoreScale scale, double second, double third, double both)
    {
        Instrument instrument = TestInstrument.Of([2], scale: scale, requiredPercent: 50) with
        {
            Formats = [TestInstrument.Format("scale", TestInstrument.Option(1, 0m), TestInstrument.Option(2, 0.5m), TestInstrument.Option(3, 2m), TestInstrument.Option(99, counts: false))],
        };
        var plan = new ScoringPlan(instrument);

        Assert.Equal([second], plan.ComponentScores([2, 4]));
        Assert.Equal([third], plan.ComponentScores([0, 3]));
        Assert.Equal([both], plan.ComponentScores([2, 3]));
        Assert.Equal([null], plan.ComponentScores([4, 4]));
    }

    /// <summary>By hand: benchmark 1/4 per category, shared equally by its components: 1/4, 1/4, 1/8, 1/8, 1/12, 1/12, 1/12.</summary>
    [Fact]
    public void The_benchmark_is_the_equal_mean_of_the_categories()
    {
        var plan = new ScoringPlan(TestInstrument.Of([6, 6, 7, 7, 4, 5, 5], [[1], [2], [3, 4], [5, 6, 7]]));

        Assert.Equal(["benchmark", "g1", "g2", "g3", "g4", "c1", "c2", "c3", "c4", "c5", "c6", "c7"], plan.Measures.Select(measure => measure.Code));
        Assert.Equal([0.25, 0.25, 0.125, 0.125, 1.0 / 12, 1.0 / 12, 1.0 / 12], plan.Measures[0].Weights);
        Assert.Equal([0.0, 0, 0.5, 0.5, 0, 0, 0], plan.Measures[3].Weights);
        Assert.Equal([0.0, 1, 0, 0, 0, 0, 0], plan.Measures[6].Weights);
        Assert.Equal([MeasureKind.Benchmark, MeasureKind.Category, MeasureKind.Component], plan.Measures.Select(measure => measure.Kind).Distinct());
    }

    [Fact]
    public void Without_categories_there_is_no_benchmark() =>
        Assert.Equal(["c1", "c2"], new ScoringPlan(TestInstrument.Of([1, 1])).Measures.Select(measure => measure.Code));

    [Fact]
    public void A_component_outside_the_categories_is_no_part_of_the_benchmark() =>
        Assert.Equal([1.0, 0.0], new ScoringPlan(TestInstrument.Of([1, 1], [[1]])).Measures[0].Weights);

    [Fact]
    public void An_item_may_belong_to_several_components()
    {
        Instrument instrument = TestInstrument.Of([1, 1]);
        instrument = instrument with { Components = [instrument.Components[0], instrument.Components[1] with { Items = ["c2.1", "c1.1"] }] };

        Assert.Equal([200.0, 600.0], new ScoringPlan(instrument).ComponentScores([1, 5]));
    }

    [Theory]
    [InlineData(new byte[] { 1, 6 }, "position 1")]
    [InlineData(new byte[] { 254, 1 }, "position 0")]
    [InlineData(new byte[] { 1 }, "2 bytes")]
    public void Answers_outside_the_options_are_refused_with_their_position(byte[] answers, string message)
    {
        var plan = new ScoringPlan(TestInstrument.Of([2]));
        UnitTotals totals = plan.NewTotals();

        foreach (ArgumentException exception in new[] { Assert.Throws<ArgumentException>(() => { plan.ComponentScores(answers); }), Assert.Throws<ArgumentException>(() => totals.Add(answers)) })
        {
            Assert.Equal("answers", exception.ParamName);
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, totals.Responses);
    }

    /// <summary>lcm(19..31) = 2,123,581,660,200 (Python 3.11, math.lcm) is above 2^39.</summary>
    [Fact]
    public void Components_that_need_too_large_whole_numbers_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ScoringPlan(TestInstrument.Of([31])));
}
