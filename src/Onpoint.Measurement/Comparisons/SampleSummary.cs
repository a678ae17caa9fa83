namespace Onpoint.Measurement.Comparisons;

/// <summary>What a comparison of means needs of one sample.</summary>
public sealed record SampleSummary
{
    /// <summary>A sample known by its published numbers.</summary>
    /// <param name="count">n, at least 1.</param>
    /// <param name="mean">In the unit of the values.</param>
    /// <param name="standardDeviation">Sample SD (n - 1), at least 0, in the unit of the values; null exactly when n is 1.</param>
    /// <exception cref="ArgumentException">The standard deviation is missing although n is above 1, or given although n is 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or not finite.</exception>
    public SampleSummary(int count, double mean, double? standardDeviation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!double.IsFinite(mean))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "Must be finite.");
        }

        if (count == 1 != standardDeviation is null)
        {
            throw new ArgumentException("One value has no standard deviation, several have one.", nameof(standardDeviation));
        }

        if (standardDeviation is { } sd && !(sd >= 0 && double.IsFinite(sd)))
        {
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), sd, "Must be finite and not negative.");
        }

        (Count, Mean, StandardDeviation) = (count, mean, standardDeviation);
    }

    /// <summary>n (count), at least 1.</summary>
    public int Count { get; }

    /// <summary>In the unit of the values.</summary>
    public double Mean { get; }

    /// <summary>Sample SD (n - 1), in the unit of the values; null when n is 1.</summary>
    public double? StandardDeviation { get; }

    /// <summary>n - 1.</summary>
    internal int DegreesOfFreedom => Count - 1;

    /// <summary>SUM(x - mean)².</summary>
    internal double SumSquares => StandardDeviation is { } sd ? sd * sd * DegreesOfFreedom : 0;

    /// <summary>Summarises values.</summary>
    /// <remarks>Two passes, the second correcting the rounding of the first, over the values in ascending order: the same bits for any order of the input.</remarks>
    /// <param name="values">Shape [n], n at least 1, finite.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public static SampleSummary Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0 || !values.All(double.IsFinite))
        {
            throw new ArgumentException("A sample needs at least one value, and finite ones.", nameof(values));
        }

        double[] sorted = [.. values.Order()];
        double near = sorted.Sum() / sorted.Length;
        double rest = sorted.Sum(value => value - near);
        double squares = sorted.Sum(value => (value - near) * (value - near)) - rest * rest / sorted.Length;
        return new SampleSummary(
            sorted.Length, near + rest / sorted.Length, sorted.Length == 1 ? null : Math.Sqrt(Math.Max(0, squares) / (sorted.Length - 1)));
    }

    /// <summary>A sample known by its mean and the standard error of that mean: SD = SE sqrt(n).</summary>
    /// <param name="count">n, at least 2.</param>
    /// <param name="mean">In the unit of the values.</param>
    /// <param name="standardError">SD / sqrt(n), at least 0, in the unit of the values.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or not finite.</exception>
    public static SampleSummary FromStandardError(int count, double mean, double standardError)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        if (!(standardError >= 0 && double.IsFinite(standardError)))
        {
            throw new ArgumentOutOfRangeException(nameof(standardError), standardError, "Must be finite and not negative.");
        }

        return new SampleSummary(count, mean, standardError * Math.Sqrt(count));
    }
}
