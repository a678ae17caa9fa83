using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Disclosure;

/// <summary>Why a unit's numbers are not those of the newest revision. The exact code is internal; readers see "protected".</summary>
public enum WithheldCode
{
    /// <summary>Fewer than five teachers answered some component.</summary>
    TooFew,

    /// <summary>Withheld so that another unit cannot be worked out.</summary>
    Complementary,

    /// <summary>Withheld in an earlier revision of the wave.</summary>
    Sticky,

    /// <summary>Late answers wait: the earlier values stay.</summary>
    Pending,
}

/// <summary>What a published row says of a unit rested on.</summary>
/// <param name="Counts">Shape [components]: teachers with a score on each component (count).</param>
/// <param name="Eligible">The unit's roster then (count); null when unknown.</param>
public sealed record RowBasis(IReadOnlyList<int> Counts, int? Eligible);

/// <summary>A unit as disclosure control sees it.</summary>
/// <param name="UnitId">The sender's text id of the school; null for the district.</param>
/// <param name="Counts">Shape [components], the same for all units: teachers with a score on each component in this revision (count).</param>
/// <param name="Responses">Responses in this revision (count).</param>
/// <param name="Eligible">Roster (count), null when unknown.</param>
/// <param name="ShownRevision">The revision whose values readers see so far; null when none was ever shown, or when the unit was withheld since.</param>
/// <param name="OwnRow">What its own latest published row rested on, also when the unit was withheld since; null when none was ever published.</param>
/// <param name="WasWithheld">True when a decision of an earlier revision of this wave had a code other than <see cref="WithheldCode.Pending"/>.</param>
/// <param name="InDistrictRow">
/// The school in the district's latest published row; null when it had no response then, or the district was never published. Unused for the district.
/// </param>
public sealed record DisclosureUnit(
    string? UnitId, IReadOnlyList<int> Counts, int Responses, int? Eligible, int? ShownRevision, RowBasis? OwnRow, bool WasWithheld, RowBasis? InDistrictRow)
{
    /// <summary>n*: the smallest number of scores that any component has (count).</summary>
    public int SmallestCount => Counts.Min();

    /// <summary>A unit of a wave that was never published before.</summary>
    /// <param name="unitId">The sender's text id of the school; null for the district.</param>
    /// <param name="estimate">The unit's estimate.</param>
    /// <param name="plan">The plan it was made with.</param>
    public static DisclosureUnit New(string? unitId, UnitEstimate estimate, ScoringPlan plan)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return new DisclosureUnit(unitId, CountsOf(estimate, plan), estimate.Responses, estimate.Eligible, null, null, false, null);
    }

    /// <summary>Teachers with a score on each component.</summary>
    /// <param name="estimate">The unit's estimate.</param>
    /// <param name="plan">The plan it was made with.</param>
    /// <returns>Shape [components] (count).</returns>
    public static IReadOnlyList<int> CountsOf(UnitEstimate estimate, ScoringPlan plan)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        ArgumentNullException.ThrowIfNull(plan);
        return [.. plan.Measures.Zip(estimate.Measures).Where(pair => pair.First.Kind == MeasureKind.Component).Select(pair => pair.Second.Respondents)];
    }
}

/// <summary>What readers see of a unit.</summary>
/// <param name="UnitId">As in <see cref="DisclosureUnit"/>.</param>
/// <param name="ShownRevision">The revision whose values readers see; null when the unit is withheld or nobody answered.</param>
/// <param name="Code">Null when the shown revision holds every score of the newest, or when nobody answered.</param>
public sealed record DisclosureDecision(string? UnitId, int? ShownRevision, WithheldCode? Code);
