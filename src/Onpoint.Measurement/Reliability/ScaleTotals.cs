using System.Numerics;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Reliability;

/// <summary>The whole-number totals of one component's items over any number of responses: additive, in any order, on any number of threads.</summary>
/// <remarks>
/// <para>
/// An item's value is the points of the chosen option, turned round for a reversed item (lowest + highest − points), and not rescaled: items of
/// 1 to 5 have means of 1 to 5. Not answered, "Not part of my role" and options that do not count are missing.
/// </para>
/// <para>
/// Values are whole numbers of their largest common unit. Per pair of items the totals hold the respondents with both, their sums and sum of
/// products, apart for those who answered every item; per item the answers at its lowest and highest value. Int64 and Int128, so two orders
/// give the same statistics bit for bit, and memory depends on the component, never on the number of responses.
/// </para>
/// <para>One instance is not safe for several threads: each fills its own, then they are added.</para>
/// </remarks>
public sealed class ScaleTotals
{
    private readonly ScoringPlan _plan;
    private readonly int[] _positions;
    private readonly long?[][] _values;
    private readonly long[] _lowest;
    private readonly long[] _highest;
    private readonly WholeUnit _unit;

    // Two disjoint sets of respondents: those with every item, and the rest. Listwise is the first, pairwise their sum.
    private readonly PairTotals[] _complete;
    private readonly PairTotals[] _incomplete;
    private readonly long[] _atLowest;
    private readonly long[] _atHighest;

    /// <summary>Empty totals of one component.</summary>
    /// <param name="plan">The instrument's plan.</param>
    /// <param name="component">The component's code.</param>
    /// <exception cref="ArgumentException">The instrument has no such component, or its points are too fine to be added as whole numbers (parameter <paramref name="plan"/>).</exception>
    public ScaleTotals(ScoringPlan plan, string component)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Instrument instrument = plan.Instrument;
        ItemCodes = instrument.Components.FirstOrDefault(candidate => candidate.Code == component)?.Items
            ?? throw new ArgumentException($"The instrument has no component {component}.", nameof(component));
        _plan = plan;
        Component = component;
        string[] items = [.. instrument.Items.Select(item => item.Code)];
        _positions = [.. ItemCodes.Select(code => Array.IndexOf(items, code))];

        Fraction?[][] points = [.. _positions.Select(position => KeyedPoints(instrument, instrument.Items[position]))];
        Fraction unit = points.SelectMany(item => item).OfType<Fraction>().Aggregate((Fraction)0, Fraction.LargestUnit);
        BigInteger?[][] wholes = [.. points.Select(item => item.Select(value => (value / unit)?.Numerator).ToArray())];
        BigInteger largest = wholes.SelectMany(item => item).Max(value => BigInteger.Abs(value ?? 0));
        if (!ScoringUnits.Fits(unit, largest))
        {
            throw new ArgumentException($"The points of component {component} are too fine to be added as whole numbers.", nameof(plan));
        }

