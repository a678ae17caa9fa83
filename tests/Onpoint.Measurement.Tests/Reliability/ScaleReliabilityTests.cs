using FsCheck.Xunit;
using Onpoint.Measurement.Reliability;

namespace Onpoint.Measurement.Tests.Reliability;

public sealed class ScaleReliabilityTests
{
    /// <summary>Means 3, 3, 17/4; variances 10/3, 2, 11/12, in all 25/4; covariances 5/3 (items 1, 2), 1 (1, 3), 0 (2, 3).</summary>
    private static readonly double?[][] ByHand = [[1, 2, 3], [2, 2, 5], [4, 5, 4], [5, 3, 5]];

    /// <summary>O03: five scales of 2,800 persons, by the R package psych.</summary>
    [Fact]
    public void Statistics_match_the_case()
    {
        var reference = ReferenceCase.Committed("O03-reliability-bfi");
        IReadOnlyList<IReadOnlyDictionary<string, string>> responses = reference.Csv("responses.csv");
        Dictionary<(string Scale, string Item), ItemStatistics> items = [];
        foreach (var scale in reference.Csv("scales.csv").GroupBy(row => row["scale"]))
        {
            var statistics = ScaleReliability.Compute(
                [.. responses.Select(row => scale.Select(item => Value(row[item["item"]], item["reverse"] == "1")).ToArray())], lowest: 1, highest: 6);
            double alpha = statistics.AlphaListwise!.Value;
            Assert.Equal(2800, statistics.Respondents);
            reference.Check($"n_listwise_{scale.Key}", statistics.CompleteRespondents);
            reference.Check($"alpha_listwise_{scale.Key}", alpha);
            reference.Check($"alpha_pairwise_{scale.Key}", statistics.AlphaPairwise!.Value);
            reference.Check($"alpha_std_listwise_{scale.Key}", statistics.AlphaStandardised!.Value);
            reference.Check($"mean_r_listwise_{scale.Key}", statistics.MeanInterItemCorrelation!.Value);
            reference.Check($"sem_listwise_{scale.Key}", statistics.StandardErrorOfMeasurement!.Value);
            reference.Check($"sb_double_{scale.Key}", SpearmanBrown.Reliability(alpha, 2)!.Value);
            reference.Check($"sb_half_{scale.Key}", SpearmanBrown.Reliability(alpha, 0.5)!.Value);
            foreach ((string item, ItemStatistics own) in scale.Select(row => row["item"]).Zip(statistics.Items))
            {
                items.Add((scale.Key, item), own);
            }
        }

        reference.AssertComplete();
        Column("alpha_if_deleted", item => item.AlphaIfDeleted);
        Column("r_item_total", item => item.ItemTotalCorrelation);
        Column("r_item_rest", item => item.ItemRestCorrelation);
        Column("item_mean", item => item.CompleteMean);
        Column("item_sd", item => item.CompleteStandardDeviation);

        static double? Value(string cell, bool reversed) => cell.Length == 0 ? null : reversed ? 7 - ReferenceCase.Number(cell) : ReferenceCase.Number(cell);

        void Column(string column, Func<ItemStatistics, double?> actual) =>
            reference.CheckColumn("expected_items.csv", column, row => actual(items[(row["scale"], row["item"])]));
    }

