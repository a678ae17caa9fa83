namespace Onpoint.Measurement.Reliability;

/// <summary>Three levels: values in groups in groups, such as teachers in schools in districts.</summary>
public static class NestedRandomIntercepts
{
    /// <summary>Estimates the three variances, the overall mean and the true mean of every group at both levels by REML.</summary>
    /// <remarks>
    /// <para>
    /// Definition: y_dsi = mu + a_d + b_ds + e_dsi with Var a = tau_a², Var b = tau_b², Var e = sigma², normal and independent. The restricted likelihood is profiled:
    /// for a ratio tau_b² / sigma² the best tau_a² / sigma² is found as in <see cref="RandomIntercept"/>, with the schools' precisions w = n / (1 + n tau_b² / sigma²) added up,
    /// and the first ratio is searched in the same way. Either variance or both may be 0. The work per evaluation grows with the number of schools, not of teachers.
    /// </para>
    /// <para>
    /// With v_s = tau_b² + sigma² / n_s the district's estimate M_d is the mean of its schools weighted by 1 / v_s, its variance u_d = 1 / SUM 1 / v_s;
    /// lambda_d = tau_a² / (tau_a² + u_d), rho_s = tau_b² / v_s. Effects (BLUP): a_d = lambda_d (M_d − mu), b_s = rho_s (m_s − mu − a_d). Conditional variances, mu and
    /// the variances taken as known: A_d = tau_a² (1 − lambda_d), and tau_b² (1 − rho_s) + rho_s² A_d for b_s. The prediction variance of mu + a_d is A_d + (1 − lambda_d)² SE(mu)²,
    /// of mu + a_d + b_s it is tau_b² (1 − rho_s) + (1 − rho_s)² (A_d + (1 − lambda_d)² SE(mu)²).
    /// </para>
    /// <para>
    /// Source: [PattersonThompson1971], [Searle1992] chapter 7, [RaudenbushBryk2002] chapter 8. Assumes that group sizes say nothing about means. Where nothing varies within schools, sigma²
    /// is 0, the other two come from the school means, and the likelihood has no highest value.
    /// </para>
    /// </remarks>
    /// <param name="groups">The outer groups; any order gives the same bits.</param>
    /// <returns>
    /// The fit; null when the three variances cannot be told apart: fewer than two outer groups, none with two members, or no member with two values.
    /// </returns>
    /// <exception cref="ArgumentException">An outer group, or a member within one, appears twice; an outer group has no members or a member no values; a value is not finite or too large.</exception>
    public static NestedRandomInterceptsFit? Fit(IReadOnlyList<NestedGroupValues> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        OrderedGroups.CheckIds([.. groups.Select(group => group.Group)], nameof(groups));
        if (groups.FirstOrDefault(group => group.Members.Count == 0) is { } empty)
        {
            throw new ArgumentException($"Group {empty.Group} has no members.", nameof(groups));
        }

        var ordered = groups.OrderBy(group => group.Group, StringComparer.Ordinal)
            .Select(group => (group.Group, Members: OrderedGroups.Of(group.Members, nameof(groups)))).ToArray();
        int members = ordered.Sum(group => group.Members.Length);
        int observations = ordered.Sum(group => group.Members.Sum(member => member.Moments.Count));
        if (ordered.Length < 2 || members == ordered.Length || observations == members)
        {
            return null;
        }

        double centre = ordered[0].Members[0].Moments.Rounded;
        double[][] sizes = [.. ordered.Select(group => group.Members.Select(member => (double)member.Moments.Count).ToArray())];
        double[][] means = [.. ordered.Select(group => group.Members.Select(member => member.Moments.From(centre)).ToArray())];
        double within = ordered.Sum(group => group.Members.Sum(member => member.Moments.SumSquares));
        NestedVariances variances = within == 0
            ? NestedVariances.OfMeans(means)
            : new NestedProfile(sizes, means, within, observations).BestVariances();

        PrecisionMean[] estimates =
        [
            .. sizes.Zip(means, (counts, values) => PrecisionMean.Of(values, [.. counts.Select(variances.OfMean)])),
        ];
        double[] totals = [.. estimates.Select(estimate => variances.Outer + Math.Pow(estimate.StandardError, 2))];
        var mu = PrecisionMean.Of([.. estimates.Select(estimate => estimate.Mean)], totals);
        return new NestedRandomInterceptsFit
        {
            Observations = observations,
            Mean = centre + mu.Mean,
            MeanStandardError = mu.StandardError,
            OuterVariance = variances.Outer,
            MemberVariance = variances.Member,
            WithinVariance = variances.Residual,
            Deviance = variances.Deviance,
            Groups = [.. ordered.Select((group, d) => Effects(group.Group, group.Members, d))],
        };

        NestedGroupEffect Effects(string group, (string Group, SampleMoments Moments)[] schools, int d)
        {
            var outer = Shrinkage.Of(variances.Outer, totals[d]);
            double effect = outer.Reliability * (estimates[d].Mean - mu.Mean) + 0.0; // never -0
            double expected = mu.Mean + effect;
            double predictionVariance = outer.Variance + Math.Pow((1 - outer.Reliability) * mu.StandardError, 2);
            int values = schools.Sum(school => school.Moments.Count);
            return new NestedGroupEffect(
                new GroupEffect
                {
                    Group = group,
                    Observations = values,
                    Mean = centre + sizes[d].Zip(means[d], (size, mean) => size * mean).Sum() / values,
                    Reliability = outer.Reliability,
                    Effect = effect,
                    EmpiricalBayesMean = centre + expected,
                    ConditionalStandardError = Math.Sqrt(outer.Variance),
                    PredictionStandardError = Math.Sqrt(predictionVariance),
                },
                [
                    .. schools.Select((school, s) =>
                    {
                        var inner = Shrinkage.Of(variances.Member, variances.OfMean(sizes[d][s]));
                        double innerEffect = inner.Reliability * (means[d][s] - expected) + 0.0;
                        return new GroupEffect
                        {
                            Group = school.Group,
                            Observations = school.Moments.Count,
                            Mean = school.Moments.Mean,
                            Reliability = inner.Reliability,
                            Effect = innerEffect,
                            EmpiricalBayesMean = centre + (expected + innerEffect),
                            ConditionalStandardError = Math.Sqrt(inner.Variance + Math.Pow(inner.Reliability, 2) * outer.Variance),
                            PredictionStandardError = Math.Sqrt(inner.Variance + Math.Pow(1 - inner.Reliability, 2) * predictionVariance),
                        };
                    }),
                ]);
        }
    }
}

