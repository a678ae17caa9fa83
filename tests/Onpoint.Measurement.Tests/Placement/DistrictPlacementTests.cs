using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Tests.Norms;

namespace Onpoint.Measurement.Tests.Placement;

public sealed class DistrictPlacementTests
{
    /// <summary>50 districts, mean 600, tau 40, s_w 147, mean SE² 600; the quantile at i per cent is 500 + 2 i.</summary>
    private static readonly NormCell Cell = new()
    {
        Measure = "benchmark",
        Stage = Stage.Year2,
        Districts = 50,
        Responses = 2000,
        MeanPoints = 600,
        StandardErrorPoints = 6,
        MeanSamplingVariance = 600,
        TauPoints = 40,
        WithinSdPoints = 147,
        RawQuantiles = [],
        Quantiles = [.. Enumerable.Range(1, 99).Select(percent => 500.0 + 2 * percent)],
        Provisional = false,
    };

    private static DistrictWave Wave(double points, int teachers = 36, double standardError = 20) =>
        SyntheticWaves.Wave("d", Stage.Year2, points, standardError, respondents: teachers) with { Strata = Strata((1, teachers)) };

    private static WaveStratum[] Strata(params (double Weight, int Count)[] strata) =>
        [.. strata.Select(stratum => new WaveStratum(stratum.Weight, [.. SyntheticWaves.Measures.Select(_ => stratum.Count)]))];

    private static MeasurePlacing Place(DistrictWave wave, params NormCell[] cells) => DistrictPlacement.Place(wave, new NormCells(cells))[0];

    private static Percentile Made(Placing<Percentile> placing) => Assert.IsType<Placing<Percentile>.Made>(placing).Value;

    private static PlacingReason Reason<T>(Placing<T> placing) => Assert.IsType<Placing<T>.Withheld>(placing).Reason;

    /// <summary>
    /// SE² = 147²/36 = 600.25, lambda = 1600/2200.25 = .727189183. Xc = 600 + sqrt(lambda) 20 = 617.0550695: position 58.52753475. Margin t sqrt(400 + 1.57 (1600 + 600)/50) = 2.00029782201 x 21.6582548
    /// = 43.3229598 (qt(.975, 60), R 4.2.2): positions (620 -/+ 43.3229598 - 500)/2 = 38.3385201, 81.6614799.
    /// </summary>
    [Fact]
    public void Percentile_is_the_position_of_the_shrunken_score()
    {
        MeasurePlacing placing = Place(Wave(620), Cell, Cell with { Stage = null, MeanPoints = 620 });

        Assert.Equal((620, 600, 40), (placing.Points, placing.StageMeanPoints, placing.StageTauPoints));
        Assert.Equal(2.00029782201 * 20, placing.MarginPoints, 1e-8);
        Assert.Equal(1600 / 2200.25, placing.Reliability!.Value, 1e-12);
        Percentile percentile = Made(placing.StagePercentile);
        Assert.Equal(50 + 10 * Math.Sqrt(1600 / 2200.25), percentile.Value, 1e-9);
        Assert.Equal(60 - 2.00029782201 * Math.Sqrt(469.08) / 2, percentile.Low, 1e-8);
        Assert.Equal(60 + 2.00029782201 * Math.Sqrt(469.08) / 2, percentile.High, 1e-8);
        Assert.Equal(60, Made(placing.AllStagesPercentile).Value, 1e-9); // the score is that cell's mean, 620: position 60
    }

    /// <summary>SUM W²/n by hand: .25/18 + .25/18 = 1/36, as one school of 36; .49/25 + .09/11 = .0277818.</summary>
    [Fact]
    public void Reliability_weighs_the_strata()
    {
        Assert.Equal(1600 / 2200.25, Place(Wave(620) with { Strata = Strata((0.5, 18), (0.5, 18)) }, Cell).Reliability!.Value, 1e-12);
        Assert.Equal(1600 / (1600 + 147 * 147 * (0.49 / 25 + 0.09 / 11)), Place(Wave(620) with { Strata = Strata((0.7, 25), (0.3, 11)) }, Cell).Reliability!.Value, 1e-12);
        Assert.Equal(0.8, Place(Wave(620) with { Strata = [] }, Cell).Reliability!.Value, 1e-12); // SE_d² = 400
    }

