namespace Onpoint.Measurement.Reliability;

/// <summary>What <see cref="ScaleReliability"/> is computed from, whether it comes from whole-number totals or from rows of numbers.</summary>
/// <param name="Respondents">All respondents (count).</param>
/// <param name="AtLowest">Shape [items]: answers at the lowest possible value (count).</param>
/// <param name="AtHighest">Shape [items]: answers at the highest possible value (count).</param>
/// <param name="Listwise">Shape [items, items]: over the respondents with every item.</param>
/// <param name="Pairwise">Shape [items, items]: over the respondents with both items.</param>
internal sealed record ScaleMoments(int Respondents, long[] AtLowest, long[] AtHighest, PairMoments[,] Listwise, PairMoments[,] Pairwise)
{
    /// <summary>The moments of rows of numbers.</summary>
    /// <param name="rows">Shape [respondents][items]: checked values; NaN where there is none. Sorted in place, so that every order gives the same bits.</param>
    /// <param name="items">Number of items.</param>
    /// <param name="lowest">Lowest possible value.</param>
    /// <param name="highest">Highest possible value.</param>
    public static ScaleMoments Of(double[][] rows, int items, double lowest, double highest)
    {
        Array.Sort(rows, static (a, b) => a.AsSpan().SequenceCompareTo(b)); // NaN sorts first
        double[][] complete = [.. rows.Where(row => !Array.Exists(row, double.IsNaN))];
        return new ScaleMoments(
            rows.Length,
            [.. Enumerable.Range(0, items).Select(item => rows.LongCount(row => row[item] == lowest))],
            [.. Enumerable.Range(0, items).Select(item => rows.LongCount(row => row[item] == highest))],
            Table(complete, items),
            Table(rows, items));
    }

    private static PairMoments[,] Table(double[][] rows, int items)
    {
        var table = new PairMoments[items, items];
        for (int i = 0; i < items; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                table[i, j] = Pair(rows, i, j);
                table[j, i] = table[i, j];
            }
        }

        return table;
    }

    /// <summary>Two passes over deviations from the first row with both: constant items leave exact zeros.</summary>
    private static PairMoments Pair(double[][] rows, int first, int second)
    {
        double[][] both = [.. rows.Where(row => !double.IsNaN(row[first]) && !double.IsNaN(row[second]))];
        if (both.Length == 0)
        {
            return default;
        }

        (double x0, double y0) = (both[0][first], both[0][second]);
        CompensatedSum xSum = default;
        CompensatedSum ySum = default;
        foreach (double[] row in both)
        {
            xSum.Add(row[first] - x0);
            ySum.Add(row[second] - y0);
        }

        (double xMean, double yMean) = (xSum.Value / both.Length, ySum.Value / both.Length);
        CompensatedSum products = default;
        foreach (double[] row in both)
        {
            products.Add((row[first] - x0 - xMean) * (row[second] - y0 - yMean));
        }

        return new PairMoments(both.Length, x0 + xMean, both.Length < 2 ? 0 : products.Value / (both.Length - 1));
    }
}

/// <summary>Two items over the respondents with both.</summary>
/// <param name="Count">Those respondents (count).</param>
/// <param name="Mean">For an item with itself: its mean; 0 without respondents.</param>
/// <param name="Covariance">Divisor n − 1; for an item with itself its variance; 0 with fewer than two respondents.</param>
internal readonly record struct PairMoments(int Count, double Mean, double Covariance);
