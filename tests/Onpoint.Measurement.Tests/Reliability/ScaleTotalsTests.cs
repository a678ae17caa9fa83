using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Reliability;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Instruments;

namespace Onpoint.Measurement.Tests.Reliability;

public sealed class ScaleTotalsTests
{
    /// <summary>Two components. The second: an item of 1 to 5, the same reversed, and one of half points whose third option does not count.</summary>
    private static readonly ScoringPlan Plan = new(TestInstrument.Of([1, 3]) with
    {
        Formats =
        [
            TestInstrument.Format("scale", [.. Enumerable.Range(1, 5).Select(value => TestInstrument.Option(value))]),
            TestInstrument.Format("halves", TestInstrument.Option(1, 0.5m), TestInstrument.Option(2, 2), TestInstrument.Option(3, counts: false), TestInstrument.Option(4, 3.5m)),
        ],
        Items = [TestInstrument.Item("c1.1"), TestInstrument.Item("c2.1"), TestInstrument.Item("c2.2", reversed: true), TestInstrument.Item("c2.3", "halves")],
        Context = [new ContextQuestion("span", TestInstrument.English("Span"), [TestInstrument.Option(1), TestInstrument.Option(2)])],
    });

    /// <summary>Every kind of answer: complete, skipped, not my role, an option that does not count, nothing at all.</summary>
    private static readonly byte[][] Responses =
    [
        [1, 1, 5, 1, 0], [2, 2, 4, 2, 1], [3, 5, 1, 4, 2], [4, 4, 3, 4, 0], [5, 3, 2, 1, 1], [1, 5, 2, 4, 1],
        [1, 0, 5, 1, 0], [1, 2, 255, 2, 0], [1, 4, 4, 3, 0], [1, 0, 0, 0, 0], [0, 255, 255, 255, 2], [0, 3, 0, 3, 0],
    ];

    /// <summary>What the responses say: reversed items turned round (6 − a), the third option of the last item missing.</summary>
    private static readonly double?[][] Rows =
    [
        [1, 1, 0.5], [2, 2, 2], [5, 5, 3.5], [4, 3, 3.5], [3, 4, 0.5], [5, 4, 3.5],
        [null, 1, 0.5], [2, null, 2], [4, 2, null], [null, null, null], [null, null, null], [3, null, null],
    ];

    private static readonly double[] Levels = [0.5, 0.95];

    /// <summary>The two ways to the statistics, whole numbers and rows, agree; limits differ by item, so floor and ceiling are checked apart.</summary>
    [Fact]
    public void Totals_and_rows_give_the_same_statistics()
    {
        var totals = ScaleReliability.Compute(Totals(Responses));
        var rows = ScaleReliability.Compute(Rows, 0.5, 5);

        Assert.Equal((12, 6), (totals.Respondents, totals.CompleteRespondents));
        foreach (Func<ScaleReliability, double?> statistic in new Func<ScaleReliability, double?>[]
        {
            s => s.Respondents, s => s.CompleteRespondents, s => s.AlphaListwise!.Value, s => s.AlphaListwise!.Lower, s => s.AlphaListwise!.Upper, s => s.AlphaPairwise!.Value,
            s => s.AlphaPairwise!.Lower, s => s.AlphaStandardised!.Value, s => s.MeanInterItemCorrelation, s => s.StandardErrorOfMeasurement,
        })
        {
            Assert.Equal(statistic(rows)!.Value, statistic(totals)!.Value, 1e-12);
        }

        foreach ((ItemStatistics expected, ItemStatistics actual) in rows.Items.Zip(totals.Items))
        {
            foreach (Func<ItemStatistics, double?> statistic in new Func<ItemStatistics, double?>[]
            {
                i => i.Answers, i => i.Mean, i => i.StandardDeviation, i => i.CompleteMean, i => i.CompleteStandardDeviation, i => i.MissingShare, i => i.ItemTotalCorrelation,
                i => i.ItemRestCorrelation, i => i.AlphaIfDeleted,
            })
            {
                Assert.Equal(statistic(expected)!.Value, statistic(actual)!.Value, 1e-12);
            }
        }

        // Answers 1 2 5 4 3 5 2 4 3 / 1 2 5 3 4 4 1 2 / .5 2 3.5 3.5 .5 3.5 .5 2
        Assert.Equal([1.0 / 9, 2.0 / 8, 3.0 / 8], totals.Items.Select(item => item.FloorShare!.Value));
        Assert.Equal([2.0 / 9, 1.0 / 8, 3.0 / 8], totals.Items.Select(item => item.CeilingShare!.Value));
    }

    [Fact]
    public void Order_and_threads_move_no_bit()
    {
        var once = ScaleReliability.Compute(Totals(Responses));
        ScaleTotals parts = Totals([.. Responses[7..].Reverse()]);
        parts.Add(Totals([.. Responses[..3]]));
        parts.Add(Totals([]));
        parts.Add(Totals([.. Responses[3..7].Reverse()]));
        var together = ScaleReliability.Compute(parts);

        Assert.Equal(once.Items, together.Items);
        Assert.Equal(once with { Items = together.Items }, together);
        Assert.Equal(12, parts.Responses);
    }