    [Fact]
    public void Strata_count_the_teachers_of_every_measure()
    {
        Assert.Throws<ArgumentException>("wave", () => Place(Wave(620) with { Strata = [new WaveStratum(1, [36, 36, 36, 36, 36, 36, 36])] }, Cell)); // seven components, twelve measures
        Assert.Throws<ArgumentException>("wave", () => Place(Wave(620) with { Strata = Strata((1, 0)) }, Cell));
    }

    [Fact]
    public void One_teacher_in_every_stratum_is_enough_and_none_in_one_measure_is_not()
    {
        WaveStratum stratum = Strata((1, 1))[0];

        Assert.Equal(1600 / (1600 + 147 * 147.0), Place(Wave(620) with { Strata = [stratum] }, Cell).Reliability!.Value, 1e-12);
        Assert.Throws<ArgumentException>("wave", () => Place(Wave(620) with { Strata = [stratum with { Counts = [.. stratum.Counts.Skip(1), 0] }] }, Cell));
    }

    [Fact]
    public void Neither_wave_nor_cells_may_be_missing()
    {
        Assert.Throws<ArgumentNullException>("wave", () => DistrictPlacement.Place(null!, new NormCells([])));
        Assert.Throws<ArgumentNullException>("cells", () => DistrictPlacement.Place(Wave(620), null!));
    }

    /// <summary>tau 70, s_w 210: with 21 teachers 4900/(4900 + 44100/21) = 4900/7000 is exactly .7, which is enough.</summary>
    [Fact]
    public void Reliability_of_exactly_seven_tenths_is_ranked()
    {
        NormCell cell = Cell with { TauPoints = 70, WithinSdPoints = 210 };

        Made(Place(Wave(620, teachers: 21), cell).StagePercentile);
        Assert.Equal(PlacingReason.TooFewAnswers, Reason(Place(Wave(620, teachers: 20), cell).StagePercentile));
    }

    /// <summary>The rules say fewer than 40 % and n* below 10.</summary>
    [Fact]
    public void Waves_exactly_at_the_limits_are_placed()
    {
        MeasurePlacing placing = Place(Wave(620) with { ResponseRate = 0.40, SmallestCount = 10 }, Cell);

        Made(placing.StagePercentile);
        Assert.Equal(PlacingReason.NoNorm, Reason(placing.StageEquivalent)); // for want of the other stages, not of answers
    }

    /// <summary>1600/(1600 + 147²/n) reaches .7 at n = 31.5; with tau 20, 100 answers give 400/(400 + 216.09) = .649.</summary>
    [Fact]
    public void Unreliable_scores_are_not_ranked()
    {
        Assert.Equal(PlacingReason.TooFewAnswers, Reason(Place(Wave(620, teachers: 31), Cell).StagePercentile));
        Made(Place(Wave(620, teachers: 32), Cell).StagePercentile);
        Assert.Equal(PlacingReason.DistrictsDifferTooLittle, Reason(Place(Wave(620, teachers: 60), Cell with { TauPoints = 20 }).StagePercentile));
        Assert.Equal(PlacingReason.DistrictsDifferTooLittle, Reason(Place(Wave(620, teachers: 60), Cell with { TauPoints = 0 }).StagePercentile));
        Assert.Equal(PlacingReason.DistrictsDifferTooLittle, Reason(Place(Wave(620, teachers: 60), Cell with { TauPoints = 0 }).Band));
    }

    /// <summary>100/51 and 5,000/51 for 50 districts; 1 and 99 from 99 districts up.</summary>
    [Theory]
    [InlineData(300, 50, 100.0 / 51)]
    [InlineData(900, 50, 5000.0 / 51)]
    [InlineData(300, 200, 1)]
    [InlineData(900, 200, 99)]
    public void Percentiles_end_where_the_districts_end(double points, int districts, double expected) =>
        Assert.Equal(expected, Made(Place(Wave(points), Cell with { Districts = districts }).StagePercentile).Value, 1e-9);

    /// <summary>The quantiles at 40..60 per cent all 600: the middle, 50.</summary>
    [Fact]
    public void Ties_take_the_middle()
    {
        NormCell tied = Cell with { Quantiles = [.. Enumerable.Range(1, 99).Select(percent => percent is >= 40 and <= 60 ? 600.0 : 500 + 2 * percent)] };

        Assert.Equal(50, Made(Place(Wave(600), tied).StagePercentile).Value);
    }

