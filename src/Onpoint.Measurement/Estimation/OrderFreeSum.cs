namespace Onpoint.Measurement.Estimation;

/// <summary>A sum that depends on the terms and not on their order.</summary>
internal static class OrderFreeSum
{
    /// <summary>Adds from the smallest magnitude to the largest, of x and −x the negative first: one canonical order for every permutation.</summary>
    /// <param name="terms">Any number of them; without any the sum is 0.</param>
    public static double Of(IEnumerable<double> terms)
    {
        double[] sorted = [.. terms];
        Array.Sort(sorted, ByMagnitude);
        double sum = 0;
        foreach (double term in sorted)
        {
            sum += term;
        }

        return sum;
    }

    private static int ByMagnitude(double a, double b)
    {
        int magnitude = Math.Abs(a).CompareTo(Math.Abs(b));
        return magnitude != 0 ? magnitude : a.CompareTo(b);
    }
}
