using System.Numerics;
using System.Runtime.Intrinsics;
using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Scoring;

/// <summary>An instrument made ready for scoring: option positions to whole numbers, measures with their weights.</summary>
/// <remarks>
/// <para>
/// Definition. An option with points a is worth a on the scale <see cref="ScoreScale.Mean"/> and 200 (1 + 4 (a' − min) / (max − min))
/// on <see cref="ScoreScale.Points"/>, min and max over the counting options of the item; a' = min + max − a for a reversed item,
/// else a. A component's score is the mean of the answered items, present when at least ⌈share · k⌉ of its k items are answered.
/// A category is the equal mean of its components, the benchmark the equal mean of the categories.
/// </para>
/// <para>
/// Source: the missing rule is that of [NSSE]; the range is Onpoint's published one, the mapping to it is ours (docs/methodology.md 2 and 10).
/// </para>
/// <para>
/// Exactness: with D the common denominator of a component's option values and L the lowest common multiple of the possible
/// answered counts, every teacher's score is a whole number of 1/(L D). All totals are such whole numbers, so order and
/// threads cannot move a result. Nothing is imputed. Immutable and safe for any number of threads.
/// </para>
/// </remarks>
public sealed class ScoringPlan
{
    /// <summary>The code of the measure that is the equal mean of the categories.</summary>
    public const string Benchmark = "benchmark";

    /// <summary>A component without a score, in whole numbers.</summary>
    internal const long NoScore = long.MinValue;

    private readonly ComponentPlan[] _components;
    private readonly int[] _histogramSlots;

    /// <summary>Compiles an instrument.</summary>
    /// <param name="instrument">A checked instrument, as <see cref="InstrumentFile"/> reads it.</param>
    /// <exception cref="ArgumentException">
    /// A component or category needs whole numbers above 2^39; <see cref="InstrumentFile"/> reports this as a problem.
    /// </exception>
    public ScoringPlan(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        Instrument = instrument;

        ComponentUnits[] units = [.. instrument.Components.Select(component => ScoringUnits.OfComponent(instrument, component))];
        var positions = instrument.Items.Select((item, position) => (item.Code, position)).ToDictionary(item => item.Code, item => item.position);
        _components = [.. instrument.Components.Zip(units, (component, unit) => ComponentPlan.Compile(component, unit, positions))];
        ProductsFitInt64 = BigInteger.Pow(units.Max(unit => unit.Largest), 2) * UnitTotals.MostResponses <= long.MaxValue;
        Composites = [.. CompositeWeights(instrument).Select(composite => CompositePlan.Compile(composite.Code, ScoringUnits.OfComposite(composite.Weights, units)))];

        Measures =
        [
            .. CompositeWeights(instrument).Select(composite => new Measure(
                composite.Code, composite.Kind, [.. composite.Weights.Select(weight => (double)weight.Numerator / (double)weight.Denominator)])),
            .. instrument.Components.Select((component, position) => new Measure(
                component.Code, MeasureKind.Component, [.. units.Select((_, other) => other == position ? 1.0 : 0.0)])),
        ];

        Members = [.. Measures.Select(measure => Enumerable.Range(0, units.Length).Where(component => measure.Weights[component] != 0).ToArray())];

        OptionCounts = [.. instrument.Items
            .Select(item => instrument.Formats.First(format => format.Code == item.Format).Options.Count)
            .Concat(instrument.Context.Select(question => question.Options.Count))
            .Select(count => (byte)count)];

        const int notAnsweredAndNotMyRole = 2;
        _histogramSlots = new int[instrument.Items.Count + 1];
        for (int item = 0; item < instrument.Items.Count; item++)
        {
            _histogramSlots[item + 1] = _histogramSlots[item] + OptionCounts[item] + notAnsweredAndNotMyRole;
        }
    }

    /// <summary>The instrument.</summary>
    public Instrument Instrument { get; }

    /// <summary>Measures in publishing order: benchmark (when there are categories), categories, components.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    /// <summary>Benchmark and categories, the order in which they open <see cref="Measures"/>.</summary>
    internal CompositePlan[] Composites { get; }

    /// <summary>Shape [measures]: the positions of the components with a weight in each, ascending.</summary>
    internal int[][] Members { get; }

    /// <summary>Shape [items + context questions]: the number of options at each position of a response.</summary>
    internal byte[] OptionCounts { get; }

    internal ReadOnlySpan<ComponentPlan> Components => _components;

    /// <summary>Whether the products of two scores of <see cref="UnitTotals.MostResponses"/> teachers surely add up below 2^63.</summary>
    internal bool ProductsFitInt64 { get; }

