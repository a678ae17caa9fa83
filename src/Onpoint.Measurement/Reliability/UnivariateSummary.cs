namespace Onpoint.Measurement.Reliability;

/// <summary>Mean, spread and serial dependence of one list of values.</summary>
/// <param name="Count">Values (count).</param>
/// <param name="Mean">Arithmetic mean; null without values.</param>
/// <param name="StandardDeviation">Sample SD, divisor n − 1; null with fewer than two values.</param>
/// <param name="Lag1Autocorrelation">
/// How far neighbours in the list resemble each other, −1 to 1; null when the values do not vary. The only result here that depends on their order.
/// </param>
public sealed record UnivariateSummary(int Count, double? Mean, double? StandardDeviation, double? Lag1Autocorrelation)
{
    /// <summary>Summarises values.</summary>
    /// <remarks>
    /// Definition: mean = SUM y / n; SD = √(SUM (y − mean)² / (n − 1)); lag-1 autocorrelation = SUM over i from 2 of (y_i − mean)(y_{i−1} − mean) / SUM (y − mean)².
    /// Source: [NIST-StRD], univariate summary statistics. Two passes with compensated sums, so a large common offset costs no digits.
    /// </remarks>
    /// <param name="values">Shape [n], finite, at most 1e100 in size. Any unit.</param>
    /// <returns>Mean and SD in the unit of the values. Too few or constant values give null, not an exception.</returns>
    /// <exception cref="ArgumentException">A value is not finite or too large.</exception>
    public static UnivariateSummary Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        SampleMoments moments = SampleMoments.Of(values, nameof(values));
        CompensatedSum neighbours = default;
        for (int i = 1; i < values.Count; i++)
        {
            neighbours.Add((values[i] - moments.Rounded - moments.Remainder) * (values[i - 1] - moments.Rounded - moments.Remainder));
        }

        return new UnivariateSummary(
            moments.Count,
            moments.Count == 0 ? null : moments.Mean,
            moments.Count < 2 ? null : Math.Sqrt(moments.SumSquares / (moments.Count - 1)),
            moments.SumSquares == 0 ? null : neighbours.Value / moments.SumSquares);
    }
}
