namespace Onpoint.Measurement.Norms;

/// <summary>One measure of one district-wave, as norms and placings need it.</summary>
/// <param name="Measure">The measure's code.</param>
/// <param name="Points">X_d, 200 to 1,000.</param>
/// <param name="StandardErrorPoints">SE_d, in points.</param>
/// <param name="DegreesOfFreedom">At least 1.</param>
/// <param name="Respondents">Count.</param>
/// <param name="WithinDegrees">SUM(n_h - 1) behind s_w (count).</param>
/// <param name="WithinSumSquares">The squared deviations behind s_w. Points squared.</param>
public sealed record MeasureSummary(
    string Measure, double Points, double StandardErrorPoints, double DegreesOfFreedom, int Respondents, long WithinDegrees, double WithinSumSquares);

/// <summary>One scored wave of one district: the unit of the national dataset.</summary>
public sealed record DistrictWave
{
    /// <summary>The sender's text id of the district.</summary>
    public required string DistrictId { get; init; }

    /// <summary>The sender's text id of the wave.</summary>
    public required string Wave { get; init; }

    /// <summary>Stage of the district in this wave.</summary>
    public required Stage Stage { get; init; }

    /// <summary>Ending year of the school year.</summary>
    public required int SchoolYear { get; init; }

    /// <summary>Responses (count).</summary>
    public required int Responses { get; init; }

    /// <summary>n* (count).</summary>
    public required int SmallestCount { get; init; }

    /// <summary>Fraction; null when the denominator is unknown.</summary>
    public double? ResponseRate { get; init; }

    /// <summary>Benchmark, categories, components in the plan's order; all present.</summary>
    public required IReadOnlyList<MeasureSummary> Measures { get; init; }

    /// <summary>Component codes, the order of <see cref="ComponentCovariances"/>.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>Shape [components x components], row by row. Points squared; empty when unknown (not needed for norms).</summary>
    public IReadOnlyList<double> ComponentCovariances { get; init; } = [];
}
