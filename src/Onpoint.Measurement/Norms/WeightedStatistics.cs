using Onpoint.Measurement.Estimation;

namespace Onpoint.Measurement.Norms;

/// <summary>Weighted mean and what the weighting costs.</summary>
/// <remarks>The order of the values does not change a bit. A weight of 0 leaves its value out.</remarks>
public static class WeightedStatistics
{
    /// <summary>The weighted mean.</summary>
    /// <remarks>Definition: SUM w x / SUM w. Weights of one size give the plain mean.</remarks>
    /// <param name="values">Shape [n], n at least 1, each at most 1e100 in size. Any unit.</param>
    /// <param name="weights">Shape [n], 0 or more, finite, at least one above 0; only their proportions matter.</param>
    /// <returns>In the unit of the values, between the smallest and the largest value with a weight.</returns>
    /// <exception cref="ArgumentException">A list is empty or of another length, a value is larger or not a number, a weight is negative or not finite, or all weights are 0.</exception>
    public static double Mean(IReadOnlyList<double> values, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] scaled = Scaled(weights);
        if (values.Count != scaled.Length || !values.All(value => value is >= -1e100 and <= 1e100))
        {
            throw new ArgumentException($"There must be {scaled.Length} values, one for each weight, at most 1e100 in size.", nameof(values));
        }

        // Rounding may step just past the values: the mean of equal ones must be theirs.
        double[] having = [.. values.Where((_, position) => scaled[position] > 0)];
        return Math.Clamp(OrderFreeSum.Of(scaled.Zip(values, (weight, value) => weight * value)) / OrderFreeSum.Of(scaled), having.Min(), having.Max());
    }

    /// <summary>Kish's effective sample size: as many equally weighted values would have a mean of the same variance.</summary>
    /// <remarks>Definition: (SUM w)² / SUM w². Source: [Kish1965]. Assumes weights that owe nothing to the values, and independent values.</remarks>
    /// <param name="weights">As for <see cref="Mean"/>.</param>
    /// <returns>From 1 to the number of weights above 0; not rounded.</returns>
    /// <exception cref="ArgumentException">There are no weights, one is negative or not finite, or all are 0.</exception>
    public static double EffectiveSize(IReadOnlyList<double> weights)
    {
        double[] scaled = Scaled(weights);
        double sum = OrderFreeSum.Of(scaled);
        return Math.Clamp(sum * sum / OrderFreeSum.Of(scaled.Select(weight => weight * weight)), 1, scaled.Count(weight => weight > 0));
    }

    /// <summary>Checked weights over the largest of them, so that no sum overflows.</summary>
    private static double[] Scaled(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (!weights.All(weight => weight >= 0 && double.IsFinite(weight)) || !weights.Any(weight => weight > 0))
        {
            throw new ArgumentException("Weights are 0 or more and finite, and one of them is above 0.", nameof(weights));
        }

        double largest = weights.Max();
        return [.. weights.Select(weight => weight / largest)];
    }
}
