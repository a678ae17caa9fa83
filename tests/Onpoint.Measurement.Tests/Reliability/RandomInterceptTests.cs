using System.Globalization;
using FsCheck.Xunit;
using Onpoint.Measurement.Reliability;

namespace Onpoint.Measurement.Tests.Reliability;

public sealed class RandomInterceptTests
{
    private static readonly ReferenceCase Reference = ReferenceCase.Committed("O06-random-intercept-reml");

    /// <summary>O06: High School and Beyond, Dyestuff, and Dyestuff2, whose variance between batches is 0. By lme4 and as published.</summary>
    [Fact]
    public void Fits_match_the_case()
    {
        foreach ((string name, string group, string value) in new[] { ("hsb", "school", "mathach"), ("dyestuff", "batch", "yield"), ("dyestuff2", "batch", "yield") })
        {
            GroupValues[] groups = Groups(Reference.Csv($"{name}.csv").Select(row => (row[group], ReferenceCase.Number(row[value]))));
            RandomInterceptFit fit = RandomIntercept.Fit(groups)!;
            RandomInterceptFit full = RandomIntercept.Fit(groups, LikelihoodCriterion.Full)!;
            Reference.Check($"N_{name}", fit.Observations);
            Reference.Check($"J_{name}", fit.Groups.Count);
            Reference.Check($"tau2_{name}", fit.BetweenVariance);
            Reference.Check($"sigma2_{name}", fit.WithinVariance);
            Reference.Check($"mu_{name}", fit.Mean);
            Reference.Check($"se_mu_{name}", fit.MeanStandardError);
            Reference.Check($"icc_{name}", fit.IntraclassCorrelation!.Value);
            Reference.Check($"reml_deviance_{name}", fit.Deviance!.Value);
            Reference.Check($"tau2_ML_{name}", full.BetweenVariance);
            Reference.Check($"sigma2_ML_{name}", full.WithinVariance);
            Reference.Check($"ml_deviance_{name}", full.Deviance!.Value);

            var effects = fit.Groups.ToDictionary(effect => effect.Group);
            Assert.Equal(Reference.Csv($"expected_eb_{name}.csv").Count, effects.Count);
            Column("n", effect => effect.Observations);
            Column("mean", effect => effect.Mean);
            Column("reliability", effect => effect.Reliability);
            Column("blup", effect => effect.Effect);
            Column("eb_mean", effect => effect.EmpiricalBayesMean);
            Column("se_eb", effect => effect.ConditionalStandardError);
            Column("se_eb_mu", effect => effect.PredictionStandardError);

            void Column(string column, Func<GroupEffect, double> actual) =>
                Reference.CheckColumn($"expected_eb_{name}.csv", column, row => actual(effects[row["group"]]));
        }

        Reference.AssertComplete();
    }

    /// <summary>Dense likelihood in 50 digits (reference.py). The groups are unbalanced, and some hold one value.</summary>
    [Theory]
    [InlineData("unbalanced")]
    [InlineData("outer-zero")]
    [InlineData("member-zero")]
    [InlineData("both-zero")]
    public void Fits_match_the_dense_likelihood(string set)
    {
        GroupValues[] groups = Groups(ReliabilityReference.Set(set).Select(row => ($"{row.District}/{row.School}", row.Value)));
        RandomInterceptFit fit = RandomIntercept.Fit(groups)!;
        RandomInterceptFit full = RandomIntercept.Fit(groups, LikelihoodCriterion.Full)!;

        foreach ((string key, RandomInterceptFit actual) in new[] { ($"two/{set}", fit), ($"two-full/{set}", full) })
        {
            AssertNear($"{key}/mu", actual.Mean);
            AssertNear($"{key}/se", actual.MeanStandardError);
            AssertNear($"{key}/between", actual.BetweenVariance);
            AssertNear($"{key}/within", actual.WithinVariance);
            AssertNear($"{key}/deviance", actual.Deviance!.Value);
            Assert.Equal(-actual.Deviance / 2, actual.LogLikelihood);
        }

        foreach (GroupEffect effect in fit.Groups)
        {
            AssertNear($"two/{set}/{effect.Group}/effect", effect.Effect);
            AssertNear($"two/{set}/{effect.Group}/conditional", effect.ConditionalStandardError);
            AssertNear($"two/{set}/{effect.Group}/mean", effect.EmpiricalBayesMean);
            AssertNear($"two/{set}/{effect.Group}/prediction", effect.PredictionStandardError);
        }

        Assert.Equal(ReliabilityReference.Keys($"two/{set}/").Length - 5, 4 * fit.Groups.Count);
        Assert.Equal(fit.BetweenVariance / (fit.BetweenVariance + fit.WithinVariance), fit.IntraclassCorrelation);
    }