    /// <summary>From the covariances of <see cref="ByHand"/> in fractions; the sum of all nine is 25/4 + 16/3.</summary>
    [Fact]
    public void Complete_answers_by_hand()
    {
        var statistics = ScaleReliability.Compute(ByHand, 1, 5);
        const double total = 25.0 / 4 + 16.0 / 3;
        const double alpha = 1.5 * (1 - 25.0 / 4 / total);
        double meanCorrelation = (5.0 / 3 / Math.Sqrt(10.0 / 3 * 2) + 1 / Math.Sqrt(10.0 / 3 * 11 / 12) + 0) / 3;

        Assert.Equal((4, 4, 3), (statistics.Respondents, statistics.CompleteRespondents, statistics.Items.Count));
        Assert.Equal(alpha, statistics.AlphaListwise!.Value, 1e-14);
        Assert.Equal(alpha, statistics.AlphaPairwise!.Value, 1e-14);
        Assert.Equal(meanCorrelation, statistics.MeanInterItemCorrelation!.Value, 1e-14);
        Assert.Equal(3 * meanCorrelation / (1 + 2 * meanCorrelation), statistics.AlphaStandardised!.Value, 1e-14);
        Assert.Equal(Math.Sqrt(total * (1 - alpha)), statistics.StandardErrorOfMeasurement!.Value, 1e-14);

        ItemStatistics item = statistics.Items[2];
        Assert.Equal((4, 17.0 / 4, 0.0, 0.0, 0.5), (item.Answers, item.Mean, item.MissingShare, item.FloorShare, item.CeilingShare));
        Assert.Equal(Math.Sqrt(11.0 / 12), item.StandardDeviation!.Value, 1e-15);
        Assert.Equal(1 / Math.Sqrt(11.0 / 12 * (26.0 / 3)), item.ItemRestCorrelation!.Value, 1e-14);
        Assert.Equal((1 + 11.0 / 12) / Math.Sqrt(11.0 / 12 * total), item.ItemTotalCorrelation!.Value, 1e-14);
        Assert.Equal(2 * (1 - 16.0 / 3 / (26.0 / 3)), item.AlphaIfDeleted!.Value, 1e-14);
        Assert.Equal((0.25, 0.25), (statistics.Items[0].FloorShare, statistics.Items[0].CeilingShare));
    }

    /// <summary>
    /// Missing answers. Item 2: answers 2, 2, 3 of five respondents; complete are rows 2 and 4. Pairwise covariances: (1, 2) over rows 1, 2, 4, (1, 3) over 2, 3, 4,
    /// (2, 3) over 2, 4.
    /// </summary>
    [Fact]
    public void Missing_answers_by_hand()
    {
        var statistics = ScaleReliability.Compute([[1, 2, null], [2, 2, 5], [4, null, 4], [5, 3, 4], [null, null, null]], 1, 5);
        ItemStatistics item = statistics.Items[1];

        Assert.Equal((5, 2), (statistics.Respondents, statistics.CompleteRespondents));
        Assert.Equal((3, 7.0 / 3, 0.4, 0.0, 0.0), (item.Answers, item.Mean, item.MissingShare, item.FloorShare, item.CeilingShare));
        Assert.Equal(Math.Sqrt(1.0 / 3), item.StandardDeviation!.Value, 1e-15);
        Assert.Equal((2.5, Math.Sqrt(0.5)), (item.CompleteMean, item.CompleteStandardDeviation));

        // Variances of all answers 10/3, 1/3, 1/3. Row sets: (1, 2) 1, 2, 5 and 2, 2, 3: 7/6; (1, 3) 2, 4, 5 and 5, 4, 4: −5/6; (2, 3) 2, 3 and 5, 4: −1/2.
        const double variances = 4;
        const double total = variances + 2 * (7.0 / 6 - 5.0 / 6 - 0.5);
        Assert.Equal(1.5 * (1 - variances / total), statistics.AlphaPairwise!.Value, 1e-13);

        // Complete: 2, 2, 5 and 5, 3, 4: differences 3, 1, −1; covariances are half the products of differences.
        Assert.Equal(1.5 * (1 - 11.0 / 9), statistics.AlphaListwise!.Value, 1e-14);
    }

    /// <summary>
    /// Ten persons, five items: F quantiles with 9 and 36 degrees of freedom by reference.py.
    /// </summary>
    [Fact]
    public void The_interval_is_that_of_Feldt()
    {
        var random = new Random(4);
        double?[][] rows = [.. Enumerable.Range(0, 10).Select(person => Enumerable.Range(0, 5).Select(_ => (double?)(1 + person % 3 + random.Next(3))).ToArray())];
        rows[0][0] = null;
        rows = [.. rows, [3, 3, 2, 4, 3]];
        var statistics = ScaleReliability.Compute(rows, 1, 5);

        Assert.Equal(10, statistics.CompleteRespondents);
        foreach (AlphaEstimate alpha in new[] { statistics.AlphaListwise!, statistics.AlphaPairwise!, statistics.AlphaStandardised! })
        {
            Assert.Equal(1 - (1 - alpha.Value) * ReliabilityReference.Value("F/0.025/9/36"), alpha.Lower, 1e-12);
            Assert.Equal(1 - (1 - alpha.Value) * ReliabilityReference.Value("F/0.975/9/36"), alpha.Upper, 1e-12);
        }
    }

