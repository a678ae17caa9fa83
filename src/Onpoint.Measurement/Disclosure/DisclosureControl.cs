using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;

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

/// <summary>A unit as disclosure control sees it.</summary>
/// <param name="UnitId">The sender's text id of the school; null for the district.</param>
/// <param name="SmallestCount">n* in this revision (count).</param>
/// <param name="Responses">Responses in this revision (count).</param>
/// <param name="Eligible">Roster (count), null when unknown.</param>
/// <param name="ShownRevision">The revision whose values readers see so far; null when none was ever shown.</param>
/// <param name="ShownResponses">Responses in that revision (count).</param>
/// <param name="WasWithheld">True when a decision of an earlier revision of this wave had a code other than <see cref="WithheldCode.Pending"/>.</param>
/// <param name="ResponsesInShownDistrict">
/// The school's responses in the revision whose district values readers see so far (count); unused for the district. Null when unknown:
/// then the more careful case is assumed as soon as the district was shown.
/// </param>
public sealed record DisclosureUnit(
    string? UnitId, int SmallestCount, int Responses, int? Eligible, int? ShownRevision, int ShownResponses, bool WasWithheld, int? ResponsesInShownDistrict = null);

/// <summary>What readers see of a unit.</summary>
/// <param name="UnitId">As in <see cref="DisclosureUnit"/>.</param>
/// <param name="ShownRevision">The revision whose values readers see; null when the unit is withheld or nobody answered.</param>
/// <param name="Code">Null when the shown revision holds every response of the newest, or when nobody answered.</param>
public sealed record DisclosureDecision(string? UnitId, int? ShownRevision, WithheldCode? Code);

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

/// <summary>Disclosure control: which units readers see, and how finely. One engine for pages, charts, API, exports and reports.</summary>
/// <remarks>
/// Source: ours (docs/methodology.md 8), after primary and complementary cell suppression as in [Hundepool2012].
/// </remarks>
public static class DisclosureControl
{
    /// <summary>Fewest teachers behind a shown unit, and fewest late answers that may be told apart (count).</summary>
    public const int SmallestShown = 5;

    /// <summary>Fewest teachers behind a unit whose values are not coarsened (count).</summary>
    public const int SmallestExact = 10;

    private const double HighestSmallUnit = 940;
    private const double LowestSmallUnit = 260;

    /// <summary>Decides which units of a wave readers see in this revision.</summary>
    /// <remarks>
    /// <para>
    /// Hiding. A school with n* below 5 is hidden; then the next smallest (n*, text id ordinal) until at least two are hidden, together
    /// they have 5 teachers, and none with fewer than 5 holds more than 80 % of their joint roster (of their responses when a roster is
    /// unknown). A school hidden once stays hidden. When only one school answered it is the district: shown or hidden with it.
    /// </para>
    /// <para>
    /// Late answers. A unit is republished only with 5 or more responses added or removed since it was shown. The district's row is a public
    /// combination of its schools', so it also waits while the late answers that no school row shows (of hidden and of pending
    /// schools, since the district or the school's own row was last shown) are 1 to 4. A school that was pending when the district was republished keeps
    /// its earlier values for good: a later row of it could be set against the district's to isolate the newest answers.
    /// </para>
    /// <para>
    /// Why this is enough, for answers that are only added and rosters that stay. (1) A school's successive rows reveal blocks of 5
    /// or more answers, and the district's rows hold each such block whole. (2) What remains of a district row after the shown blocks are taken away rests
    /// on hidden and held-back answers only, all with positive weights; no school row ever holds one of them. (3) Take any
    /// combination of published rows and in it the latest district row that brought new held-back answers: no other row cancels them, and
    /// they are 5 or more. (4) A district row that brought none has the same remainder as the one before, up to a factor,
    /// because the pooled stratum lies within the hidden schools: the schools of the first rule are taken in the order of the strata, before sticky ones are added.
    /// A school without answers has nothing to protect and is neither shown nor hidden.
    /// </para>
    /// </remarks>
    /// <param name="revision">The number of this revision, above that of every shown one.</param>
    /// <param name="units">The first unit is the district (id null), the others its schools, each once, in any order.</param>
    /// <returns>One decision per unit, in the order given.</returns>
    /// <exception cref="ArgumentException">The first unit is not the district, another has no id, or an id appears twice.</exception>
    public static IReadOnlyList<DisclosureDecision> Decide(int revision, IReadOnlyList<DisclosureUnit> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        if (units.Count == 0 || units[0].UnitId is not null || units.Skip(1).Any(unit => unit.UnitId is null) || units.DistinctBy(unit => unit.UnitId).Count() != units.Count)
        {
            throw new ArgumentException("The first unit is the district, with a null id; the others are its schools, each once.", nameof(units));
        }

        DisclosureUnit district = units[0];
        DisclosureUnit[] answering = [.. units.Skip(1)
            .Where(school => school.Responses > 0)
            .OrderBy(school => school.SmallestCount)
            .ThenBy(school => school.UnitId, StringComparer.Ordinal)];
        HashSet<DisclosureUnit> hidden = Hidden(answering);

        var schools = answering.ToDictionary(school => school.UnitId!, school => School(revision, district, school, hidden.Contains(school)));
        return
        [
            District(revision, district, answering, schools),
            .. units.Skip(1).Select(unit => schools.GetValueOrDefault(unit.UnitId!, new DisclosureDecision(unit.UnitId, null, null))),
        ];
    }