    /// <summary>With equal groups REML is the analysis of variance, cut off at 0, as long as it is not negative ([Searle1992]).</summary>
    [Property(MaxTest = 30)]
    public void Equal_groups_give_the_analysis_of_variance(int seed)
    {
        var random = new Random(seed);
        GroupValues[] groups = [.. Enumerable.Range(0, 4).Select(group => new GroupValues($"{group}", [.. Enumerable.Range(0, 5).Select(_ => 60 * random.NextDouble() + 20 * group)]))];
        var analysis = OneWayAnova.Compute([.. groups.Select(group => group.Values)]);
        RandomInterceptFit fit = RandomIntercept.Fit(groups)!;

        Assert.Equal(analysis.BetweenVariance!.Value, fit.BetweenVariance, 1e-8);
        Assert.Equal(analysis.UntruncatedBetweenVariance >= 0 ? analysis.MeanSquareWithin!.Value : (analysis.SumSquaresBetween + analysis.SumSquaresWithin) / 19, fit.WithinVariance, 1e-8);
        Assert.Equal(Math.Max(0, analysis.Icc2!.Value), fit.Groups[0].Reliability, 1e-10);
    }

    /// <summary>Adding 10^9 to every value moves means alone; a power of two as factor moves no digit at all.</summary>
    [Fact]
    public void Level_and_scale_do_not_matter()
    {
        GroupValues[] groups = Groups(ReliabilityReference.Set("unbalanced").Select(row => ($"{row.District}/{row.School}", row.Value)));
        RandomInterceptFit fit = RandomIntercept.Fit(groups)!;
        RandomInterceptFit moved = RandomIntercept.Fit([.. groups.Select(group => group with { Values = [.. group.Values.Select(value => value + 1e9)] })])!;
        RandomInterceptFit scaled = RandomIntercept.Fit([.. groups.Select(group => group with { Values = [.. group.Values.Select(value => 4 * value)] })])!;

        Assert.Equal(fit.BetweenVariance, moved.BetweenVariance, 1e-8);
        Assert.Equal(fit.Groups[3].Effect, moved.Groups[3].Effect, 1e-9);
        Assert.Equal(fit.Mean, moved.Mean - 1e9, 1e-6);
        Assert.Equal(16 * fit.BetweenVariance, scaled.BetweenVariance, 1e-9);
        Assert.Equal(4 * fit.Groups[3].PredictionStandardError, scaled.Groups[3].PredictionStandardError, 1e-11);
    }

    [Fact]
    public void Order_moves_no_bit()
    {
        GroupValues[] groups = Groups(ReliabilityReference.Set("unbalanced").Select(row => ($"{row.District}/{row.School}", row.Value / 3)));
        RandomInterceptFit fit = RandomIntercept.Fit(groups)!;
        RandomInterceptFit turned = RandomIntercept.Fit([.. groups.Reverse().Select(group => group with { Values = [.. group.Values.Reverse()] })])!;

        Assert.Equal(fit.Groups, turned.Groups);
        Assert.Equal(fit with { Groups = turned.Groups }, turned);
    }

