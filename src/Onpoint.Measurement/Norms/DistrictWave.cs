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

/// <summary>One stratum of a wave, as the reliability of a placing needs it.</summary>
/// <param name="Weight">W_h. Fraction; the strata of a wave sum to 1.</param>
/// <param name="Counts">
/// Shape [measures], the order of <see cref="DistrictWave.Measures"/>: n_h, the teachers behind the stratum's mean (count, at least 1). For a
/// component those with its score; for a category or the benchmark the smallest such number among its components, because
/// its score rests on component means and not on the teachers who have them all.
/// </param>
public sealed record WaveStratum(double Weight, IReadOnlyList<int> Counts);

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

    /// <summary>
    /// The strata behind the scores. Empty when unknown or when schools were sampled (their weights say nothing about the spread
    /// between clusters): a placing then takes SE_d for the reliability.
    /// </summary>
    public IReadOnlyList<WaveStratum> Strata { get; init; } = [];

    /// <summary>The summary of one measure; null when the instrument has no such measure.</summary>
    public MeasureSummary? Find(string measure)
    {
        foreach (MeasureSummary summary in Measures)
        {
            if (summary.Measure == measure)
            {
                return summary;
            }
        }

        return null;
    }
}
