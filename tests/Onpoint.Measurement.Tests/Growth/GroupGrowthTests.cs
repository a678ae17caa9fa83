using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Tests.Norms;

namespace Onpoint.Measurement.Tests.Growth;

/// <summary>A group of three districts on its own waves, as a cohort of a consultant is: docs/methodology.md section 7. Errors 8, 10 and 12 points with 60 df each.</summary>
public sealed class GroupGrowthTests
{
    private static readonly DistrictWave[] Group = [.. Waves("x", 8, 520, 660, 690), .. Waves("y", 10, 500, 640, 650), .. Waves("z", 12, 540, 650, 700)];

    private static IEnumerable<DistrictWave> Waves(string district, double standardError, params double[] points) =>
        SyntheticWaves.Path("strategy-communication", standardError, points).Select(wave => wave with { DistrictId = district });

    /// <summary>
    /// By hand: growth (170 + 150 + 160)/3 = 160, SE sqrt(2 (64 + 100 + 144))/3, Welch df (616)² / (2 (64² + 100² + 144²)) x 60 = 326.8; growth to Year 1 beyond half: (55 + 65 + 30)/3 = 50, SE sqrt(1.5 x 308)/3, so seen.
    /// </summary>
    [Fact]
    public void Verdict_rests_on_the_mean_of_the_members()
    {
        LandmarkResult result = LandmarkTests.ForDataset(Group, 1)[0];

        Assert.Equal((LandmarkVerdict.Seen, LandmarkBasis.OwnWaves, 3), (result.Verdict, result.Basis, result.Districts));
        Assert.Equal([160, Math.Sqrt(616) / 3, 379456.0 / 69664 * 60], Numbers(result.Gates.Single()), (x, y) => Math.Abs(x - y) < 1e-9);
        Assert.Equal([50, Math.Sqrt(462) / 3], Numbers(result.Conditions.Single())[..2], (x, y) => Math.Abs(x - y) < 1e-9);
        Assert.Equal(130 / 160.0, result.Shares.Single().Share, 1e-9); // (140 + 140 + 110)/3 = 130 of 160
        Assert.Equal(LandmarkReason.TooFewWaves, LandmarkTests.ForDataset(Group, 1)[1].Reason); // Operations needs four stages

        static double[] Numbers(LandmarkTest test) => [test.Points, test.StandardErrorPoints, test.DegreesOfFreedom];
    }

    /// <summary>Both curves of three districts seen at all stages are their mean; the margin of the growth is qt(.975, 2) = 4.30265272991 (R 4.2.2) x 10 / sqrt(3), for gains of 170, 150, 160 have SD 10.</summary>
    [Fact]
    public void Table_holds_the_mean_curve_of_the_members()
    {
        GrowthTable table = StageGrowth.Table(Group, "strategy-communication");

        foreach (GrowthCurve curve in new[] { table.Panel!, table.CrossSection! })
        {
            Assert.Equal(3, curve.Districts);
            Assert.Equal([520, 650, 680], curve.Stages.Select(stage => stage.Points), (x, y) => Math.Abs(x - y) < 1e-9);
            Assert.Equal(160, curve.Total!.Points, 1e-9);
            Assert.Equal(4.30265272991 * 10 / Math.Sqrt(3), curve.Total.MarginPoints!.Value, 1e-7);
        }
    }

    /// <summary>A member that was not seen at every stage concerned is in the table's cross-section but carries no verdict.</summary>
    [Fact]
    public void Members_seen_in_part_carry_no_verdict()
    {
        DistrictWave[] waves = [.. Group, .. Waves("w", 8, 400, 420)];

        Assert.Equal(3, LandmarkTests.ForDataset(waves, 1)[0].Districts);
        Assert.Equal([4, 4, 3], StageGrowth.Table(waves, "strategy-communication").CrossSection!.Stages.Select(stage => stage.Districts));
        Assert.Equal(4, StageGrowth.Table(waves, "strategy-communication").Panel!.Districts);
    }

    [Fact]
    public void Order_of_the_waves_does_not_matter()
    {
        LandmarkTest Gate(IReadOnlyList<DistrictWave> waves) => LandmarkTests.ForDataset(waves, 1)[0].Gates.Single();

        Assert.Equal(Gate(Group), Gate(SyntheticWaves.Shuffle(Group, 4)));
    }
}
