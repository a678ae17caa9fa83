using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Norms;

namespace Onpoint.Measurement.Tests.Placement;

/// <summary>All stage means 600 and tau 40; SE 5, so a gap of g tau has SE .125 and the difference of two sqrt(2) x .125 = .177: with t = 2.000 two gaps differ when .354 tau = 14.1 points apart.</summary>
public sealed class WhereToStartTests
{
    private static readonly Measure[] Measures =
    [
        new(ScoringPlan.Benchmark, MeasureKind.Benchmark, [1 / 4.0, 1 / 4.0, 1 / 8.0, 1 / 8.0, 1 / 12.0, 1 / 12.0, 1 / 12.0]),
        new("strategy-communication", MeasureKind.Category, [1, 0, 0, 0, 0, 0, 0]),
        new("operations", MeasureKind.Category, [0, 1, 0, 0, 0, 0, 0]),
        new("instructional-design", MeasureKind.Category, [0, 0, 0.5, 0.5, 0, 0, 0]),
        new("culture-of-innovation", MeasureKind.Category, [0, 0, 0, 0, 1 / 3.0, 1 / 3.0, 1 / 3.0]),
        .. SyntheticWaves.Components.Select((code, position) => new Measure(code, MeasureKind.Component, [.. Enumerable.Range(0, 7).Select(other => other == position ? 1.0 : 0)])),
    ];

    private static NormCells Cells(params (string Measure, double Mean, double Tau)[] special) => new(
    [
        .. SyntheticWaves.Measures.Select(measure => new NormCell
        {
            Measure = measure,
            Stage = Stage.Year2,
            Districts = 50,
            Responses = 2000,
            MeanPoints = special.FirstOrDefault(cell => cell.Measure == measure) is { Measure: not null } cell ? cell.Mean : 600,
            StandardErrorPoints = 6,
            MeanSamplingVariance = 600,
            TauPoints = special.FirstOrDefault(cell => cell.Measure == measure) is { Measure: not null } other ? other.Tau : 40,
            WithinSdPoints = 147,
            RawQuantiles = [],
            Quantiles = [],
            Provisional = false,
        }),
    ]);

    private static DistrictWave Wave(params (string Measure, double Points)[] except) => SyntheticWaves.Wave("d", Stage.Year2, standardError: 5, except: except);

    [Fact]
    public void The_category_and_component_furthest_below_are_named() => Assert.Equal(
        new WhereToStart.Named("instructional-design", "SR"), WhereToStart.Find(Wave(("instructional-design", 570), ("SR", 540)), Cells(), Measures));

    /// <summary>Operations has one component, so there is nothing within it; of the design's two, 12 points are less than 14.1.</summary>
    [Fact]
    public void A_component_is_named_only_when_it_stands_out()
    {
        Assert.Equal(new WhereToStart.Named("operations", null), WhereToStart.Find(Wave(("operations", 570), ("OP", 570)), Cells(), Measures));
        Assert.Equal(new WhereToStart.Named("instructional-design", null), WhereToStart.Find(Wave(("instructional-design", 570), ("SR", 564), ("TR", 576)), Cells(), Measures));
    }

    /// <summary>Operations is lowest in points, but 20 below a mean of 560 with tau 40 is half a tau; culture is 30 below with tau 20: one and a half.</summary>
    [Fact]
    public void Distance_counts_in_units_of_tau()
    {
        NormCells cells = Cells(("operations", 560, 40), ("culture-of-innovation", 650, 20));

        Assert.Equal(new WhereToStart.Named("culture-of-innovation", null), WhereToStart.Find(Wave(("operations", 540), ("culture-of-innovation", 620)), cells, Measures));
    }

    [Fact]
    public void Nothing_below_and_two_alike_are_said()
    {
        Assert.Equal(new WhereToStart.NothingBelow(), WhereToStart.Find(Wave(), Cells(), Measures));
        Assert.Equal(new WhereToStart.LowestTwoAlike("operations", "culture-of-innovation"), WhereToStart.Find(Wave(("operations", 570), ("culture-of-innovation", 584)), Cells(), Measures));
        Assert.IsType<WhereToStart.Named>(WhereToStart.Find(Wave(("operations", 569), ("culture-of-innovation", 584)), Cells(), Measures));
    }

    /// <summary>Covariance 15 of 25 between the two: variance (25 + 25 - 30)/1600, SE .112: 14 points are .35 tau, t x SE .224.</summary>
    [Fact]
    public void Covariances_tell_more_apart()
    {
        DistrictWave wave = Wave(("strategy-communication", 570), ("operations", 584)) with { ComponentCovariances = [.. Enumerable.Range(0, 49).Select(cell => cell / 7 == cell % 7 ? 25.0 : 15)] };

        Assert.IsType<WhereToStart.Named>(WhereToStart.Find(wave, Cells(), Measures));
        Assert.IsType<WhereToStart.LowestTwoAlike>(WhereToStart.Find(wave with { ComponentCovariances = [] }, Cells(), Measures));
    }

