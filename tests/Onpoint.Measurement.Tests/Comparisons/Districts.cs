using Onpoint.Measurement.Comparisons;
using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Tests.Comparisons;

/// <summary>Made-up estimates and cells.</summary>
internal static class Districts
{
    /// <summary>Four districts of 30 teachers that the tests of pairs compute in R.</summary>
    public static readonly IReadOnlyList<DistrictEstimate> Four =
        [new("a", 640, 12, 60, 62), new("b", 585, 18, 30, 32), new("c", 660, 20, 25, 27), new("d", 500, 25, 15, 17)];

    /// <summary>40 districts and 2,400 responses: mean 614, tau 45, s 146.</summary>
    public static readonly NormCell Cell = new()
    {
        Measure = "benchmark",
        Stage = Stage.Year2,
        Districts = 40,
        Responses = 2400,
        MeanPoints = 614,
        StandardErrorPoints = 8,
        MeanSamplingVariance = 500,
        TauPoints = 45,
        WithinSdPoints = 146,
        RawQuantiles = [],
        Quantiles = [],
        Provisional = false,
    };
}
