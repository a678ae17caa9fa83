using System.Globalization;
using Onpoint.Measurement.Comparisons;
using Onpoint.Measurement.Growth;

namespace Onpoint.Measurement.Tests.Comparisons;

public sealed class PValueAdjustmentTests
{
    public static TheoryData<string> Methods => [nameof(PValueAdjustment.Bonferroni), nameof(PValueAdjustment.Holm), nameof(PValueAdjustment.BenjaminiHochberg)];

    private static double?[] Adjust(string method, params double?[] pValues) => method switch
    {
        nameof(PValueAdjustment.Bonferroni) => PValueAdjustment.Bonferroni(pValues),
        nameof(PValueAdjustment.Holm) => PValueAdjustment.Holm(pValues),
        _ => PValueAdjustment.BenjaminiHochberg(pValues),
    };

    /// <summary>The 15 tests of [BenjaminiHochberg1995, section 4], and a table with ties and a gap: values by R 4.2.2, p.adjust.</summary>
    [Fact]
    public void All_three_match_the_reference_case()
    {
        var reference = ReferenceCase.Committed("O11-benjamini-hochberg");
        double?[] paper = [.. reference.Csv("bh1995.csv").Select(row => (double?)ReferenceCase.Number(row["p"]))];
        double?[] ties = [.. reference.Csv("ties_missing.csv").Select(row => row["p"].Length == 0 ? null : (double?)ReferenceCase.Number(row["p"]))];
        double?[] found = PValueAdjustment.BenjaminiHochberg(paper);

        CheckColumn("expected_bh1995.csv", "bh", found);
        CheckColumn("expected_bh1995.csv", "bonferroni", PValueAdjustment.Bonferroni(paper));
        CheckColumn("expected_bh1995.csv", "holm", PValueAdjustment.Holm(paper));
        CheckColumn("expected_ties_missing.csv", "bh", PValueAdjustment.BenjaminiHochberg(ties));
        Assert.Equal(reference.Csv("expected_bh1995.csv").Select(row => row["reject_bh_05"] == "1"), found.Select(p => p <= 0.05));
        reference.Check("n_rejected_bh_05", found.Count(p => p <= 0.05));
        reference.Check("n_rejected_bonferroni_05", PValueAdjustment.Bonferroni(paper).Count(p => p <= 0.05));
        reference.AssertComplete();

        void CheckColumn(string file, string column, double?[] adjusted) =>
            reference.CheckColumn(file, column, row => adjusted[int.Parse(row["test"], CultureInfo.InvariantCulture) - 1]);
    }

    /// <summary>R 4.2.2: p.adjust(c(.01,.04,.03,NA,.005), "holm") prints 0.03 0.06 0.06 NA 0.02; by hand 3 x .01, max(2 x .03, 1 x .04), 2 x .03, 4 x .005. "bonferroni": 4 p. "BH": .04, .03 x 4/3, .01 x 2, .02.</summary>
    [Theory]
    [InlineData(nameof(PValueAdjustment.Holm), 0.03, 0.06, 0.06, 0.02)]
    [InlineData(nameof(PValueAdjustment.Bonferroni), 0.04, 0.16, 0.12, 0.02)]
    [InlineData(nameof(PValueAdjustment.BenjaminiHochberg), 0.02, 0.04, 0.04, 0.02)]
    public void Adjusted_values_match_R(string method, params double[] expected)
    {
        double?[] adjusted = Adjust(method, 0.01, 0.04, 0.03, null, 0.005);

        Assert.Null(adjusted[3]);
        Assert.Equal(expected, adjusted.OfType<double>().Select(p => Math.Round(p, 12)));
    }

    [Theory, MemberData(nameof(Methods))]
    public void No_adjusted_value_exceeds_one(string method) => Assert.Equal(1.0, Adjust(method, 0.9, 1, 0.8).Max());

    [Theory, MemberData(nameof(Methods))]
    public void One_test_needs_no_adjustment(string method) => Assert.Equal([0.03], Adjust(method, 0.03));

    [Theory, MemberData(nameof(Methods))]
    public void Of_no_test_there_is_nothing_to_adjust(string method)
    {
        Assert.Empty(Adjust(method));
        Assert.Equal([null, null], Adjust(method, null, null));
    }

    /// <summary>Raw p ≤ Benjamini-Hochberg ≤ Holm ≤ Bonferroni; equal p values are adjusted alike; a larger p never gets a smaller adjusted value; order does not matter.</summary>
    [Fact]
    public void The_three_keep_their_order()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            var random = new SplitMix64(seed);
            double?[] pValues = [.. Enumerable.Range(0, 12).Select(_ => (double?)(random.Next(40) / 400.0))];
            double[] bonferroni = [.. PValueAdjustment.Bonferroni(pValues).Select(p => p!.Value)];
            double[] holm = [.. PValueAdjustment.Holm(pValues).Select(p => p!.Value)];
            double[] found = [.. PValueAdjustment.BenjaminiHochberg(pValues).Select(p => p!.Value)];

            for (int test = 0; test < pValues.Length; test++)
            {
                Assert.True(pValues[test] <= found[test] && found[test] <= holm[test] && holm[test] <= bonferroni[test]);
                for (int other = 0; other < test; other++)
                {
                    Assert.True(pValues[test] < pValues[other] || (found[test] >= found[other] && holm[test] >= holm[other]));
                    Assert.True(pValues[test] > pValues[other] || (found[test] <= found[other] && holm[test] <= holm[other]));
                }
            }

            Assert.Equal(found.Reverse().Cast<double?>(), PValueAdjustment.BenjaminiHochberg([.. pValues.Reverse()]));
            Assert.Equal(holm.Reverse().Cast<double?>(), PValueAdjustment.Holm([.. pValues.Reverse()]));
        }
    }

    [Theory, MemberData(nameof(Methods))]
    public void What_is_no_p_value_is_refused(string method)
    {
        Assert.Throws<ArgumentOutOfRangeException>("pValues", () => Adjust(method, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>("pValues", () => Adjust(method, 0.5, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>("pValues", () => Adjust(method, double.NaN));
        Assert.Throws<ArgumentNullException>("pValues", () => Adjust(method, null!));
    }
}
