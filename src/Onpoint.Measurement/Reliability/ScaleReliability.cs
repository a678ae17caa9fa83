using Onpoint.Measurement.Estimation;

namespace Onpoint.Measurement.Reliability;

/// <summary>How consistently the items of one scale (component) measure, and how each item works.</summary>
/// <remarks>
/// <para>
/// Definition, k items with covariances c_ij (divisor n − 1): alpha = k / (k − 1) · (1 − SUM c_ii / SUM SUM c_ij). <em>Listwise</em> uses the respondents with
/// every item, <em>pairwise</em> for each c_ij those with both items. <em>Standardised</em> alpha = k r / (1 + (k − 1) r) with the mean r of the listwise
/// correlations of two items. Source: [Cronbach1951]; the interval: [Feldt1987], from (1 − alpha) / (1 − estimate) ~ F(n − 1, (n − 1)(k − 1)), exact for
/// complete normal data with equal item variances and covariances.
/// </para>
/// <para>
/// Assumes that respondents answer independently and that items share one trait with equal weight; otherwise alpha is a lower bound of the reliability. It
/// is about one teacher's score. How reliable a district mean is, is another question: docs/methodology.md sections 6 and 11.
/// </para>
/// </remarks>
public sealed record ScaleReliability
{
    /// <summary>
    /// A total whose variance is below this share of the sum of the item variances is constant up to rounding: alpha would be minus infinity. The sum of
    /// k² covariances is exact to about 10^−15 of them.
    /// </summary>
    private const double NoVariance = 1e-12;

    /// <summary>Respondents, also those without any answer (count).</summary>
    public required int Respondents { get; init; }

    /// <summary>Respondents who answered every item (count).</summary>
    public required int CompleteRespondents { get; init; }

    /// <summary>
    /// Cronbach's alpha of complete respondents with its interval; null with fewer than two items or complete respondents, or when their sum score does not vary.
    /// </summary>
    public required AlphaEstimate? AlphaListwise { get; init; }

    /// <summary>
    /// Cronbach's alpha from pairwise covariances; null with fewer than two items, when two items share fewer than two respondents, or when the
    /// covariances do not add up to a variance. Its interval counts the respondents of the pair that has fewest, the cautious choice (ours).
    /// </summary>
    public required AlphaEstimate? AlphaPairwise { get; init; }

    /// <summary>
    /// Alpha of complete respondents as if every item had the same SD; null as for <see cref="AlphaListwise"/> and when some item does not vary. Its interval is approximate.
    /// </summary>
    public required AlphaEstimate? AlphaStandardised { get; init; }

    /// <summary>Mean correlation of two items, complete respondents, −1 to 1; null with fewer than two items or when some item does not vary.</summary>
    public required double? MeanInterItemCorrelation { get; init; }

    /// <summary>
    /// Standard error of measurement of the sum score of complete respondents, SD · √(1 − alpha listwise), in points of the items' scale; null without that alpha.
    /// </summary>
    public required double? StandardErrorOfMeasurement { get; init; }

    /// <summary>The items, in the order given.</summary>
    public required IReadOnlyList<ItemStatistics> Items { get; init; }

    /// <summary>Computes the statistics of rows of values.</summary>
    /// <param name="rows">
    /// Shape [respondents][items]: values between the two limits, reversed items already turned round; null where there is no answer. Any order of
    /// the rows gives the same bits. No rows: no items.
    /// </param>
    /// <param name="lowest">Lowest possible value of every item; finite, at most 1e100 in size.</param>
    /// <param name="highest">Highest possible value of every item; above <paramref name="lowest"/>, finite, at most 1e100 in size.</param>
    /// <param name="level">Level of the intervals. Fraction in (0, 1).</param>
    /// <returns>The statistics. What the data cannot give is null.</returns>
    /// <exception cref="ArgumentException">Rows of different lengths, or a value that is not finite or outside the limits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit or the level is outside its range.</exception>
    public static ScaleReliability Compute(IReadOnlyList<IReadOnlyList<double?>> rows, double lowest, double highest, double level = TwoSidedT.Level)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (!(Math.Abs(lowest) <= SampleMoments.Largest))
        {
            throw new ArgumentOutOfRangeException(nameof(lowest), lowest, $"Must be finite and at most {SampleMoments.Largest} in size.");
        }

        if (!(highest > lowest && highest <= SampleMoments.Largest))
        {
            throw new ArgumentOutOfRangeException(nameof(highest), highest, $"Must be above the lowest value {lowest} and at most {SampleMoments.Largest}.");
        }

