using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Verification;

/// <summary>What the wave's latest reproduction rested on.</summary>
/// <param name="JointSchools">Schools of its joint line, text ids.</param>
/// <param name="Schools">Every school that had answered then, by text id.</param>
public sealed record EarlierReproduction(IReadOnlyCollection<string> JointSchools, IReadOnlyDictionary<string, RowBasis> Schools);

/// <summary>Makes the totals of a reproduction, or none where they would tell more than the pages do.</summary>
/// <remarks>
/// <para>
/// Lines. A school has a line of its own when readers see all its answers, every component has at least ten scores, and its roster is at least ten (a smaller staff's count is
/// not told exactly). All others share one line, joined by the next smallest (n*, text id ordinal) until it holds at least two schools and at least ten scores of every
/// component. Everything is one line when schools were sampled or weights are answers.
/// </para>
/// <para>
/// Spread. Mean and spread of five to nine teachers give their answers away. Where larger schools had to join so few, readers know the larger ones' margins to half a point and could subtract them; so
/// the line's covariances are then rounded to multiples of about the district's smallest standard error times one point. A margin is printed to half a point, its variance thereby to half a standard error
/// times one point: the line tells the spread no better than the page does.
/// </para>
/// <para>
/// Later revisions. Exact totals before and after give the totals of what came between: therefore a further reproduction is made only when each line of a school has none or at least ten new
/// scores on every component, and the joint line at least ten on every component, or none with the same rosters. A school once in the joint line stays in it.
/// </para>
/// <para>Source: ours (docs/methodology.md 8).</para>
/// </remarks>
public static class ReproductionLines
{
    /// <summary>Makes the totals of one revision.</summary>
    /// <param name="plan">The instrument's plan.</param>
    /// <param name="schools">Every school of the wave once.</param>
    /// <param name="samplesSchools">True when the wave invited a sample of schools.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="decisions">What <see cref="DisclosureControl.Decide"/> decided for it, the district first.</param>
    /// <param name="earlier">The wave's latest reproduction; null when there is none.</param>
    /// <returns>
    /// Null when the district is not published in this revision, has fewer than ten scores on some component or no margin, or when the totals would isolate late answers.
    /// </returns>
    /// <exception cref="ArgumentException">As <c>WaveEstimator.Estimate</c>; or the decisions do not begin with the district's.</exception>
    public static ReproductionTotals? Make(
        ScoringPlan plan, IReadOnlyList<SchoolTotals> schools, bool samplesSchools, int revision, IReadOnlyList<DisclosureDecision> decisions, EarlierReproduction? earlier)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        if (decisions is not [{ UnitId: null }, ..])
        {
            throw new ArgumentException("The first decision is the district's.", nameof(decisions));
        }

        WaveEstimate estimate = WaveEstimator.Estimate(plan, schools, samplesSchools);
        if (decisions[0].ShownRevision != revision || estimate.District.SmallestCount < DisclosureControl.SmallestExact
            || estimate.District is not { ComponentCovariances: { } covariances, Measures: [{ DegreesOfFreedom: { } degrees }, ..] })
        {
            return null;
        }

        Dictionary<string, SchoolTotals> totals = schools.ToDictionary(school => school.SchoolId);
        string[] scored = [.. estimate.Strata.SelectMany(stratum => stratum.Schools)];
        bool together = samplesSchools || estimate.DenominatorUnknown;
        (HashSet<string> joint, bool exactSpread) = together ? ([.. scored], true) : Joint(plan, [.. scored.Select(school => totals[school])], decisions, earlier);
        together |= joint.Count == scored.Length;
        if (earlier is not null && !MayFollow(earlier, scored, joint, totals, estimate, plan))
        {
            return null;
        }

        bool countsExact = ResponseCounts.Publish(
            [.. schools.Select(school => new SchoolCount(school.SchoolId, school.Totals.Responses, school.Eligible))],
            decisions.Skip(1).Where(decision => decision is { ShownRevision: null, Code: not null }).Select(decision => decision.UnitId!).ToHashSet()).Total.Precision == CountPrecision.Exact;

