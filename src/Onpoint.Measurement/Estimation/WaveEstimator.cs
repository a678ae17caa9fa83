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
/// <param name="Respondents">Teachers with a score on every component of the measure; for a component, n_c (count).</param>
/// <param name="WithinDegrees">SUM(n_h - 1) over schools of the teachers with all components of the measure (count).</param>
/// <param name="WithinSumSquares">Their squared deviations from the school mean, summed. Points squared.</param>
public sealed record MeasureEstimate(
    string Measure, double? Points, double? StandardError, double? DegreesOfFreedom, int Respondents, long WithinDegrees, double WithinSumSquares)
{
    /// <summary>t(0.975, df) SE: half width of the 95 % interval. Points; null without a standard error.</summary>
    public double? MarginPoints => StandardError is { } standardError && DegreesOfFreedom is { } df ? TwoSidedT.Quantile(df) * standardError : null;
}

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

    /// <summary>The strata, formed once for all measures; when the wave samples schools, the clusters, one school each.</summary>
    public required IReadOnlyList<Stratum> Strata { get; init; }

    /// <summary>True when a responding school lacks a roster count: weights are answers, and there is no response rate.</summary>
    public required bool DenominatorUnknown { get; init; }

    /// <summary>Responses / eligible over all schools of the wave. Fraction; null when a roster is unknown or any school has more responses than teachers.</summary>
    public double? ResponseRate { get; init; }

    /// <summary>Schools with at least one response (count).</summary>
    public required int SchoolsAnswering { get; init; }

    /// <summary>Schools of the wave, answering or not (count).</summary>
    public required int SchoolsInWave { get; init; }
}

/// <summary>What is known of the population of a wave: its answers are then a sample of it, drawn without replacement.</summary>
/// <remarks>
/// For analyses that ask about these teachers in this year only. A published margin never uses it: another year's staff and another day would
/// give other answers even if everybody answered (docs/methodology.md section 3).
/// </remarks>
/// <param name="Schools">
/// M: schools from which a wave that samples schools drew them (count); null when it is unknown. A wave that invites all schools needs none.
/// </param>
public sealed record PopulationCorrection(int? Schools = null);

/// <summary>From schools' totals to district and school estimates.</summary>
/// <remarks>
/// <para>
/// Definition. Weights W_h = N_h / SUM N (roster) over the schools with a scored teacher; when a responding school lacks a roster
/// count, W_h = n_h / SUM n. Strata are formed once per wave: schools with n* below 5 together, joined by the schools with
/// the next smallest n* (ties: text id, ordinal) until their own n* is 5; one stratum left is no stratification. A component is
/// X_c = SUM W_h m_hc; a category the equal mean of its components, the benchmark that of the categories.
/// </para>
/// <para>
/// Variance. Teacher r of stratum h contributes u_r = SUM_c a_c W_h (y_rc − m_hc) / √(n_hc (n_hc − 1)) over the components r has;
/// Var = SUM u_r², df = teachers with at least one component score − strata. The sum is taken pair by pair of components from
/// whole-number totals, so it needs no second pass over teachers and cannot depend on their order.
/// When the wave samples schools: Var = m/(m − 1) SUM z_h², z_h = SUM_c a_c W_h (m_hc − X_c), df = m − 1, nothing pooled;
/// a school without a component takes no part in it, and the other weights are raised to sum to 1.
/// </para>
/// <para>
/// With a <see cref="PopulationCorrection"/>, (y_rc − m_hc) of a stratum or school is multiplied by √(1 − n_hc / N_h), N_h its roster; it stays
/// as it is without a roster, or when more answered than are on it. When the wave samples schools from M:
/// Var = (1 − m/M) m/(m − 1) SUM z_h² + m/M SUM over schools of SUM_r u_r²; without M as if drawn with replacement.
/// </para>
/// <para>
/// Source: linearisation as in [Lumley2004]; the pooling and the combination of components with missing scores are ours
/// (docs/methodology.md 3). Assumes that silence does not depend on the answer.
/// </para>
/// </remarks>
public static class WaveEstimator
{
    /// <summary>Fewest scores of every component in a stratum (count).</summary>
    public const int SmallestStratum = 5;

