using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Scoring;

/// <summary>The whole-number totals of one school's responses: additive, in any order, on any number of threads.</summary>
/// <remarks>
/// <para>
/// Per component the teachers with a score and their sum; per pair of components the teachers with both, their two sums and the
/// sum of products; per category and for the benchmark the teachers with all its components, their sum and sum of squares; per
/// item the option counts. Every number is whole (Int64, products Int128), so two orders of the same responses give the same
/// totals bit for bit, and estimates made from them too. Memory depends on the instrument, never on the number of responses.
/// </para>
/// <para>One instance is not safe for several threads: each fills its own, then they are added.</para>
/// </remarks>
public sealed class UnitTotals
{
    /// <summary>Most responses of one unit (count): below it no sum can overflow, see <see cref="ScoringUnits.LargestScore"/>.</summary>
    public const int MostResponses = (1 << 24) - 1;

    private readonly int[] _options;
    private readonly int[] _counts;
    private readonly long[] _sums;
    private readonly PairTotals[] _pairs;
    private readonly CompositeTotals[] _composites;

    internal UnitTotals(ScoringPlan plan)
    {
        Plan = plan;
        int components = plan.Components.Length;
        _options = new int[plan.HistogramSlots[^1]];
        _counts = new int[components];
        _sums = new long[components];
        _pairs = new PairTotals[components * (components + 1) / 2];
        _composites = new CompositeTotals[plan.Composites.Length];
    }

    /// <summary>Responses added, also those without any score (count).</summary>
    public int Responses { get; private set; }

    /// <summary>Teachers with at least one component score (count).</summary>
    public int ScoredTeachers { get; private set; }

    /// <summary>n*: the smallest number of scores that any component has (count).</summary>
    public int SmallestCount => _counts.Min();

    internal ScoringPlan Plan { get; }

    /// <summary>Adds one response.</summary>
    /// <param name="answers">In the layout of <see cref="ResponseLayout"/>. Bytes 0 and 255 and options that do not count are "not answered".</param>
    /// <exception cref="ArgumentException">The length is wrong, or a byte is beyond the options of its question (the message names the position); nothing was added.</exception>
    /// <exception cref="InvalidOperationException">The unit holds <see cref="MostResponses"/> already.</exception>
    public void Add(ReadOnlySpan<byte> answers)
    {
        Plan.Check(answers);
        CheckRoom(1);
        Responses++;

        ReadOnlySpan<int> slots = Plan.HistogramSlots;
        for (int item = 0; item + 1 < slots.Length; item++)
        {
            // Slots of an item: not answered, the options from position 1, not my role.
            byte answer = answers[item];
            _options[answer == ResponseLayout.NotMyRole ? slots[item + 1] - 1 : slots[item] + answer]++;
        }

        ReadOnlySpan<ComponentPlan> components = Plan.Components;
        Span<long> scores = stackalloc long[components.Length];
        int pair = 0;
        bool scored = false;
        for (int c = 0; c < components.Length; c++)
        {
            long score = components[c].Score(answers);
            scores[c] = score;
            if (score == ScoringPlan.NoScore)
            {
                pair += c + 1;
                continue;
            }

            scored = true;
            _counts[c]++;
            _sums[c] += score;
            for (int d = 0; d <= c; d++, pair++)
            {
                long other = scores[d];
                if (other != ScoringPlan.NoScore)
                {
                    _pairs[pair].Add(score, other);
                }
            }
        }

        ScoredTeachers += scored ? 1 : 0;
        CompositePlan[] composites = Plan.Composites;
        for (int m = 0; m < composites.Length; m++)
        {
            long score = composites[m].Score(scores);
            if (score != ScoringPlan.NoScore)
            {
                _composites[m].Add(score);
            }
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

        for (int c = 0; c < _counts.Length; c++)
        {
            _counts[c] += other._counts[c];
            _sums[c] += other._sums[c];
        }

        for (int p = 0; p < _pairs.Length; p++)
        {
            _pairs[p].Add(other._pairs[p]);
        }

        for (int m = 0; m < _composites.Length; m++)
        {
            _composites[m].Add(other._composites[m]);
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
    internal int Count(int component) => _counts[component];

    /// <summary>Their sum in whole numbers of the component's unit.</summary>
    internal long Sum(int component) => _sums[component];

    /// <summary>Totals over the teachers with both components, <paramref name="first"/> ≥ <paramref name="second"/>.</summary>
    internal ref readonly PairTotals Pair(int first, int second) => ref _pairs[first * (first + 1) / 2 + second];

    /// <summary>Totals over the teachers with all components of a composite measure.</summary>
    internal ref readonly CompositeTotals Composite(int measure) => ref _composites[measure];

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

/// <summary>Teachers with a score on two components; a component with itself gives its sum of squares.</summary>
internal struct PairTotals
{
    public int Count;
    public long FirstSum;
    public long SecondSum;
    public Int128 Products;

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
    public readonly Int128 SpreadTimesCount => Count * Products - (Int128)FirstSum * SecondSum;
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
    public readonly Int128 SpreadTimesCount => Count * Squares - (Int128)Sum * Sum;
}
