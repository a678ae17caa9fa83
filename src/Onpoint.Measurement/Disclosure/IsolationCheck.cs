using System.Numerics;
using Onpoint.Measurement.Growth;

namespace Onpoint.Measurement.Disclosure;

/// <summary>Whether some combination of published rows rests on fewer than five teachers: the safety property of docs/methodology.md section 8.</summary>
/// <remarks>
/// <para>
/// Definition. Rows are published means, columns atoms, an entry the coefficient of each teacher of the atom. The rows are safe when every
/// combination of them that is not zero everywhere has at least five teachers in its non-zero columns. In the words of coding theory: the
/// least weight of the code that the rows span, each column counted with its teachers, is at least 5.
/// </para>
/// <para>
/// Method. (1) Columns that all rows treat alike are merged. (2) A column of five or more teachers is never among the fewer than five: only the
/// combinations that vanish on such columns are kept, which makes further columns alike; both steps are repeated. (3) What is left is searched as
/// Brouwer and Zimmermann do [Grassl2006]: of two bases of columns, none holding an atom more often than it has teachers, a
/// combination of weight up to four meets one in at most two columns. So it is one row of that basis' reduced form, or a combination of two.
/// </para>
/// <para>
/// Errors are on the side of hiding: when two such bases are not found, the rows count as unsafe. The other error would need a minor of the
/// rows that is a multiple of the prime 2^61 − 1 without being 0: about 1 in 10^18 for numbers that were not made for it.
/// </para>
/// </remarks>
internal static class IsolationCheck
{
    /// <summary>A first basis in random order seldom takes so much that no second one is left.</summary>
    private const int Attempts = 12;

    /// <summary>True when no combination of the rows rests on fewer than five teachers.</summary>
    /// <param name="rows">Shape [rows][columns], elements of <see cref="PrimeField"/>; unchanged.</param>
    /// <param name="teachers">Shape [columns] (count); 0 takes the column out.</param>
    public static bool IsSafe(IReadOnlyList<ulong[]> rows, IReadOnlyList<int> teachers)
    {
        int[] some = [.. Enumerable.Range(0, teachers.Count).Where(column => teachers[column] > 0)];
        ulong[][] left = [.. rows.Select(row => Array.ConvertAll(some, column => row[column]))];
        int[] weights = Array.ConvertAll(some, column => teachers[column]);
        while (true)
        {
            (left, weights) = MergeAlike(left, weights);
            int[] large = [.. Enumerable.Range(0, weights.Length).Where(column => weights[column] >= DisclosureControl.SmallestShown)];
            int rank = Reduce(left, large, null);
            left = left[rank..];
            if (large.Length == 0)
            {
                return weights.Length == 0 || HasNoSmallCombination(left, weights);
            }

            int[] small = [.. Enumerable.Range(0, weights.Length).Where(column => weights[column] < DisclosureControl.SmallestShown)];
            left = Array.ConvertAll(left, row => Array.ConvertAll(small, column => row[column]));
            weights = Array.ConvertAll(small, column => weights[column]);
        }
    }

    /// <summary>Merges proportional columns and drops those that are zero in all rows.</summary>
    private static (ulong[][] Rows, int[] Weights) MergeAlike(ulong[][] rows, int[] weights)
    {
        Dictionary<ulong[], int> known = new(ColumnComparer.Instance);
        List<int> kept = [];
        List<int> merged = [];
        for (int column = 0; column < weights.Length; column++)
        {
            int first = Array.FindIndex(rows, row => row[column] != 0);
            if (first < 0)
            {
                continue;
            }

            ulong scale = PrimeField.Inverse(rows[first][column]);
            ulong[] direction = Array.ConvertAll(rows, row => PrimeField.Multiply(row[column], scale));
            if (known.TryAdd(direction, kept.Count))
            {
                kept.Add(column);
                merged.Add(weights[column]);
            }
            else
            {
                merged[known[direction]] += weights[column];
            }
        }

        return (Array.ConvertAll(rows, row => kept.ConvertAll(column => row[column]).ToArray()), [.. merged]);
    }

