using System.Numerics;

namespace Onpoint.Measurement.Tests.Disclosure;

/// <summary>
/// The safety property of docs/methodology.md section 8 in exact whole numbers, by another method than the engine's: a set of columns whose
/// deletion lowers the rank must hold a pivot of every reduced form, so the pivots are deleted one after the other.
/// </summary>
internal static class ExactRows
{
    private const int SmallestShown = 5;

    /// <summary>Columns with fewer than five teachers on which some combination of the rows rests alone; null when there are none.</summary>
    /// <param name="rows">Shape [rows][columns].</param>
    /// <param name="teachers">Shape [columns] (count).</param>
    public static IReadOnlyList<int>? Isolated(IEnumerable<BigInteger[]> rows, IReadOnlyList<int> teachers)
    {
        int[] some = [.. Enumerable.Range(0, teachers.Count).Where(column => teachers[column] > 0)];
        BigInteger[][] matrix = [.. rows.Select(row => Array.ConvertAll(some, column => row[column]))];

        // What vanishes on every large column may rest on small ones.
        int[] large = [.. Enumerable.Range(0, some.Length).Where(column => teachers[some[column]] >= SmallestShown)];
        matrix = matrix[Reduce(matrix, large).Count..];
        int[] small = [.. Enumerable.Range(0, some.Length).Except(large)];
        return Isolated(matrix, [.. small.Where(column => matrix.Any(row => !row[column].IsZero))], [], column => teachers[some[column]], 0)?.ConvertAll(column => some[column]);
    }

    private static List<int>? Isolated(BigInteger[][] matrix, int[] columns, HashSet<int> kept, Func<int, int> teachers, int deleted)
    {
        // Kept columns first: they are not deleted, so what they carry need not be looked at.
        BigInteger[][] reduced = Array.ConvertAll(matrix, row => row.ToArray());
        List<int> pivots = Reduce(reduced, columns.OrderByDescending(kept.Contains).ThenByDescending(teachers));
        HashSet<int> settled = [.. kept];
        foreach (int pivot in pivots.Where(column => !kept.Contains(column) && deleted + teachers(column) < SmallestShown))
        {
            int[] left = [.. columns.Where(column => column != pivot)];
            BigInteger[] without = reduced[pivots.IndexOf(pivot)];
            if (left.All(column => without[column].IsZero))
            {
                return [pivot];
            }

            if (Isolated(reduced, left, settled, teachers, deleted + teachers(pivot)) is { } rest)
            {
                return [pivot, .. rest];
            }

            settled.Add(pivot);
        }

        return null;
    }

    /// <summary>Fraction-free elimination in place; the rows with a pivot come first, in the order of the pivots returned.</summary>
    private static List<int> Reduce(BigInteger[][] rows, IEnumerable<int> order)
    {
        List<int> pivots = [];
        foreach (int column in order)
        {
            int rank = pivots.Count;
            int pivot = Array.FindIndex(rows, rank, row => !row[column].IsZero);
            if (pivot < 0)
            {
                continue;
            }

            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            BigInteger head = rows[rank][column];
            for (int other = 0; other < rows.Length; other++)
            {
                BigInteger factor = rows[other][column];
                if (other != rank && !factor.IsZero)
                {
                    for (int c = 0; c < rows[other].Length; c++)
                    {
                        rows[other][c] = (rows[other][c] * head) - (factor * rows[rank][c]);
                    }

                    BigInteger divisor = rows[other].Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor);
                    if (divisor > BigInteger.One)
                    {
                        rows[other] = Array.ConvertAll(rows[other], value => value / divisor);
                    }
                }
            }

            pivots.Add(column);
            if (pivots.Count == rows.Length)
            {
                break;
            }
        }

        return pivots;
    }
}
