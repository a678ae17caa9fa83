using Onpoint.Measurement.Reliability;

namespace Onpoint.Measurement.Tests.Reliability;

public sealed class NestedRandomInterceptsTests
{
    /// <summary>O18: Pastes, by lme4 and as published.</summary>
    [Fact]
    public void Fit_matches_the_case()
    {
        var reference = ReferenceCase.Committed("O18-three-level-reml");
        NestedRandomInterceptsFit fit = NestedRandomIntercepts.Fit(
            Groups(reference.Csv("pastes.csv").Select(row => (row["batch"], row["cask"], ReferenceCase.Number(row["strength"])))))!;

        reference.Check("sd_cask", Math.Sqrt(fit.MemberVariance));
        reference.Check("sd_batch", Math.Sqrt(fit.OuterVariance));
        reference.Check("sd_resid", Math.Sqrt(fit.WithinVariance));
        reference.Check("mu", fit.Mean);
        reference.Check("se_mu", fit.MeanStandardError);
        reference.Check("reml_deviance", fit.Deviance!.Value);
        reference.AssertComplete();

        var batches = fit.Groups.ToDictionary(group => group.Outer.Group, group => group.Outer);
        var casks = fit.Groups.SelectMany(group => group.Members).ToDictionary(cask => cask.Group);
        Assert.Equal((10, 30, 60), (batches.Count, casks.Count, fit.Observations));
        reference.CheckColumn("expected_batch.csv", "blup", row => batches[row["batch"]].Effect);
        reference.CheckColumn("expected_batch.csv", "se", row => batches[row["batch"]].ConditionalStandardError);
        reference.CheckColumn("expected_cask.csv", "blup", row => casks[row["cask"]].Effect);
        reference.CheckColumn("expected_cask.csv", "se", row => casks[row["cask"]].ConditionalStandardError);
    }

    /// <summary>Dense likelihood in 50 digits (reference.py): both variances above 0, either at 0, both at 0; unbalanced, with single members and single values.</summary>
    [Theory]
    [InlineData("unbalanced")]
    [InlineData("outer-zero")]
    [InlineData("member-zero")]
    [InlineData("both-zero")]
    public void Fits_match_the_dense_likelihood(string set)
    {
        (string District, string School, double Value)[] rows = ReliabilityReference.Set(set);
        NestedRandomInterceptsFit fit = NestedRandomIntercepts.Fit(Groups(rows))!;

        AssertNear("mu", fit.Mean);
        AssertNear("se", fit.MeanStandardError);
        AssertNear("outer", fit.OuterVariance);
        AssertNear("member", fit.MemberVariance);
        AssertNear("within", fit.WithinVariance);
        AssertNear("deviance", fit.Deviance!.Value);
        Assert.Equal(-fit.Deviance / 2, fit.LogLikelihood);
        foreach (NestedGroupEffect group in fit.Groups)
        {
            AssertEffect(group.Outer.Group, group.Outer);
            double[] values = [.. rows.Where(row => row.District == group.Outer.Group).Select(row => row.Value)];
            Assert.Equal(values.Length, group.Outer.Observations);
            Assert.Equal(values.Average(), group.Outer.Mean, 1e-11);
            foreach (GroupEffect member in group.Members)
            {
                AssertEffect($"{group.Outer.Group}/{member.Group}", member);
                double[] own = [.. rows.Where(row => row.District == group.Outer.Group && row.School == member.Group).Select(row => row.Value)];
                Assert.Equal(own.Length, member.Observations);
                Assert.Equal(own.Average(), member.Mean, 1e-11);
                Assert.Equal(fit.MemberVariance / (fit.MemberVariance + fit.WithinVariance / own.Length), member.Reliability, 1e-14);
            }
        }

        Assert.Equal(ReliabilityReference.Keys($"three/{set}/").Length - 6, 4 * fit.Groups.Sum(group => 1 + group.Members.Count));

        void AssertEffect(string name, GroupEffect effect)
        {
            AssertNear($"{name}/effect", effect.Effect);
            AssertNear($"{name}/conditional", effect.ConditionalStandardError);
            AssertNear($"{name}/mean", effect.EmpiricalBayesMean);
            AssertNear($"{name}/prediction", effect.PredictionStandardError);
        }

        void AssertNear(string key, double actual)
        {
            double expected = ReliabilityReference.Value($"three/{set}/{key}");
            Assert.True(Math.Abs(actual - expected) <= Math.Max(1e-9 * Math.Abs(expected), 1e-10), $"{key}: {actual:R}, expected {expected:R}.");
        }
    }

