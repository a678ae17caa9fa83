using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;

namespace Onpoint.Measurement.Tests.Placement;

/// <summary>Unless a test says otherwise the curve is 500, 600, 640, 655, 662 with errors of 0, so a margin is t SE: here t = 1, and SE is the margin.</summary>
public sealed class StageCurveTests
{
    private static readonly double[] Means = [500, 600, 640, 655, 662];

    private static StageCurve Curve(double[] means, double[]? errors = null) => StageCurve.Of(new NormCells(Cells(means, errors)), "benchmark")!;

    private static NormCell[] Cells(double[] means, double[]? errors = null) =>
    [
        .. means.Select((mean, stage) => new NormCell
        {
            Measure = "benchmark",
            Stage = (Stage)stage,
            Districts = 20,
            Responses = 1000,
            MeanPoints = mean,
            StandardErrorPoints = errors?[stage] ?? 0,
            MeanSamplingVariance = 600,
            TauPoints = 40,
            WithinSdPoints = 147,
            RawQuantiles = [],
            Quantiles = [],
            Provisional = false,
        }),
    ];

    private static StageEquivalent Between(double low, double high, double? point, bool plateau) => new(StagePosition.Between, low, high, point, plateau);

    private static StageEquivalent Locate(double points, double margin, params double[] means) =>
        Curve(means.Length == 0 ? Means : means).Locate(points, margin * margin, t: 1);

    [Fact]
    public void A_curve_needs_all_five_stages()
    {
        Assert.NotNull(StageCurve.Of(new NormCells(Cells(Means)), "benchmark"));
        Assert.Null(StageCurve.Of(new NormCells(Cells(Means)[..4]), "benchmark"));
        Assert.Null(StageCurve.Of(new NormCells(Cells(Means)), "operations"));
    }

    /// <summary>490 + 10 reaches the Planning mean of 500 and 672 - 10 the Year 4+ mean of 662: not outside. A quarter point further (0.25 and the sums are exact) is.</summary>
    [Fact]
    public void A_margin_that_just_touches_the_curve_is_on_it()
    {
        Assert.Equal(Between(0, 0, 0, plateau: false), Locate(490, 10));
        Assert.Equal(Between(4, 4, 4, plateau: false), Locate(672, 10));
        Assert.Equal(StagePosition.BeforePlanning, Locate(489.75, 10).Position);
        Assert.Equal(StagePosition.AboveYear4Plus, Locate(672.25, 10).Position);
    }

    /// <summary>
    /// SE_d² 36 and a stage error of 8: sqrt(36 + 64) = 10, t = 2: margin 20. 480 counts with the first piece (errors 6 and 8) and just touches 500; 682 with the last (8 and 6) and just touches 662. The errors of 100
    /// elsewhere take no part.
    /// </summary>
    [Fact]
    public void Only_the_larger_error_of_the_nearest_piece_counts()
    {
        Assert.Equal(Between(0, 0, 0, plateau: false), Curve(Means, [6, 8, 100, 100, 100]).Locate(480, 36, 2));
        Assert.Equal(Between(4, 4, 4, plateau: false), Curve(Means, [100, 100, 100, 8, 6]).Locate(682, 36, 2));
    }

    /// <summary>600 ends one piece (larger error 8) and starts the next (6): 8 x sqrt(36 + 64) = 80, from 520 (stage .2) to beyond 662. With 6 it would be 67.9, from 532.1 (.32, half a stage).</summary>
    [Fact]
    public void Where_two_pieces_meet_the_larger_error_counts() => Assert.Equal(Between(0, 4, null, plateau: true), Curve(Means, [8, 0, 6, 0, 0]).Locate(600, 36, 8));

    /// <summary>620 ± 20 is 600 to 640: exactly Year 1 to Year 2, still a point. A quarter point more on both sides and there is none.</summary>
    [Fact]
    public void A_point_is_given_up_to_exactly_one_stage()
    {
        Assert.Equal(Between(1, 2, 1.5, plateau: false), Locate(620, 20));
        Assert.Equal(Between(1, 2, null, plateau: false), Locate(620, 20.25));
    }