    [Fact]
    public void Percentiles_rise_with_the_score_and_lie_in_their_interval()
    {
        Percentile[] percentiles = [.. Enumerable.Range(0, 400).Select(step => Made(Place(Wave(400 + step), Cell).StagePercentile))];

        Assert.Equal(percentiles.Select(p => p.Value).Order(), percentiles.Select(p => p.Value));
        Assert.All(percentiles, p => Assert.InRange(p.Value, p.Low, p.High));
    }

    /// <summary>
    /// s_w 100 and 25 teachers: SE² = 400, lambda .8, posterior SD sqrt(.2) tau. R 4.2.2, diff(c(0, pnorm(c(-1.5,-.5,.5,1.5), m, sqrt(.2)), 1)): m = 1.2 (score 660) 0, .00007, .05869, .69007, .25117; m = 2.4 (score 720)
    /// last .977914327546.
    /// </summary>
    [Theory]
    [InlineData(720, Band.WellAboveTypical, Band.WellAboveTypical, 0.977914327546)]
    [InlineData(660, Band.AboveTypical, Band.WellAboveTypical, 0.690070088771 + 0.25116747718)]
    [InlineData(540, Band.WellBelowTypical, Band.BelowTypical, 0.690070088771 + 0.25116747718)]
    public void Bands_are_named_when_likely(double points, Band lowest, Band highest, double probability)
    {
        LikelyBand band = Assert.IsType<Placing<LikelyBand>.Made>(Place(Wave(points, teachers: 25), Cell with { WithinSdPoints = 100 }).Band).Value;

        Assert.Equal((lowest, highest), (band.Lowest, band.Highest));
        Assert.Equal(probability, band.Probability, 1e-9);
    }

    /// <summary>s_w = 0: lambda is 1 and the posterior the point (score - 600)/40. 540, 580, 620 and 660 lie exactly on the cuts -1.5, -.5, .5 and 1.5: a cut belongs to the band above it.</summary>
    [Theory]
    [InlineData(539, Band.WellBelowTypical)]
    [InlineData(540, Band.BelowTypical)]
    [InlineData(580, Band.Typical)]
    [InlineData(600, Band.Typical)]
    [InlineData(620, Band.AboveTypical)]
    [InlineData(660, Band.WellAboveTypical)]
    public void A_score_without_error_has_one_band(double points, Band expected) =>
        Assert.Equal(new Placing<LikelyBand>.Made(new LikelyBand(expected, expected, 1)), Place(Wave(points), Cell with { WithinSdPoints = 0 }).Band);

    /// <summary>s_w 200, 25 teachers: lambda = .5. Score 620: m = .25, probabilities .0067 .1378 .4937 .3233 .0385 (R as above, SD sqrt(.5)): two neighbours make .8170. With 10 teachers lambda = .2857 the best two make less than .8.</summary>
    [Fact]
    public void Two_bands_or_none_are_named_when_answers_are_few()
    {
        LikelyBand two = Assert.IsType<Placing<LikelyBand>.Made>(Place(Wave(620, teachers: 25), Cell with { WithinSdPoints = 200 }).Band).Value;
        Assert.Equal((Band.Typical, Band.AboveTypical), (two.Lowest, two.Highest));
        Assert.Equal(0.493741011911 + 0.323286869044, two.Probability, 1e-9);
        Assert.Equal(PlacingReason.NoLikelyBand, Reason(Place(Wave(620, teachers: 10), Cell with { WithinSdPoints = 200 }).Band));
    }

    [Theory]
    [InlineData(0.39, 40, PlacingReason.LowResponse)]
    [InlineData(0.75, 9, PlacingReason.TooFewAnswers)]
    public void Some_waves_are_not_placed_at_all(double rate, int smallestCount, PlacingReason reason)
    {
        MeasurePlacing placing = Place(Wave(620) with { ResponseRate = rate, SmallestCount = smallestCount }, Curve(500, 600, 640, 650, 651));

        Assert.Equal([reason, reason, reason, reason], [Reason(placing.StagePercentile), Reason(placing.AllStagesPercentile), Reason(placing.Band), Reason(placing.StageEquivalent)]);
    }

