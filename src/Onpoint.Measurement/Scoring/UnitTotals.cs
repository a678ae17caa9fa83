using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Scoring;

/// <summary>The whole-number totals of one school's responses: additive, in any order, on any number of threads.</summary>
/// <remarks>
/// <para>
/// Per component the teachers with a score and their sum; per pair of components the teachers with both, their two sums and the
/// sum of products; per category and for the benchmark the teachers with all its components, their sum and sum of squares; per
/// item the option counts. Every number is whole (Int64, or Int128 where products need it), so two orders of the same responses give the same
/// totals bit for bit, and estimates made from them too. Memory depends on the instrument, never on the number of responses.
/// </para>
/// <para>One instance is not safe for several threads: each fills its own, then they are added.</para>
/// </remarks>
public sealed class UnitTotals
{
    /// <summary>Most responses of one unit (count): below it no sum can overflow, see <see cref="ScoringUnits.LargestScore"/>.</summary>
    public const int MostResponses = (1 << 24) - 1;

    private readonly int[] _options;

    // Teachers with a score on every component, nearly all of them: the counts and sums of all pairs and composites follow from these.
    private readonly long[] _completeSums;
    private readonly long[] _completeProducts;
    private int _complete;

    // The other teachers, and all of them where products need Int128; null before the first.
    private IncompleteTotals? _incomplete;

    internal UnitTotals(ScoringPlan plan)
    {
        Plan = plan;
        int components = plan.Components.Length;
        _options = new int[plan.HistogramSlots[^1]];
        _completeSums = new long[components];
        _completeProducts = new long[PairTotals.Position(components, 0)];
    }

    /// <summary>Responses added, also those without any score (count).</summary>
    public int Responses { get; private set; }

    /// <summary>Teachers with at least one component score (count).</summary>
    public int ScoredTeachers { get; private set; }

    /// <summary>n*: the smallest number of scores that any component has (count).</summary>
    public int SmallestCount => Enumerable.Range(0, _completeSums.Length).Min(Count);

    internal ScoringPlan Plan { get; }

    /// <summary>Adds one response.</summary>
    /// <param name="answers">In the layout of <see cref="ResponseLayout"/>. Bytes 0 and 255 and options that do not count are "not answered".</param>
    /// <exception cref="ArgumentException">The length is wrong, or a byte is beyond the options of its question (the message names the position); nothing was added.</exception>
    /// <exception cref="InvalidOperationException">The unit holds <see cref="MostResponses"/> already.</exception>
    public void Add(ReadOnlySpan<byte> answers)
    {
        ScoringPlan plan = Plan;
        Span<byte> columns = stackalloc byte[plan.OptionCounts.Length];
        plan.ReadColumns(answers, columns);
        CheckRoom(1);
        Responses++;

        ReadOnlySpan<int> slots = plan.HistogramSlots[..^1];
        ReadOnlySpan<byte> items = columns[..slots.Length];
        int[] options = _options;
        for (int item = 0; item < slots.Length; item++)
        {
            options[slots[item] + items[item]]++;
        }

        ReadOnlySpan<ComponentPlan> components = plan.Components;
        Span<long> scores = stackalloc long[components.Length];
        int missing = 0;
        for (int c = 0; c < scores.Length; c++)
        {
            scores[c] = components[c].Score(columns);
            missing += scores[c] == ScoringPlan.NoScore ? 1 : 0;
        }

        ScoredTeachers += missing < scores.Length ? 1 : 0;
        if (missing == 0 && plan.ProductsFitInt64)
        {
            AddComplete(scores);
        }
        else if (missing < scores.Length)
        {
            (_incomplete ??= new IncompleteTotals(plan)).Add(scores);
        }
    }

    /// <summary>Adds another unit's totals, as if its responses had been added one by one.</summary>
    /// <param name="other">Totals of the same plan; unchanged.</param>
    /// <exception cref="ArgumentException">The totals belong to another plan.</exception>
    /// <exception cref="InvalidOperationException">Together they exceed <see cref="MostResponses"/>.</exception>
    public void Add(UnitTotals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!ReferenceEquals(Plan, other.Plan))
        {
            throw new ArgumentException("The totals belong to another scoring plan.", nameof(other));
        }