    /// <summary>Rounds a shown unit's estimate for readers; halves away from zero.</summary>
    /// <remarks>
    /// Definition. From ten teachers: whole points, margin t(0.975, df) · SE. Five to nine: points and margin rounded to 10, margin
    /// t(0.975, n − 1) s_w / √n with n of the measure, so that it depends on n alone: a real margin of five teachers gives away their
    /// answers. On the 200 to 1,000 scale the ends of a small unit are "above 940" and "below 260". On the plain mean the steps are 0.01 and 0.1.
    /// </remarks>
    /// <param name="estimate">The unit's estimate of one measure.</param>
    /// <param name="unitSmallestCount">n* of the unit (count): the same step for all its measures.</param>
    /// <param name="withinSd">The edition's s_w of the measure, in points; null without an edition, then five to nine teachers have no margin.</param>
    /// <param name="scale">The instrument's scale.</param>
    /// <returns>Everything null or 0 below five teachers; <see cref="PublishedMeasure.Points"/> is null when there is no estimate.</returns>
    public static PublishedMeasure Publish(MeasureEstimate estimate, int unitSmallestCount, double? withinSd, ScoreScale scale)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        bool coarse = unitSmallestCount < SmallestExact;
        int rounding = coarse ? 10 : 1;
        if (unitSmallestCount < SmallestShown)
        {
            return new PublishedMeasure(estimate.Measure, null, null, 0, rounding);
        }

