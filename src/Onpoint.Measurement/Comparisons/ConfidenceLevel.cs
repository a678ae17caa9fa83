namespace Onpoint.Measurement.Comparisons;

/// <summary>The check of the level that every interval here takes.</summary>
internal static class ConfidenceLevel
{
    /// <summary>Refuses a level that is not strictly between 0 and 1, or not a number.</summary>
    public static void ThrowIfOutside(double level)
    {
        // So close to 1 that the quantile's argument rounds to 1 is 1. Also rejects NaN.
        if (!(level > 0 && (1 + level) / 2 < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "Must lie strictly between 0 and 1.");
        }
    }
}
