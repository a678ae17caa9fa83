using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Estimation;

/// <summary>One school of a wave: what was answered and how many could have.</summary>
/// <param name="SchoolId">The sender's text id; ordinal order decides ties.</param>
/// <param name="Eligible">Teachers on the roster (count); null when unknown.</param>
/// <param name="Totals">Its responses; no response at all is allowed.</param>
public sealed record SchoolTotals(string SchoolId, int? Eligible, UnitTotals Totals);

/// <summary>The estimate of one measure in one unit.</summary>
/// <param name="Measure">The measure's code.</param>
/// <param name="Points">On the instrument's scale; null when nobody has a score.</param>
/// <param name="StandardError">In points; null when it cannot be estimated (one respondent, one sampled school).</param>
/// <param name="DegreesOfFreedom">At least 1 when there is a standard error, else null.</param>
/// <param name="Respondents">Teachers with a score on every component of the measure... for a component, n_c (count).</param>
/// <param name="WithinDegrees">SUM(n_h - 1) over schools of the teachers with all components of the measure (count).</param>
/// <param name="WithinSumSquares">Their squared deviations from the school mean, summed. Points squared.</param>
public sealed record MeasureEstimate(
    string Measure, double? Points, double? StandardError, double? DegreesOfFreedom, int Respondents, long WithinDegrees, double WithinSumSquares);

/// <summary>The estimate of one unit: the district or a school.</summary>
public sealed record UnitEstimate
{
    /// <summary>Responses (count).</summary>
    public required int Responses { get; init; }

    /// <summary>Teachers with at least one component score (count).</summary>
    public required int ScoredTeachers { get; init; }

    /// <summary>n*: the smallest number of scores that any component has (count).</summary>
    public required int SmallestCount { get; init; }

    /// <summary>Teachers on the roster (count); null when unknown.</summary>
    public int? Eligible { get; init; }

    /// <summary>Every measure of the plan, in its order.</summary>
    public required IReadOnlyList<MeasureEstimate> Measures { get; init; }

    /// <summary>Shape [components x components], row by row: covariances of the component estimates. Points squared; null when there is no standard error.</summary>
    public IReadOnlyList<double>? ComponentCovariances { get; init; }
}

/// <summary>One stratum of a wave.</summary>
/// <param name="Schools">Text ids, ordinal order.</param>
/// <param name="Weight">W_h, sums to 1 over the strata. Fraction.</param>
public sealed record Stratum(IReadOnlyList<string> Schools, double Weight);

/// <summary>The estimate of one wave: the district and its schools.</summary>
public sealed record WaveEstimate
{
    /// <summary>The district.</summary>
    public required UnitEstimate District { get; init; }

    /// <summary>Every school with responses, by text id.</summary>
    public required IReadOnlyDictionary<string, UnitEstimate> Schools { get; init; }

    /// <summary>The strata, formed once for all measures.</summary>
    public required IReadOnlyList<Stratum> Strata { get; init; }

    /// <summary>True when a responding school lacks a roster count: weights are answers, and there is no response rate.</summary>
    public required bool DenominatorUnknown { get; init; }

    /// <summary>Responses / eligible over all schools on the roster. Fraction; null when unknown or above 1.</summary>
    public double? ResponseRate { get; init; }

    /// <summary>Schools with at least one response (count).</summary>
    public required int SchoolsAnswering { get; init; }

    /// <summary>Schools of the wave, answering or not (count).</summary>
    public required int SchoolsInWave { get; init; }
}

/// <summary>From schools' totals to district and school estimates: measurement.md sections 2 and 3.</summary>
public static class WaveEstimator
{
    /// <summary>Estimates one wave.</summary>
    public static WaveEstimate Estimate(ScoringPlan plan, IReadOnlyList<SchoolTotals> schools, bool samplesSchools) => throw new NotImplementedException();
}