    /// <summary>Groups 1, 1 / 4, 4, 4 / 7: sigma² 0; tau² is the variance of 1, 4, 7, which is 9 (full likelihood 18 / 3); SE of the mean √(9 / 3).</summary>
    [Fact]
    public void Without_variation_inside_the_group_means_are_the_truth()
    {
        GroupValues[] groups = [new("a", [1, 1]), new("b", [4, 4, 4]), new("c", [7])];
        RandomInterceptFit fit = RandomIntercept.Fit(groups)!;

        Assert.Equal((6, 4, 9, 0), (fit.Observations, fit.Mean, fit.BetweenVariance, fit.WithinVariance));
        Assert.Equal(Math.Sqrt(3), fit.MeanStandardError, 1e-15);
        Assert.Equal([null, null], new[] { fit.Deviance, fit.LogLikelihood });
        Assert.Equal(1, fit.IntraclassCorrelation);
        Assert.Equal(
            new GroupEffect { Group = "a", Observations = 2, Mean = 1, Reliability = 1, Effect = -3, EmpiricalBayesMean = 1, ConditionalStandardError = 0, PredictionStandardError = 0 },
            fit.Groups[0]);
        Assert.Equal(6, RandomIntercept.Fit(groups, LikelihoodCriterion.Full)!.BetweenVariance);
    }

    [Fact]
    public void Constant_values_have_no_variance_at_all()
    {
        RandomInterceptFit fit = RandomIntercept.Fit([new("a", [0.1, 0.1, 0.1]), new("b", [0.1])])!;

        Assert.Equal((0.1, 0, 0, 0), (fit.Mean, fit.MeanStandardError, fit.BetweenVariance, fit.WithinVariance));
        Assert.Equal([null, null], new[] { fit.IntraclassCorrelation, fit.Deviance });
        Assert.Equal((0, 0, 0.1, 0, 0), (fit.Groups[1].Reliability, fit.Groups[1].Effect, fit.Groups[1].EmpiricalBayesMean, fit.Groups[1].ConditionalStandardError, fit.Groups[1].PredictionStandardError));
    }

    /// <summary>A spread inside of one part in 10^12 of that between: the ratio of the variances is about 10^24 and still found. tau² tends to the variance of 1, 4, 7.</summary>
    [Fact]
    public void A_hardly_varying_inside_is_no_trouble()
    {
        RandomInterceptFit fit = RandomIntercept.Fit([new("a", [1, 1 + 1e-12]), new("b", [4, 4]), new("c", [7])])!;

        Assert.Equal(9, fit.BetweenVariance, 1e-9);
        Assert.Equal(0.25e-24, fit.WithinVariance, 1e-28); // SS 0.5e-24 over N − J = 2
        Assert.NotNull(fit.Deviance);
    }

    [Fact]
    public void Effects_of_no_variance_are_plain_zeros() => Assert.All(
        RandomIntercept.Fit(Groups(Reference.Csv("dyestuff2.csv").Select(row => (row["batch"], ReferenceCase.Number(row["yield"])))))!.Groups,
        effect => Assert.Equal("0", effect.Effect.ToString(CultureInfo.InvariantCulture)));

    [Fact]
    public void Too_little_data_gives_no_fit()
    {
        Assert.Null(RandomIntercept.Fit([]));
        Assert.Null(RandomIntercept.Fit([new("a", [1, 2, 3])]));
        Assert.Null(RandomIntercept.Fit([new("a", [1]), new("b", [2]), new("c", [5])]));
        Assert.NotNull(RandomIntercept.Fit([new("a", [1]), new("b", [2, 5])]));
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        Assert.Throws<ArgumentNullException>("groups", () => RandomIntercept.Fit(null!));
        Assert.Throws<ArgumentException>("groups", () => RandomIntercept.Fit([new("a", [1]), new("a", [2, 5])]));
        Assert.Throws<ArgumentException>("groups", () => RandomIntercept.Fit([new("a", []), new("b", [2, 5])]));
        Assert.Throws<ArgumentException>("groups", () => RandomIntercept.Fit([new("a", [double.NaN]), new("b", [2, 5])]));
    }

    private static GroupValues[] Groups(IEnumerable<(string Group, double Value)> rows) =>
        [.. rows.GroupBy(row => row.Group, row => row.Value).Select(group => new GroupValues(group.Key, [.. group]))];

    /// <summary>Ten digits, or eleven decimals for what is 0.</summary>
    private static void AssertNear(string key, double actual)
    {
        double expected = ReliabilityReference.Value(key);
        Assert.True(Math.Abs(actual - expected) <= Math.Max(1e-10 * Math.Abs(expected), 1e-11), $"{key}: {actual:R}, expected {expected:R}.");
    }
}
