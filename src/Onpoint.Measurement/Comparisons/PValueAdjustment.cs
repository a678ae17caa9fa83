namespace Onpoint.Measurement.Comparisons;

/// <summary>Adjusts p values for the number of tests.</summary>
public static class PValueAdjustment
{
    /// <summary>Holm's step-down adjustment.</summary>
    /// <remarks>
    /// Definition: with the m given p values in ascending order, adjusted p_(i) = max over j ≤ i of min(1, (m - j + 1) p_(j)). Source: [Holm1979].
    /// Controls the chance of any false finding among the m under any dependence.
    /// </remarks>
    /// <param name="pValues">Shape [tests]. Fractions 0 to 1; null where there was no test: it is not counted in m.</param>
    /// <returns>Shape [tests]: adjusted p values, null where there was none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p value is outside 0 to 1.</exception>
    public static double?[] Holm(IReadOnlyList<double?> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        foreach (double? p in pValues)
        {
            if (p is { } value && !(value >= 0 && value <= 1)) // also rejects NaN
            {
                throw new ArgumentOutOfRangeException(nameof(pValues), value, "A p value lies between 0 and 1.");
            }
        }

        int[] ascending = [.. Enumerable.Range(0, pValues.Count).Where(test => pValues[test] is not null).OrderBy(test => pValues[test])];
        var adjusted = new double?[pValues.Count];
        double largest = 0;
        for (int rank = 0; rank < ascending.Length; rank++)
        {
            int test = ascending[rank];
            largest = Math.Max(largest, Math.Min(1, (ascending.Length - rank) * pValues[test]!.Value));
            adjusted[test] = largest;
        }

        return adjusted;
    }
}