/// <summary>The fit of two nested random intercepts.</summary>
public sealed record NestedRandomInterceptsFit
{
    /// <summary>Values in all groups (count).</summary>
    public required int Observations { get; init; }

    /// <summary>mu, in the unit of the values.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard error of <see cref="Mean"/>.</summary>
    public required double MeanStandardError { get; init; }

    /// <summary>tau_a², the variance between outer groups (districts), at least 0. Squared units.</summary>
    public required double OuterVariance { get; init; }

    /// <summary>tau_b², the variance between members (schools) of one outer group, at least 0. Squared units.</summary>
    public required double MemberVariance { get; init; }

    /// <summary>sigma², the variance within members, at least 0. Squared units.</summary>
    public required double WithinVariance { get; init; }

    /// <summary>Minus twice the restricted log-likelihood, every constant included; null when nothing varies within members.</summary>
    public required double? Deviance { get; init; }

    /// <summary>The restricted log-likelihood; null as for <see cref="Deviance"/>.</summary>
    public double? LogLikelihood => -Deviance / 2;

    /// <summary>The outer groups, ordered by id (ordinal).</summary>
    public required IReadOnlyList<NestedGroupEffect> Groups { get; init; }
}

/// <summary>An outer group and its members.</summary>
/// <param name="Outer">The outer group; its reliability is that of its members' precision-weighted mean.</param>
/// <param name="Members">Its members, ordered by id (ordinal). Reliability and effect are relative to the outer group's true mean.</param>
public sealed record NestedGroupEffect(GroupEffect Outer, IReadOnlyList<GroupEffect> Members);

/// <summary>The three variances, and the deviance where there is one.</summary>
internal readonly record struct NestedVariances(double Outer, double Member, double Residual, double? Deviance)
{
    /// <summary>v_s: the variance of the mean of n values of a member around its outer group's true mean.</summary>
    public double OfMean(double n) => Member + Residual / n;

    /// <summary>Values that do not vary within members: the members' means are the lowest level.</summary>
    public static NestedVariances OfMeans(double[][] means)
    {
        SampleMoments[] moments = [.. means.Select(group => SampleMoments.Of(group, nameof(means)))];
        RatioEstimate estimate = RatioEstimate.Of(
            [.. moments.Select(group => (double)group.Count)],
            [.. moments.Select(group => group.Mean)],
            moments.Sum(group => group.SumSquares),
            moments.Sum(group => group.Count),
            LikelihoodCriterion.Restricted);
        return new NestedVariances(estimate.Between, estimate.Residual, 0, null);
    }
}

