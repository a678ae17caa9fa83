using MathNet.Numerics.Distributions;

namespace Onpoint.Measurement.Estimation;

/// <summary>Student's t for two-sided intervals and tests.</summary>
internal static class TwoSidedT
{
    /// <summary>The level of every published interval (docs/methodology.md section 3).</summary>
    public const double Level = 0.95;

    // The quantile takes 50 microseconds, a page asks for hundreds, and degrees of freedom of a wave are whole numbers.
    private static readonly double[] Known = new double[4096];

    /// <summary>The (1 + level) / 2 quantile. Definition: a two-sided interval is estimate ± quantile x SE.</summary>
    /// <param name="degreesOfFreedom">At least 1.</param>
    /// <param name="level">Fraction in (0, 1).</param>
    public static double Quantile(double degreesOfFreedom, double level = Level)
    {
        if (level != Level || degreesOfFreedom >= Known.Length || degreesOfFreedom != Math.Floor(degreesOfFreedom))
        {
            return Compute(degreesOfFreedom, level);
        }

        // Whoever comes first writes; two at once write the same number.
        ref double known = ref Known[(int)degreesOfFreedom];
        return known > 0 ? known : known = Compute(degreesOfFreedom, level);
    }

    /// <summary>The chance of an estimate at least this far from 0. Without an error it is 0, or 1 at 0 itself.</summary>
    public static double PValue(double points, double standardError, double degreesOfFreedom) =>
        standardError > 0 ? 2 * StudentT.CDF(0, 1, degreesOfFreedom, -Math.Abs(points) / standardError)
        : points == 0 ? 1
        : 0;

    /// <summary>Welch-Satterthwaite degrees of freedom of a sum of independent terms: (SUM v)² / SUM(v² / df). Source: [Satterthwaite1946].</summary>
    /// <param name="terms">Variances with their degrees of freedom, at least one. When all variances are 0 the degrees of freedom add up.</param>
    public static double WelchDegrees(IReadOnlyList<(double Variance, double DegreesOfFreedom)> terms)
    {
        double sum = terms.Sum(term => term.Variance);
        return sum > 0
            ? sum * sum / terms.Sum(term => term.Variance * term.Variance / term.DegreesOfFreedom)
            : terms.Sum(term => term.DegreesOfFreedom);
    }

    private static double Compute(double degreesOfFreedom, double level) => StudentT.InvCDF(0, 1, degreesOfFreedom, (1 + level) / 2);
}
