namespace Onpoint.Measurement.Reliability;

/// <summary>Two levels: values in groups whose true means differ at random, such as teachers in schools or schools in districts.</summary>
public static class RandomIntercept
{
    /// <summary>Estimates the two variances, the overall mean and every group's true mean.</summary>
    /// <remarks>
    /// <para>
    /// Definition: y_ij = mu + u_j + e_ij, Var u = tau², Var e = sigma², normal and independent. The likelihood is profiled to one dimension, the ratio
    /// tau² / sigma², whose maximum over [0, ∞) is found exactly; so a variance at its boundary is 0 and not a small number. Reliability_j = tau² / (tau² + sigma² / n_j);
    /// effect (BLUP) = reliability · (mean_j − mu); empirical-Bayes mean = mu + effect; its standard errors are √(tau² (1 − rel)) with mu taken as known
    /// and √(tau² (1 − rel) + (1 − rel)² SE(mu)²) with mu estimated. Neither includes that the variances are estimated.
    /// </para>
    /// <para>
    /// Source: [PattersonThompson1971] (REML), [RaudenbushBryk2002] chapter 3 (empirical Bayes), [Searle1992]. Assumes that group size says nothing about the group's mean.
    /// </para>
    /// <para>
    /// Where nothing varies within groups, sigma² is 0, tau² the variance of the group means (divisor J − 1, full likelihood J), and the likelihood has no highest value.
    /// </para>
    /// </remarks>
    /// <param name="groups">The groups; any order gives the same bits.</param>
    /// <param name="criterion">The likelihood.</param>
    /// <returns>The fit; null with fewer than two groups, or when no group has two values: then the two variances cannot be told apart.</returns>
    /// <exception cref="ArgumentException">A group appears twice or has no values, or a value is not finite or too large.</exception>
    public static RandomInterceptFit? Fit(IReadOnlyList<GroupValues> groups, LikelihoodCriterion criterion = LikelihoodCriterion.Restricted)
    {
        ArgumentNullException.ThrowIfNull(groups);
        (string Group, SampleMoments Moments)[] ordered = OrderedGroups.Of(groups, nameof(groups));
        int observations = ordered.Sum(group => group.Moments.Count);
        if (ordered.Length < 2 || observations == ordered.Length)
        {
            return null;
        }

        double centre = ordered[0].Moments.Rounded;
        double[] sizes = [.. ordered.Select(group => (double)group.Moments.Count)];
        double[] means = [.. ordered.Select(group => group.Moments.From(centre))];
        RatioEstimate estimate = RatioEstimate.Of(sizes, means, ordered.Sum(group => group.Moments.SumSquares), observations, criterion);

        double[] variances = [.. sizes.Select(size => estimate.Between + estimate.Residual / size)];
        var mu = PrecisionMean.Of(means, variances);
        return new RandomInterceptFit
        {
            Observations = observations,
            Mean = centre + mu.Mean,
            MeanStandardError = mu.StandardError,
            BetweenVariance = estimate.Between,
            WithinVariance = estimate.Residual,
            Deviance = estimate.Deviance,
            Groups =
            [
                .. ordered.Select((group, j) =>
                {
                    var shrinkage = Shrinkage.Of(estimate.Between, variances[j]);
                    double effect = shrinkage.Reliability * (means[j] - mu.Mean) + 0.0; // never -0
                    return new GroupEffect
                    {
                        Group = group.Group,
                        Observations = group.Moments.Count,
                        Mean = group.Moments.Mean,
                        Reliability = shrinkage.Reliability,
                        Effect = effect,
                        EmpiricalBayesMean = centre + (mu.Mean + effect),
                        ConditionalStandardError = Math.Sqrt(shrinkage.Variance),
                        PredictionStandardError = Math.Sqrt(shrinkage.Variance + Math.Pow((1 - shrinkage.Reliability) * mu.StandardError, 2)),
                    };
                }),
            ],
        };
    }
}