    [Fact]
    public void Without_a_cell_there_is_no_norm()
    {
        MeasurePlacing none = Place(Wave(620));
        MeasurePlacing small = Place(Wave(620), Cell with { Districts = 9, TauPoints = null, Quantiles = [] });

        Assert.Equal([PlacingReason.NoNorm, PlacingReason.NoNorm], [Reason(none.StagePercentile), Reason(none.StageEquivalent)]);
        Assert.Null(none.StageMeanPoints);
        Assert.Equal([PlacingReason.NoNorm, PlacingReason.NoNorm], [Reason(small.StagePercentile), Reason(small.Band)]);
        Assert.Equal(600, small.StageMeanPoints);
    }

    private static NormCell[] Curve(params double[] means) =>
        [.. means.Select((mean, stage) => Cell with { Stage = (Stage)stage, MeanPoints = mean, StandardErrorPoints = 3, Districts = 20 })];

    private static StageEquivalent Equivalent(double points, double standardError, params double[] means) =>
        Assert.IsType<Placing<StageEquivalent>.Made>(Place(Wave(points, standardError: standardError), Curve(means)).StageEquivalent).Value;

    /// <summary>
    /// Curve 500, 600, 640, 650, 651, stage means with SE 3, own SE 5, t = 2.000298: M = 2.000298 sqrt(34) = 11.66. 620: from 608.3 (stage 1.21) to 631.7 (1.79); point 1.5.
    /// 648: from 636.3 (1.91) to beyond 651 (4); from Year 3 on the curve rises by 1. 480 + 11.7 is below 500, 670 - 11.7 above 651. 510: to 521.7 (.22), from before the curve (0); point .1.
    /// </summary>
    [Fact]
    public void Stage_equivalent_is_the_range_of_the_curve()
    {
        double[] curve = [500, 600, 640, 650, 651];

        Assert.Equal(new StageEquivalent(StagePosition.Between, 1, 2, 1.5, Plateau: false), Equivalent(620, 5, curve));
        Assert.Equal(new StageEquivalent(StagePosition.Between, 2, 4, null, Plateau: true), Equivalent(648, 5, curve));
        Assert.Equal(new StageEquivalent(StagePosition.BeforePlanning, null, null, null, Plateau: false), Equivalent(480, 5, curve));
        Assert.Equal(new StageEquivalent(StagePosition.AboveYear4Plus, null, null, null, Plateau: false), Equivalent(670, 5, curve));
        Assert.Equal(new StageEquivalent(StagePosition.Between, 0, 0, 0, Plateau: false), Equivalent(510, 5, curve));
    }

    /// <summary>SE 0.1 and stage errors 3: M = 6.004. Between Year 3 (650) and Year 4+ (700) there are no half stages: 665 is stage 3.3, range 3.18 to 3.42; 685 is 3.7, range 3.58 to 3.82.</summary>
    [Fact]
    public void Nothing_lies_between_Year_3_and_Year_4()
    {
        Assert.Equal(new StageEquivalent(StagePosition.Between, 3, 3, 3, Plateau: false), Equivalent(665, 0.1, 500, 550, 600, 650, 700));
        Assert.Equal(new StageEquivalent(StagePosition.Between, 4, 4, 4, Plateau: false), Equivalent(685, 0.1, 500, 550, 600, 650, 700));
    }

    /// <summary>A falling stage is pooled with its neighbour: 560 and 540 become 550; a score of 550 may be either, and the stretch between is flat.</summary>
    [Fact]
    public void A_fall_of_the_means_is_a_plateau()
    {
        StageEquivalent equivalent = Equivalent(550, 0.1, 500, 560, 540, 600, 650);

        Assert.Equal((1.0, 2.0, true), (equivalent.Low!.Value, equivalent.High!.Value, equivalent.Plateau)); // 544 is stage .88, 556 is 2.12
    }

    /// <summary>R 4.2.2: isoreg(c(500,560,540,545,600))$yf = 500 548.33 548.33 548.33 600; weighted by hand (3 x 560 + 540)/4 = 555.</summary>
    [Fact]
    public void Pool_adjacent_violators_matches_R()
    {
        Assert.Equal(
            [500, 548.333333333, 548.333333333, 548.333333333, 600],
            StageCurve.PoolAdjacentViolators([500, 560, 540, 545, 600], [1, 1, 1, 1, 1]).Select(value => Math.Round(value, 9)));
        Assert.Equal([500, 555, 555], StageCurve.PoolAdjacentViolators([500, 560, 540], [1, 3, 1]));
        Assert.Equal([1, 2, 3], StageCurve.PoolAdjacentViolators([1, 2, 3], [1, 1, 1]));
    }
}
