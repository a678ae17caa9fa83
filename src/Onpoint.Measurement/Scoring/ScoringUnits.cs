using System.Numerics;
using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Scoring;

/// <summary>The whole numbers in which one component is scored: a teacher's score is a whole multiple of <paramref name="Unit"/>.</summary>
/// <param name="Required">Fewest answered items for a score (count).</param>
/// <param name="Multiple">L: lowest common multiple of the answered counts Required..k.</param>
/// <param name="Values">Shape [items][options]: the worth of an option in whole steps; null when it does not count.</param>
/// <param name="Unit">Scale points per whole number: the step between option values divided by L.</param>
/// <param name="Largest">The largest absolute score in whole numbers.</param>
internal sealed record ComponentUnits(int Required, BigInteger Multiple, BigInteger?[][] Values, Fraction Unit, BigInteger Largest);

/// <summary>The whole numbers in which a category or the benchmark is scored.</summary>
/// <param name="Multipliers">Shape [components]: whole numbers by which the components' scores are multiplied; 0 outside the measure.</param>
/// <param name="Unit">Scale points per whole number.</param>
/// <param name="Largest">The largest absolute score in whole numbers.</param>
internal sealed record CompositeUnits(BigInteger[] Multipliers, Fraction Unit, BigInteger Largest);

/// <summary>Exact arithmetic behind <see cref="ScoringPlan"/>, also asked by <see cref="InstrumentFile"/> whether an instrument fits.</summary>
internal static class ScoringUnits
{
    /// <summary>
    /// Largest score in whole numbers. With fewer than 2^24 responses in a unit a sum stays below 2^63 and
    /// n times a sum of products below 2^126, so Int64 and Int128 are surely enough.
    /// </summary>
    public static readonly BigInteger LargestScore = BigInteger.One << 39;

    private const int PointsPerStep = 200;

    /// <summary>Whether scores of this unit can be added as whole numbers.</summary>
    public static bool Fits(Fraction unit, BigInteger largest) =>
        largest <= LargestScore && unit.Numerator <= long.MaxValue && unit.Denominator <= long.MaxValue;

    public static ComponentUnits OfComponent(Instrument instrument, Component component)
    {
        int count = component.Items.Count;
        Fraction?[][] values = [.. component.Items.Select(code => OptionValues(instrument, code))];
        Fraction step = values.SelectMany(item => item).OfType<Fraction>().Aggregate((Fraction)0, Fraction.LargestUnit);
        if (step.Numerator.IsZero)
        {
            step = 1; // every option is worth 0
        }

        int required = RequiredItems(count, instrument.RequiredPercent);
        BigInteger multiple = Enumerable.Range(required, count - required + 1).Aggregate(BigInteger.One, LowestCommonMultiple);
        BigInteger?[][] wholes = [.. values.Select(item => item.Select(value => (value / step)?.Numerator).ToArray())];
        BigInteger largest = wholes.SelectMany(item => item).Max(value => BigInteger.Abs(value ?? 0)) * multiple;
        return new ComponentUnits(required, multiple, wholes, step / new Fraction(multiple, 1), largest);
    }

    /// <summary>ceil(share x k) in whole numbers: 0.6 times 5 in binary is a hair above 3 and would ask for four answers.</summary>
    public static int RequiredItems(int items, int requiredPercent) => (requiredPercent * items + 99) / 100;

    /// <param name="weights">Shape [components]: a_c, 0 outside the measure.</param>
    /// <param name="components">Shape [components].</param>
    public static CompositeUnits OfComposite(IReadOnlyList<Fraction> weights, IReadOnlyList<ComponentUnits> components)
    {
        Fraction[] worth = [.. weights.Zip(components, (weight, component) => weight * component.Unit)];
        Fraction unit = worth.Aggregate((Fraction)0, Fraction.LargestUnit);
        BigInteger[] multipliers = [.. worth.Select(value => (value / unit).Numerator)];
        BigInteger largest = multipliers.Zip(components, (multiplier, component) => multiplier * component.Largest).Aggregate(BigInteger.Add);
        return new CompositeUnits(multipliers, unit, largest);
    }

    /// <summary>Shape [components]: the exact weights of a category's components, 1 / their number each.</summary>
    public static Fraction[] CategoryWeights(Instrument instrument, Category category) =>
        [.. instrument.Components.Select(component => category.Components.Contains(component.Code) ? new Fraction(1, category.Components.Count) : 0)];

    /// <summary>Shape [components]: the exact weights of the benchmark, the equal mean of the categories.</summary>
    public static Fraction[] BenchmarkWeights(Instrument instrument) =>
        [.. instrument.Categories
            .Select(category => CategoryWeights(instrument, category))
            .Aggregate((sum, category) => [.. sum.Zip(category, (a, b) => a + b)])
            .Select(weight => weight / instrument.Categories.Count)];

    private static Fraction?[] OptionValues(Instrument instrument, string code)
    {
        Item item = instrument.Items.First(item => item.Code == code);
        ResponseFormat format = instrument.Formats.First(format => format.Code == item.Format);
        Fraction lowest = format.Options.Where(option => option.Counts).Min(option => option.Points);
        Fraction highest = format.Options.Where(option => option.Counts).Max(option => option.Points);
        return [.. format.Options.Select(option => option.Counts ? Value(option.Points) : (Fraction?)null)];

        Fraction Value(Fraction points)
        {
            Fraction keyed = item.Reversed ? lowest + highest - points : points;
            return instrument.Scale == ScoreScale.Mean ? keyed : PointsPerStep * (1 + 4 * (keyed - lowest) / (highest - lowest));
        }
    }

    private static BigInteger LowestCommonMultiple(BigInteger a, int b) => a / BigInteger.GreatestCommonDivisor(a, b) * b;
}