/// <summary>The fit of a random intercept.</summary>
public sealed record RandomInterceptFit
{
    /// <summary>Values in all groups (count).</summary>
    public required int Observations { get; init; }

    /// <summary>mu, in the unit of the values: the mean of the groups' true means, not of all values.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard error of <see cref="Mean"/>.</summary>
    public required double MeanStandardError { get; init; }

    /// <summary>tau², at least 0. Squared units.</summary>
    public required double BetweenVariance { get; init; }

    /// <summary>sigma², at least 0. Squared units.</summary>
    public required double WithinVariance { get; init; }

    /// <summary>tau² / (tau² + sigma²), a fraction; null when nothing varies.</summary>
    public double? IntraclassCorrelation => BetweenVariance + WithinVariance > 0 ? BetweenVariance / (BetweenVariance + WithinVariance) : null;

    /// <summary>Minus twice the (restricted) log-likelihood, every constant included; null when nothing varies within groups.</summary>
    public required double? Deviance { get; init; }

    /// <summary>The (restricted) log-likelihood; null as for <see cref="Deviance"/>.</summary>
    public double? LogLikelihood => -Deviance / 2;

    /// <summary>The groups, ordered by id (ordinal).</summary>
    public required IReadOnlyList<GroupEffect> Groups { get; init; }
}

/// <summary>One group's true mean as a random-intercept fit sees it.</summary>
public sealed record GroupEffect
{
    /// <summary>The id.</summary>
    public required string Group { get; init; }

    /// <summary>Values (count).</summary>
    public required int Observations { get; init; }

    /// <summary>Their plain mean.</summary>
    public required double Mean { get; init; }

    /// <summary>Share of the variance of the group's estimate that is true, a fraction; 0 when the groups do not differ.</summary>
    public required double Reliability { get; init; }

    /// <summary>The predicted difference from what the levels above say (BLUP).</summary>
    public required double Effect { get; init; }

    /// <summary>The predicted true mean of the group: mu plus its effects.</summary>
    public required double EmpiricalBayesMean { get; init; }

    /// <summary>Standard error of <see cref="Effect"/> with mu and variances taken as known: the conditional standard deviation.</summary>
    public required double ConditionalStandardError { get; init; }

    /// <summary>Standard error of <see cref="EmpiricalBayesMean"/>, the uncertainty of mu included.</summary>
    public required double PredictionStandardError { get; init; }
}

/// <summary>How far an estimate is drawn to its centre, and what uncertainty is left of the true value.</summary>
/// <param name="Reliability">tau² / V, V = Var of the estimate around its centre; 0 when V is 0.</param>
/// <param name="Variance">tau² (1 − reliability).</param>
internal readonly record struct Shrinkage(double Reliability, double Variance)
{
    public static Shrinkage Of(double between, double total)
    {
        double reliability = total > 0 ? between / total : 0;
        return new Shrinkage(reliability, between * (1 - reliability));
    }
}

/// <summary>The two variances of a random intercept over means of given precision.</summary>
internal readonly record struct RatioEstimate(double Between, double Residual, double? Deviance)
{
    /// <param name="precisions">Shape [J]: numbers of values.</param>
    /// <param name="means">Shape [J].</param>
    /// <param name="within">SSW.</param>
    /// <param name="observations">N, above J.</param>
    /// <param name="criterion">The likelihood.</param>
    public static RatioEstimate Of(double[] precisions, double[] means, double within, int observations, LikelihoodCriterion criterion)
    {
        if (within == 0)
        {
            int degrees = criterion == LikelihoodCriterion.Restricted ? means.Length - 1 : means.Length;
            return new RatioEstimate(SampleMoments.Of(means, nameof(means)).SumSquares / degrees, 0, null);
        }

        var profile = new InterceptProfile(precisions, means, within, observations, criterion);
        double ratio = profile.BestRatio();
        double residual = profile.SumSquares(ratio) / profile.Degrees;
        return new RatioEstimate(ratio * residual, residual, profile.Deviance(ratio));
    }
}
