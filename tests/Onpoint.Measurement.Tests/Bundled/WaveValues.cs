using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;

namespace Onpoint.Measurement.Tests.Bundled;

/// <summary>Our numbers under the names that the R scripts give them.</summary>
internal static class WaveValues
{
    /// <summary>Counts, and points, errors, degrees of freedom and published margins of the district.</summary>
    public static IEnumerable<(string Name, double Value)> Of(EstimatedWave wave)
    {
        string prefix = $"{wave.District}/{wave.Wave}";
        IReadOnlyList<MeasurePlacing> margins = DistrictPlacement.Place(wave.Record, new NormCells([]));
        return
        [
            ($"{prefix}/responses", wave.Estimate.District.Responses),
            ($"{prefix}/smallest_count", wave.Estimate.District.SmallestCount),
            ($"{prefix}/response_rate", wave.Estimate.ResponseRate!.Value),
            ($"{prefix}/strata", wave.Estimate.Strata.Count),
            .. wave.Estimate.District.Measures.Zip(margins).SelectMany(pair => Of($"{prefix}/district", pair.First, pair.Second.MarginPoints)),
        ];
    }

    public static IEnumerable<(string Name, double Value)> Of(string prefix, MeasureEstimate estimate, double margin) =>
    [
        ($"{prefix}/{estimate.Measure}/points", estimate.Points!.Value),
        ($"{prefix}/{estimate.Measure}/standard_error", estimate.StandardError!.Value),
        ($"{prefix}/{estimate.Measure}/degrees_of_freedom", estimate.DegreesOfFreedom!.Value),
        ($"{prefix}/{estimate.Measure}/margin", margin),
    ];

    /// <summary>Landmark 1: its gate, its condition, and the share of the growth up to its last stage.</summary>
    public static IEnumerable<(string Name, double Value)> Of(LandmarkResult landmark) =>
    [
        .. Of("gate", landmark.Gates.Single()),
        .. Of("condition", landmark.Conditions.Single()),
        ("landmark-1/share", landmark.Shares[^1].Share),
    ];

    private static IEnumerable<(string Name, double Value)> Of(string name, LandmarkTest test) =>
    [
        ($"landmark-1/{name}/points", test.Points),
        ($"landmark-1/{name}/standard_error", test.StandardErrorPoints),
        ($"landmark-1/{name}/degrees_of_freedom", test.DegreesOfFreedom),
        ($"landmark-1/{name}/low", test.Low),
        ($"landmark-1/{name}/high", test.High),
    ];
}