    /// <summary>Without any margin a score is a point: 600 is Year 1, 560 is stage .6.</summary>
    [Fact]
    public void Without_a_margin_the_range_is_a_point()
    {
        Assert.Equal(Between(1, 1, 1, plateau: false), Locate(600, 0));
        Assert.Equal(Between(0.5, 0.5, 0.5, plateau: false), Locate(560, 0));
    }

    /// <summary>567.5 ± 42.5 is 525 (stage .25) to 610 (1.25): each lies midway between two places of the grid. 610 alone is 1.25 too; as a point it goes down.</summary>
    [Fact]
    public void Midway_between_grid_places_the_range_widens()
    {
        Assert.Equal(Between(0, 1.5, 0.5, plateau: false), Locate(567.5, 42.5)); // the point is stage .675
        Assert.Equal(Between(1, 1.5, 1, plateau: false), Locate(610, 0));
    }

    /// <summary>Scores before the first and beyond the last mean whose margin reaches the curve: 495 ± 10 is stage 0 to .05; 665 ± 10 is 655 (3) to the end (4), on which the curve rises by 7.</summary>
    [Fact]
    public void Scores_off_the_curve_take_its_end_as_point()
    {
        Assert.Equal(Between(0, 0, 0, plateau: false), Locate(495, 10));
        Assert.Equal(Between(3, 4, 4, plateau: true), Locate(665, 10));
    }

    /// <summary>Years 1 and 2 both at 550. 560 ± 10: from 550, which Year 1 reaches first, to 570 (2.4). 540 ± 10: from 530 (.6) to 550, which Year 2 has last. 550 alone may be any of it, 1 to 2, with the middle as its point.</summary>
    [Fact]
    public void A_flat_stretch_counts_as_a_whole()
    {
        double[] flat = [500, 550, 550, 600, 650];

        Assert.Equal(Between(1, 2.5, null, plateau: true), Locate(560, 10, flat));
        Assert.Equal(Between(0.5, 2, null, plateau: true), Locate(540, 10, flat));
        Assert.Equal(Between(1, 2, 1.5, plateau: true), Locate(550, 0, flat));
    }

    /// <summary>658.5 ± 3.5 is Year 3 to Year 4+ (655 to 662), a rise of 7 over exactly one stage; ± 1 is 3.36 to 3.64, less than a stage. 645 ± 5 on a curve with 640 and 650 rises by exactly 10, and 10 is not less than 10.</summary>
    [Fact]
    public void A_plateau_is_a_whole_stage_with_a_rise_below_ten()
    {
        Assert.Equal(Between(3, 4, 3, plateau: true), Locate(658.5, 3.5));
        Assert.Equal(Between(3, 4, 3, plateau: false), Locate(658.5, 1));
        Assert.Equal(Between(2, 3, 2.5, plateau: false), Locate(645, 5, 500, 600, 640, 650, 662));
        Assert.Equal(Between(2, 3, 2.5, plateau: false), Locate(647.5, 7.5));
    }

    /// <summary>
    /// 650 ± 10 is 640 (stage 2) to 660 (3.714). The first stage of it, 2 to 3, rises by 15; the last, 2.714 (650.714) to 3.714, by 9.286. On 500, 600, 605, 700, 800, 601.25 ± 51.25 is 550 (.5) to 652.5 (2.5): .5 to 1.5 rises by 52.5 and
    /// 1.5 to 2.5 by 50, but 1 to 2 in the midst of it by 5.
    /// </summary>
    [Fact]
    public void A_plateau_may_lie_anywhere_in_the_range()
    {
        Assert.Equal(Between(2, 4, null, plateau: true), Locate(650, 10));
        Assert.Equal(Between(0.5, 2.5, null, plateau: true), Locate(601.25, 51.25, 500, 600, 605, 700, 800));
    }
}
