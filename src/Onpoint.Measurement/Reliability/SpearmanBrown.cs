namespace Onpoint.Measurement.Reliability;

/// <summary>The reliability of a longer or shorter test made of parallel parts.</summary>
/// <remarks>
/// Definition: a test of reliability r, made f times as long, has r_f = f r / (f r + 1 − r). Source: [Spearman1910], [Brown1910].
/// Assumes that the added items are like those there are; a component doubled with weaker items gains less.
/// </remarks>
public static class SpearmanBrown
{
    /// <summary>The reliability after a change of length.</summary>
    /// <param name="reliability">Of the test as it is. At most 1; an alpha below 0 is allowed.</param>
    /// <param name="lengthFactor">New number of items / old number. Above 0: 2 doubles, 0.5 halves.</param>
    /// <returns>Reliability, at most 1; null when f r + 1 − r is not above 0, where the formula has no meaning (r below 0 only).</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range or not finite.</exception>
    public static double? Reliability(double reliability, double lengthFactor)
    {
        CheckReliability(reliability);
        if (!(lengthFactor > 0 && double.IsFinite(lengthFactor)))
        {
            throw new ArgumentOutOfRangeException(nameof(lengthFactor), lengthFactor, "A length factor is above 0 and finite.");
        }

        double denominator = lengthFactor * reliability + (1 - reliability); // in this form exactly f for r = 1
        double prophecy = lengthFactor * reliability / denominator;
        return denominator > 0 && double.IsFinite(prophecy) ? prophecy : null;
    }

    /// <summary>How many times as long the test must be for a wanted reliability.</summary>
    /// <remarks>Definition: f = w (1 − r) / (r (1 − w)), the inverse of <see cref="Reliability"/>.</remarks>
    /// <param name="reliability">Of the test as it is. At most 1.</param>
    /// <param name="wanted">Wanted reliability. Fraction in (0, 1).</param>
    /// <returns>New number of items / old number; 0 when r is 1; null when r is 0 or below: no length helps.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range or not finite.</exception>
    public static double? LengthFactor(double reliability, double wanted)
    {
        CheckReliability(reliability);
        if (!(wanted > 0 && wanted < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(wanted), wanted, "A wanted reliability lies strictly between 0 and 1.");
        }

        double factor = wanted * (1 - reliability) / (reliability * (1 - wanted));
        return reliability > 0 && double.IsFinite(factor) ? factor : null;
    }

    private static void CheckReliability(double reliability)
    {
        if (!(reliability <= 1 && double.IsFinite(reliability)))
        {
            throw new ArgumentOutOfRangeException(nameof(reliability), reliability, "A reliability is finite and at most 1.");
        }
    }
}