        int items = rows.Count == 0 ? 0 : rows[0].Count;
        var values = new double[rows.Count][];
        for (int row = 0; row < values.Length; row++)
        {
            if (rows[row].Count != items)
            {
                throw new ArgumentException($"Row {row} has {rows[row].Count} items, not {items}.", nameof(rows));
            }

            if (rows[row].Any(value => value is { } number && !(number >= lowest && number <= highest))) // also rejects NaN
            {
                throw new ArgumentException($"Row {row} has a value outside {lowest} to {highest}.", nameof(rows));
            }

            values[row] = [.. rows[row].Select(value => (value ?? double.NaN) + 0.0)]; // + 0.0 turns -0 into 0, which sorting would not tell apart
        }

        return Compute(ScaleMoments.Of(values, items, lowest, highest), level);
    }

    /// <summary>Computes the statistics of one component of an instrument.</summary>
    /// <param name="totals">Its totals over the responses.</param>
    /// <param name="level">Level of the intervals. Fraction in (0, 1).</param>
    /// <returns>The statistics, items in the component's order. What the data cannot give is null.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside its range.</exception>
    public static ScaleReliability Compute(ScaleTotals totals, double level = TwoSidedT.Level)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return Compute(totals.Moments(), level);
    }

    private static ScaleReliability Compute(ScaleMoments moments, double level)
    {
        if (!(level > 0 && level < 1)) // also rejects NaN
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies strictly between 0 and 1.");
        }

        PairMoments[,] listwise = moments.Listwise;
        int items = listwise.GetLength(0);
        int complete = items == 0 ? 0 : listwise[0, 0].Count;
        var sums = CovarianceSums.Of(listwise);
        double? alpha = sums.Alpha;
        int fewest = moments.Pairwise.Cast<PairMoments>().Select(pair => pair.Count).DefaultIfEmpty().Min();
        double? pairwise = fewest < 2 ? null : CovarianceSums.Of(moments.Pairwise).Alpha;
        double? correlation = MeanCorrelation(listwise);
        double? standardised = alpha is null || correlation is not { } r || 1 + (items - 1) * r <= NoVariance ? null : items * r / (1 + (items - 1) * r);
        return new ScaleReliability
        {
            Respondents = moments.Respondents,
            CompleteRespondents = complete,
            AlphaListwise = AlphaEstimate.Of(alpha, complete, items, level),
            AlphaPairwise = AlphaEstimate.Of(pairwise, fewest, items, level),
            AlphaStandardised = AlphaEstimate.Of(standardised, complete, items, level),
            MeanInterItemCorrelation = correlation,
            StandardErrorOfMeasurement = Math.Sqrt(sums.Total) * Root(1 - alpha),
            Items = [.. Enumerable.Range(0, items).Select(item => Item(moments, sums, item))],
        };
    }

    private static ItemStatistics Item(ScaleMoments moments, CovarianceSums sums, int item)
    {
        PairMoments all = moments.Pairwise[item, item];
        PairMoments complete = moments.Listwise[item, item];
        double variance = complete.Covariance;
        var rest = CovarianceSums.Of(moments.Listwise, without: item);
        double withRest = Enumerable.Range(0, rest.Count + 1).Where(other => other != item).Sum(other => moments.Listwise[item, other].Covariance);
        return new ItemStatistics
        {
            Answers = all.Count,
            Mean = all.Count == 0 ? null : all.Mean,
            StandardDeviation = all.Count < 2 ? null : Math.Sqrt(all.Covariance),
            CompleteMean = complete.Count == 0 ? null : complete.Mean,
            CompleteStandardDeviation = complete.Count < 2 ? null : Math.Sqrt(variance),
            MissingShare = moments.Respondents == 0 ? null : (double)(moments.Respondents - all.Count) / moments.Respondents,
            FloorShare = all.Count == 0 ? null : (double)moments.AtLowest[item] / all.Count,
            CeilingShare = all.Count == 0 ? null : (double)moments.AtHighest[item] / all.Count,
            ItemTotalCorrelation = sums.TotalVaries ? Correlation(variance + withRest, variance, sums.Total) : null,
            ItemRestCorrelation = rest.TotalVaries ? Correlation(withRest, variance, rest.Total) : null,
            AlphaIfDeleted = rest.Alpha,
        };
    }

    private static double? MeanCorrelation(PairMoments[,] moments)
    {
        int items = moments.GetLength(0);
        double? sum = items < 2 ? null : 0;
        for (int i = 0; i < items; i++)
        {
            for (int j = 0; j < i; j++)
            {
                sum += Correlation(moments[i, j].Covariance, moments[i, i].Covariance, moments[j, j].Covariance);
            }
        }

        return sum / (items * (items - 1) / 2.0);
    }

    /// <summary>null when one of the two does not vary. Rounding can step just past ±1.</summary>
    private static double? Correlation(double covariance, double first, double second) =>
        first > 0 && second > 0 ? Math.Clamp(covariance / (Math.Sqrt(first) * Math.Sqrt(second)), -1, 1) : null;

    private static double? Root(double? value) => value is { } number ? Math.Sqrt(number) : null;

    /// <summary>Sums over a table of covariances.</summary>
    /// <param name="Count">Number of items.</param>
    /// <param name="Items">Sum of the item variances.</param>
    /// <param name="Total">Variance of the sum score: the sum of all covariances.</param>
    private sealed record CovarianceSums(int Count, double Items, double Total)
    {
        public bool TotalVaries => Total > NoVariance * Items;

        public double? Alpha => Count > 1 && TotalVaries ? Count / (Count - 1.0) * (1 - Items / Total) : null;

        /// <param name="moments">The table.</param>
        /// <param name="without">Position of an item to leave out; null for none.</param>
        public static CovarianceSums Of(PairMoments[,] moments, int? without = null)
        {
            int[] kept = [.. Enumerable.Range(0, moments.GetLength(0)).Where(item => item != without)];
            return new CovarianceSums(
                kept.Length,
                kept.Sum(item => moments[item, item].Covariance),
                kept.Sum(first => kept.Sum(second => moments[first, second].Covariance)));
        }
    }
}

