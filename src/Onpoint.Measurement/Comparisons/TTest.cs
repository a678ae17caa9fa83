using Onpoint.Measurement.Estimation;

namespace Onpoint.Measurement.Comparisons;

/// <summary>A mean with its error, as a survey estimate has them.</summary>
/// <param name="Mean">Finite.</param>
/// <param name="StandardError">In the unit of the mean; finite, at least 0.</param>
/// <param name="DegreesOfFreedom">Of the standard error; finite, at least 1.</param>
public readonly record struct MeanEstimate(double Mean, double StandardError, double DegreesOfFreedom);

/// <summary>A two-sided t test that a difference is 0, with the interval of the difference.</summary>
/// <param name="Difference">First minus second, in the unit of the values.</param>
/// <param name="StandardError">Of the difference, in the unit of the values.</param>
/// <param name="T">Difference / standard error; null when the standard error is 0.</param>
/// <param name="DegreesOfFreedom">At least 1; a fraction for Welch's test.</param>
/// <param name="P">Two-sided p value. Fraction; without an error 1 for a difference of 0, else 0.</param>
/// <param name="Low">Lower end of the interval, in the unit of the values.</param>
/// <param name="High">Upper end of the interval.</param>
public sealed record TTestResult(double Difference, double StandardError, double? T, double DegreesOfFreedom, double P, double Low, double High)
{
    internal static TTestResult Of(double difference, double standardError, double degreesOfFreedom, double level)
    {
        double margin = TwoSidedT.Quantile(degreesOfFreedom, level) * standardError;
        return new TTestResult(
            difference,
            standardError,
            standardError > 0 ? difference / standardError : null,
            degreesOfFreedom,
            TwoSidedT.PValue(difference, standardError, degreesOfFreedom),
            difference - margin,
            difference + margin);
    }
}