/// <summary>The restricted likelihood of two nested random intercepts as a function of tau_b² / sigma², everything else profiled out.</summary>
/// <param name="sizes">Shape [outer][members]: n_s.</param>
/// <param name="means">Shape [outer][members]: m_s.</param>
/// <param name="within">SSW, above 0.</param>
/// <param name="observations">N.</param>
internal sealed class NestedProfile(double[][] sizes, double[][] means, double within, int observations)
{
    /// <summary>The variances of the highest restricted likelihood.</summary>
    public NestedVariances BestVariances()
    {
        double[] allMeans = [.. means.SelectMany(group => group)];
        double spread = SampleMoments.Of(allMeans, nameof(means)).SumSquares;
        double largest = sizes.Max(group => group.Max());
        double smallest = sizes.Min(group => group.Min());
        double memberRatio = VarianceRatioSearch.Minimum(Slope, Value, 1e-9 / largest, 1e3 * (spread * observations / within + 1 / smallest));

        InterceptProfile outer = Outer(memberRatio);
        double outerRatio = outer.BestRatio();
        double residual = outer.SumSquares(outerRatio) / outer.Degrees;
        return new NestedVariances(outerRatio * residual, memberRatio * residual, residual, outer.Deviance(outerRatio) + MemberLogs(memberRatio));
    }

    /// <summary>Minus twice the log-likelihood at the best tau_a², up to constants.</summary>
    private double Value(double memberRatio)
    {
        InterceptProfile outer = Outer(memberRatio);
        return outer.Value(outer.BestRatio()) + MemberLogs(memberRatio);
    }

    /// <summary>
    /// Derivative of <see cref="Value"/>. mu, the effects and tau_a² are at their best, so only the direct dependence counts: with dw / dt = −w²,
    /// −d SUM w² (m − mu − a)² / Q + SUM w − SUM_d (t_a T_d / (1 + t_a S_d) + T_d / (1 + t_a S_d)² / SUM W), where S_d = SUM w, T_d = SUM w² over the members of d.
    /// </summary>
    private double Slope(double memberRatio)
    {
        InterceptProfile outer = Outer(memberRatio);
        double ratio = outer.BestRatio();
        double mu = outer.Mean(ratio);
        double weights = outer.Weights(ratio);
        double squares = 0;
        double slope = 0;
        for (int group = 0; group < sizes.Length; group++)
        {
            (double precision, double mean) = Sum(group, memberRatio);
            double shrunk = 1 + ratio * precision;
            double expected = mu + ratio * precision / shrunk * (mean - mu);
            double squaredWeights = 0;
            for (int member = 0; member < sizes[group].Length; member++)
            {
                double weight = Weight(group, member, memberRatio);
                double weighted = weight * (means[group][member] - expected);
                squares += weighted * weighted;
                squaredWeights += weight * weight;
            }

            slope += precision - ratio * squaredWeights / shrunk - squaredWeights / (shrunk * shrunk) / weights;
        }

        return slope - outer.Degrees * squares / outer.SumSquares(ratio);
    }

    /// <summary>What is left for the outer level once the members' variance is fixed.</summary>
    private InterceptProfile Outer(double memberRatio)
    {
        var precisions = new double[sizes.Length];
        var outerMeans = new double[sizes.Length];
        double residual = within;
        for (int group = 0; group < sizes.Length; group++)
        {
            (precisions[group], outerMeans[group]) = Sum(group, memberRatio);
            for (int member = 0; member < sizes[group].Length; member++)
            {
                double deviation = means[group][member] - outerMeans[group];
                residual += Weight(group, member, memberRatio) * deviation * deviation;
            }
        }

        return new InterceptProfile(precisions, outerMeans, residual, observations, LikelihoodCriterion.Restricted);
    }

    private (double Precision, double Mean) Sum(int group, double memberRatio)
    {
        double precision = 0;
        double weighted = 0;
        for (int member = 0; member < sizes[group].Length; member++)
        {
            double weight = Weight(group, member, memberRatio);
            precision += weight;
            weighted += weight * means[group][member];
        }

        return (precision, weighted / precision);
    }

    private double Weight(int group, int member, double memberRatio) => sizes[group][member] / (1 + memberRatio * sizes[group][member]);

    private double MemberLogs(double memberRatio) => sizes.Sum(group => group.Sum(size => Math.Log(1 + memberRatio * size)));
}