    /// <summary>
    /// Equal sizes at both levels, closed form ([Searle1992]): with mean squares of districts, schools and teachers, sigma² = MSE,
    /// tau_b² = (MSB − MSE) / n, tau_a² = (MSA − MSB) / (b n). Two districts of two schools of two: means 1 and 5, 11 and 15, each school mean ± 1.
    /// MSE = 4 · 2 / 4 = 2; MSB = 2 · (8 + 8) / 2 = 16; MSA = 4 · 50 / 1 = 200.
    /// </summary>
    [Fact]
    public void Equal_sizes_have_a_closed_form()
    {
        NestedRandomInterceptsFit fit = NestedRandomIntercepts.Fit(Groups([.. Pair("a", "1", 1), .. Pair("a", "2", 5), .. Pair("b", "1", 11), .. Pair("b", "2", 15)]))!;

        Assert.Equal(2, fit.WithinVariance, 1e-11);
        Assert.Equal(7, fit.MemberVariance, 1e-10);
        Assert.Equal(46, fit.OuterVariance, 1e-9);
        Assert.Equal(8, fit.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(25), fit.MeanStandardError, 1e-10); // MSA / 8 values
        Assert.Equal(46 / (46 + 4.0), fit.Groups[0].Outer.Reliability, 1e-11); // u = 16 / 4

        static (string, string, double)[] Pair(string district, string school, double mean) => [(district, school, mean - 1), (district, school, mean + 1)];
    }

    [Fact]
    public void Order_moves_no_bit()
    {
        (string District, string School, double Value)[] rows = [.. ReliabilityReference.Set("unbalanced").Select(row => (row.District, row.School, row.Value / 3))];
        NestedRandomInterceptsFit fit = NestedRandomIntercepts.Fit(Groups(rows))!;
        NestedRandomInterceptsFit turned = NestedRandomIntercepts.Fit(Groups([.. rows.Reverse()]))!;

        Assert.Equal(fit.Groups.Select(group => group.Outer), turned.Groups.Select(group => group.Outer));
        Assert.Equal(fit.Groups.SelectMany(group => group.Members), turned.Groups.SelectMany(group => group.Members));
        Assert.Equal(fit with { Groups = turned.Groups }, turned);
    }

    /// <summary>Without variation inside schools the schools are the lowest level: the same as two levels of the school means.</summary>
    [Fact]
    public void Without_variation_inside_members_their_means_are_the_values()
    {
        (string District, string School, double Value)[] rows = [("a", "1", 1), ("a", "1", 1), ("a", "2", 4), ("b", "1", 9), ("b", "2", 12), ("b", "3", 10.5), ("c", "1", 20), ("c", "1", 20)];
        NestedRandomInterceptsFit fit = NestedRandomIntercepts.Fit(Groups(rows))!;
        RandomInterceptFit two = RandomIntercept.Fit([new("a", [1, 4]), new("b", [9, 12, 10.5]), new("c", [20])])!;

        Assert.Equal(0, fit.WithinVariance);
        Assert.Null(fit.Deviance);
        Assert.Equal((two.BetweenVariance, two.WithinVariance), (fit.OuterVariance, fit.MemberVariance));
        Assert.Equal(two.Mean, fit.Mean, 1e-12);
        Assert.Equal(two.MeanStandardError, fit.MeanStandardError, 1e-12);
        Assert.Equal(two.Groups[1].Effect, fit.Groups[1].Outer.Effect, 1e-12);
        Assert.Equal((1, 12), (fit.Groups[1].Members[1].Reliability, Math.Round(fit.Groups[1].Members[1].EmpiricalBayesMean, 12)));
        Assert.Equal(0, fit.Groups[1].Members[1].PredictionStandardError);
    }