    /// <summary>The limit for the 2,709 complete respondents of O03's first scale: F(.025; 2708, 10832) by reference.py, alpha by psych.</summary>
    [Fact]
    public void The_lower_limit_of_a_large_sample()
    {
        var estimate = AlphaEstimate.Of(0.703755894374836, 2709, 5, 0.95)!;

        Assert.Equal(1 - (1 - 0.703755894374836) * ReliabilityReference.Value("F/0.025/2708/10832"), estimate.Lower, 1e-12);
    }

    /// <summary>Property: a wider level gives an interval around the narrower one, with alpha inside both.</summary>
    [Fact]
    public void Intervals_grow_with_their_level()
    {
        AlphaEstimate narrow = ScaleReliability.Compute(ByHand, 1, 5, 0.5).AlphaListwise!;
        AlphaEstimate wide = ScaleReliability.Compute(ByHand, 1, 5, 0.99).AlphaListwise!;

        Assert.True(wide.Lower < narrow.Lower && narrow.Lower < narrow.Value && narrow.Value < narrow.Upper && narrow.Upper < wide.Upper && wide.Upper < 1);
    }

    [Fact]
    public void Equal_items_are_perfectly_reliable()
    {
        var statistics = ScaleReliability.Compute([[1, 1, 1], [2, 2, 2], [5, 5, 5]], 1, 5);

        Assert.All(new[] { statistics.AlphaListwise, statistics.AlphaPairwise, statistics.AlphaStandardised }, alpha => Assert.Equal((1, 1, 1), (Math.Round(alpha!.Value, 14), Math.Round(alpha.Lower, 12), Math.Round(alpha.Upper, 14))));
        Assert.Equal(0, statistics.StandardErrorOfMeasurement!.Value, 1e-7);
        Assert.All(statistics.Items, item => Assert.Equal((1, 1, 1), (Math.Round(item.ItemTotalCorrelation!.Value, 14), Math.Round(item.ItemRestCorrelation!.Value, 14), Math.Round(item.AlphaIfDeleted!.Value, 14))));
    }

    [Fact]
    public void No_respondents_and_no_items_give_nothing()
    {
        var none = ScaleReliability.Compute([], 1, 5);
        var noItems = ScaleReliability.Compute([[], []], 1, 5);

        Assert.Equal((0, 0, 0), (none.Respondents, none.CompleteRespondents, none.Items.Count));
        Assert.Equal((2, 0, 0), (noItems.Respondents, noItems.CompleteRespondents, noItems.Items.Count));
        AssertNoScale(none);
        AssertNoScale(noItems);
    }

    [Fact]
    public void Empty_answers_leave_nulls()
    {
        var statistics = ScaleReliability.Compute([[null, null]], 1, 5);

        AssertNoScale(statistics);
        Assert.Equal(
            new ItemStatistics
            {
                Answers = 0,
                Mean = null,
                StandardDeviation = null,
                CompleteMean = null,
                CompleteStandardDeviation = null,
                MissingShare = 1,
                FloorShare = null,
                CeilingShare = null,
                ItemTotalCorrelation = null,
                ItemRestCorrelation = null,
                AlphaIfDeleted = null,
            },
            statistics.Items[0]);
    }

    [Fact]
    public void One_respondent_has_means_only()
    {
        var statistics = ScaleReliability.Compute([[1, 5]], 1, 5);
        ItemStatistics item = statistics.Items[0];

        AssertNoScale(statistics);
        Assert.Equal((1, 1.0, 1.0, 1.0, 0.0), (item.Answers, item.Mean, item.CompleteMean, item.FloorShare, item.CeilingShare));
        Assert.Equal([null, null, null, null], new[] { item.StandardDeviation, item.CompleteStandardDeviation, item.ItemTotalCorrelation, item.AlphaIfDeleted });
    }

