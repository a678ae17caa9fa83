namespace Onpoint.Measurement.Estimation;

/// <summary>A sum that depends on the terms and not on their order.</summary>
internal static class OrderFreeSum
{
    /// <summary>Adds from the smallest magnitude to the largest, of x and −x the negative first: one canonical order for every permutation.</summary>
    /// <param name="terms">Any number of them; without any the sum is 0.</param>
    public static double Of(IEnumerable<double> terms) => terms.OrderBy(Math.Abs).ThenBy(term => term).Sum();
}