        int decimals = scale == ScoreScale.Mean ? 2 : 0;
        double? points = Round(estimate.Points, rounding, decimals);
        double? margin = points is null ? null : Round(coarse ? MarginOfSmallUnit(estimate.Respondents, withinSd) : Margin(estimate), rounding, decimals);
        PublishedBound bound = !coarse || scale == ScoreScale.Mean ? PublishedBound.None
            : points > HighestSmallUnit ? PublishedBound.Above
            : points < LowestSmallUnit ? PublishedBound.Below
            : PublishedBound.None;
        return bound == PublishedBound.None
            ? new PublishedMeasure(estimate.Measure, points, margin, estimate.Respondents, rounding)
            : new PublishedMeasure(
                estimate.Measure, bound == PublishedBound.Above ? HighestSmallUnit : LowestSmallUnit, margin, estimate.Respondents, rounding, bound);
    }

    /// <param name="schools">Schools with answers, by n* and id.</param>
    private static HashSet<DisclosureUnit> Hidden(DisclosureUnit[] schools)
    {
        if (schools.Length == 1)
        {
            return schools[0].SmallestCount < SmallestShown ? [schools[0]] : [];
        }

        HashSet<DisclosureUnit> hidden = [.. schools.Where(school => school.SmallestCount < SmallestShown)];
        Complete(hidden, schools);
        hidden.UnionWith(schools.Where(school => school is { WasWithheld: true, ShownRevision: null }));
        Complete(hidden, schools);
        return hidden;
    }

    private static void Complete(HashSet<DisclosureUnit> hidden, DisclosureUnit[] schools)
    {
        foreach (DisclosureUnit next in schools)
        {
            if (hidden.Count == 0 || CoverEachOther(hidden))
            {
                return;
            }

            hidden.Add(next);
        }
    }

    private static bool CoverEachOther(HashSet<DisclosureUnit> hidden)
    {
        bool rosterKnown = hidden.All(school => school.Eligible is not null);
        long joint = hidden.Sum(school => (long)Size(school));
        return hidden.Count >= 2
            && hidden.Sum(school => school.SmallestCount) >= SmallestShown
            && !hidden.Any(school => school.SmallestCount < SmallestShown && 100L * Size(school) > 80 * joint);

        int Size(DisclosureUnit school) => rosterKnown ? school.Eligible!.Value : school.Responses;
    }

    private static DisclosureDecision School(int revision, DisclosureUnit district, DisclosureUnit school, bool hidden)
    {
        if (hidden)
        {
            return new DisclosureDecision(
                school.UnitId, null,
                school.SmallestCount < SmallestShown ? WithheldCode.TooFew : school.WasWithheld ? WithheldCode.Sticky : WithheldCode.Complementary);
        }

        // Pending when the district was last republished: its late answers are in the district's row but not in its own.
        bool heldBack = district.ShownRevision > school.ShownRevision && school.ResponsesInShownDistrict != school.ShownResponses;
        return Republish(revision, school, mayRepublish: !heldBack);
    }

    private static DisclosureDecision District(
        int revision, DisclosureUnit district, DisclosureUnit[] answering, Dictionary<string, DisclosureDecision> schools)
    {
        if (district.SmallestCount < SmallestShown)
        {
            return new DisclosureDecision(null, null, district.Responses == 0 ? null : WithheldCode.TooFew);
        }

        int?[] heldBack = [.. answering
            .Where(school => schools[school.UnitId!] is { ShownRevision: null } or { Code: not null })
            .Select(school => school.Responses - (school.ShownRevision > district.ShownRevision ? school.ShownResponses : school.ResponsesInShownDistrict))];
        bool isolates = heldBack.Contains(null) || heldBack.Sum(count => Math.Abs(count ?? 0)) is > 0 and < SmallestShown;
        return Republish(revision, district, mayRepublish: !isolates);
    }

    private static DisclosureDecision Republish(int revision, DisclosureUnit unit, bool mayRepublish)
    {
        int changed = Math.Abs(unit.Responses - unit.ShownResponses);
        return unit.ShownRevision is null || (changed >= SmallestShown && mayRepublish)
            ? new DisclosureDecision(unit.UnitId, revision, null)
            : new DisclosureDecision(unit.UnitId, unit.ShownRevision, changed == 0 ? null : WithheldCode.Pending);
    }

    private static double? Margin(MeasureEstimate estimate) =>
        estimate is { StandardError: { } standardError, DegreesOfFreedom: { } df } ? TwoSidedT.Quantile(df) * standardError : null;

    private static double? MarginOfSmallUnit(int respondents, double? withinSd) =>
        withinSd is { } sd && respondents > 1 ? TwoSidedT.Quantile(respondents - 1) * sd / Math.Sqrt(respondents) : null;

    /// <summary>Decimal, because 2.345 in binary lies below the half.</summary>
    private static double? Round(double? value, int rounding, int decimals)
    {
        if (value is not { } number)
        {
            return null;
        }

        decimal step = rounding * (decimals == 0 ? 1m : 0.01m);
        return (double)(Math.Round((decimal)number / step, MidpointRounding.AwayFromZero) * step);
    }
}