    /// <summary>Estimates one wave.</summary>
    /// <param name="plan">The instrument's plan, the one the totals were made with.</param>
    /// <param name="schools">Every school of the wave once, answering or not; any order gives the same bits.</param>
    /// <param name="samplesSchools">True when the wave invited a sample of schools: schools are clusters, not strata.</param>
    /// <param name="correction">The finite population that standard errors are about; null, as in everything published, for none.</param>
    /// <returns>
    /// The district and every school with responses. A measure that needs a component nobody has is null; nothing is NaN.
    /// A wave without responses gives null measures, no strata and a response rate of 0 (null without a roster).
    /// </returns>
    /// <exception cref="ArgumentException">A school appears twice, its roster is negative, or its totals belong to another plan.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The population has fewer schools than the wave.</exception>
    public static WaveEstimate Estimate(
        ScoringPlan plan, IReadOnlyList<SchoolTotals> schools, bool samplesSchools, PopulationCorrection? correction = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(schools);
        SchoolTotals[] ordered = [.. schools.OrderBy(school => school.SchoolId, StringComparer.Ordinal)];
        Check(plan, ordered);
        if (correction?.Schools < ordered.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(correction), correction.Schools, $"The population has at least the {ordered.Length} schools of the wave.");
        }

        SchoolTotals[] answering = [.. ordered.Where(school => school.Totals.Responses > 0)];
        SchoolTotals[] scored = [.. answering.Where(school => school.Totals.ScoredTeachers > 0)];

        // A roster of nobody beside answers is no roster: as a weight it would drop the school, alone it would divide by zero.
        bool denominatorUnknown = answering.Any(school => school.Eligible is null or 0);
        long[] sizes = [.. scored.Select(school => denominatorUnknown ? school.Totals.ScoredTeachers : (long)school.Eligible!)];
        Part[] strata = samplesSchools ? Clusters(scored, sizes) : Strata(plan, scored, sizes);
        ComponentEstimates components = samplesSchools ? FromClusters(plan, strata, correction) : FromStrata(plan, strata, correction);

