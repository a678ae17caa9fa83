using Onpoint.Measurement.Synthesis;

namespace Onpoint.Measurement.Tests.Synthesis;

public sealed class NormalQuantileTests
{
    /// <summary>R 4.2.2: <c>sprintf("%.17g", qnorm(p))</c>. Both sides of every branch point: 0.075, exp(-25) and one half.</summary>
    [Theory]
    [InlineData(1e-300, -37.047096299361201)]
    [InlineData(1e-20, -9.2623400897984052)]
    [InlineData(1e-10, -6.3613409024040557)]
    [InlineData(1e-5, -4.2648907939228256)]
    [InlineData(0.001, -3.0902323061678132)]
    [InlineData(0.0749, -1.4402382675279632)]
    [InlineData(0.075, -1.4395314709384557)]
    [InlineData(0.0751, -1.4388253927525398)]
    [InlineData(0.2, -0.84162123357291418)]
    [InlineData(0.499, -0.0025066308995717666)]
    [InlineData(0.6, 0.25334710313579978)]
    [InlineData(0.9249, 1.4388253927525403)]
    [InlineData(0.9251, 1.4402382675279632)]
    [InlineData(0.999, 3.0902323061678132)]
    [InlineData(0.99999, 4.2648907939238399)]
    public void Compute_matches_R(double probability, double expected) =>
        Assert.InRange(NormalQuantile.Compute(probability) / expected, 1 - 1e-15, 1 + 1e-15);

    /// <summary>[Wichura1988]: the three check values printed with the algorithm, 16 digits.</summary>
    [Theory]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.001, -3.090232306167814)]
    [InlineData(1e-20, -9.262340089798408)]
    public void Compute_matches_the_check_values_of_the_paper(double probability, double expected) =>
        Assert.InRange(NormalQuantile.Compute(probability) / expected, 1 - 1e-15, 1 + 1e-15);

    [Fact]
    public void Compute_is_exactly_zero_at_one_half() => Assert.Equal(0.0, NormalQuantile.Compute(0.5));

    /// <summary>Property: z(1 - p) = -z(p), exactly where 1 - p is exact.</summary>
    [Theory]
    [InlineData(0.25)]
    [InlineData(0.0625)]
    [InlineData(1.0 / 1024)]
    [InlineData(1.0 / (1L << 40))]
    public void Compute_is_antisymmetric(double probability) =>
        Assert.Equal(-NormalQuantile.Compute(probability), NormalQuantile.Compute(1 - probability));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Compute_rejects_what_is_not_between_0_and_1(double probability) =>
        Assert.Equal("probability", Assert.Throws<ArgumentOutOfRangeException>(() => NormalQuantile.Compute(probability)).ParamName);
}
