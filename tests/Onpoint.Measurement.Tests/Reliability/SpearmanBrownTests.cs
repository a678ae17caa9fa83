using Onpoint.Measurement.Reliability;

namespace Onpoint.Measurement.Tests.Reliability;

public sealed class SpearmanBrownTests
{
    /// <summary>O12: values by the formula in R.</summary>
    [Theory]
    [InlineData("0.3")]
    [InlineData("0.6")]
    [InlineData("0.8")]
    public void Prophecies_match_the_case(string reliability)
    {
        var reference = ReferenceCase.Committed("O12-comparisons");
        foreach (string factor in new[] { "0.5", "2.0", "3.0", "5.0" })
        {
            reference.Check($"spearman_brown_r{reliability}_k{factor}", SpearmanBrown.Reliability(ReferenceCase.Number(reliability), ReferenceCase.Number(factor))!.Value);
        }

        reference.Check("sb_length_needed_from_.6_to_.8", SpearmanBrown.LengthFactor(0.6, 0.8)!.Value);
    }

    /// <summary>Property: shortening undoes lengthening, and the length for the prophecy is the length that made it.</summary>
    [Theory]
    [InlineData(0.7, 3.5)]
    [InlineData(0.05, 0.2)]
    [InlineData(0.99, 12)]
    public void Prophecies_can_be_undone(double reliability, double factor)
    {
        double longer = SpearmanBrown.Reliability(reliability, factor)!.Value;

        Assert.Equal(reliability, SpearmanBrown.Reliability(longer, 1 / factor)!.Value, 1e-14);
        Assert.Equal(factor, SpearmanBrown.LengthFactor(reliability, longer)!.Value, 1e-11);
    }

    /// <summary>By hand: 2 · (−.25) / (1 − .25) = −2/3; at r = −1, f = 2 and at r = −1, f = 3 the denominator is 0 and −1.</summary>
    [Fact]
    public void A_negative_reliability_has_a_prophecy_while_the_formula_has_a_meaning()
    {
        Assert.Equal(-2.0 / 3, SpearmanBrown.Reliability(-0.25, 2)!.Value, 1e-15);
        Assert.Null(SpearmanBrown.Reliability(-1, 2));
        Assert.Null(SpearmanBrown.Reliability(-1, 3));
    }

    [Fact]
    public void The_ends_of_the_range()
    {
        Assert.Equal(1, SpearmanBrown.Reliability(1, 0.01));
        Assert.Equal(0, SpearmanBrown.Reliability(0, 5));
        Assert.Equal(0, SpearmanBrown.LengthFactor(1, 0.8));
        Assert.Null(SpearmanBrown.LengthFactor(0, 0.8));
        Assert.Null(SpearmanBrown.LengthFactor(-0.1, 0.8));
        Assert.Null(SpearmanBrown.LengthFactor(double.Epsilon, 0.8)); // longer than any double
    }

    [Theory]
    [InlineData(1.01, 2, "reliability")]
    [InlineData(double.NaN, 2, "reliability")]
    [InlineData(double.NegativeInfinity, 2, "reliability")]
    [InlineData(0.5, 0, "lengthFactor")]
    [InlineData(0.5, double.NaN, "lengthFactor")]
    [InlineData(0.5, double.PositiveInfinity, "lengthFactor")]
    public void Prophecy_refuses_values_out_of_range(double reliability, double factor, string parameter) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(() => SpearmanBrown.Reliability(reliability, factor)).ParamName);

    [Theory]
    [InlineData(1.01, 0.8, "reliability")]
    [InlineData(0.5, 0, "wanted")]
    [InlineData(0.5, 1, "wanted")]
    [InlineData(0.5, double.NaN, "wanted")]
    public void Length_refuses_values_out_of_range(double reliability, double wanted, string parameter) =>
        Assert.Equal(parameter, Assert.Throws<ArgumentOutOfRangeException>(() => SpearmanBrown.LengthFactor(reliability, wanted)).ParamName);
}
