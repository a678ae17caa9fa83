namespace Onpoint.Measurement.Estimation;

/// <summary>What <see cref="SurveyDesign"/> estimates.</summary>
/// <param name="Value">In the unit of the outcome; a share as a fraction.</param>
/// <param name="StandardError">In the same unit; null when a stratum or cluster has one drawn unit of several, so that its variance is unknown.</param>
/// <param name="DegreesOfFreedom">Clusters − strata, each counted when one of its rows is in the estimate (count, 0 or more).</param>
/// <param name="Rows">Rows in the estimate (count).</param>
/// <param name="DesignEffect">
/// Variance / variance of a simple random sample with replacement of as many rows (<c>deff = "replace"</c> in survey). Null without a standard
/// error, with one row, or when the rows do not vary.
/// </param>
/// <param name="DesignEffectWithoutReplacement">
/// The same against a simple random sample without replacement (<c>deff = TRUE</c>); null also when the weights do not sum to more than the
/// rows: they are then no numbers of a population.
/// </param>
public sealed record DesignEstimate(
    double Value, double? StandardError, int DegreesOfFreedom, int Rows, double? DesignEffect, double? DesignEffectWithoutReplacement)
{
    /// <summary>The two-sided t interval.</summary>
    /// <param name="level">Fraction in (0, 1).</param>
    /// <returns>Limits in the unit of the value; null without a standard error or a degree of freedom.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public (double Lower, double Upper)? Interval(double level = TwoSidedT.Level)
    {
        if (!(level > 0 && level < 1)) // also rejects NaN
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "Must lie strictly between 0 and 1.");
        }

        if (StandardError is not { } standardError || DegreesOfFreedom < 1)
        {
            return null;
        }

        double margin = TwoSidedT.Quantile(DegreesOfFreedom, level) * standardError;
        return (Value - margin, Value + margin);
    }
}