    [Fact]
    public void Adding_leaves_the_other_totals_alone()
    {
        ScaleTotals other = Totals(Responses);
        Totals(Responses).Add(other);

        Assert.Equal(ScaleReliability.Compute(Totals(Responses)).Items, ScaleReliability.Compute(other).Items);
    }

    [Fact]
    public void The_level_is_passed_on()
    {
        Assert.Equal(0.95, Level(ScaleReliability.Compute(Totals(Responses))));
        Assert.Equal(0.5, Level(ScaleReliability.Compute(Totals(Responses), 0.5)));
        Assert.Throws<ArgumentOutOfRangeException>("level", () => ScaleReliability.Compute(Totals(Responses), 1));

        static double Level(ScaleReliability statistics) =>
            Levels.Single(level => AlphaEstimate.Of(statistics.AlphaListwise!.Value, 6, 3, level) == statistics.AlphaListwise);
    }

    [Fact]
    public void Totals_know_their_component()
    {
        ScaleTotals totals = new(Plan, "c2");

        Assert.Equal("c2", totals.Component);
        Assert.Equal(["c2.1", "c2.2", "c2.3"], totals.ItemCodes);
        Assert.Equal(0, totals.Responses);
        Assert.Null(ScaleReliability.Compute(totals).Items[0].MissingShare);
    }

    [Fact]
    public void A_refused_response_adds_nothing()
    {
        ScaleTotals totals = Totals(Responses);

        Assert.Throws<ArgumentException>("answers", () => totals.Add([1, 2, 3]));
        Assert.Throws<ArgumentException>("answers", () => totals.Add([1, 6, 3, 1, 0]));
        Assert.Equal(12, totals.Responses);
        Assert.Equal(ScaleReliability.Compute(Totals(Responses)).Items, ScaleReliability.Compute(totals).Items);
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        Assert.Throws<ArgumentNullException>("plan", () => new ScaleTotals(null!, "c1"));
        Assert.Throws<ArgumentException>("component", () => new ScaleTotals(Plan, "c3"));
        Assert.Throws<ArgumentNullException>("other", () => new ScaleTotals(Plan, "c1").Add((ScaleTotals)null!));
        Assert.Throws<ArgumentException>("other", () => new ScaleTotals(Plan, "c1").Add(new ScaleTotals(Plan, "c2")));
        Assert.Throws<ArgumentException>("other", () => new ScaleTotals(Plan, "c1").Add(new ScaleTotals(new ScoringPlan(Plan.Instrument), "c1")));
    }

    /// <summary>On the scale of points each item is stretched to 1 to 5 before it is scored, so scoring bears an offset of 2^40 that sums of raw points do not.</summary>
    [Fact]
    public void Points_too_large_for_whole_numbers_are_refused()
    {
        Instrument Offset(long offset) => TestInstrument.Of([1]) with { Formats = [TestInstrument.Format("scale", TestInstrument.Option(1, offset - 1), TestInstrument.Option(2, offset))] };

        Assert.Throws<ArgumentException>("plan", () => new ScaleTotals(new ScoringPlan(Offset((1L << 39) + 1)), "c1"));
        Assert.NotNull(new ScaleTotals(new ScoringPlan(Offset(1L << 39)), "c1"));
    }

    /// <summary>Doubling reaches the limit of a unit's responses in 24 steps.</summary>
    [Fact]
    public void Totals_hold_a_bounded_number_of_responses()
    {
        ScaleTotals totals = Totals([Responses[0]]);
        for (int doubling = 0; doubling < 23; doubling++)
        {
            ScaleTotals copy = new(Plan, "c2");
            copy.Add(totals);
            totals.Add(copy);
        }

        Assert.Equal(1 << 23, totals.Responses);
        Assert.Throws<InvalidOperationException>(() => totals.Add(totals));
        ScaleTotals rest = new(Plan, "c2");
        for (int power = 0; power < 23; power++)
        {
            ScaleTotals part = Totals([Responses[0]]);
            for (int doubling = 0; doubling < power; doubling++)
            {
                ScaleTotals copy = new(Plan, "c2");
                copy.Add(part);
                part.Add(copy);
            }

            rest.Add(part);
        }

        totals.Add(rest);
        Assert.Equal(UnitTotals.MostResponses, totals.Responses);
        Assert.Throws<InvalidOperationException>(() => totals.Add(Responses[0]));
        Assert.Equal(1, ScaleReliability.Compute(totals).Items[0].FloorShare);
    }

    private static ScaleTotals Totals(byte[][] responses)
    {
        ScaleTotals totals = new(Plan, "c2");
        foreach (byte[] response in responses)
        {
            totals.Add(response);
        }

        return totals;
    }
}
