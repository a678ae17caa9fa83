using MathNet.Numerics.Distributions;
using Onpoint.Measurement.Estimation;

namespace Onpoint.Measurement.Comparisons;

/// <summary>A share with its interval.</summary>
/// <param name="Share">Fraction, 0 to 1.</param>
/// <param name="Low">Lower end, 0 to <paramref name="Share"/>; exactly 0 when nobody is counted.</param>
/// <param name="High">Upper end, <paramref name="Share"/> to 1; exactly 1 when everybody is.</param>
public sealed record ShareEstimate(double Share, double Low, double High);

/// <summary>Intervals of a share of independent answers.</summary>
/// <remarks>Teachers of one school are not independent of each other: for a share of a district either interval is too narrow, and the survey estimate of the share with its own error is meant.</remarks>
public static class ShareInterval
{
    /// <summary>Wilson's score interval: right on average over true shares, also for small counts.</summary>
    /// <remarks>
    /// <para>Definition: the true shares p0 with |p - p0| ≤ z sqrt(p0 (1 - p0) / n), p = counted / n, z the (1 + level) / 2 quantile of the normal distribution: (p + z²/2n ± z sqrt(p (1 - p)/n + z²/4n²)) / (1 + z²/n).
    /// Source: [Wilson1927]; [Newcombe1998], method 3 (no continuity correction).</para>
    /// <para>The lower limit is computed from the upper root, by the product of the two, p²/(1 + z²/n), and the upper limit is the lower one of the answers that are not counted: no difference of nearly equal numbers, exact ends,
    /// and the interval of the others is the mirror image to the last bit.</para>
    /// </remarks>
    /// <param name="counted">Answers that are counted, 0 to <paramref name="answers"/>.</param>
    /// <param name="answers">n, at least 1.</param>
    /// <param name="level">Fraction in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range. No answers have no share, so <paramref name="answers"/> = 0 is refused.</exception>
    public static ShareEstimate Wilson(long counted, long answers, double level = TwoSidedT.Level)
    {
        ThrowIfOutside(counted, answers);
        ConfidenceLevel.ThrowIfOutside(level);
        double z = -Normal.InvCDF(0, 1, (1 - level) / 2);
        return new ShareEstimate((double)counted / answers, WilsonLow(counted, answers, z), 1 - WilsonLow(answers - counted, answers, z));
    }

    /// <summary>The interval of Clopper and Pearson: holds the true share at least as often as the level says, and is wider for it.</summary>
    /// <remarks>
    /// Definition: from the share at which so many or more are counted with probability (1 - level) / 2, to that at which so few or fewer are: the beta quantiles at (1 - level) / 2 of (k, n - k + 1) and at (1 + level) / 2 of
    /// (k + 1, n - k), k counted of n. Source: [ClopperPearson1934].
    /// </remarks>
    /// <inheritdoc cref="Wilson" path="/param"/>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static ShareEstimate ClopperPearson(long counted, long answers, double level = TwoSidedT.Level)
    {
        ThrowIfOutside(counted, answers);
        ConfidenceLevel.ThrowIfOutside(level);
        double tail = (1 - level) / 2;
        return new ShareEstimate((double)counted / answers, ClopperPearsonLow(counted, answers, tail), 1 - ClopperPearsonLow(answers - counted, answers, tail));
    }

    private static double WilsonLow(long counted, long answers, double z)
    {
        if (counted == 0)
        {
            return 0;
        }

        double n = answers;
        double p = counted / n;
        double z2 = z * z;
        return p / (1 + (z2 / (2 * n) + z * Math.Sqrt(p * (1 - p) / n + z2 / (4 * n * n))) / p);
    }

    private static double ClopperPearsonLow(long counted, long answers, double tail) => counted == 0 ? 0 : Beta.InvCDF(counted, answers - counted + 1, tail);

    private static void ThrowIfOutside(long counted, long answers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(answers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(counted);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(counted, answers);
    }
}
