using Onpoint.Measurement.Reliability;

namespace Onpoint.Measurement.Tests.Reliability;

public sealed class FisherFTests
{
    /// <summary>Values of reference.py. 10^−9 relative for the huge degrees of freedom: the logarithm of the gamma function has an absolute error that grows with them.</summary>
    [Theory]
    [InlineData("0.025", 1, 1, 1e-12)]
    [InlineData("0.025", 9, 36, 1e-12)]
    [InlineData("0.975", 9, 36, 1e-12)]
    [InlineData("0.025", 2708, 10832, 1e-11)]
    [InlineData("0.005", 4, 1, 1e-12)]
    [InlineData("0.05", 200000, 1000000, 1e-9)]
    [InlineData("1e-12", 3, 7, 1e-12)]
    public void Quantiles_match_the_reference(string tail, int numerator, int denominator, double tolerance)
    {
        double expected = ReliabilityReference.Value($"F/{tail}/{numerator}/{denominator}");

        Assert.Equal(1, FisherF.UpperQuantile(ReferenceCase.Number(tail), numerator, denominator) / expected, tolerance);
    }

    [Theory]
    [InlineData("4.5", 8, 180, 1e-12)]
    [InlineData("2001", 8, 180, 1e-10)]
    [InlineData("0.5", 3, 2, 1e-12)]
    [InlineData("1.01", 20000, 100000, 1e-9)]
    public void Tails_match_the_reference(string f, int numerator, int denominator, double tolerance)
    {
        double expected = ReliabilityReference.Value($"tail/{f}/{numerator}/{denominator}");

        Assert.Equal(1, FisherF.UpperTail(ReferenceCase.Number(f), numerator, denominator) / expected, tolerance);
    }

    [Fact]
    public void Every_value_is_at_least_zero() => Assert.Equal(1, FisherF.UpperTail(0, 3, 7));

    /// <summary>Property: the lower quantile is one over the upper quantile of the exchanged degrees of freedom.</summary>
    [Fact]
    public void Exchanging_the_degrees_of_freedom_turns_the_quantile_over() =>
        Assert.Equal(1, FisherF.UpperQuantile(0.975, 9, 36) * FisherF.UpperQuantile(0.025, 36, 9), 1e-12);
}
