using FsCheck.Xunit;
using Onpoint.Measurement.Reliability;

namespace Onpoint.Measurement.Tests.Reliability;

public sealed class OneWayAnovaTests
{
    /// <summary>O05: 7,382 soldiers in 99 companies, by the R package multilevel.</summary>
    [Fact]
    public void Intraclass_correlations_match_the_case()
    {
        var reference = ReferenceCase.Committed("O05-icc-bh1996");
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = reference.Csv("bh1996.csv");
        foreach (string measure in new[] { "COHES", "LEAD", "HRS", "WBEING" })
        {
            GroupValues[] groups = [.. rows.GroupBy(row => row["GRP"]).Select(group => new GroupValues(group.Key, [.. group.Select(row => ReferenceCase.Number(row[measure]))]))];
            var analysis = OneWayAnova.Compute([.. groups.Select(group => group.Values)]);
            reference.Check($"MSB_{measure}", analysis.MeanSquareBetween!.Value);
            reference.Check($"MSW_{measure}", analysis.MeanSquareWithin!.Value);
            reference.Check($"F_{measure}", analysis.F!.Value);
            reference.Check($"ICC1_meansize_{measure}", analysis.Icc1!.Value);
            reference.Check($"ICC1_n0_{measure}", analysis.Icc1EffectiveSize!.Value);
            reference.Check($"ICC2_{measure}", analysis.Icc2!.Value);
            reference.Check($"deff_{measure}", analysis.DesignEffect!.Value);
            reference.Check($"tau2_anova_{measure}", analysis.BetweenVariance!.Value);
            reference.Check($"ICC_REML_{measure}", RandomIntercept.Fit(groups)!.IntraclassCorrelation!.Value);
            reference.Check("N", analysis.Observations);
            reference.Check("J", analysis.Groups);
            reference.Check("n0", analysis.EffectiveGroupSize!.Value);
            reference.Check("kbar", analysis.MeanGroupSize!.Value);
        }

        reference.AssertComplete();
    }

    /// <summary>O12: PlantGrowth, F 4.846 and p 0.01591 as printed by R.</summary>
    [Fact]
    public void Plant_growth_matches_R()
    {
        var reference = ReferenceCase.Committed("O12-comparisons");
        var analysis = OneWayAnova.Compute(
            [.. reference.Csv("plantgrowth.csv").GroupBy(row => row["group"]).Select(group => group.Select(row => ReferenceCase.Number(row["weight"])).ToArray())]);

        reference.Check("anova_F", analysis.F!.Value);
        reference.Check("anova_p", analysis.PValue!.Value);
    }

    /// <summary>O06, trap: Dyestuff2, whose untruncated estimate is −1.321912768.</summary>
    [Fact]
    public void A_negative_variance_is_cut_off_and_still_told()
    {
        var analysis = OneWayAnova.Compute(
            [.. ReferenceCase.Committed("O06-random-intercept-reml").Csv("dyestuff2.csv").GroupBy(row => row["batch"]).Select(group => group.Select(row => ReferenceCase.Number(row["yield"])).ToArray())]);

        Assert.Equal(-1.321912768, analysis.UntruncatedBetweenVariance!.Value, 5e-10);
        Assert.Equal(0, analysis.BetweenVariance);
        Assert.True(analysis.Icc1 < 0 && analysis.Icc2 < 0 && analysis.DesignEffect < 1);
    }

    /// <summary>
    /// By hand: groups 1, 3 / 4, 6, 8 / 9. Means 2, 6, 9, grand mean 31 / 6. SSW = 2 + 8 = 10; the squares sum to 207, so SSB = 207 − 31² / 6 − 10.
    /// n0 = (6 − 14 / 6) / 2 = 11 / 6.
    /// </summary>
    [Fact]
    public void Unequal_groups_by_hand()
    {
        var analysis = OneWayAnova.Compute([[1, 3], [4, 6, 8], [9]]);
        const double between = 207 - 961.0 / 6 - 10;
        const double within = 10.0 / 3;

        Assert.Equal((3, 6, 2, 3), (analysis.Groups, analysis.Observations, analysis.DegreesOfFreedomBetween, analysis.DegreesOfFreedomWithin));
        Assert.Equal(31.0 / 6, analysis.GrandMean!.Value, 1e-14);
        Assert.Equal(between, analysis.SumSquaresBetween, 1e-13);
        Assert.Equal(10, analysis.SumSquaresWithin, 1e-13);
        Assert.Equal(2, analysis.MeanGroupSize);
        Assert.Equal(11.0 / 6, analysis.EffectiveGroupSize!.Value, 1e-14);
        Assert.Equal(between / 2 / within, analysis.F!.Value, 1e-13);
        Assert.Equal(Math.Sqrt(within), analysis.ResidualStandardDeviation!.Value, 1e-14);
        Assert.Equal(between / (between + 10), analysis.RSquared!.Value, 1e-14);
        Assert.Equal((between / 2 - within) / (between / 2 + within), analysis.Icc1!.Value, 1e-14);
        Assert.Equal((between / 2 - within) / (between / 2 + 5.0 / 6 * within), analysis.Icc1EffectiveSize!.Value, 1e-14);
        Assert.Equal((between / 2 - within) / (between / 2), analysis.Icc2!.Value, 1e-14);
        Assert.Equal((between / 2 - within) / (11.0 / 6), analysis.BetweenVariance!.Value, 1e-13);
        Assert.Equal(analysis.BetweenVariance, analysis.UntruncatedBetweenVariance);
        Assert.Equal(1 + analysis.Icc1.Value, analysis.DesignEffect!.Value, 1e-14);
    }

