using Onpoint.Measurement.Comparisons;

namespace Onpoint.Measurement.Tests.Comparisons;

public sealed class StandardizedDifferenceTests
{
    private static readonly SampleSummary First = SampleSummary.Of([640, 600, 655, 710, 580]);
    private static readonly SampleSummary Second = SampleSummary.Of([500, 620, 615]);

    /// <summary>R 4.2.2: sp&lt;-sqrt((4*var(a)+2*var(b))/6) is 57.003898502159; (mean(a)-mean(b))/sp; the same x (1-3/23).</summary>
    [Fact]
    public void Both_match_R()
    {
        Assert.Equal(1.02916937627423, StandardizedDifference.CohensD(First, Second)!.Value, 1e-13);
        Assert.Equal(0.894929892412376, StandardizedDifference.HedgesG(First, Second)!.Value, 1e-13);
        Assert.Equal(0.894929892412376, StandardizedDifference.HedgesG(637 - 1735 / 3.0, 57.003898502159, 6), 1e-13);
    }

    /// <summary>[Hedges1981]: the exact factor is gamma(df/2) / (sqrt(df/2) gamma((df - 1)/2)); by lgamma of R 4.2.2 for 10 and 18 df.</summary>
    [Theory]
    [InlineData(10, 0.922745608053087)]
    [InlineData(18, 0.957646427023719)]
    public void Factor_is_close_to_the_exact_one(double degreesOfFreedom, double exact) =>
        Assert.InRange(StandardizedDifference.HedgesG(1, 1, degreesOfFreedom) - exact, 0, 0.001);

    /// <summary>One degree of freedom: 1 - 3/3 = 0.</summary>
    [Fact]
    public void One_degree_of_freedom_says_nothing() => Assert.Equal(0, StandardizedDifference.HedgesG(50, 100, 1));

    [Fact]
    public void Units_do_not_matter_and_swapping_turns_the_sign()
    {
        var metres = SampleSummary.Of([6.4, 6, 6.55, 7.1, 5.8]);

        Assert.Equal(StandardizedDifference.HedgesG(First, Second)!.Value, StandardizedDifference.HedgesG(metres, SampleSummary.Of([5, 6.2, 6.15]))!.Value, 1e-12);
        Assert.Equal(-StandardizedDifference.HedgesG(First, Second), StandardizedDifference.HedgesG(Second, First));
        Assert.Equal(-StandardizedDifference.CohensD(First, Second), StandardizedDifference.CohensD(Second, First));
    }

    [Fact]
    public void Without_spread_there_is_no_standard()
    {
        var flat = SampleSummary.Of([3, 3]);

        Assert.Null(StandardizedDifference.CohensD(flat, SampleSummary.Of([4, 4])));
        Assert.Null(StandardizedDifference.HedgesG(flat, flat));
        Assert.Null(StandardizedDifference.CohensD(SampleSummary.Of([3]), SampleSummary.Of([4])));
        Assert.NotNull(StandardizedDifference.CohensD(SampleSummary.Of([3]), SampleSummary.Of([4, 5])));
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        Assert.Throws<ArgumentNullException>("first", () => StandardizedDifference.CohensD(null!, Second));
        Assert.Throws<ArgumentNullException>("second", () => StandardizedDifference.HedgesG(First, null!));
        Assert.Throws<ArgumentOutOfRangeException>("difference", () => StandardizedDifference.HedgesG(double.NaN, 1, 5));
        Assert.Throws<ArgumentOutOfRangeException>("standardDeviation", () => StandardizedDifference.HedgesG(1, 0, 5));
        Assert.Throws<ArgumentOutOfRangeException>("standardDeviation", () => StandardizedDifference.HedgesG(1, double.PositiveInfinity, 5));
        Assert.Throws<ArgumentOutOfRangeException>("degreesOfFreedom", () => StandardizedDifference.HedgesG(1, 1, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>("degreesOfFreedom", () => StandardizedDifference.HedgesG(1, 1, double.PositiveInfinity));
    }
}
