using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Disclosure;

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

    /// <summary>Fewest districts behind a statistic over several (count).</summary>
    public const int SmallestDistricts = 5;

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
    /// Late answers. They are counted component by component, because a late answer may have a score on one component and none on another.
    /// A school's own row is renewed only when each component has 0 or at least 5 new scores, and some component has them. The district's row is a
    /// public combination of its schools', so what counts for it are the new scores that no school's row shows: those of hidden and of
    /// waiting schools since the district's or the school's own row, whichever is later. It is renewed only when these are at least 5 in every component, or
    /// none in any and the rosters of those schools are as they were. A school that waited when the district was renewed keeps
    /// its earlier values for good: a later row of it could be set against the district's to isolate the newest answers.
    /// </para>
    /// <para>
    /// Why this is enough, for answers that are only added. Take one component; its rows say nothing of another's. Of published rows let a school's first
    /// row be a block of teachers and each later one add a block. (1) A block has no teacher or at least 5, and every row gives all teachers of a block the
    /// same coefficient, so a combination that is not zero on a block rests on 5. (2) What remains of a district row when the blocks are
    /// taken away rests on hidden and held-back answers, all with positive weights; no school row ever holds one of them. It is the first row of the district, in
    /// which they are at least 5 or everybody, or it brought at least 5 new ones, or it brought none in any component. (3) In the last case it is the remainder of
    /// the row before, times a factor: the counts and rosters behind it are the same, and so is the pooled stratum, which lies within the hidden schools.
    /// (4) So take any combination of published rows, replace the remainders of (3) by those they are multiples of, and look at the latest remainder that is left: the
    /// at least 5 answers it brought are in no other row. When none is left the combination consists of blocks.
    /// </para>
    /// <para>
    /// Where a count is below an earlier one, answers were removed, and neither the school's nor the district's row is renewed: a row before the removal and one after later additions
    /// could be set against each other. The service has no way to remove an answer; a caller who has one must not offset removals with additions.
    /// A school without answers has nothing to protect and is neither shown nor hidden. Context groups: <see cref="ContextDisclosure"/>.
    /// </para>
    /// </remarks>
    /// <param name="revision">The number of this revision, above that of every shown one.</param>
    /// <param name="units">The first unit is the district (id null), the others its schools, each once, in any order.</param>
    /// <returns>One decision per unit, in the order given.</returns>
    /// <exception cref="ArgumentException">The first unit is not the district, another has no id, an id appears twice, or the counts are not of the same components.</exception>
    public static IReadOnlyList<DisclosureDecision> Decide(int revision, IReadOnlyList<DisclosureUnit> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        if (units.Count == 0 || units[0].UnitId is not null || units.Skip(1).Any(unit => unit.UnitId is null) || units.DistinctBy(unit => unit.UnitId).Count() != units.Count)
        {
            throw new ArgumentException("The first unit is the district, with a null id; the others are its schools, each once.", nameof(units));
        }

        int components = units[0].Counts.Count;
        if (components == 0 || units.Any(unit => unit.Counts.Count != components || unit.OwnRow?.Counts.Count is { } own && own != components || unit.InDistrictRow?.Counts.Count is { } inRow && inRow != components))
        {
            throw new ArgumentException("Every unit needs a count for each of the same components.", nameof(units));
        }

        DisclosureUnit[] answering = [.. units.Skip(1).Where(school => school.Responses > 0)];
        HashSet<string> hidden = Hidden(answering);
        var schools = answering.ToDictionary(school => school.UnitId!, school => School(revision, school, hidden.Contains(school.UnitId!)));
        return
        [
            District(revision, units[0], answering, schools),
            .. units.Skip(1).Select(unit => schools.GetValueOrDefault(unit.UnitId!, new DisclosureDecision(unit.UnitId, null, null))),
        ];
    }

    /// <summary>Whether a statistic over several districts may be shown.</summary>
    /// <remarks>Source: ours (docs/methodology.md 8): from fewer than five districts a reader who knows some of them could work out another.</remarks>
    /// <param name="districts">Districts behind it (count).</param>
    /// <param name="readerSeesEach">True when the reader may see each of these districts alone: then there is nothing to protect.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="districts"/> is negative.</exception>
    public static bool MayShowOver(int districts, bool readerSeesEach)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(districts);
        return readerSeesEach || districts >= SmallestDistricts;
    }

    /// <summary>Shares of an item's options for readers.</summary>
    /// <remarks>
    /// Definition. Of those who chose an option, the share of each in whole per cent, halves away from zero. Withheld when the unit's n* or the answers to
    /// the item are below 10, and when all answers, or all but one, agree: then the shares would tell what everybody answered.
    /// Source: ours (docs/methodology.md 8).
    /// </remarks>
    /// <param name="item">The item's code.</param>
    /// <param name="optionCounts">Shape [options], by position − 1: how often each was chosen (count), also options that do not count.</param>
    /// <param name="unitSmallestCount">n* of the unit (count).</param>
    /// <param name="apart">
    /// Answers to the item that readers can tell apart by subtracting other published shares of it: those of all hidden schools together, those
    /// that came since the unit was last shown (count each). 1 to 4 withhold the item, because teachers who have the component may skip the item.
    /// </param>
    /// <exception cref="ArgumentException">There is no option, or a count is negative.</exception>
    public static PublishedItem PublishItem(string item, IReadOnlyList<long> optionCounts, int unitSmallestCount, params IReadOnlyList<long> apart)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(optionCounts);
        ArgumentNullException.ThrowIfNull(apart);
        if (optionCounts.Count == 0 || optionCounts.Any(count => count < 0))
        {
            throw new ArgumentException("An item needs options, each with a count of 0 or more.", nameof(optionCounts));
        }

        long answered = optionCounts.Sum();
        return unitSmallestCount < SmallestExact || answered < SmallestExact || optionCounts.Max() >= answered - 1 || apart.Any(count => count is > 0 and < SmallestShown)
            ? new PublishedItem(item, null, 0)
            : new PublishedItem(item, [.. optionCounts.Select(count => (int)((200 * count + answered) / (2 * answered)))], (int)answered);
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
        double? margin = points is null ? null : Round(coarse ? MarginOfSmallUnit(estimate.Respondents, withinSd) : estimate.MarginPoints, rounding, decimals);
        PublishedBound bound = !coarse || scale == ScoreScale.Mean ? PublishedBound.None
            : points > HighestSmallUnit ? PublishedBound.Above
            : points < LowestSmallUnit ? PublishedBound.Below
            : PublishedBound.None;
        return bound == PublishedBound.None
            ? new PublishedMeasure(estimate.Measure, points, margin, estimate.Respondents, rounding)
            : new PublishedMeasure(
                estimate.Measure, bound == PublishedBound.Above ? HighestSmallUnit : LowestSmallUnit, margin, estimate.Respondents, rounding, bound);
    }

    /// <param name="schools">Schools with answers.</param>
    private static HashSet<string> Hidden(DisclosureUnit[] schools) => schools is [var only]
        ? only.SmallestCount < SmallestShown ? [only.UnitId!] : []
        : ComplementaryHiding.Hide(schools.Select(school => new HidingCandidate(
            school.UnitId!, school.SmallestCount, school.Responses, school.Eligible, school is { WasWithheld: true, ShownRevision: null })));

    private static DisclosureDecision School(int revision, DisclosureUnit school, bool hidden)
    {
        if (hidden)
        {
            return new DisclosureDecision(
                school.UnitId, null,
                school.SmallestCount < SmallestShown ? WithheldCode.TooFew : school.WasWithheld ? WithheldCode.Sticky : WithheldCode.Complementary);
        }

        // Waited when the district was last renewed: its late answers are in the district's row but not in its own.
        bool heldBack = school is { OwnRow: not null, InDistrictRow: not null } && !Known(school).SequenceEqual(school.OwnRow.Counts);
        bool enough = Added(school.Counts, school.OwnRow).All(added => added is 0 or >= SmallestShown);
        return Renew(revision, school, enough && !heldBack);
    }

    private static DisclosureDecision District(
        int revision, DisclosureUnit district, DisclosureUnit[] answering, Dictionary<string, DisclosureDecision> schools)
    {
        if (district.SmallestCount < SmallestShown)
        {
            return new DisclosureDecision(null, null, district.Responses == 0 ? null : WithheldCode.TooFew);
        }

        bool removed = answering.Any(school => school.Counts.Zip(Known(school)).Any(count => count.First < count.Second));
        DisclosureUnit[] unseen = [.. answering.Where(school => schools[school.UnitId!] is { ShownRevision: null } or { Code: not null })];
        int[] heldBack = [.. district.Counts.Select((_, component) => unseen.Sum(school => school.Counts[component] - Known(school)[component]))];
        bool isolates = removed || !(heldBack.All(count => count >= SmallestShown) || (heldBack.All(count => count == 0) && SameWeights(answering, unseen)));
        return Renew(revision, district, !isolates);
    }

    /// <summary>Whether the weights of these schools are to each other as in the district's latest row.</summary>
    private static bool SameWeights(DisclosureUnit[] answering, DisclosureUnit[] unseen)
    {
        // A school without a roster makes answers the weights of all schools.
        bool byAnswers = answering.Any(school => school.Eligible is null or 0);
        return byAnswers == answering.Any(school => school.InDistrictRow is { Eligible: null or 0 })
            && (byAnswers || unseen.All(school => school.InDistrictRow is null || school.InDistrictRow.Eligible == school.Eligible));
    }

    private static DisclosureDecision Renew(int revision, DisclosureUnit unit, bool mayRenew)
    {
        bool changed = Added(unit.Counts, unit.OwnRow).Any(added => added != 0);
        return unit.OwnRow is null || (changed && mayRenew)
            ? new DisclosureDecision(unit.UnitId, revision, null)
            : new DisclosureDecision(unit.UnitId, unit.ShownRevision, changed ? WithheldCode.Pending : null);
    }

    private static IEnumerable<int> Added(IReadOnlyList<int> counts, RowBasis? row) => counts.Select((count, component) => count - (row?.Counts[component] ?? 0));

    /// <summary>Scores of a school that some published row holds: answers are only added, so of its own row and the district's the later holds more.</summary>
    private static int[] Known(DisclosureUnit school) =>
        [.. school.Counts.Select((_, component) => Math.Max(school.OwnRow?.Counts[component] ?? 0, school.InDistrictRow?.Counts[component] ?? 0))];

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