        _unit = WholeUnit.Of(unit, largest);
        _values = [.. wholes.Select(item => item.Select(value => (long?)value).ToArray())];
        _lowest = [.. _values.Select(item => item.Min()!.Value)];
        _highest = [.. _values.Select(item => item.Max()!.Value)];
        _complete = new PairTotals[Slot(_positions.Length, 0)];
        _incomplete = new PairTotals[_complete.Length];
        _atLowest = new long[_positions.Length];
        _atHighest = new long[_positions.Length];
    }

    /// <summary>The component's code.</summary>
    public string Component { get; }

    /// <summary>Shape [items]: the codes of its items.</summary>
    public IReadOnlyList<string> ItemCodes { get; }

    /// <summary>Responses added, also those without any answer to these items (count).</summary>
    public int Responses { get; private set; }

    /// <summary>Adds one response.</summary>
    /// <param name="answers">In the layout of <see cref="ResponseLayout"/>.</param>
    /// <exception cref="ArgumentException">The length is wrong, or a byte is beyond the options of its question (the message names the position); nothing was added.</exception>
    /// <exception cref="InvalidOperationException">The totals hold <see cref="UnitTotals.MostResponses"/> already.</exception>
    public void Add(ReadOnlySpan<byte> answers)
    {
        Span<byte> columns = stackalloc byte[_plan.OptionCounts.Length];
        _plan.ReadColumns(answers, columns);
        CheckRoom(1);
        Responses++;

        Span<long> values = stackalloc long[_positions.Length];
        Span<int> answered = stackalloc int[_positions.Length];
        int count = 0;
        for (int item = 0; item < _positions.Length; item++)
        {
            int option = columns[_positions[item]] - 1;
            if (option >= 0 && option < _values[item].Length && _values[item][option] is { } value)
            {
                values[item] = value;
                answered[count++] = item;
                _atLowest[item] += value == _lowest[item] ? 1 : 0;
                _atHighest[item] += value == _highest[item] ? 1 : 0;
            }
        }

        PairTotals[] totals = count == _positions.Length ? _complete : _incomplete;
        foreach (int first in answered[..count])
        {
            for (int other = 0; other < count && answered[other] <= first; other++)
            {
                totals[Slot(first, answered[other])].Add(values[first], values[answered[other]]);
            }
        }
    }

    /// <summary>Adds other totals, as if their responses had been added one by one.</summary>
    /// <param name="other">Totals of the same plan and component; unchanged.</param>
    /// <exception cref="ArgumentException">The totals belong to another plan or component.</exception>
    /// <exception cref="InvalidOperationException">Together they exceed <see cref="UnitTotals.MostResponses"/>.</exception>
    public void Add(ScaleTotals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!ReferenceEquals(_plan, other._plan) || Component != other.Component)
        {
            throw new ArgumentException("The totals belong to another scoring plan or component.", nameof(other));
        }

        CheckRoom(other.Responses);
        Responses += other.Responses;
        for (int pair = 0; pair < _complete.Length; pair++)
        {
            _complete[pair].Add(other._complete[pair]);
            _incomplete[pair].Add(other._incomplete[pair]);
        }

        for (int item = 0; item < _positions.Length; item++)
        {
            _atLowest[item] += other._atLowest[item];
            _atHighest[item] += other._atHighest[item];
        }
    }

    /// <summary>Means and covariances of these totals.</summary>
    internal ScaleMoments Moments()
    {
        PairTotals[] pairwise = [.. _complete];
        for (int pair = 0; pair < pairwise.Length; pair++)
        {
            pairwise[pair].Add(_incomplete[pair]);
        }

        return new ScaleMoments(Responses, _atLowest, _atHighest, Of(_complete), Of(pairwise));
    }

    private PairMoments[,] Of(PairTotals[] totals)
    {
        int items = _positions.Length;
        var moments = new PairMoments[items, items];
        for (int i = 0; i < items; i++)
        {
            for (int j = 0; j < items; j++)
            {
                PairTotals pair = totals[Slot(Math.Max(i, j), Math.Min(i, j))];
                double n = pair.Count;
                moments[i, j] = new PairMoments(
                    pair.Count,
                    pair.Count == 0 ? 0 : _unit.Mean(pair.FirstSum, pair.Count),
                    pair.Count < 2 ? 0 : (double)pair.SpreadTimesCount / (n * (n - 1)) * _unit.Points * _unit.Points);
            }
        }

        return moments;
    }

    private static int Slot(int first, int second) => first * (first + 1) / 2 + second;

    private static Fraction?[] KeyedPoints(Instrument instrument, Item item)
    {
        IReadOnlyList<AnswerOption> options = instrument.Formats.First(format => format.Code == item.Format).Options;
        Fraction lowest = options.Where(option => option.Counts).Min(option => option.Points);
        Fraction highest = options.Where(option => option.Counts).Max(option => option.Points);
        return [.. options.Select(option => !option.Counts ? (Fraction?)null : item.Reversed ? lowest + highest - option.Points : option.Points)];
    }

    private void CheckRoom(int responses)
    {
        if (Responses > UnitTotals.MostResponses - responses)
        {
            throw new InvalidOperationException($"Totals hold at most {UnitTotals.MostResponses} responses.");
        }
    }
}
