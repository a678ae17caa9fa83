using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Synthesis;

namespace Onpoint.Measurement.Comparisons;

/// <summary>The ranks that draws leave open for one unit; 1 is the highest.</summary>
/// <param name="Best">Of B draws the B/40-th smallest rank.</param>
/// <param name="Worst">The B/40-th largest.</param>
/// <param name="Mean">Over all draws.</param>
internal readonly record struct RankInterval(int Best, int Worst, double Mean);

/// <summary>Ranks of random draws: 10,000 draws of 13,000 units in seconds and some 70 MB, which a histogram per unit (13,000 x 13,000) would not do.</summary>
internal static class RankDraws
{
    /// <summary>A 40th of the draws lies beyond each end: 2.5 %.</summary>
    private const int TailShare = 40;

    /// <summary>Draws ranked before their ranks are taken in; bounds memory at 256 ranks per unit.</summary>
    private const int DrawsAtOnce = 256;

    /// <summary>Units whose ranks one thread takes in together, so that it reads whole cache lines.</summary>
    private const int UnitsAtOnce = 64;

    /// <summary>No draw lies further out: the smallest uniform number is 2^-53, and its normal quantile -8.2.</summary>
    private const double FurthestZ = 9;

    // A key is 32 bits, sorted in four passes of 8: counters few enough that a league of four is not slowed down by them.
    private const int PassBits = 8;
    private const int Passes = 4;
    private const int Buckets = 1 << PassBits;

    /// <summary>Draws every unit's value and ranks them, again and again.</summary>
    /// <param name="units">Shape [units], at least one: mean and SD of the normal distribution of its draws.</param>
    /// <param name="seed">Draw number d uses stream d of the seed, unit by unit.</param>
    /// <param name="draws">Count, a multiple of 40.</param>
    public static RankInterval[] Intervals((double Centre, double Spread)[] units, ulong seed, int draws)
    {
        double highest = units.Max(unit => unit.Centre + FurthestZ * unit.Spread);
        double lowest = units.Min(unit => unit.Centre - FurthestZ * unit.Spread);
        double scale = highest > lowest ? uint.MaxValue / (highest - lowest) : 0;
        int tail = draws / TailShare;
        SmallestNumbers[] best = [.. units.Select(_ => new SmallestNumbers(tail))];
        SmallestNumbers[] worst = [.. units.Select(_ => new SmallestNumbers(tail))]; // of units + 1 - rank
        long[] sums = new long[units.Length];
        int[] ranks = new int[DrawsAtOnce * units.Length];
        for (int done = 0; done < draws; done += DrawsAtOnce)
        {
            int start = done;
            int now = Math.Min(DrawsAtOnce, draws - done);
            Parallel.For(
                0,
                now,
                () => (new ulong[units.Length], new ulong[units.Length], new int[Passes * Buckets]),
                (draw, _, buffers) =>
                {
                    Rank(units, highest, scale, SplitMix64.ForStream(seed, start + draw), buffers, ranks.AsSpan(draw * units.Length, units.Length));
                    return buffers;
                },
                _ => { });
            Parallel.For(0, (units.Length + UnitsAtOnce - 1) / UnitsAtOnce, part =>
            {
                int end = Math.Min(units.Length, (part + 1) * UnitsAtOnce);
                for (int draw = 0; draw < now; draw++)
                {
                    for (int unit = part * UnitsAtOnce; unit < end; unit++)
                    {
                        int rank = ranks[draw * units.Length + unit];
                        sums[unit] += rank;
                        best[unit].Add(rank);
                        worst[unit].Add(units.Length + 1 - rank);
                    }
                }
            });
        }

        return [.. units.Select((_, unit) => new RankInterval(best[unit].Last(), units.Length + 1 - worst[unit].Last(), (double)sums[unit] / draws))];
    }

    /// <summary>One draw: ranks by value, highest first, equal keys sharing the better rank.</summary>
    private static void Rank(
        (double Centre, double Spread)[] units, double highest, double scale, SplitMix64 random, (ulong[] Keys, ulong[] Spare, int[] Counts) buffers, Span<int> ranks)
    {
        (ulong[] keys, ulong[] spare, int[] counts) = buffers;
        for (int unit = 0; unit < units.Length; unit++)
        {
            // 52 random bits and a half: strictly between 0 and 1.
            double z = NormalQuantile.Compute(((random.Next() >> 12) + 0.5) * (1.0 / (1UL << 52)));
            keys[unit] = (ulong)((highest - (units[unit].Centre + units[unit].Spread * z)) * scale) << 32 | (uint)unit;
        }

        SortByHighHalf(ref keys, ref spare, counts);
        int rank = 0;
        for (int position = 0; position < keys.Length; position++)
        {
            if (position == 0 || keys[position] >> 32 != keys[position - 1] >> 32)
            {
                rank = position + 1;
            }

            ranks[(int)(uint)keys[position]] = rank;
        }
    }

    // Radix sort, lowest bits first: for 13,000 keys several times as fast as Array.Sort, and as deterministic.
    private static void SortByHighHalf(ref ulong[] keys, ref ulong[] spare, int[] counts)
    {
        Array.Clear(counts);
        foreach (ulong key in keys)
        {
            for (int pass = 0; pass < Passes; pass++)
            {
                counts[pass * Buckets + Bucket(key, pass)]++;
            }
        }

        for (int pass = 0; pass < Passes; pass++)
        {
            Span<int> next = counts.AsSpan(pass * Buckets, Buckets);
            int before = 0;
            for (int bucket = 0; bucket < Buckets; bucket++)
            {
                (next[bucket], before) = (before, before + next[bucket]);
            }

            foreach (ulong key in keys)
            {
                spare[next[Bucket(key, pass)]++] = key;
            }

            (keys, spare) = (spare, keys);
        }
    }

    private static int Bucket(ulong key, int pass) => (int)(key >> (32 + pass * PassBits)) & (Buckets - 1);

    /// <summary>Keeps the smallest of the numbers it is given.</summary>
    /// <param name="count">How many, at least 1.</param>
    private sealed class SmallestNumbers(int count)
    {
        private readonly int[] _kept = new int[2 * count];
        private int _length;
        private int _largestNeeded = int.MaxValue;

        public void Add(int number)
        {
            if (number >= _largestNeeded)
            {
                return;
            }

            _kept[_length++] = number;
            if (_length == _kept.Length)
            {
                _largestNeeded = Last();
                _length = count;
            }
        }

        /// <summary>The largest of those to keep; at least so many were given.</summary>
        public int Last()
        {
            Array.Sort(_kept, 0, _length);
            return _kept[count - 1];
        }
    }
}
