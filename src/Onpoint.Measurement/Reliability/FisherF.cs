using MathNet.Numerics;

namespace Onpoint.Measurement.Reliability;

/// <summary>Tails and quantiles of the F distribution, accurate far out where 1 − CDF has no digits left.</summary>
internal static class FisherF
{
    /// <summary>Quantiles are sought between e^−700 and e^700: beyond any that a double probability can ask for with 1 degree of freedom.</summary>
    private const double LargestLog = 700;

    /// <summary>P(F ≥ f).</summary>
    /// <param name="f">At least 0.</param>
    /// <param name="numerator">Degrees of freedom, above 0.</param>
    /// <param name="denominator">Degrees of freedom, above 0.</param>
    public static double UpperTail(double f, double numerator, double denominator) =>
        SpecialFunctions.BetaRegularized(denominator / 2, numerator / 2, denominator / (denominator + numerator * f));

    /// <summary>The f with P(F ≥ f) = tail. The lower quantile is 1 / that of the exchanged degrees of freedom.</summary>
    /// <param name="tail">Fraction in (0, 1).</param>
    /// <param name="numerator">Degrees of freedom, above 0.</param>
    /// <param name="denominator">Degrees of freedom, above 0.</param>
    public static double UpperQuantile(double tail, double numerator, double denominator)
    {
        double low = -LargestLog;
        double high = LargestLog;
        while (high - low > 1e-15 * LargestLog) // the spacing of doubles at this size: no further bisection helps
        {
            double middle = (low + high) / 2;
            (low, high) = UpperTail(Math.Exp(middle), numerator, denominator) > tail ? (middle, high) : (low, middle);
        }

        return Math.Exp((low + high) / 2);
    }
}