    [Fact]
    public void Constant_values_have_no_variance_at_all()
    {
        NestedRandomInterceptsFit fit = NestedRandomIntercepts.Fit(Groups([("a", "1", 0.1), ("a", "1", 0.1), ("a", "2", 0.1), ("b", "1", 0.1)]))!;

        Assert.Equal((0.1, 0, 0, 0, 0), (fit.Mean, fit.MeanStandardError, fit.OuterVariance, fit.MemberVariance, fit.WithinVariance));
        Assert.Equal([null, null], new[] { fit.Deviance, fit.LogLikelihood });
        Assert.All(fit.Groups.SelectMany(group => group.Members.Append(group.Outer)), effect =>
            Assert.Equal((0, 0, 0.1, 0, 0), (effect.Reliability, effect.Effect, effect.EmpiricalBayesMean, effect.ConditionalStandardError, effect.PredictionStandardError)));
    }

    /// <summary>Districts that differ, schools and teachers that do not: everything lies between districts.</summary>
    [Fact]
    public void Only_districts_may_differ()
    {
        NestedRandomInterceptsFit fit = NestedRandomIntercepts.Fit(Groups([("a", "1", 1), ("a", "1", 1), ("a", "2", 1), ("b", "1", 4), ("c", "1", 7)]))!;

        Assert.Equal((9, 0, 0, 4), (fit.OuterVariance, fit.MemberVariance, fit.WithinVariance, fit.Mean));
        Assert.Equal((1, -3, 0, 0), (fit.Groups[0].Outer.Reliability, fit.Groups[0].Outer.Effect, fit.Groups[0].Members[0].Reliability, fit.Groups[0].Members[0].Effect));
    }

    [Fact]
    public void Variances_that_cannot_be_told_apart_give_no_fit()
    {
        Assert.Null(NestedRandomIntercepts.Fit([]));
        Assert.Null(NestedRandomIntercepts.Fit(Groups([("a", "1", 1), ("a", "1", 2), ("a", "2", 4)])));
        Assert.Null(NestedRandomIntercepts.Fit(Groups([("a", "1", 1), ("a", "1", 2), ("b", "1", 4), ("b", "1", 5)])));
        Assert.Null(NestedRandomIntercepts.Fit(Groups([("a", "1", 1), ("a", "2", 2), ("b", "1", 4), ("b", "2", 5)])));
        Assert.NotNull(NestedRandomIntercepts.Fit(Groups([("a", "1", 1), ("a", "2", 2), ("b", "1", 4), ("b", "1", 5)])));
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        GroupValues school = new("1", [1, 2]);
        Assert.Throws<ArgumentNullException>("groups", () => NestedRandomIntercepts.Fit(null!));
        Assert.Throws<ArgumentException>("groups", () => NestedRandomIntercepts.Fit([new("a", [school]), new("a", [school])]));
        Assert.Throws<ArgumentException>("groups", () => NestedRandomIntercepts.Fit([new("a", [school]), new("b", [])]));
        Assert.Throws<ArgumentException>("groups", () => NestedRandomIntercepts.Fit([new("a", [school, school])]));
        Assert.Throws<ArgumentException>("groups", () => NestedRandomIntercepts.Fit([new("a", [new("1", [])])]));
        Assert.Throws<ArgumentException>("groups", () => NestedRandomIntercepts.Fit([new("a", [new("1", [double.NaN])])]));
    }

    private static NestedGroupValues[] Groups(IEnumerable<(string District, string School, double Value)> rows) =>
    [
        .. rows.GroupBy(row => row.District).Select(district => new NestedGroupValues(
            district.Key, [.. district.GroupBy(row => row.School, row => row.Value).Select(school => new GroupValues(school.Key, [.. school]))])),
    ];
}