/// <summary>Student's, Welch's and the paired t test of two means, two-sided.</summary>
/// <remarks>
/// Interval: difference ± the (1 + level) / 2 quantile of t x standard error. All assume independent values (or pairs) and means that are about normal; teachers of one school are not
/// independent of each other, so districts are compared by their own standard errors (<see cref="DistrictPairs"/>), and pairs within clusters by <see cref="Growth.PairedChange"/>.
/// </remarks>
public static class TTest
{
    /// <summary>Student's test, for two samples whose values spread alike.</summary>
    /// <remarks>
    /// Definition: (mean_1 - mean_2) / (s_p sqrt(1/n_1 + 1/n_2)), s_p² = (SUM(x_1 - mean_1)² + SUM(x_2 - mean_2)²) / (n_1 + n_2 - 2), which are the degrees of freedom. Source: [Student1908].
    /// When spreads or sizes differ use <see cref="Welch(SampleSummary, SampleSummary, double)"/>.
    /// </remarks>
    /// <param name="first">The first sample.</param>
    /// <param name="second">The second sample, independent of the first.</param>
    /// <param name="level">Of the interval. Fraction in (0, 1).</param>
    /// <returns>Null when both samples have one value: nothing tells the spread.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside its range.</exception>
    public static TTestResult? Student(SampleSummary first, SampleSummary second, double level = TwoSidedT.Level)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ConfidenceLevel.ThrowIfOutside(level);
        return StandardizedDifference.PooledStandardDeviation(first, second) is { } pooled
            ? TTestResult.Of(
                first.Mean - second.Mean, pooled * Math.Sqrt(1.0 / first.Count + 1.0 / second.Count), first.DegreesOfFreedom + second.DegreesOfFreedom, level)
            : null;
    }

    /// <summary>Welch's test, for two samples whatever their spreads.</summary>
    /// <remarks>
    /// Definition: (mean_1 - mean_2) / sqrt(v_1 + v_2), v = s²/n, with (v_1 + v_2)² / (v_1²/(n_1 - 1) + v_2²/(n_2 - 1)) degrees of freedom. Source: [Welch1947], [Satterthwaite1946].
    /// </remarks>
    /// <inheritdoc cref="Student(SampleSummary, SampleSummary, double)" path="/param"/>
    /// <returns>Null when either sample has one value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside its range.</exception>
    public static TTestResult? Welch(SampleSummary first, SampleSummary second, double level = TwoSidedT.Level)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ConfidenceLevel.ThrowIfOutside(level);
        return first.StandardDeviation is { } firstSd && second.StandardDeviation is { } secondSd
            ? Welch(
                new MeanEstimate(first.Mean, firstSd / Math.Sqrt(first.Count), first.DegreesOfFreedom),
                new MeanEstimate(second.Mean, secondSd / Math.Sqrt(second.Count), second.DegreesOfFreedom),
                level)
            : null;
    }

    /// <summary>Welch's test of two survey estimates that carry their own errors.</summary>
    /// <remarks>Definition: as for samples, with v = SE² and each estimate's own degrees of freedom. Source: [Welch1947], [Satterthwaite1946].</remarks>
    /// <param name="first">The first estimate.</param>
    /// <param name="second">The second, independent of the first.</param>
    /// <param name="level">Of the interval. Fraction in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The level, or a number of an estimate, is outside its range.</exception>
    public static TTestResult Welch(MeanEstimate first, MeanEstimate second, double level = TwoSidedT.Level)
    {
        ThrowIfInvalid(first, nameof(first));
        ThrowIfInvalid(second, nameof(second));
        ConfidenceLevel.ThrowIfOutside(level);
        (double Variance, double DegreesOfFreedom)[] terms =
            [(first.StandardError * first.StandardError, first.DegreesOfFreedom), (second.StandardError * second.StandardError, second.DegreesOfFreedom)];
        return TTestResult.Of(first.Mean - second.Mean, Math.Sqrt(terms[0].Variance + terms[1].Variance), TwoSidedT.WelchDegrees(terms), level);
    }

    /// <summary>The paired test: two values of each person or unit.</summary>
    /// <remarks>Definition: mean of the n differences / (their SD / sqrt(n)), n - 1 degrees of freedom. Source: [Student1908]. The same bits for any order of the pairs.</remarks>
    /// <param name="first">Shape [n], n at least 1, finite.</param>
    /// <param name="second">Shape [n], finite; the same units in the same order.</param>
    /// <param name="level">Of the interval. Fraction in (0, 1).</param>
    /// <returns>Null of one pair.</returns>
    /// <exception cref="ArgumentException">There are no pairs, the lists differ in length, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside its range.</exception>
    public static TTestResult? Paired(IReadOnlyList<double> first, IReadOnlyList<double> second, double level = TwoSidedT.Level)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ConfidenceLevel.ThrowIfOutside(level);
        if (first.Count == 0 || !first.All(double.IsFinite))
        {
            throw new ArgumentException("There must be at least one pair, and finite values.", nameof(first));
        }

        if (second.Count != first.Count || !second.All(double.IsFinite))
        {
            throw new ArgumentException($"There must be {first.Count} finite values, one for each of the first.", nameof(second));
        }

        var differences = SampleSummary.Of([.. first.Zip(second, (one, other) => one - other)]);
        return differences.StandardDeviation is { } sd
            ? TTestResult.Of(differences.Mean, sd / Math.Sqrt(differences.Count), differences.DegreesOfFreedom, level)
            : null;
    }

    private static void ThrowIfInvalid(MeanEstimate estimate, string parameter)
    {
        if (!double.IsFinite(estimate.Mean)
            || !(estimate.StandardError >= 0 && double.IsFinite(estimate.StandardError))
            || !(estimate.DegreesOfFreedom >= 1 && double.IsFinite(estimate.DegreesOfFreedom)))
        {
            throw new ArgumentOutOfRangeException(parameter, estimate, "Needs a finite mean, a standard error of at least 0 and at least 1 degree of freedom.");
        }
    }
}
