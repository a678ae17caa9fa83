using Onpoint.Measurement.Estimation;

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

    /// <summary>Late answers wait until they are at least five: the earlier values stay.</summary>
    Pending,
}

/// <summary>A unit as disclosure control sees it.</summary>
/// <param name="UnitId">The sender's text id of the school; null for the district.</param>
/// <param name="SmallestCount">n* in this revision (count).</param>
/// <param name="Responses">Responses in this revision (count).</param>
/// <param name="Eligible">Roster (count), null when unknown.</param>
/// <param name="ShownRevision">The revision whose values readers see so far; null when none was ever shown.</param>
/// <param name="ShownResponses">Responses in that revision (count).</param>
/// <param name="WasWithheld">True when an earlier revision of this wave withheld the unit.</param>
public sealed record DisclosureUnit(string? UnitId, int SmallestCount, int Responses, int? Eligible, int? ShownRevision, int ShownResponses, bool WasWithheld);

/// <summary>What readers see of a unit.</summary>
/// <param name="UnitId">As in <see cref="DisclosureUnit"/>.</param>
/// <param name="ShownRevision">The revision whose values readers see; null when the unit is withheld.</param>
/// <param name="Code">Null when the newest revision is shown in full.</param>
public sealed record DisclosureDecision(string? UnitId, int? ShownRevision, WithheldCode? Code);

/// <summary>A number fit for readers.</summary>
/// <param name="Measure">The measure's code.</param>
/// <param name="Points">Rounded on the instrument's scale; null when withheld.</param>
/// <param name="MarginPoints">Half width of the 95 % interval, rounded; null when there is none.</param>
/// <param name="Respondents">Count.</param>
/// <param name="Rounding">1, or 10 for five to nine teachers.</param>
public sealed record PublishedMeasure(string Measure, double? Points, double? MarginPoints, int Respondents, int Rounding);

/// <summary>Disclosure control: measurement.md section 8.</summary>
public static class DisclosureControl
{
    /// <summary>Fewest teachers behind a shown unit (count).</summary>
    public const int SmallestShown = 5;

    /// <summary>Decides which units of a wave readers see in this revision. The first unit is the district, the others its schools.</summary>
    public static IReadOnlyList<DisclosureDecision> Decide(int revision, IReadOnlyList<DisclosureUnit> units) => throw new NotImplementedException();

    /// <summary>Rounds a shown unit's estimate for readers. <paramref name="withinSd"/> is the edition's s_w of the measure, null without an edition.</summary>
    public static PublishedMeasure Publish(MeasureEstimate estimate, int unitSmallestCount, double? withinSd, Instruments.ScoreScale scale) => throw new NotImplementedException();
}