    /// <summary>Shape [items + 1]: where the option counts of an item begin in <see cref="UnitTotals"/>; the last entry is their length.</summary>
    internal ReadOnlySpan<int> HistogramSlots => _histogramSlots;

    /// <summary>The score of one teacher on each component.</summary>
    /// <param name="answers">One response in the layout of <see cref="ResponseLayout"/>.</param>
    /// <returns>Shape [components], instrument order, on the instrument's scale; null where too few items were answered.</returns>
    /// <exception cref="ArgumentException">The length is wrong, or a byte is beyond the options of its question (the message names the position).</exception>
    public double?[] ComponentScores(ReadOnlySpan<byte> answers)
    {
        Span<byte> columns = stackalloc byte[OptionCounts.Length];
        ReadColumns(answers, columns);
        var scores = new double?[_components.Length];
        for (int c = 0; c < scores.Length; c++)
        {
            long whole = _components[c].Score(columns);
            scores[c] = whole == NoScore ? null : _components[c].Unit.Mean(whole, 1);
        }

        return scores;
    }

    /// <summary>Empty totals for one unit.</summary>
    public UnitTotals NewTotals() => new(this);

    /// <summary>Checks a response and gives each question's column in a table of its answers: 0 not answered, then the options, last "Not part of my role".</summary>
    /// <param name="answers">One response in the layout of <see cref="ResponseLayout"/>.</param>
    /// <param name="columns">Shape [items + context questions]; filled.</param>
    /// <exception cref="ArgumentException">The response does not fit the instrument.</exception>
    internal void ReadColumns(ReadOnlySpan<byte> answers, Span<byte> columns)
    {
        ReadOnlySpan<byte> counts = OptionCounts;
        if (answers.Length != counts.Length)
        {
            throw new ArgumentException($"A response has {counts.Length} bytes, not {answers.Length}.", nameof(answers));
        }

        // A count is at most 250, so the column of "Not part of my role" is the lesser of its byte and count + 1. Any other byte that is cut to count + 1 is wrong.
        if (answers.Length < Vector128<byte>.Count)
        {
            for (int position = 0; position < answers.Length; position++)
            {
                columns[position] = Math.Min(answers[position], (byte)(counts[position] + 1));
                if (columns[position] > counts[position] && answers[position] != ResponseLayout.NotMyRole)
                {
                    throw Misfit(answers);
                }
            }

            return;
        }

        var wrong = Vector128<byte>.Zero;
        for (int position = 0; ; position += Vector128<byte>.Count)
        {
            // The last step reads some bytes a second time rather than some beyond the end.
            position = Math.Min(position, answers.Length - Vector128<byte>.Count);
            var answer = Vector128.Create(answers[position..]);
            Vector128<byte> role = Vector128.Create(counts[position..]) + Vector128<byte>.One;
            var column = Vector128.Min(answer, role);
            column.CopyTo(columns[position..]);
            wrong |= Vector128.Equals(column, role) & ~Vector128.Equals(answer, Vector128<byte>.AllBitsSet);
            if (position + Vector128<byte>.Count == answers.Length)
            {
                break;
            }
        }

        if (wrong != Vector128<byte>.Zero)
        {
            throw Misfit(answers);
        }
    }

    private ArgumentException Misfit(ReadOnlySpan<byte> answers)
    {
        int position = 0;
        while (answers[position] <= OptionCounts[position] || answers[position] == ResponseLayout.NotMyRole)
        {
            position++;
        }

        return new ArgumentException(
            $"The byte at position {position} is {answers[position]}; the question has {OptionCounts[position]} options.", nameof(answers));
    }

    private static IEnumerable<(string Code, MeasureKind Kind, Fraction[] Weights)> CompositeWeights(Instrument instrument) =>
        instrument.Categories.Count == 0
            ? []
            : instrument.Categories
                .Select(category => (category.Code, MeasureKind.Category, ScoringUnits.CategoryWeights(instrument, category)))
                .Prepend((Benchmark, MeasureKind.Benchmark, ScoringUnits.BenchmarkWeights(instrument)));
}

/// <summary>One published measure.</summary>
/// <param name="Code">benchmark, a category code or a component code.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Weights">Shape [components]: the weight a_c of every component; they sum to 1.</param>
public sealed record Measure(string Code, MeasureKind Kind, IReadOnlyList<double> Weights);

/// <summary>The three levels of a measure.</summary>
public enum MeasureKind
{
    /// <summary>The single number.</summary>
    Benchmark,