    /// <summary>
    /// Brings the rows in place to the reduced form for the columns in the order given: the first rows have a 1 in one of them, where all others have 0; the rest have none there.
    /// </summary>
    /// <param name="rows">Changed.</param>
    /// <param name="order">Columns, each at most once.</param>
    /// <param name="pivots">Filled with the columns of the ones, unless null.</param>
    /// <returns>The number of such rows.</returns>
    private static int Reduce(ulong[][] rows, IEnumerable<int> order, List<int>? pivots)
    {
        int rank = 0;
        foreach (int column in order)
        {
            int pivot = Array.FindIndex(rows, rank, row => row[column] != 0);
            if (pivot < 0)
            {
                continue;
            }

            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            ulong scale = PrimeField.Inverse(rows[rank][column]);
            ulong[] one = rows[rank];
            for (int c = 0; c < one.Length; c++)
            {
                one[c] = one[c] == 0 ? 0 : PrimeField.Multiply(one[c], scale);
            }

            for (int other = 0; other < rows.Length; other++)
            {
                ulong factor = rows[other][column];
                if (other != rank && factor != 0)
                {
                    ulong[] target = rows[other];
                    for (int c = 0; c < target.Length; c++)
                    {
                        if (one[c] != 0)
                        {
                            target[c] = PrimeField.Subtract(target[c], PrimeField.Multiply(factor, one[c]));
                        }
                    }
                }
            }

            pivots?.Add(column);
            if (++rank == rows.Length)
            {
                break;
            }
        }

        return rank;
    }

    /// <param name="rows">May depend on each other.</param>
    /// <param name="weights">1 to 4 each.</param>
    private static bool HasNoSmallCombination(ulong[][] rows, int[] weights)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            var random = new SplitMix64((ulong)attempt);
            var draws = new ulong[weights.Length];
            for (int column = 0; column < draws.Length; column++)
            {
                draws[column] = random.Next();
            }

            int[] order = [.. Enumerable.Range(0, weights.Length).OrderBy(column => draws[column])];
            ulong[][] first = Array.ConvertAll(rows, row => row.ToArray());
            List<int> pivots = [];
            int rank = Reduce(first, order, pivots);
            first = first[..rank];
            if (!RowsAndPairsAreLarge(first, weights))
            {
                return false;
            }

            HashSet<int> used = [.. pivots.Where(column => weights[column] == 1)];
            ulong[][] second = Array.ConvertAll(first, row => row.ToArray());
            if (Reduce(second, order.Where(column => !used.Contains(column)), null) == rank)
            {
                return RowsAndPairsAreLarge(second, weights);
            }
        }

        return false;
    }

    private static bool RowsAndPairsAreLarge(ulong[][] rows, int[] weights)
    {
        ulong[][] supports = Array.ConvertAll(rows, Support);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                // Where only one of two rows is not zero, their combination is not zero: each such column has a teacher.
                int differing = 0;
                for (int word = 0; word < supports[i].Length && differing < DisclosureControl.SmallestShown; word++)
                {
                    differing += BitOperations.PopCount(supports[i][word] ^ supports[j][word]);
                }

                if (differing < DisclosureControl.SmallestShown && LeastWeight(rows[i], rows[j], weights) < DisclosureControl.SmallestShown)
                {
                    return false;
                }
            }

            if (rows[i].Index().Sum(entry => entry.Item == 0 ? 0 : weights[entry.Index]) < DisclosureControl.SmallestShown)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The least weight of a combination of both rows: all columns of either, less those that vanish together at one ratio.</summary>
    private static int LeastWeight(ulong[] a, ulong[] b, int[] weights)
    {
        int total = 0;
        Dictionary<ulong, int> vanishing = [];
        for (int column = 0; column < weights.Length; column++)
        {
            total += a[column] == 0 && b[column] == 0 ? 0 : weights[column];
            if (a[column] != 0 && b[column] != 0)
            {
                ulong ratio = PrimeField.Multiply(a[column], PrimeField.Inverse(b[column]));
                vanishing[ratio] = vanishing.GetValueOrDefault(ratio) + weights[column];
            }
        }

        return total - vanishing.Values.DefaultIfEmpty().Max();
    }

    private static ulong[] Support(ulong[] row)
    {
        var bits = new ulong[(row.Length + 63) / 64];
        for (int column = 0; column < row.Length; column++)
        {
            bits[column / 64] |= row[column] == 0 ? 0 : 1UL << column;
        }

        return bits;
    }

    private sealed class ColumnComparer : IEqualityComparer<ulong[]>
    {
        public static readonly ColumnComparer Instance = new();

        public bool Equals(ulong[]? x, ulong[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(ulong[] column)
        {
            ulong hash = 0;
            foreach (ulong value in column)
            {
                hash = (hash ^ value) * 0x9E3779B97F4A7C15; // 2^64 / golden ratio, odd
            }

            return hash.GetHashCode();
        }
    }
}