    /// <summary>
    /// Covariance 15 again: t x SE is 2.000 x sqrt(20)/40 tau, 8.94 points, so 8 apart are alike and 9 are not. Operations comes first here and strategy second, so the covariance is that of row 1 and column 0. With a tau of 20 for
    /// strategy the variance is 25/1600 + 25/400 - 30/800 = .040625 and t x SE .403 tau: gaps of -30/40 = -.75 and -7/20 = -.35 are alike, of -.75 and -6/20 = -.3 not.
    /// </summary>
    [Fact]
    public void Covariances_count_at_their_size()
    {
        double[] covariances = [.. Enumerable.Range(0, 49).Select(cell => cell / 7 == cell % 7 ? 25.0 : 15)];
        WhereToStart Find(double operations, double strategy, NormCells cells) =>
            WhereToStart.Find(Wave(("operations", operations), ("strategy-communication", strategy)) with { ComponentCovariances = covariances }, cells, Measures);

        Assert.Equal(new WhereToStart.LowestTwoAlike("operations", "strategy-communication"), Find(570, 578, Cells()));
        Assert.Equal(new WhereToStart.Named("operations", null), Find(570, 579, Cells()));
        Assert.Equal(new WhereToStart.LowestTwoAlike("operations", "strategy-communication"), Find(570, 593, Cells(("strategy-communication", 600, 20))));
        Assert.Equal(new WhereToStart.Named("operations", null), Find(570, 594, Cells(("strategy-communication", 600, 20))));
    }

    /// <summary>R 4.2.2: qt(.975, 5) = 2.570582: t x SE = 2.570582 x 7.0711 = 18.2 points with 5 degrees of freedom on either side, where 60 on both give 14.1.</summary>
    [Theory]
    [InlineData("operations")]
    [InlineData("culture-of-innovation")]
    public void The_smaller_degrees_of_freedom_count(string few)
    {
        DistrictWave Few(DistrictWave wave) => wave with { Measures = [.. wave.Measures.Select(summary => summary.Measure == few ? summary with { DegreesOfFreedom = 5 } : summary)] };

        Assert.Equal(
            new WhereToStart.LowestTwoAlike("operations", "culture-of-innovation"),
            WhereToStart.Find(Few(Wave(("operations", 560), ("culture-of-innovation", 578))), Cells(), Measures));
        Assert.Equal(new WhereToStart.Named("operations", null), WhereToStart.Find(Few(Wave(("operations", 560), ("culture-of-innovation", 579))), Cells(), Measures));
    }

    /// <summary>Without any error the interval of a difference of 0 is 0 itself: it holds 0.</summary>
    [Fact]
    public void Equal_gaps_without_error_are_alike()
    {
        DistrictWave wave = SyntheticWaves.Wave("d", Stage.Year2, standardError: 0, except: [("operations", 570), ("culture-of-innovation", 570)]);

        Assert.Equal(new WhereToStart.LowestTwoAlike("operations", "culture-of-innovation"), WhereToStart.Find(wave, Cells(), Measures));
    }

    /// <summary>The category is 30 below its mean while the lower of its components is exactly at its own: that one does not lie below.</summary>
    [Fact]
    public void A_component_at_its_mean_is_not_named() => Assert.Equal(
        new WhereToStart.Named("instructional-design", null), WhereToStart.Find(Wave(("instructional-design", 570), ("SR", 640)), Cells(), Measures));

    [Fact]
    public void A_single_category_needs_no_second()
    {
        Measure[] single = [.. Measures.Where(measure => measure.Kind != MeasureKind.Category || measure.Code == "instructional-design")];

        Assert.Equal(new WhereToStart.Named("instructional-design", "SR"), WhereToStart.Find(Wave(("instructional-design", 570), ("SR", 540)), Cells(), single));
    }

    [Fact]
    public void Every_category_needs_a_spread()
    {
        DistrictWave wave = Wave(("instructional-design", 570));

        Assert.Equal(new WhereToStart.Withheld(PlacingReason.NoNorm), WhereToStart.Find(wave, Cells(("operations", 600, 0)), Measures));
        Assert.Equal(new WhereToStart.Withheld(PlacingReason.NoNorm), WhereToStart.Find(wave, new NormCells([.. Cells().Cells.Where(cell => cell.Measure != "operations")]), Measures));
    }

    [Fact]
    public void Nothing_may_be_missing()
    {
        Assert.Throws<ArgumentNullException>("wave", () => WhereToStart.Find(null!, Cells(), Measures));
        Assert.Throws<ArgumentNullException>("cells", () => WhereToStart.Find(Wave(), null!, Measures));
        Assert.Throws<ArgumentNullException>("measures", () => WhereToStart.Find(Wave(), Cells(), null!));
    }

    [Fact]
    public void What_is_not_placed_has_no_start()
    {
        Assert.Equal(new WhereToStart.Withheld(PlacingReason.LowResponse), WhereToStart.Find(Wave() with { ResponseRate = 0.2 }, Cells(), Measures));
        Assert.Equal(new WhereToStart.Withheld(PlacingReason.TooFewAnswers), WhereToStart.Find(Wave() with { SmallestCount = 9 }, Cells(), Measures));
        Assert.Equal(new WhereToStart.Withheld(PlacingReason.NoNorm), WhereToStart.Find(Wave(), new NormCells([]), Measures));
    }
}
