namespace Onpoint.Measurement.Norms;

/// <summary>The values that others are placed among, each with a weight.</summary>
/// <remarks>
/// For plain tables of observed values. The place of a district in a norm edition is another number: it takes the sampling error out first
/// (docs/methodology.md section 6). Immutable; the order of the values does not change a bit.
/// </remarks>
public sealed class ReferenceDistribution
{
    private readonly double[] _values;
    private readonly double[] _weightBelow;

    /// <summary>Values of equal weight.</summary>
    /// <param name="values">Shape [n], n at least 1, finite. Any unit.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public ReferenceDistribution(IReadOnlyList<double> values)
        : this(values, [.. (values ?? throw new ArgumentNullException(nameof(values))).Select(_ => 1.0)])
    {
    }

    /// <summary>Values with weights.</summary>
    /// <param name="values">Shape [n], n at least 1, finite. Any unit.</param>
    /// <param name="weights">Shape [n], above 0; only their proportions matter. At most 1e100 each.</param>
    /// <exception cref="ArgumentException">There are no values, one is not finite, the weights have another length, or one is outside its range.</exception>
    public ReferenceDistribution(IReadOnlyList<double> values, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(weights);
        if (values.Count == 0 || !values.All(double.IsFinite))
        {
            throw new ArgumentException("A distribution needs at least one value, and finite ones.", nameof(values));
        }

        if (weights.Count != values.Count || !weights.All(weight => weight is > 0 and <= 1e100))
        {
            throw new ArgumentException($"There must be {values.Count} weights, one for each value, above 0 and at most 1e100.", nameof(weights));
        }

        (double Value, double Weight)[] sorted = [.. values.Zip(weights).OrderBy(pair => pair.First).ThenBy(pair => pair.Second)];
        _values = [.. sorted.Select(pair => pair.Value)];
        _weightBelow = new double[sorted.Length + 1];
        for (int position = 0; position < sorted.Length; position++)
        {
            _weightBelow[position + 1] = _weightBelow[position] + sorted[position].Weight;
        }
    }

    /// <summary>The mid percentile rank of a value.</summary>
    /// <remarks>
    /// Definition: 100 (weight of the values below + half the weight of those equal) / weight of all. Ours among several in use (strict, weak):
    /// the ranks of the distribution's own values then average 50.
    /// </remarks>
    /// <param name="value">In the unit of the distribution; it need not be one of its values, and is not added to them.</param>
    /// <returns>0 to 100.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number.</exception>
    public double PercentileRank(double value)
    {
        if (double.IsNaN(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "Must be a number.");
        }

        double below = _weightBelow[FirstAt(candidate => candidate >= value)];
        double notAbove = _weightBelow[FirstAt(candidate => candidate > value)];
        return 100 * (below + notAbove) / 2 / _weightBelow[^1];
    }

    /// <summary>Position of the first value that passes an ascending test; the number of values when none does.</summary>
    private int FirstAt(Func<double, bool> passes)
    {
        int low = 0;
        int high = _values.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = passes(_values[middle]) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