/// <summary>A reliability coefficient with its interval.</summary>
/// <param name="Value">At most 1 from complete respondents; negative when items contradict each other.</param>
/// <param name="Lower">Lower limit.</param>
/// <param name="Upper">Upper limit, at most 1.</param>
public sealed record AlphaEstimate(double Value, double Lower, double Upper)
{
    /// <summary>Feldt's interval: 1 − (1 − alpha) F at the two tails, F with n − 1 and (n − 1)(k − 1) degrees of freedom.</summary>
    internal static AlphaEstimate? Of(double? alpha, int respondents, int items, double level)
    {
        if (alpha is not { } value)
        {
            return null;
        }

        double tail = (1 - level) / 2;
        double persons = respondents - 1.0;
        double rest = persons * (items - 1);
        return new AlphaEstimate(
            value,
            1 - (1 - value) * FisherF.UpperQuantile(tail, persons, rest),
            1 - (1 - value) / FisherF.UpperQuantile(tail, rest, persons));
    }
}

/// <summary>How one item of a scale works.</summary>
public sealed record ItemStatistics
{
    /// <summary>Respondents who answered the item (count).</summary>
    public required int Answers { get; init; }

    /// <summary>Mean of all answers, on the item's scale; null without answers.</summary>
    public required double? Mean { get; init; }

    /// <summary>Sample SD of all answers, divisor n − 1; null with fewer than two.</summary>
    public required double? StandardDeviation { get; init; }

    /// <summary>Mean over the respondents who answered every item of the scale; null without any.</summary>
    public required double? CompleteMean { get; init; }

    /// <summary>Sample SD over those respondents, divisor n − 1; null with fewer than two.</summary>
    public required double? CompleteStandardDeviation { get; init; }

    /// <summary>Share of the respondents without an answer, a fraction; null without respondents.</summary>
    public required double? MissingShare { get; init; }

    /// <summary>Share of the answers at the lowest possible value, a fraction; null without answers.</summary>
    public required double? FloorShare { get; init; }

    /// <summary>Share of the answers at the highest possible value, a fraction; null without answers.</summary>
    public required double? CeilingShare { get; init; }

    /// <summary>Correlation with the sum of all items, complete respondents; null when either does not vary.</summary>
    public required double? ItemTotalCorrelation { get; init; }

    /// <summary>Correlation with the sum of the other items (corrected), complete respondents; null when either does not vary.</summary>
    public required double? ItemRestCorrelation { get; init; }

    /// <summary>Alpha of the other items, over the same complete respondents; null with fewer than three items or when their sum does not vary.</summary>
    public required double? AlphaIfDeleted { get; init; }
}
