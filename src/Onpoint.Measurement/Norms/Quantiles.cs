using MathNet.Numerics.Statistics;

namespace Onpoint.Measurement.Norms;

/// <summary>Which of the sample quantiles of [HyndmanFan1996].</summary>
public enum QuantileType
{
    /// <summary>Position (n + 1) p: mean rank.</summary>
    Type6 = 6,

    /// <summary>Position 1 + (n - 1) p: the default of R and of spreadsheets.</summary>
    Type7 = 7,

    /// <summary>Position (n + 1/3) p + 1/3: median-unbiased whatever the distribution; norms use it.</summary>
    Type8 = 8,
}

/// <summary>Sample quantiles.</summary>
public static class Quantiles
{
    /// <summary>One quantile by linear interpolation between order statistics.</summary>
    /// <remarks>Definition: the value at the position of <see cref="QuantileType"/> among the sorted values, held at the smallest and the largest. Source: [HyndmanFan1996].</remarks>
    /// <param name="values">Shape [n], n at least 1, in any order, finite.</param>
    /// <param name="p">Fraction, 0 to 1.</param>
    /// <param name="type">The definition.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside 0 to 1, or the type is unknown.</exception>
    public static double At(IReadOnlyList<double> values, double p, QuantileType type) => AtSorted(Sort(values), p, type);

    /// <summary>The type 8 quantiles at 1, 2, .. 99 per cent: the table a percentile is read from.</summary>
    /// <param name="values">As for <see cref="At"/>.</param>
    /// <returns>Shape [99], ascending.</returns>
    /// <exception cref="ArgumentException">As for <see cref="At"/>.</exception>
    public static double[] Percentiles(IReadOnlyList<double> values)
    {
        double[] sorted = Sort(values);
        return [.. Enumerable.Range(1, 99).Select(percent => AtSorted(sorted, percent / 100.0, QuantileType.Type8))];
    }

    private static double[] Sort(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0 || !values.All(double.IsFinite))
        {
            throw new ArgumentException("Quantiles need at least one value, and finite ones.", nameof(values));
        }

        return [.. values.Order()];
    }

    private static double AtSorted(double[] sorted, double p, QuantileType type)
    {
        if (!(p >= 0 && p <= 1)) // also rejects NaN
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "Must lie between 0 and 1.");
        }

        return SortedArrayStatistics.QuantileCustom(sorted, p, type switch
        {
            QuantileType.Type6 => QuantileDefinition.R6,
            QuantileType.Type7 => QuantileDefinition.R7,
            QuantileType.Type8 => QuantileDefinition.R8,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Types 6, 7 and 8 are known."),
        });
    }
}
