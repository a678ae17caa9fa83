using System.Numerics;
using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Scoring;

/// <summary>How many chose one option of an item.</summary>
/// <param name="Points">What the option is worth, as it is written: any sign, any decimals. Null for an option such as "don't know" that leaves numerator and denominator.</param>
/// <param name="Count">Respondents (count, 0 or more).</param>
public readonly record struct OptionCount(decimal? Points, long Count);

/// <summary>Scores from published option counts, where nobody's single answers are known.</summary>
/// <remarks>
/// Definition: an item's score is SUM points x count / SUM count over the options that have points; a category is the equal mean of
/// its items, a composite the equal mean of its categories, each before rounding. Source: the [NYC2011] teacher survey is published that way. An equal
/// mean of items weights no item by its answers, so with missing answers it is not the mean of teachers' scores, and it has no standard error.
/// </remarks>
public static class OptionCountScore
{
    /// <summary>The score of one item in one unit.</summary>
    /// <param name="options">The options in any order; points may repeat.</param>
    /// <returns>In points, within the range of the points; exact until it is rounded once. Null when nobody chose an option with points.</returns>
    /// <exception cref="ArgumentException">A count is negative.</exception>
    public static double? Item(IReadOnlyList<OptionCount> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Any(option => option.Count < 0))
        {
            throw new ArgumentException("A count is negative.", nameof(options));
        }

        Fraction sum = 0;
        BigInteger answers = BigInteger.Zero;
        foreach (OptionCount option in options)
        {
            if (option.Points is { } points)
            {
                sum += points * new Fraction(option.Count, 1);
                answers += option.Count;
            }
        }

        if (answers.IsZero)
        {
            return null;
        }

        Fraction mean = sum / new Fraction(answers, 1);
        return (double)mean.Numerator / (double)mean.Denominator;
    }

    /// <summary>The equal mean of parts: of items a category, of categories a composite.</summary>
    /// <param name="parts">Scores before rounding, each at most 1e100 in size; null for one that does not exist.</param>
    /// <returns>
    /// Null when there are no parts or one is missing: a mean over other parts is another measure. The order does not change a bit.
    /// </returns>
    /// <exception cref="ArgumentException">A score is larger or not a number.</exception>
    public static double? EqualMean(IReadOnlyList<double?> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Any(part => part is not (null or (>= -1e100 and <= 1e100))))
        {
            throw new ArgumentException("A score is larger than 1e100 or not a number.", nameof(parts));
        }

        return parts.Count == 0 || parts.Contains(null)
            ? null
            : WeightedStatistics.Mean([.. parts.OfType<double>()], [.. parts.Select(_ => 1.0)]);
    }
}