        // The degrees of freedom of sampled schools are their number less one, which everybody knows.
        bool degreesExact = countsExact || samplesSchools;
        SchoolLine[] own = [.. scored.Where(school => !joint.Contains(school)).Order(StringComparer.Ordinal).Select(school => Line(totals[school]))];
        int least = own.Sum(line => line.ScoredTeachers) + (joint.Count == 0 ? 0 : DisclosureControl.SmallestExact) - estimate.Strata.Count;
        return new ReproductionTotals(
            own,
            joint.Count == 0 ? null : JointOf(plan, estimate, totals, joint, together, samplesSchools, countsExact, covariances, exactSpread ? 0 : CovarianceStep(plan, estimate.District)),
            degreesExact ? (int)degrees : Math.Max(1, least),
            degreesExact ? (int)degrees : null,
            samplesSchools,
            countsExact,
            countsExact ? estimate.ResponseRate : null);
    }

    /// <returns>The schools of the joint line, and whether it may tell their exact spread.</returns>
    private static (HashSet<string> Schools, bool ExactSpread) Joint(ScoringPlan plan, SchoolTotals[] scored, IReadOnlyList<DisclosureDecision> decisions, EarlierReproduction? earlier)
    {
        HashSet<string> seen = [.. decisions.Where(decision => decision is { UnitId: not null, ShownRevision: not null, Code: null }).Select(decision => decision.UnitId!)];
        HashSet<string> small = [.. scored
            .Where(school => !seen.Contains(school.SchoolId) || school.Totals.SmallestCount < DisclosureControl.SmallestExact || school.Eligible < ResponseCounts.SmallestExactRoster)
            .Select(school => school.SchoolId)];
        HashSet<string> before = [.. small, .. scored.Select(school => school.SchoolId).Where(school => earlier?.JointSchools.Contains(school) == true)];
        HashSet<string> joint = [.. before];
        foreach (SchoolTotals next in scored.OrderBy(school => school.Totals.SmallestCount).ThenBy(school => school.SchoolId, StringComparer.Ordinal).TakeWhile(_ => joint.Count > 0 && !IsLarge(joint)))
        {
            joint.Add(next.SchoolId);
        }

        return (joint, small.Count == 0 || IsLarge(small));

        bool IsLarge(HashSet<string> schools)
        {
            UnitTotals together = plan.NewTotals();
            foreach (SchoolTotals school in scored.Where(school => schools.Contains(school.SchoolId)))
            {
                together.Add(school.Totals);
            }

            return schools.Count >= 2 && together.SmallestCount >= DisclosureControl.SmallestExact;
        }
    }

    /// <summary>The smallest standard error above 0 times a step of the printed margin, cut to one significant digit: all its digits would be the exact variance.</summary>
    private static double CovarianceStep(ScoringPlan plan, UnitEstimate district)
    {
        double step = district.Measures.Select(measure => measure.StandardError!.Value).Where(error => error > 0).DefaultIfEmpty().Min() * (plan.Instrument.Scale == ScoreScale.Mean ? 0.01 : 1);
        double digit = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return step == 0 ? 0 : CanonicalJson.Round(Math.Floor(step / digit) * digit);
    }

    private static bool MayFollow(
        EarlierReproduction earlier, string[] scored, HashSet<string> joint, Dictionary<string, SchoolTotals> totals, WaveEstimate estimate, ScoringPlan plan)
    {
        var added = scored.ToDictionary(school => school, school =>
        {
            RowBasis? before = earlier.Schools.GetValueOrDefault(school);
            return DisclosureUnit.CountsOf(estimate.Schools[school], plan).Select((count, component) => count - (before?.Counts[component] ?? 0)).ToArray();
        });
        int[] unseen = [.. plan.Instrument.Components.Select((_, component) => joint.Sum(school => added[school][component]))];
        return scored.Where(school => !joint.Contains(school)).All(school => Array.TrueForAll(added[school], count => count is 0 or >= DisclosureControl.SmallestExact))
            && added.Values.All(counts => Array.TrueForAll(counts, count => count >= 0))
            && (Array.TrueForAll(unseen, count => count >= DisclosureControl.SmallestExact)
                || (Array.TrueForAll(unseen, count => count == 0) && joint.All(school => earlier.Schools[school].Eligible == totals[school].Eligible)));
    }

    private static SchoolLine Line(SchoolTotals school)
    {
        int components = school.Totals.Plan.Components.Length;
        List<PairLine> pairs = [];
        for (int first = 0; first < components; first++)
        {
            for (int second = 0; second <= first; second++)
            {
                PairTotals pair = school.Totals.Pair(first, second);
                pairs.Add(new PairLine(first, second, pair.Count, pair.FirstSum, pair.SecondSum, pair.Products));
            }
        }

        return new SchoolLine(
            school.SchoolId, school.Eligible!.Value, school.Totals.ScoredTeachers,
            [.. Enumerable.Range(0, components).Select(school.Totals.Count)], [.. Enumerable.Range(0, components).Select(school.Totals.Sum)], pairs);
    }

    /// <summary>The joint line holds whole strata: schools are pooled only with schools that are hidden.</summary>
    private static JointLine JointOf(
        ScoringPlan plan, WaveEstimate estimate, Dictionary<string, SchoolTotals> totals, HashSet<string> joint, bool together, bool samplesSchools, bool exact, IReadOnlyList<double> covariances, double step)
    {
        (Stratum Stratum, IReadOnlyList<int> Counts)[] strata = samplesSchools ? [] : [.. estimate.Strata.Zip(DistrictWaveRecords.Strata(estimate, plan, samplesSchools), (stratum, record) => (stratum, record.Counts)).Where(pair => joint.Contains(pair.stratum.Schools[0]))];
        double[] factors = [.. plan.Measures.Select((_, measure) => strata.Sum(pair => pair.Stratum.Weight * pair.Stratum.Weight / pair.Counts[measure]))];
        string[] names = [.. joint.Order(StringComparer.Ordinal)];
        long eligible = together ? 1 : names.Sum(school => (long)totals[school].Eligible!);
        double[] means;
        double[] summand;
        if (together)
        {
            means = [.. plan.Measures.Zip(estimate.District.Measures).Where(pair => pair.First.Kind == MeasureKind.Component).Select(pair => pair.Second.Points!.Value)];
            summand = [.. covariances];
        }
        else
        {
            (LineMoments Moments, double Weight)[] parts = [.. strata.Select(pair =>
            {
                UnitTotals pooled = plan.NewTotals();
                foreach (string school in pair.Stratum.Schools)
                {
                    pooled.Add(totals[school].Totals);
                }

                return (LineMoments.Of(Line(new SchoolTotals("", 0, pooled)), [.. plan.Components.ToArray().Select(component => component.Unit.Points)]), pair.Stratum.Weight);
            })];
            double weight = parts.Sum(part => part.Weight);
            means = [.. plan.Instrument.Components.Select((_, component) => parts.Sum(part => part.Weight / weight * part.Moments.MeanPoints[component]))];
            summand = [.. covariances.Select((_, position) => parts.Sum(part => part.Weight * part.Weight * part.Moments.Covariances[position]))];
        }

        return new JointLine(names, eligible, means, step == 0 ? summand : Array.ConvertAll(summand, value => Math.Round(value / step) * step), step, samplesSchools || !exact ? null : factors);
    }
}