    /// <summary>A group of components.</summary>
    Category,

    /// <summary>The smallest scored unit.</summary>
    Component,
}

/// <summary>Scale points per whole number, as an exact fraction of two whole numbers.</summary>
internal readonly record struct WholeUnit(long Numerator, long Denominator)
{
    /// <summary>The same as a floating-point number. Scale points.</summary>
    public double Points => (double)Numerator / Denominator;

    public static WholeUnit Of(Fraction unit, BigInteger largest) =>
        ScoringUnits.Fits(unit, largest)
            ? new WholeUnit((long)unit.Numerator, (long)unit.Denominator)
            : throw new ArgumentException("The instrument's scores are too fine to be kept as whole numbers.", nameof(unit));

    /// <summary>sum / count on the scale, rounded once: five answers of 1,000 give exactly 1,000.</summary>
    public double Mean(long sum, long count) => (double)((Int128)sum * Numerator) / (double)((Int128)count * Denominator);
}

/// <summary>One component, ready for the inner loop.</summary>
internal sealed class ComponentPlan
{
    /// <summary>A table entry is 2^16 times the worth of a column, plus 1 when it counts: one sum holds both.</summary>
    private const int CountBits = 16;

    private readonly (int Position, int Table)[] _items;
    private readonly long[] _worths;
    private readonly long[] _factors;

    private ComponentPlan((int Position, int Table)[] items, long[] worths, long[] factors, WholeUnit unit)
    {
        _items = items;
        _worths = worths;
        _factors = factors;
        Unit = unit;
    }

    public WholeUnit Unit { get; }

    public static ComponentPlan Compile(Component component, ComponentUnits units, Dictionary<string, int> positions)
    {
        var unit = WholeUnit.Of(units.Unit, units.Largest);
        var items = new (int Position, int Table)[component.Items.Count];
        List<long> worths = [];
        for (int item = 0; item < items.Length; item++)
        {
            // The values of all items add up to at most Largest, below 2^39, and items are fewer than 2^16: neither half of a sum runs over.
            items[item] = (positions[component.Items[item]], worths.Count);
            worths.Add(0); // not answered
            worths.AddRange(units.Values[item].Select(value => value is { } worth ? ((long)worth << CountBits) + 1 : 0));
            worths.Add(0); // not my role
        }

        // 420 / answered: a sum over a different number of answers becomes the same kind of whole number. 0: too few answered.
        long[] factors = [.. Enumerable.Range(0, items.Length + 1).Select(answered => answered < units.Required ? 0 : (long)(units.Multiple / answered))];
        return new ComponentPlan(items, [.. worths], factors, unit);
    }

    /// <summary>The score of a response in whole numbers, or <see cref="ScoringPlan.NoScore"/>.</summary>
    /// <param name="columns">As <see cref="ScoringPlan.ReadColumns"/> gives them.</param>
    public long Score(ReadOnlySpan<byte> columns)
    {
        long sum = 0;
        long[] worths = _worths;
        foreach ((int position, int table) in _items)
        {
            sum += worths[table + columns[position]];
        }

        long factor = _factors[sum & ((1 << CountBits) - 1)];
        return factor == 0 ? ScoringPlan.NoScore : (sum >> CountBits) * factor;
    }
}

/// <summary>The benchmark or a category, ready for the inner loop.</summary>
/// <param name="Code">The measure's code.</param>
/// <param name="Members">Positions of its components.</param>
/// <param name="Multipliers">Shape [members]: whole numbers that turn component scores into the measure's unit.</param>
/// <param name="Unit">The measure's unit.</param>
internal sealed record CompositePlan(string Code, int[] Members, long[] Multipliers, WholeUnit Unit)
{
    public static CompositePlan Compile(string code, CompositeUnits units)
    {
        var unit = WholeUnit.Of(units.Unit, units.Largest);
        int[] members = [.. Enumerable.Range(0, units.Multipliers.Length).Where(component => !units.Multipliers[component].IsZero)];
        return new CompositePlan(code, members, [.. members.Select(component => (long)units.Multipliers[component])], unit);
    }

    /// <summary>The score in whole numbers, or <see cref="ScoringPlan.NoScore"/> when a component is missing.</summary>
    public long Score(ReadOnlySpan<long> componentScores)
    {
        long sum = 0;
        for (int member = 0; member < Members.Length; member++)
        {
            long score = componentScores[Members[member]];
            if (score == ScoringPlan.NoScore)
            {
                return ScoringPlan.NoScore;
            }

            sum += score * Multipliers[member];
        }

        return sum;
    }
}
