namespace Onpoint.Measurement.Reliability;

/// <summary>The lowest point of a smooth function of a variance ratio, 0 included.</summary>
internal static class VarianceRatioSearch
{
    /// <summary>No ratio beyond this is looked at: numbers of 16 digits have no such variances, and its square still fits a double.</summary>
    private const double LargestRatio = 1e150;

    /// <summary>Finds the ratio t ≥ 0 of the lowest value.</summary>
    /// <remarks>
    /// The slope is looked at in 0, first, 2 first, 4 first .. up to last and further until it is positive: between neighbours where it changes from
    /// negative to positive lies a minimum, found by halving to the last bits (a root of the slope; the value itself is flat there). The lowest of these
    /// and of 0 wins, 0 on a tie. So several minima are told apart, and the boundary needs no special treatment.
    /// </remarks>
    /// <param name="slope">The function's derivative.</param>
    /// <param name="value">The function; asked only where there is a minimum.</param>
    /// <param name="first">A ratio so small that it hardly differs from 0. Above 0.</param>
    /// <param name="last">A ratio beyond which the slope is expected to stay positive.</param>
    public static double Minimum(Func<double, double> slope, Func<double, double> value, double first, double last)
    {
        List<double> minima = [];
        double low = 0;
        double high = first;
        bool falling = slope(low) < 0;
        if (!falling)
        {
            minima.Add(0);
        }

        while ((falling || low < last) && low < LargestRatio)
        {
            bool fallsOn = slope(high) < 0;
            if (falling && !fallsOn)
            {
                minima.Add(Root(slope, low, high));
            }

            (low, high, falling) = (high, 2 * high, fallsOn);
        }

        if (falling)
        {
            minima.Add(low);
        }

        return minima.Count == 1 ? minima[0] : minima.MinBy(value);
    }

    private static double Root(Func<double, double> slope, double low, double high)
    {
        while (high - low > 1e-15 * high) // a few units of the last place
        {
            double middle = (low + high) / 2;
            (low, high) = slope(middle) < 0 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}

/// <summary>The likelihood of one random intercept as a function of its variance ratio t alone: mean and residual variance are profiled out.</summary>
/// <remarks>
/// Group j has mean m_j and precision S_j (in units of 1 / sigma²: its number of values, or the sum of its members' precisions). With W_j = S_j / (1 + t S_j),
/// mu = SUM W m / SUM W and Q = R + SUM W (m − mu)², minus twice the log-likelihood is, up to constants, d log Q + SUM log(1 + t S) + log SUM W, where d = N − 1;
/// for the full likelihood d = N and the last term is absent. Its derivative: −d SUM W² (m − mu)² / Q + SUM W − SUM W² / SUM W. Source: [Searle1992], chapter 6.
/// </remarks>
internal sealed class InterceptProfile(double[] precisions, double[] means, double residual, int observations, LikelihoodCriterion criterion)
{
    private readonly bool _restricted = criterion == LikelihoodCriterion.Restricted;

    /// <summary>d: N − 1, or N for the full likelihood.</summary>
    public int Degrees => _restricted ? observations - 1 : observations;

    /// <summary>mu at a ratio.</summary>
    public double Mean(double ratio) => Sums(ratio).Mean;

    /// <summary>SUM W at a ratio.</summary>
    public double Weights(double ratio) => Sums(ratio).Weights;

    /// <summary>Q at a ratio.</summary>
    public double SumSquares(double ratio) => Sums(ratio).SumSquares;

    /// <summary>Minus twice the log-likelihood up to constants.</summary>
    public double Value(double ratio)
    {
        Totals sums = Sums(ratio);
        double logs = 0;
        foreach (double precision in precisions)
        {
            logs += Math.Log(1 + ratio * precision);
        }

        return Degrees * Math.Log(sums.SumSquares) + logs + (_restricted ? Math.Log(sums.Weights) : 0);
    }

    /// <summary>Minus twice the log-likelihood, every constant included.</summary>
    public double Deviance(double ratio) => Value(ratio) + Degrees * (1 + Math.Log(2 * Math.PI / Degrees));

    /// <summary>Derivative of <see cref="Value"/>.</summary>
    public double Slope(double ratio)
    {
        Totals sums = Sums(ratio);
        return -Degrees * sums.WeightedSquares / sums.SumSquares + sums.Weights - (_restricted ? sums.SquaredWeights / sums.Weights : 0);
    }

    /// <summary>The ratio of the highest likelihood.</summary>
    public double BestRatio()
    {
        double mean = means.Sum() / means.Length;
        double spread = means.Sum(value => (value - mean) * (value - mean));

        // For large t, W is nearly 1 / t, and the slope is positive beyond B (N − J) / ((J − 1) R).
        double turn = spread * observations / residual;
        return VarianceRatioSearch.Minimum(Slope, Value, 1e-9 / precisions.Max(), 1e3 * (turn + 1 / precisions.Min()));
    }

    private Totals Sums(double ratio)
    {
        double weights = 0;
        double squaredWeights = 0;
        double weightedMeans = 0;
        for (int group = 0; group < means.Length; group++)
        {
            double weight = precisions[group] / (1 + ratio * precisions[group]);
            weights += weight;
            squaredWeights += weight * weight;
            weightedMeans += weight * means[group];
        }

        double mean = weightedMeans / weights;
        double sumSquares = residual;
        double weightedSquares = 0;
        for (int group = 0; group < means.Length; group++)
        {
            double weight = precisions[group] / (1 + ratio * precisions[group]);
            double weighted = weight * (means[group] - mean);
            sumSquares += weighted * (means[group] - mean);
            weightedSquares += weighted * weighted;
        }

        return new Totals(weights, squaredWeights, mean, sumSquares, weightedSquares);
    }

    private readonly record struct Totals(double Weights, double SquaredWeights, double Mean, double SumSquares, double WeightedSquares);
}

/// <summary>The weighted mean of group means with these variances, and its standard error: mu once the variances are known.</summary>
internal readonly record struct PrecisionMean(double Mean, double StandardError)
{
    /// <param name="means">At least one.</param>
    /// <param name="variances">All above 0, or all 0 when the means are equal.</param>
    public static PrecisionMean Of(IReadOnlyList<double> means, IReadOnlyList<double> variances)
    {
        if (variances[0] == 0)
        {
            return new PrecisionMean(means[0], 0);
        }

        double weights = 0;
        double weighted = 0;
        for (int group = 0; group < means.Count; group++)
        {
            weights += 1 / variances[group];
            weighted += means[group] / variances[group];
        }

        return new PrecisionMean(weighted / weights, Math.Sqrt(1 / weights));
    }
}
