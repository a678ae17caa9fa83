using System.Globalization;
using System.Numerics;
using Onpoint.Measurement.Reliability;

namespace Onpoint.Measurement.Tests.Reliability;

/// <summary>O15: values certified by NIST to 15 digits, from multiple-precision arithmetic.</summary>
public sealed class NistTests
{
    private static readonly ReferenceCase Reference = ReferenceCase.Committed("O15-nist-strd");

    [Fact]
    public void Summaries_and_analyses_match_the_certified_values()
    {
        foreach (string name in new[] { "Lew", "Mavro", "Michelso", "NumAcc1", "NumAcc2" })
        {
            var summary = UnivariateSummary.Of([.. Reference.Csv($"{name}.csv").Select(row => ReferenceCase.Number(row["y"]))]);
            Reference.Check($"{name}_n", summary.Count);
            Reference.Check($"{name}_mean", summary.Mean!.Value);
            Reference.Check($"{name}_sd", summary.StandardDeviation!.Value);
            Reference.Check($"{name}_lag1_autocorrelation", summary.Lag1Autocorrelation!.Value);
        }

        foreach (string name in new[] { "SiRstvt", "SmLs01t", "SmLs02t", "SmLs03t", "SmLs04t", "SmLs05t" })
        {
            Check(name, OneWayAnova.Compute(Groups(name, 0)), name is not "SmLs03t");
        }

        Reference.AssertComplete();
    }

    /// <summary>
    /// NIST SmLs06 is SmLs03 with 1,000,000 added, SmLs07 to 09 are SmLs01 to 03 with 10^12 added. At 10^12 a double holds .4 as .40002, so the certified values
    /// themselves are out of reach; what the doubles say is known from exact fractions.
    /// </summary>
    [Theory]
    [InlineData("SmLs03t", 1_000_000)]
    [InlineData("SmLs01t", 1_000_000_000_000)]
    [InlineData("SmLs02t", 1_000_000_000_000)]
    [InlineData("SmLs03t", 1_000_000_000_000)]
    public void Analyses_beside_a_large_offset_keep_the_digits_of_exact_arithmetic(string name, long offset)
    {
        double[][] groups = Groups(name, offset);
        var analysis = OneWayAnova.Compute(groups);
        (double between, double within) = ExactSumsOfSquares(groups);

        Assert.Equal(1, analysis.SumSquaresBetween / between, 1e-13);
        Assert.Equal(1, analysis.SumSquaresWithin / within, 1e-13);
        if (offset == 1_000_000)
        {
            Assert.Equal(2001, analysis.F!.Value, 2001 * 1e-7); // certified: 2.00100000000000E+03; tolerance of SmLs04 and 05
        }
    }

    private static void Check(string name, OneWayAnova analysis, bool pIsRepresentable)
    {
        Reference.Check($"{name}_SS_between", analysis.SumSquaresBetween);
        Reference.Check($"{name}_MS_between", analysis.MeanSquareBetween!.Value);
        Reference.Check($"{name}_F", analysis.F!.Value);
        Reference.Check($"{name}_SS_within", analysis.SumSquaresWithin);
        Reference.Check($"{name}_MS_within", analysis.MeanSquareWithin!.Value);
        Reference.Check($"{name}_R2", analysis.RSquared!.Value);
        Reference.Check($"{name}_resid_sd", analysis.ResidualStandardDeviation!.Value);
        Reference.Check($"{name}_df_between", analysis.DegreesOfFreedomBetween);
        Reference.Check($"{name}_df_within", analysis.DegreesOfFreedomWithin);
        Assert.Equal(pIsRepresentable, analysis.PValue > 0); // F = 2,001 with 18,000 degrees of freedom: below 10^-308
    }

    private static double[][] Groups(string name, long offset) =>
    [
        .. Reference.Csv($"{name}.csv").GroupBy(row => row["treatment"])
            .Select(group => group.Select(row => (double)(decimal.Parse(row["y"], CultureInfo.InvariantCulture) + offset)).ToArray()),
    ];

    /// <summary>All values are whole multiples of 2^−60.</summary>
    private static (double Between, double Within) ExactSumsOfSquares(double[][] groups)
    {
        BigInteger[][] wholes = [.. groups.Select(group => group.Select(value => new BigInteger(Math.ScaleB(value, 60))).ToArray())];
        BigInteger n = wholes.Sum(group => group.Length);
        BigInteger size = wholes[0].Length; // balanced
        BigInteger[] sums = [.. wholes.Select(group => group.Aggregate(BigInteger.Add))];
        BigInteger total = sums.Aggregate(BigInteger.Add);
        BigInteger squaredSums = sums.Select(sum => sum * sum).Aggregate(BigInteger.Add);
        BigInteger squares = wholes.SelectMany(group => group).Select(value => value * value).Aggregate(BigInteger.Add);
        BigInteger within = squares * size - squaredSums;
        BigInteger between = squaredSums * n / size - total * total;
        return (Math.ScaleB((double)between / (double)n, -120), Math.ScaleB((double)within / (double)size, -120));
    }
}
