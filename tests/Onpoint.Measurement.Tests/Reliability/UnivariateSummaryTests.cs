using Onpoint.Measurement.Reliability;

namespace Onpoint.Measurement.Tests.Reliability;

public sealed class UnivariateSummaryTests
{
    /// <summary>By hand: mean 2; deviations −1, 1, 0; squares 2, over 2 is 1; neighbours −1 · 1 + 1 · 0 = −1, over 2.</summary>
    [Fact]
    public void Three_values_by_hand() => Assert.Equal(new UnivariateSummary(3, 2, 1, -0.5), UnivariateSummary.Of([1, 3, 2]));

    [Fact]
    public void Too_few_or_constant_values_leave_nulls()
    {
        Assert.Equal(new UnivariateSummary(0, null, null, null), UnivariateSummary.Of([]));
        Assert.Equal(new UnivariateSummary(1, 7, null, null), UnivariateSummary.Of([7]));
        Assert.Equal(new UnivariateSummary(3, 0.1, 0, null), UnivariateSummary.Of([0.1, 0.1, 0.1])); // 0.1 three times, over 3, is not 0.1 in doubles
    }

    /// <summary>Mean and SD do not depend on the order, bit for bit; the sign of a zero does not matter either.</summary>
    [Fact]
    public void Order_moves_no_bit()
    {
        double[] values = [0.1, 1e6, -3.7, 0.0, 2.2, 1e-9, -0.0, 812.55];
        var first = UnivariateSummary.Of(values);
        var second = UnivariateSummary.Of([.. values.Reverse()]);

        Assert.Equal((first.Mean, first.StandardDeviation), (second.Mean, second.StandardDeviation));
        Assert.False(double.IsNegative(UnivariateSummary.Of([-0.0, 0.0]).Mean!.Value));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1.01e100)]
    [InlineData(-1.01e100)]
    public void Values_must_be_finite_and_of_ordinary_size(double value) =>
        Assert.Throws<ArgumentException>("values", () => UnivariateSummary.Of([1, value]));

    [Fact]
    public void The_largest_values_still_have_a_spread() => Assert.Equal(1e100 * Math.Sqrt(2), UnivariateSummary.Of([1e100, -1e100]).StandardDeviation!.Value, 1e86);

    /// <summary>Terms 1, 10^100, 1, −10^100 sum to 2 exactly; plain additions give 0 ([Neumaier1974]).</summary>
    [Fact]
    public void Sums_keep_what_rounding_takes_away()
    {
        CompensatedSum sum = default;
        foreach (double term in new[] { 1, 1e100, 1, -1e100 })
        {
            sum.Add(term);
        }

        Assert.Equal(2, sum.Value);
    }
}