        CheckRoom(other.Responses);
        Responses += other.Responses;
        ScoredTeachers += other.ScoredTeachers;
        for (int i = 0; i < _options.Length; i++)
        {
            _options[i] += other._options[i];
        }

        _complete += other._complete;
        for (int c = 0; c < _completeSums.Length; c++)
        {
            _completeSums[c] += other._completeSums[c];
        }

        for (int pair = 0; pair < _completeProducts.Length; pair++)
        {
            _completeProducts[pair] += other._completeProducts[pair];
        }

        if (other._incomplete is { } incomplete)
        {
            (_incomplete ??= new IncompleteTotals(Plan)).Add(incomplete);
        }
    }

    /// <summary>How often each option of an item was chosen, also options that do not count.</summary>
    /// <param name="item">Position in the instrument's items, from 0.</param>
    /// <returns>Shape [options], by position − 1 (count).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public IReadOnlyList<long> OptionCounts(int item)
    {
        Range slots = ItemSlots(item);
        return [.. _options[slots][1..^1].Select(count => (long)count)];
    }

    /// <summary>Teachers who left an item unanswered (count), not counting "Not part of my role".</summary>
    /// <param name="item">Position in the instrument's items, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public long NotAnsweredCount(int item) => _options[ItemSlots(item).Start];

    /// <summary>Teachers who chose "Not part of my role" on an item (count).</summary>
    /// <param name="item">Position in the instrument's items, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public long NotMyRoleCount(int item) => _options[ItemSlots(item).End.Value - 1];

    /// <summary>Teachers with a score on a component (count).</summary>
    internal int Count(int component) => _complete + (_incomplete?.Pairs[PairTotals.Position(component, component)].Count ?? 0);

    /// <summary>Their sum in whole numbers of the component's unit.</summary>
    internal long Sum(int component) => _completeSums[component] + (_incomplete?.Pairs[PairTotals.Position(component, component)].FirstSum ?? 0);

    /// <summary>Totals over the teachers with both components, <paramref name="first"/> ≥ <paramref name="second"/>.</summary>
    internal PairTotals Pair(int first, int second)
    {
        int position = PairTotals.Position(first, second);
        PairTotals pair = new()
        {
            Count = _complete,
            FirstSum = _completeSums[first],
            SecondSum = _completeSums[second],
            Products = _completeProducts[position],
        };
        if (_incomplete is not null)
        {
            pair.Add(_incomplete.Pairs[position]);
        }

        return pair;
    }

    /// <summary>Totals over the teachers with all components of a composite measure.</summary>
    internal CompositeTotals Composite(int measure)
    {
        // (SUM of multiplier x score)² over the teachers: each square once, each pair of components twice.
        CompositePlan plan = Plan.Composites[measure];
        CompositeTotals composite = new() { Count = _complete };
        for (int i = 0; i < plan.Members.Length; i++)
        {
            ReadOnlySpan<long> row = _completeProducts.AsSpan(PairTotals.Position(plan.Members[i], 0));
            Int128 products = Math.BigMul(plan.Multipliers[i], row[plan.Members[i]]);
            for (int j = 0; j < i; j++)
            {
                products += 2 * Math.BigMul(plan.Multipliers[j], row[plan.Members[j]]);
            }

            composite.Sum += plan.Multipliers[i] * _completeSums[plan.Members[i]];
            composite.Squares += plan.Multipliers[i] * products;
        }

        if (_incomplete is not null)
        {
            composite.Add(_incomplete.Composites[measure]);
        }

        return composite;
    }

    private void AddComplete(ReadOnlySpan<long> scores)
    {
        _complete++;
        Span<long> products = _completeProducts;
        for (int c = 0; c < scores.Length; c++)
        {
            long score = scores[c];
            _completeSums[c] += score;
            Span<long> row = products[..(c + 1)];
            ReadOnlySpan<long> others = scores[..row.Length];
            for (int d = 0; d < row.Length; d++)
            {
                row[d] += score * others[d];
            }

            products = products[row.Length..];
        }
    }

    private Range ItemSlots(int item)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(item, Plan.Instrument.Items.Count);
        return Plan.HistogramSlots[item]..Plan.HistogramSlots[item + 1];
    }

    private void CheckRoom(int responses)
    {
        if (Responses > MostResponses - responses)
        {
            throw new InvalidOperationException($"A unit holds at most {MostResponses} responses.");
        }
    }
}

