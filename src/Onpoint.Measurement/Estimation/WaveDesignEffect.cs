using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Estimation;

/// <summary>What the design of a wave does to its margins.</summary>
public static class WaveDesignEffect
{
    /// <summary>The design effect of every measure of the district.</summary>
    /// <remarks>
    /// <para>
    /// Definition: SE² / V, V the variance of the measure in a simple random sample, drawn with replacement, of as many teachers from a population
    /// with the weighted spread of this wave: V = SUM over teachers r of u_r², u_r = SUM_c a_c √(w_rc / (n_c − 1)) (y_rc − X_c) over the components
    /// r has, w_rc = W_h / n_hc (scaled to sum to 1 where a sampled school lacks the component). For one component it is the <c>deff = "replace"</c> of the
    /// R package survey, [Lumley2004]; the combination of components is that of <see cref="WaveEstimator"/>, ours.
    /// </para>
    /// <para>1 is a design as good as a simple random sample; strata make it smaller, clusters and unequal weights larger.</para>
    /// </remarks>
    /// <param name="plan">The instrument's plan.</param>
    /// <param name="schools">The schools that the estimate was made from, in any order.</param>
    /// <param name="estimate">The wave's estimate, with or without a correction for a finite population.</param>
    /// <returns>Shape [measures], the plan's order; null without a standard error, or when all teachers agree.</returns>
    /// <exception cref="ArgumentException">The totals belong to another plan, or a school of the estimate is missing.</exception>
    public static IReadOnlyList<double?> Of(ScoringPlan plan, IReadOnlyList<SchoolTotals> schools, WaveEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(schools);
        ArgumentNullException.ThrowIfNull(estimate);
        if (schools.Any(school => !ReferenceEquals(school.Totals.Plan, plan)))
        {
            throw new ArgumentException("The totals of a school belong to another scoring plan.", nameof(schools));
        }

        (double Weight, UnitTotals Totals)[] strata = [.. estimate.Strata.Select(stratum => (stratum.Weight, Totals(plan, schools, stratum)))];
        double[][] random = SimpleRandomCovariances(plan, strata);
        return [.. plan.Measures.Zip(estimate.District.Measures, (measure, district) =>
        {
            double variance = 0;
            foreach (int c in Members(measure))
            {
                foreach (int d in Members(measure))
                {
                    variance += measure.Weights[c] * measure.Weights[d] * random[Math.Max(c, d)][Math.Min(c, d)];
                }
            }

            // Asked in whole numbers: rounding would give teachers who all agree a variance.
            bool varies = Members(measure).Any(c => Varies(c, strata));
            return district.StandardError is { } standardError && varies && variance > 0 ? standardError * standardError / variance : (double?)null;
        })];
    }

    private static IEnumerable<int> Members(Measure measure) => Enumerable.Range(0, measure.Weights.Count).Where(c => measure.Weights[c] > 0);

    private static UnitTotals Totals(ScoringPlan plan, IReadOnlyList<SchoolTotals> schools, Stratum stratum)
    {
        UnitTotals totals = plan.NewTotals();
        foreach (string id in stratum.Schools)
        {
            totals.Add(schools.FirstOrDefault(school => school.SchoolId == id)?.Totals
                ?? throw new ArgumentException($"School {id} of the estimate is missing.", nameof(schools)));
        }

        return totals;
    }

    private static bool Varies(int c, (double Weight, UnitTotals Totals)[] strata) =>
        Array.Exists(strata, one => one.Totals.Pair(c, c).SpreadTimesCount > 0
            || (Int128)one.Totals.Sum(c) * strata[0].Totals.Count(c) != (Int128)strata[0].Totals.Sum(c) * one.Totals.Count(c));

    /// <summary>Shape [components][0..component]: what SUM u_r² is made of, pair by pair; NaN, which stays in here, where a component has fewer than two scores.</summary>
    private static double[][] SimpleRandomCovariances(ScoringPlan plan, (double Weight, UnitTotals Totals)[] strata)
    {
        int components = plan.Components.Length;
        var means = new double[components];
        var weights = new double[components];
        var counts = new double[components];
        for (int c = 0; c < components; c++)
        {
            foreach ((double weight, UnitTotals totals) in strata.Where(stratum => stratum.Totals.Count(c) > 0))
            {
                weights[c] += weight;
                counts[c] += totals.Count(c);
                means[c] += weight * plan.Components[c].Unit.Mean(totals.Sum(c), totals.Count(c));
            }

            means[c] /= weights[c];
        }

        return [.. Enumerable.Range(0, components).Select(c => Enumerable.Range(0, c + 1).Select(d =>
            strata.Sum(stratum => Products(c, d, stratum.Weight, stratum.Totals)) / Math.Sqrt(weights[c] * (counts[c] - 1) * weights[d] * (counts[d] - 1))).ToArray())];

        // SUM of (y_c − X_c)(y_d − X_d) over the teachers with both, first about their own means in whole numbers, weighted √(w_c w_d).
        double Products(int c, int d, double weight, UnitTotals totals)
        {
            PairTotals both = totals.Pair(c, d);
            if (both.Count == 0)
            {
                return 0;
            }

            WholeUnit unitC = plan.Components[c].Unit;
            WholeUnit unitD = plan.Components[d].Unit;
            double about = (double)both.SpreadTimesCount / both.Count * unitC.Points * unitD.Points
                + both.Count * (unitC.Mean(both.FirstSum, both.Count) - means[c]) * (unitD.Mean(both.SecondSum, both.Count) - means[d]);
            return about * weight / Math.Sqrt((double)totals.Count(c) * totals.Count(d));
        }
    }
}