    [Fact]
    public void No_groups_and_one_group_leave_nulls()
    {
        var none = OneWayAnova.Compute([]);
        var one = OneWayAnova.Compute([[1, 2, 3]]);

        Assert.Equal((0, 0, 0, 0), (none.Groups, none.Observations, none.DegreesOfFreedomBetween, none.DegreesOfFreedomWithin));
        Assert.Equal([null, null, null, null, null], new[] { none.GrandMean, none.MeanGroupSize, none.EffectiveGroupSize, none.RSquared, none.MeanSquareWithin });
        Assert.Equal((0, 2), (one.DegreesOfFreedomBetween, one.DegreesOfFreedomWithin));
        Assert.Equal([2, 1, 1, 0], new[] { one.GrandMean, one.MeanSquareWithin, one.ResidualStandardDeviation, one.RSquared });
        Assert.Equal(
            [null, null, null, null, null, null, null, null, null, null],
            new[] { one.MeanSquareBetween, one.F, one.PValue, one.EffectiveGroupSize, one.Icc1, one.Icc1EffectiveSize, one.Icc2, one.BetweenVariance, one.UntruncatedBetweenVariance, one.DesignEffect });
    }

    [Fact]
    public void Groups_of_one_have_no_within_part()
    {
        var analysis = OneWayAnova.Compute([[1], [3]]);

        Assert.Equal(2, analysis.MeanSquareBetween);
        Assert.Equal([null, null, null, null, null], new[] { analysis.MeanSquareWithin, analysis.F, analysis.PValue, analysis.Icc1, analysis.ResidualStandardDeviation });
        Assert.Equal(1, analysis.EffectiveGroupSize);
    }

    /// <summary>0.1 is not representable: its sums must still leave exact zeros.</summary>
    [Fact]
    public void Constant_values_have_no_ratios()
    {
        var analysis = OneWayAnova.Compute([[0.1, 0.1, 0.1], [0.1, 0.1], [0.1]]);

        Assert.Equal([0.1, 0, 0, 0], new[] { analysis.GrandMean, analysis.SumSquaresBetween, analysis.SumSquaresWithin, analysis.BetweenVariance });
        Assert.Equal([null, null, null, null, null], new[] { analysis.F, analysis.PValue, analysis.RSquared, analysis.Icc1, analysis.Icc2 });
    }

    [Fact]
    public void Groups_that_differ_without_varying_are_wholly_alike_inside()
    {
        var analysis = OneWayAnova.Compute([[1, 1], [3, 3]]);

        Assert.Equal([null, null], new[] { analysis.F, analysis.PValue });
        Assert.Equal([1, 1, 1, 2], new[] { analysis.Icc1, analysis.Icc2, analysis.RSquared, analysis.BetweenVariance });
    }

    /// <summary>Property: neither the order of groups nor that of values moves a bit, and the parts add up to the whole.</summary>
    [Property(MaxTest = 50)]
    public void Order_moves_no_bit_and_parts_add_up(int seed)
    {
        var random = new Random(seed);
        double[][] groups = [.. Enumerable.Range(0, 2 + random.Next(6)).Select(_ => Enumerable.Range(0, 1 + random.Next(5)).Select(_ => 600 + 100 * random.NextDouble()).ToArray())];
        double[][] shuffled = [.. groups.Select(group => group.OrderBy(_ => random.Next()).ToArray()).OrderBy(_ => random.Next())];
        var analysis = OneWayAnova.Compute(groups);
        UnivariateSummary all = UnivariateSummary.Of([.. groups.SelectMany(group => group)]);

        Assert.Equal(analysis, OneWayAnova.Compute(shuffled));
        Assert.Equal(Math.Pow(all.StandardDeviation!.Value, 2) * (all.Count - 1), analysis.SumSquaresBetween + analysis.SumSquaresWithin, 1e-8);
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        Assert.Throws<ArgumentException>("groups", () => OneWayAnova.Compute([[1, 2], []]));
        Assert.Throws<ArgumentException>("groups", () => OneWayAnova.Compute([[1, double.NaN]]));
        Assert.Throws<ArgumentNullException>("groups", () => OneWayAnova.Compute(null!));
    }
}