/// <summary>Totals of teachers who need not have every component.</summary>
internal sealed class IncompleteTotals(ScoringPlan plan)
{
    /// <summary>Shape [pairs], by <see cref="PairTotals.Position"/>; a component with itself also holds its count and sum.</summary>
    public PairTotals[] Pairs { get; } = new PairTotals[PairTotals.Position(plan.Components.Length, 0)];

    /// <summary>Shape [composites].</summary>
    public CompositeTotals[] Composites { get; } = new CompositeTotals[plan.Composites.Length];

    /// <param name="scores">Shape [components]: one teacher, <see cref="ScoringPlan.NoScore"/> where there is none.</param>
    public void Add(ReadOnlySpan<long> scores)
    {
        for (int c = 0; c < scores.Length; c++)
        {
            if (scores[c] == ScoringPlan.NoScore)
            {
                continue;
            }

            for (int d = 0; d <= c; d++)
            {
                if (scores[d] != ScoringPlan.NoScore)
                {
                    Pairs[PairTotals.Position(c, d)].Add(scores[c], scores[d]);
                }
            }
        }

        for (int m = 0; m < Composites.Length; m++)
        {
            long score = plan.Composites[m].Score(scores);
            if (score != ScoringPlan.NoScore)
            {
                Composites[m].Add(score);
            }
        }
    }

    public void Add(IncompleteTotals other)
    {
        for (int pair = 0; pair < Pairs.Length; pair++)
        {
            Pairs[pair].Add(other.Pairs[pair]);
        }

        for (int m = 0; m < Composites.Length; m++)
        {
            Composites[m].Add(other.Composites[m]);
        }
    }
}

/// <summary>Teachers with a score on two components; a component with itself gives its sum of squares.</summary>
internal struct PairTotals
{
    public int Count;
    public long FirstSum;
    public long SecondSum;
    public Int128 Products;

    /// <summary>Where a pair, <paramref name="first"/> ≥ <paramref name="second"/>, stands in a list of all pairs; (components, 0) is its length.</summary>
    public static int Position(int first, int second) => first * (first + 1) / 2 + second;

    public void Add(long first, long second)
    {
        Count++;
        FirstSum += first;
        SecondSum += second;
        Products += Math.BigMul(first, second);
    }

    public void Add(in PairTotals other)
    {
        Count += other.Count;
        FirstSum += other.FirstSum;
        SecondSum += other.SecondSum;
        Products += other.Products;
    }

    /// <summary>Sum of products of deviations from the two means over these teachers, times their number; exact.</summary>
    public readonly Int128 SpreadTimesCount => Count * Products - Math.BigMul(FirstSum, SecondSum);

    /// <summary>Both at once.</summary>
    public readonly (int Count, Int128 SpreadTimesCount) CountAndSpread => (Count, SpreadTimesCount);
}

/// <summary>Teachers with all components of a category or of the benchmark.</summary>
internal struct CompositeTotals
{
    public int Count;
    public long Sum;
    public Int128 Squares;

    public void Add(long score)
    {
        Count++;
        Sum += score;
        Squares += Math.BigMul(score, score);
    }

    public void Add(in CompositeTotals other)
    {
        Count += other.Count;
        Sum += other.Sum;
        Squares += other.Squares;
    }

    /// <summary>Squared deviations from the mean, times the number of teachers; exact.</summary>
    public readonly Int128 SpreadTimesCount => Count * Squares - Math.BigMul(Sum, Sum);

    /// <summary>Both at once.</summary>
    public readonly (int Count, Int128 SpreadTimesCount) CountAndSpread => (Count, SpreadTimesCount);
}
