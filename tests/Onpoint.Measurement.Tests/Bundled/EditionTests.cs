using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Synthesis;

namespace Onpoint.Measurement.Tests.Bundled;

/// <summary>The committed edition.json of the national dataset. Expected numbers: edition.csv, computed from the responses by edition.R (R 4.2.2), unless said otherwise.</summary>
public sealed class EditionTests
{
    /// <summary>An edition carries 9 significant digits, half a unit of the last being at most 5e-9; the rest is for the rounding of both programs.</summary>
    private const double NineDigits = 6e-9;

    private static readonly Lazy<NormEdition> Edition = new(() =>
        NormEdition.Parse(File.ReadAllBytes(BundledSurveys.PathOf("national-2026-synthetic", "edition.json"))));

    private static readonly Lazy<IReadOnlyDictionary<string, double>> Reference = new(() => ReferenceValues.Read("edition.csv"));

    [Fact]
    public void Two_districts_wave_by_wave_are_those_of_R() => ReferenceValues.AssertSame(
        Part("S"),
        Named(SurveyCsv.Estimate("national-2026-synthetic").Where(wave => wave.District is "S001" or "S062").SelectMany(WaveValues.Of)),
        1e-9);

    [Fact]
    public void It_rests_on_the_waves_that_R_includes() => ReferenceValues.AssertSame(
        Part("dataset/"),
        Named([("dataset/districts", Edition.Value.Districts), ("dataset/district_waves", Edition.Value.DistrictWaves), ("dataset/responses", Edition.Value.Responses)]),
        0);

    /// <summary>All measures at all stages: stage means, their errors, mean sampling variance, tau by REML, s_w.</summary>
    [Fact]
    public void Every_cell_is_that_of_R() => ReferenceValues.AssertSame(
        Part("cell/"),
        Named(Edition.Value.Cells.SelectMany<NormCell, (string, double)>(cell =>
        {
            string prefix = $"cell/{SurveyCsv.Name(cell.Stage)}/{cell.Measure}";
            return
            [
                ($"{prefix}/districts", cell.Districts),
                ($"{prefix}/responses", cell.Responses),
                ($"{prefix}/mean", cell.MeanPoints),
                ($"{prefix}/standard_error", cell.StandardErrorPoints),
                ($"{prefix}/mean_sampling_variance", cell.MeanSamplingVariance),
                ($"{prefix}/tau", cell.TauPoints!.Value),
                ($"{prefix}/within_sd", cell.WithinSdPoints!.Value),
            ];
        })),
        NineDigits);

    /// <summary>R's quantile(x, p, type = 8), raw and noise-corrected, of the benchmark in the Planning cell.</summary>
    [Fact]
    public void Quantiles_are_those_of_R()
    {
        NormCell cell = Edition.Value.NormCells().Find(ScoringPlan.Benchmark, Stage.Planning)!;

        ReferenceValues.AssertSame(
            Part("quantile/"),
            Named(cell.RawQuantiles.Zip(cell.Quantiles).Index().SelectMany<(int Index, (double Raw, double Corrected) Item), (string, double)>(quantile =>
                [($"quantile/{quantile.Index + 1}/raw", quantile.Item.Raw), ($"quantile/{quantile.Index + 1}/corrected", quantile.Item.Corrected)])),
            NineDigits);
    }

    /// <summary>R's lm on district and stage effects, at the level of the cross-section.</summary>
    [Fact]
    public void Panel_curves_are_those_of_R() => ReferenceValues.AssertSame(
        Part("panel/"),
        Named(Edition.Value.Growth.SelectMany(table => table.Panel!.Stages.Select(stage => ($"panel/{SurveyCsv.Name(stage.Stage)}/{table.Measure}", stage.Points)))),
        NineDigits);

    /// <summary>Gate, condition with the jackknife of lm, and the share of the growth by Year 1.</summary>
    [Fact]
    public void Landmark_1_is_that_of_R() => ReferenceValues.AssertSame(
        Part("landmark-1/"),
        Named(WaveValues.Of(Edition.Value.Landmarks.Single(result => result.Landmark == Landmark.SharedUnderstanding))),
        NineDigits);

    /// <summary>Onpoint's published claims, which the dataset was made to show: all four, and 70 per cent. The two waves below the response rate move the share by up to .006.</summary>
    [Fact]
    public void All_four_landmarks_are_seen_and_the_share_is_70_per_cent()
    {
        Assert.Equal([(Landmark)1, (Landmark)2, (Landmark)3, (Landmark)4], Edition.Value.Landmarks.Select(result => result.Landmark));
        Assert.All(Edition.Value.Landmarks, result => Assert.Equal((LandmarkVerdict.Seen, LandmarkBasis.Panel), (result.Verdict, result.Basis)));
        Assert.Equal(0.700, Edition.Value.Landmarks[0].Shares[^1].Share, 0.006);
    }

    /// <summary>Ranges of the national dataset's README, section 9: tau per component 38 to 50, of the benchmark 30 to 41, averaged over the stages.</summary>
    [Theory]
    [InlineData(ScoringPlan.Benchmark, 30, 41)]
    [InlineData("SC", 38, 50)]
    [InlineData("OP", 38, 50)]
    [InlineData("TR", 38, 50)]
    [InlineData("SR", 38, 50)]
    [InlineData("BI", 38, 50)]
    [InlineData("IR", 38, 50)]
    [InlineData("PS", 38, 50)]
    public void Districts_differ_as_much_as_planned(string measure, double low, double high) => Assert.InRange(
        Edition.Value.Cells.Where(cell => cell.Measure == measure && cell.Stage is not null).Average(cell => cell.TauPoints!.Value), low, high);

    /// <summary>The reference values whose names begin so.</summary>
    private static Dictionary<string, double> Part(string prefix) =>
        Reference.Value.Where(value => value.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(value => value.Key, value => value.Value);

    private static Dictionary<string, double> Named(IEnumerable<(string Name, double Value)> values) => values.ToDictionary(value => value.Name, value => value.Value);
}
