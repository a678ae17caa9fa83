using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Disclosure;

/// <summary>Whether the points of a small unit are an end of the scale beyond which nothing is said.</summary>
public enum PublishedBound
{
    /// <summary>The points are the estimate.</summary>
    None,

    /// <summary>The estimate is above the points: "above 940".</summary>
    Above,

    /// <summary>The estimate is below the points: "below 260".</summary>
    Below,
}

/// <summary>A number fit for readers.</summary>
/// <param name="Measure">The measure's code.</param>
/// <param name="Points">Rounded on the instrument's scale; null when withheld or when there is no estimate.</param>
/// <param name="MarginPoints">Half width of the 95 % interval, rounded; null when there is none.</param>
/// <param name="Respondents">Count; 0 when withheld.</param>
/// <param name="Rounding">In finest steps, which are one point or 0.01 on <see cref="ScoreScale.Mean"/>: 1, or 10 for five to nine teachers.</param>
/// <param name="Bound">Above or Below when <paramref name="Points"/> is an end and not the estimate.</param>
public sealed record PublishedMeasure(
    string Measure, double? Points, double? MarginPoints, int Respondents, int Rounding, PublishedBound Bound = PublishedBound.None);
