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
/// its items that have a score, a composite the equal mean of its categories, each before rounding. Source: the [NYC2011] teacher survey is published that way. An equal
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

        return Nearest(sum / new Fraction(answers, 1));
    }

    /// <summary>The score of a category: the equal mean of its items, less those without a score.</summary>
    /// <remarks>A school where nobody was asked an item is scored on the others, as the city does. Compare such schools with care.</remarks>
    /// <param name="items">Scores before rounding, each at most 1e100 in size; null for an item without one. The order does not change a bit.</param>
    /// <returns>In points; null when no item has a score.</returns>
    /// <exception cref="ArgumentException">A score is larger or not a number.</exception>
    public static double? Category(IReadOnlyList<double?> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        double[] scores = [.. items.OfType<double>()];
        if (!scores.All(score => score is >= -1e100 and <= 1e100))
        {
            throw new ArgumentException("A score is larger than 1e100 or not a number.", nameof(items));
        }

        return scores.Length == 0 ? null : WeightedStatistics.Mean(scores, [.. scores.Select(_ => 1.0)]);
    }

    /// <summary>The composite of a unit: the equal mean of its categories, all of them.</summary>
    /// <param name="categories">Scores before rounding, each at most 1e100 in size; null for a category without one. The order does not change a bit.</param>
    /// <returns>In points; null when a category has no score, for a mean over the others is another measure, or when there are none.</returns>
    /// <exception cref="ArgumentException">A score is larger or not a number.</exception>
    public static double? Composite(IReadOnlyList<double?> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        if (!categories.All(score => score is null or (>= -1e100 and <= 1e100)))
        {
            throw new ArgumentException("A score is larger than 1e100 or not a number.", nameof(categories));
        }

        return categories.Contains(null) ? null : Category(categories);
    }

    /// <summary>The nearest double. Dividing two converted whole numbers would round three times, and the conversion itself cuts off.</summary>
    private static double Nearest(Fraction fraction)
    {
        // 65 or 66 bits of the quotient and whether anything is left: more than enough to round to 53.
        int shift = 65 + (int)fraction.Denominator.GetBitLength() - (int)BigInteger.Abs(fraction.Numerator).GetBitLength();
        var quotient = BigInteger.DivRem(
            BigInteger.Abs(fraction.Numerator) << Math.Max(0, shift), fraction.Denominator << Math.Max(0, -shift), out BigInteger rest);
        ulong digits = (ulong)(quotient >> 2) | (rest.IsZero && (quotient & 3).IsZero ? 0UL : 1UL);
        return fraction.Numerator.Sign * Math.ScaleB(digits, 2 - shift);
    }
}