        int? eligible = ordered.Any(school => school.Eligible is null) ? null : ordered.Sum(school => school.Eligible);
        return new WaveEstimate
        {
            District = Unit(plan, [.. answering.Select(school => school.Totals)], components, eligible),
            Schools = answering.ToDictionary(
                school => school.SchoolId,
                school => Unit(plan, [school.Totals], FromStrata(plan, [new Part([school.SchoolId], 1.0, school.Totals, school.Eligible)], correction), school.Eligible)),
            Strata = [.. strata.Select(part => new Stratum(part.Schools, part.Weight))],
            DenominatorUnknown = denominatorUnknown,
            ResponseRate = ResponseRate(ordered, eligible),
            SchoolsAnswering = answering.Length,
            SchoolsInWave = ordered.Length,
        };
    }

    private static void Check(ScoringPlan plan, SchoolTotals[] schools)
    {
        for (int position = 0; position < schools.Length; position++)
        {
            SchoolTotals school = schools[position];
            if (position > 0 && school.SchoolId == schools[position - 1].SchoolId)
            {
                throw new ArgumentException($"School {school.SchoolId} appears twice.", nameof(schools));
            }

            if (school.Eligible < 0)
            {
                throw new ArgumentException($"The roster of school {school.SchoolId} is negative.", nameof(schools));
            }

            if (!ReferenceEquals(school.Totals.Plan, plan))
            {
                throw new ArgumentException($"The totals of school {school.SchoolId} belong to another scoring plan.", nameof(schools));
            }
        }
    }

    /// <summary>Never 100 % by assumption: unknown without a roster, and when any school has more answers than teachers.</summary>
    private static double? ResponseRate(SchoolTotals[] schools, int? eligible) =>
        eligible is null or 0 || schools.Any(school => school.Totals.Responses > school.Eligible)
            ? null
            : (double)schools.Sum(school => school.Totals.Responses) / eligible;

    private static Part[] Clusters(SchoolTotals[] schools, long[] sizes)
    {
        double total = sizes.Sum();
        return [.. schools.Select((school, position) => new Part([school.SchoolId], sizes[position] / total, school.Totals, school.Eligible))];
    }

    private static Part[] Strata(ScoringPlan plan, SchoolTotals[] schools, long[] sizes)
    {
        double total = sizes.Sum();

        // The schools come by text id and the sort is stable, so the id decides ties.
        int[] bySize = [.. Enumerable.Range(0, schools.Length).OrderBy(school => schools[school].Totals.SmallestCount)];

        UnitTotals pooled = plan.NewTotals();
        int joined = 0;
        while (joined < bySize.Length
            && (schools[bySize[joined]].Totals.SmallestCount < SmallestStratum || (joined > 0 && pooled.SmallestCount < SmallestStratum)))
        {
            pooled.Add(schools[bySize[joined]].Totals);
            joined++;
        }

        IEnumerable<Part> own = bySize[joined..].Select(school =>
            new Part([schools[school].SchoolId], sizes[school] / total, schools[school].Totals, schools[school].Eligible));
        IEnumerable<Part> together = joined == 0
            ? []
            : [new Part(
                [.. bySize[..joined].Select(school => schools[school].SchoolId).Order(StringComparer.Ordinal)],
                bySize[..joined].Sum(school => sizes[school]) / total,
                pooled,
                Array.Exists(bySize[..joined], school => schools[school].Eligible is null) ? null : bySize[..joined].Sum(school => (long)schools[school].Eligible!))];
        return [.. own.Concat(together).OrderBy(part => part.Schools[0], StringComparer.Ordinal)];
    }

    private static ComponentEstimates FromStrata(ScoringPlan plan, Part[] strata, PopulationCorrection? correction)
    {
        var estimates = new ComponentEstimates(plan.Components.Length, strata.Sum(part => part.Totals.ScoredTeachers) - strata.Length, known: strata.Length > 0);
        foreach (Part part in strata)
        {
            UnitTotals totals = part.Totals;
            for (int c = 0; c < estimates.Count; c++)
            {
                estimates.Means[c] += totals.Count(c) == 0 ? double.NaN : part.Weight * Mean(plan, totals, c);
                for (int d = 0; d <= c; d++)
                {
                    bool known = estimates.DegreesOfFreedom >= 1 && totals.Count(c) > 1 && totals.Count(d) > 1;
                    estimates.AddCovariance(c, d, known ? part.Weight * part.Weight * Covariance(plan, totals, c, d) * Unanswered(part, c, d, correction) : double.NaN);
                }
            }
        }

        return estimates;
    }

    /// <summary>
    /// SUM over the teachers with both components of (y_c − m_c)(y_d − m_d) / √(n_c (n_c − 1) n_d (n_d − 1)). The deviations are first
    /// taken from the means of these teachers, then moved to the means of all: both steps are exact, so nothing cancels.
    /// </summary>
    private static double Covariance(ScoringPlan plan, UnitTotals totals, int c, int d)
    {
        PairTotals both = totals.Pair(c, d);
        if (both.Count == 0)
        {
            return 0;
        }

        double nC = totals.Count(c);
        double nD = totals.Count(d);
        Int128 shiftC = Math.BigMul(both.FirstSum, (long)totals.Count(c)) - Math.BigMul(totals.Sum(c), (long)both.Count);
        Int128 shiftD = Math.BigMul(both.SecondSum, (long)totals.Count(d)) - Math.BigMul(totals.Sum(d), (long)both.Count);
        double products = ((double)both.SpreadTimesCount + (double)shiftC / nC * ((double)shiftD / nD)) / both.Count;
        return products * plan.Components[c].Unit.Points * plan.Components[d].Unit.Points / Math.Sqrt(nC * (nC - 1) * nD * (nD - 1));
    }

    /// <summary>√((1 − n_c/N)(1 − n_d/N)) of a stratum or school; 1 without a correction or a roster that can hold the answers.</summary>
    private static double Unanswered(Part part, int c, int d, PopulationCorrection? correction)
    {
        int largest = Math.Max(part.Totals.Count(c), part.Totals.Count(d));
        return correction is null || part.Eligible is not { } eligible || largest > eligible
            ? 1
            : Math.Sqrt((1 - (double)part.Totals.Count(c) / eligible) * (1 - (double)part.Totals.Count(d) / eligible));
    }

    private static ComponentEstimates FromClusters(ScoringPlan plan, Part[] clusters, PopulationCorrection? correction)
    {
        int m = clusters.Length;
        double sampled = correction?.Schools is { } population ? (double)m / population : 0;
        var estimates = new ComponentEstimates(plan.Components.Length, m - 1, known: true);
        var deviations = new double[estimates.Count, m];
        var weights = new double[estimates.Count];
        for (int c = 0; c < estimates.Count; c++)
        {
            Part[] having = [.. clusters.Where(part => part.Totals.Count(c) > 0)];
            double weight = having.Sum(part => part.Weight);
            weights[c] = weight;
            double mean = having.Length == 0 ? double.NaN : having.Sum(part => part.Weight / weight * Mean(plan, part.Totals, c));
            estimates.Means[c] = mean;
            for (int h = 0; h < m; h++)
            {
                deviations[c, h] = clusters[h].Totals.Count(c) == 0 ? 0 : clusters[h].Weight / weight * (Mean(plan, clusters[h].Totals, c) - mean);
            }

            for (int d = 0; d <= c; d++)
            {
                bool known = m > 1 && !double.IsNaN(mean) && !double.IsNaN(estimates.Means[d]);
                double products = Enumerable.Range(0, m).Sum(h => deviations[c, h] * deviations[d, h]);
                double within = sampled > 0 ? sampled * clusters.Sum(part => WithinCluster(plan, part, c, d, correction) / weights[c] / weights[d]) : 0;
                estimates.AddCovariance(c, d, known ? products * m / (m - 1) * (1 - sampled) + within : double.NaN);
            }
        }

        return estimates;
    }

    /// <summary>The second-stage summand of a school; 0 where a component has nobody, or where the one teacher of the roster answered.</summary>
    private static double WithinCluster(ScoringPlan plan, Part part, int c, int d, PopulationCorrection? correction)
    {
        int smallest = Math.Min(part.Totals.Count(c), part.Totals.Count(d));
        double unanswered = Unanswered(part, c, d, correction);
        return smallest == 0 || unanswered == 0 ? 0
            : smallest == 1 ? double.NaN
            : part.Weight * part.Weight * Covariance(plan, part.Totals, c, d) * unanswered;
    }

    private static double Mean(ScoringPlan plan, UnitTotals totals, int component) =>
        plan.Components[component].Unit.Mean(totals.Sum(component), totals.Count(component));

    private static UnitEstimate Unit(ScoringPlan plan, UnitTotals[] schools, ComponentEstimates components, int? eligible) => new()
    {
        Responses = schools.Sum(totals => totals.Responses),
        ScoredTeachers = schools.Sum(totals => totals.ScoredTeachers),
        SmallestCount = Enumerable.Range(0, components.Count).Min(c => schools.Sum(totals => totals.Count(c))),
        Eligible = eligible,
        Measures = [.. plan.Measures.Select((measure, position) => Estimate(plan, schools, components, measure, position))],
        ComponentCovariances = Array.Exists(components.Covariances, double.IsNaN) ? null : components.Covariances,
    };

    private static MeasureEstimate Estimate(ScoringPlan plan, UnitTotals[] schools, ComponentEstimates components, Measure measure, int position)
    {
        (double mean, double variance) = components.Combine(measure.Weights, plan.Members[position]);
        double? points = double.IsNaN(mean) ? null : mean;

        // A sum of squares in exact arithmetic: below zero it is the rounding of a variance of zero.
        double? standardError = double.IsNaN(variance) ? null : Math.Sqrt(Math.Max(0, variance));

        int composites = plan.Composites.Length;
        bool composite = position < composites;
        double unit = composite ? plan.Composites[position].Unit.Points : plan.Components[position - composites].Unit.Points;
        int respondents = 0;
        long withinDegrees = 0;
        double withinSumSquares = 0;
        foreach (UnitTotals totals in schools)
        {
            (int n, Int128 spread) = composite
                ? totals.Composite(position).CountAndSpread
                : totals.Pair(position - composites, position - composites).CountAndSpread;
            respondents += n;
            withinDegrees += Math.Max(0, n - 1);
            withinSumSquares += n == 0 ? 0 : (double)spread / n * unit * unit;
        }

        return new MeasureEstimate(
            measure.Code, points, standardError, standardError is null ? null : components.DegreesOfFreedom, respondents, withinDegrees, withinSumSquares);
    }

    /// <summary>A stratum, or a sampled school: its totals, its weight W_h and its roster, null when one is unknown.</summary>
    private sealed record Part(IReadOnlyList<string> Schools, double Weight, UnitTotals Totals, long? Eligible);

    /// <summary>Component means and their covariances; NaN, which stays in here, where a component has nobody, or too few for a covariance.</summary>
    private sealed class ComponentEstimates
    {
        public ComponentEstimates(int count, int degreesOfFreedom, bool known)
        {
            Count = count;
            DegreesOfFreedom = degreesOfFreedom;
            Means = new double[count];
            Covariances = new double[count * count];
            if (!known)
            {
                Array.Fill(Means, double.NaN);
                Array.Fill(Covariances, double.NaN);
            }
        }

        public int Count { get; }

        public int DegreesOfFreedom { get; }

        public double[] Means { get; }

        /// <summary>Shape [components x components], row by row.</summary>
        public double[] Covariances { get; }

        public void AddCovariance(int c, int d, double value)
        {
            Covariances[c * Count + d] += value;
            if (c != d)
            {
                Covariances[d * Count + c] += value;
            }
        }

        /// <summary>a' X and a' V a over the components with a weight.</summary>
        public (double Mean, double Variance) Combine(IReadOnlyList<double> weights, int[] members)
        {
            double mean = 0;
            double variance = 0;
            foreach (int c in members)
            {
                mean += weights[c] * Means[c];
                foreach (int d in members)
                {
                    variance += weights[c] * weights[d] * Covariances[c * Count + d];
                }
            }

            return (mean, variance);
        }
    }
}
