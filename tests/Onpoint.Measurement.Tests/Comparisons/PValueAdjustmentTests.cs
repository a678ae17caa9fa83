using Onpoint.Measurement.Comparisons;

namespace Onpoint.Measurement.Tests.Comparisons;

public sealed class PValueAdjustmentTests
{
    /// <summary>R 4.2.2: p.adjust(c(.01,.04,.03,NA,.005), "holm") prints 0.03 0.06 0.06 NA 0.02; by hand 3 x .01, max(2 x .03, 1 x .04), 2 x .03, 4 x .005.</summary>
    [Fact]
    public void Holm_matches_R()
    {
        double?[] adjusted = PValueAdjustment.Holm([0.01, 0.04, 0.03, null, 0.005]);

        Assert.Null(adjusted[3]);
        Assert.Equal([0.03, 0.06, 0.06, 0.02], adjusted.OfType<double>().Select(p => Math.Round(p, 12)));
    }

    [Fact]
    public void Holm_never_exceeds_one() => Assert.Equal([1.0, 1.0], PValueAdjustment.Holm([0.9, 0.8]));

    [Fact]
    public void Holm_of_no_test_is_empty() => Assert.Empty(PValueAdjustment.Holm([]));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Holm_refuses_what_is_no_p_value(double p) => Assert.Throws<ArgumentOutOfRangeException>("pValues", () => PValueAdjustment.Holm([p]));
}
