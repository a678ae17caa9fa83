namespace Onpoint.Measurement.Comparisons;

/// <summary>Adjusts p values for the number of tests.</summary>
/// <remarks>
/// In all three m is the number of tests there are, that is of p values that are not null; p_(1) ≤ .. ≤ p_(m) are those in ascending order. The result
/// keeps the order of the input, and an adjusted p value is compared with the error rate itself: at 5 % everything at or below .05 is found.
/// </remarks>
public static class PValueAdjustment
{
    /// <summary>Bonferroni's adjustment.</summary>
    /// <remarks>
    /// Definition: adjusted p = min(1, m p). Source: [Dunn1961]. Controls the chance of any false finding among the m under any dependence;
    /// <see cref="Holm"/> does the same and finds at least as much.
    /// </remarks>
    /// <param name="pValues">Shape [tests]. Fractions 0 to 1; null where there was no test: it is not counted in m.</param>
    /// <returns>Shape [tests]: adjusted p values, null where there was none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p value is outside 0 to 1.</exception>
    public static double?[] Bonferroni(IReadOnlyList<double?> pValues)
    {
        int tests = Ascending(pValues).Length;
        return [.. pValues.Select(p => p is { } value ? Math.Min(1, tests * value) : (double?)null)];
    }

    /// <summary>Holm's step-down adjustment.</summary>
    /// <remarks>
    /// Definition: adjusted p_(i) = max over j ≤ i of min(1, (m - j + 1) p_(j)). Source: [Holm1979].
    /// Controls the chance of any false finding among the m under any dependence.
    /// </remarks>
    /// <inheritdoc cref="Bonferroni" path="/param"/>
    /// <returns>Shape [tests]: adjusted p values, null where there was none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p value is outside 0 to 1.</exception>
    public static double?[] Holm(IReadOnlyList<double?> pValues)
    {
        int[] ascending = Ascending(pValues);
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

    /// <summary>The step-up adjustment of Benjamini and Hochberg.</summary>
    /// <remarks>
    /// Definition: adjusted p_(i) = min over j ≥ i of min(1, m p_(j) / j). Source: [BenjaminiHochberg1995, p. 293]. Controls the expected share of false findings
    /// among all findings when the tests are independent or positively dependent; for many comparisons of which some will be real.
    /// </remarks>
    /// <inheritdoc cref="Bonferroni" path="/param"/>
    /// <returns>Shape [tests]: adjusted p values, null where there was none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p value is outside 0 to 1.</exception>
    public static double?[] BenjaminiHochberg(IReadOnlyList<double?> pValues)
    {
        int[] ascending = Ascending(pValues);
        var adjusted = new double?[pValues.Count];
        double smallest = 1;
        for (int rank = ascending.Length; rank >= 1; rank--)
        {
            int test = ascending[rank - 1];
            smallest = Math.Min(smallest, (double)ascending.Length / rank * pValues[test]!.Value); // the ratio first: it is 1 for the largest, which then stays as it is
            adjusted[test] = smallest;
        }

        return adjusted;
    }

    /// <summary>The positions of the tests there are, from the smallest p value to the largest.</summary>
    private static int[] Ascending(IReadOnlyList<double?> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        foreach (double? p in pValues)
        {
            if (p is { } value && !(value >= 0 && value <= 1)) // also rejects NaN
            {
                throw new ArgumentOutOfRangeException(nameof(pValues), value, "A p value lies between 0 and 1.");
            }
        }

        return [.. Enumerable.Range(0, pValues.Count).Where(test => pValues[test] is not null).OrderBy(test => pValues[test])];
    }
}