    /// <summary>One item is its own total; a scale of one item has no alpha.</summary>
    [Fact]
    public void One_item_is_no_scale()
    {
        var statistics = ScaleReliability.Compute([[1], [2], [4]], 1, 5);
        ItemStatistics item = statistics.Items[0];

        AssertNoScale(statistics);
        Assert.Equal(3, statistics.CompleteRespondents);
        Assert.Equal(1, item.ItemTotalCorrelation!.Value, 1e-15);
        Assert.Equal([null, null], new[] { item.ItemRestCorrelation, item.AlphaIfDeleted });
    }

    /// <summary>Two items have an alpha, but what is left of one deleted has none.</summary>
    [Fact]
    public void Two_items_are_a_scale_but_one_is_not()
    {
        var statistics = ScaleReliability.Compute([[1, 1], [2, 4], [3, 4]], 1, 5); // variances 1 and 3, covariance 1.5
        ItemStatistics item = statistics.Items[0];

        Assert.Equal(2 * (1 - 4.0 / 7), statistics.AlphaListwise!.Value, 1e-14);
        Assert.Equal(1.5 / Math.Sqrt(3), item.ItemRestCorrelation!.Value, 1e-14);
        Assert.Null(item.AlphaIfDeleted);
    }

    /// <summary>0.1 is not representable; an item that never varies must be seen as such.</summary>
    [Fact]
    public void A_constant_item_has_no_correlations()
    {
        var statistics = ScaleReliability.Compute([[0.1, 1, 3], [0.1, 2, 3], [0.1, 3, 5], [0.1, 2, 4]], 0.1, 5);
        ItemStatistics constant = statistics.Items[0];

        Assert.NotNull(statistics.AlphaListwise);
        Assert.Equal([null, null], new[] { statistics.MeanInterItemCorrelation, statistics.AlphaStandardised?.Value });
        Assert.Equal((0.1, 0, 1, 0), (constant.Mean, constant.StandardDeviation, constant.FloorShare, constant.CeilingShare));
        Assert.Equal([null, null], new[] { constant.ItemTotalCorrelation, constant.ItemRestCorrelation });
        Assert.NotNull(constant.AlphaIfDeleted);
        Assert.NotNull(statistics.Items[1].ItemRestCorrelation);
    }

    [Fact]
    public void Everything_constant_leaves_nulls()
    {
        var statistics = ScaleReliability.Compute([[3, 4, 2], [3, 4, 2]], 1, 5);

        AssertNoScale(statistics);
        Assert.All(statistics.Items, item => Assert.Equal((0.0, null, null, null), (item.StandardDeviation, item.ItemTotalCorrelation, item.ItemRestCorrelation, item.AlphaIfDeleted)));
    }

    /// <summary>Two items that add up to 6 for everybody: the sum does not vary, alpha would be minus infinity. 0.1 makes rounding errors of it.</summary>
    [Fact]
    public void A_constant_sum_has_no_alpha()
    {
        var statistics = ScaleReliability.Compute([[1.1, 4.9], [2.3, 3.7], [4.6, 1.4], [5, 1]], 1, 5);

        Assert.Equal([null, null, null], new[] { statistics.AlphaListwise, statistics.AlphaPairwise, statistics.AlphaStandardised });
        Assert.Null(statistics.StandardErrorOfMeasurement);
        Assert.Equal(-1, statistics.MeanInterItemCorrelation!.Value, 1e-14);
        Assert.All(statistics.Items, item => Assert.Null(item.ItemTotalCorrelation));
        Assert.All(statistics.Items, item => Assert.Equal(-1, item.ItemRestCorrelation!.Value, 1e-14));
    }

