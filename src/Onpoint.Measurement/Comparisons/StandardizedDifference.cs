namespace Onpoint.Measurement.Comparisons;

/// <summary>How large a difference of means is, in standard deviations of single values.</summary>
public static class StandardizedDifference
{
    /// <summary>Cohen's d of two samples.</summary>
    /// <remarks>Definition: (mean_1 - mean_2) / s_p with the pooled SD of Student's test. Source: [Cohen1988]. Too large on average in small samples; <see cref="HedgesG(SampleSummary, SampleSummary)"/> is not.</remarks>
    /// <param name="first">The first sample.</param>
    /// <param name="second">The second sample.</param>
    /// <returns>In standard deviations; null when the pooled SD is 0 or both samples have one value.</returns>
    public static double? CohensD(SampleSummary first, SampleSummary second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return PooledStandardDeviation(first, second) is { } pooled and > 0 ? (first.Mean - second.Mean) / pooled : null;
    }

    /// <summary>Hedges' g of two samples: Cohen's d without its bias.</summary>
    /// <remarks>Definition: J d with J = 1 - 3/(4 df - 1), df = n_1 + n_2 - 2. Source: [Hedges1981], the approximation of the exact factor, off by less than .001 from 10 df up.</remarks>
    /// <inheritdoc cref="CohensD" path="/param"/>
    /// <returns>In standard deviations; null when the pooled SD is 0 or both samples have one value.</returns>
    public static double? HedgesG(SampleSummary first, SampleSummary second) =>
        CohensD(first, second) is { } d ? Correction(first.DegreesOfFreedom + second.DegreesOfFreedom) * d : null;

    /// <summary>Hedges' g of a difference on a standard deviation that was pooled elsewhere, such as that of a norm edition.</summary>
    /// <remarks>Definition: J x difference / SD, J = 1 - 3/(4 df - 1). Source: [Hedges1981].</remarks>
    /// <param name="difference">First minus second, in the unit of the standard deviation; finite.</param>
    /// <param name="standardDeviation">The pooled SD of single values; above 0, finite.</param>
    /// <param name="degreesOfFreedom">Of that SD; at least 1, finite.</param>
    /// <returns>In standard deviations.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static double HedgesG(double difference, double standardDeviation, double degreesOfFreedom)
    {
        if (!double.IsFinite(difference))
        {
            throw new ArgumentOutOfRangeException(nameof(difference), difference, "Must be finite.");
        }

        if (!(standardDeviation > 0 && double.IsFinite(standardDeviation)))
        {
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "Must be finite and above 0.");
        }

        if (!(degreesOfFreedom >= 1 && double.IsFinite(degreesOfFreedom)))
        {
            throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "Must be finite and at least 1.");
        }

        return Correction(degreesOfFreedom) * difference / standardDeviation;
    }

    /// <summary>s_p; null without degrees of freedom.</summary>
    internal static double? PooledStandardDeviation(SampleSummary first, SampleSummary second)
    {
        int degreesOfFreedom = first.DegreesOfFreedom + second.DegreesOfFreedom;
        return degreesOfFreedom > 0 ? Math.Sqrt((first.SumSquares + second.SumSquares) / degreesOfFreedom) : null;
    }

    private static double Correction(double degreesOfFreedom) => 1 - 3 / (4 * degreesOfFreedom - 1);
}