    /// <summary>Two items that never meet in two respondents: no covariance of the pair, so no pairwise alpha; one shared respondent is not enough.</summary>
    [Fact]
    public void Items_without_shared_respondents_have_no_pairwise_alpha()
    {
        Assert.Null(ScaleReliability.Compute([[1, null], [3, null], [null, 2], [null, 5]], 1, 5).AlphaPairwise);
        Assert.Null(ScaleReliability.Compute([[1, null], [3, 4], [null, 2], [null, 5]], 1, 5).AlphaPairwise);
        Assert.NotNull(ScaleReliability.Compute([[1, 3], [3, 4], [null, 2], [null, 5]], 1, 5).AlphaPairwise);
    }

    /// <summary>Property: the order of the respondents moves no bit, and moving and stretching the scale moves no coefficient.</summary>
    [Property(MaxTest = 30)]
    public void Order_level_and_scale_do_not_matter(int seed)
    {
        var random = new Random(seed);
        double?[][] rows = [.. Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, 4).Select(_ => random.Next(8) == 0 ? (double?)null : 1 + 4 * random.NextDouble()).ToArray())];
        var statistics = ScaleReliability.Compute(rows, 1, 5);
        var shuffled = ScaleReliability.Compute([.. rows.OrderBy(_ => random.Next())], 1, 5);
        var stretched = ScaleReliability.Compute([.. rows.Select(row => row.Select(value => 200 * value).ToArray())], 200, 1000);

        Assert.Equal(statistics with { Items = shuffled.Items }, shuffled);
        Assert.Equal(statistics.Items, shuffled.Items);
        AssertNear(statistics.AlphaListwise?.Lower, stretched.AlphaListwise?.Lower, 1e-6);
        AssertNear(statistics.AlphaPairwise?.Value, stretched.AlphaPairwise?.Value, 1e-6);
        AssertNear(200 * statistics.StandardErrorOfMeasurement, stretched.StandardErrorOfMeasurement, 1e-6);
        AssertNear(200 * statistics.Items[0].StandardDeviation, stretched.Items[0].StandardDeviation, 1e-9);

        static void AssertNear(double? expected, double? actual, double tolerance)
        {
            Assert.Equal(expected is null, actual is null);
            Assert.Equal(expected ?? 0, actual ?? 0, tolerance * (1 + Math.Abs(expected ?? 0)));
        }
    }

    [Theory]
    [InlineData(double.NaN, 5, 0.95, "lowest")]
    [InlineData(double.NegativeInfinity, 5, 0.95, "lowest")]
    [InlineData(1, 1, 0.95, "highest")]
    [InlineData(1, double.NaN, 0.95, "highest")]
    [InlineData(1, double.PositiveInfinity, 0.95, "highest")]
    [InlineData(1, 5, 0, "level")]
    [InlineData(1, 5, 1, "level")]
    [InlineData(1, 5, double.NaN, "level")]
    public void Limits_and_level_have_ranges(double lowest, double highest, double level, string parameter) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(() => ScaleReliability.Compute(Array.Empty<double?[]>(), lowest, highest, level)).ParamName);

    [Fact]
    public void Wrong_rows_name_the_parameter()
    {
        Assert.Throws<ArgumentNullException>("rows", () => ScaleReliability.Compute(null!, 1, 5));
        Assert.Throws<ArgumentNullException>("totals", () => ScaleReliability.Compute(null!));
        Assert.Throws<ArgumentException>("rows", () => ScaleReliability.Compute([[1, 2], [1]], 1, 5));
        Assert.Throws<ArgumentException>("rows", () => ScaleReliability.Compute([[1, double.NaN]], 1, 5));
        Assert.Throws<ArgumentException>("rows", () => ScaleReliability.Compute([[1, 5.001]], 1, 5));
        Assert.Throws<ArgumentException>("rows", () => ScaleReliability.Compute([[0.999, 5]], 1, 5));
    }

    private static void AssertNoScale(ScaleReliability statistics)
    {
        Assert.Equal([null, null, null], new[] { statistics.AlphaListwise, statistics.AlphaPairwise, statistics.AlphaStandardised });
        Assert.Equal([null, null], new[] { statistics.MeanInterItemCorrelation, statistics.StandardErrorOfMeasurement });
    }
}
