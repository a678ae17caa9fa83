using Onpoint.Measurement.Synthesis;

namespace Onpoint.Measurement.Tests.Synthesis;

public sealed class DrawsTests
{
    /// <summary>
    /// Python 3.11, whole numbers of any size:
    /// <code>
    /// M = 2**64 - 1; G = 0x9E3779B97F4A7C15
    /// def mix(z):
    ///     z = ((z ^ (z &gt;&gt; 30)) * 0xBF58476D1CE4E5B9) &amp; M
    ///     z = ((z ^ (z &gt;&gt; 27)) * 0x94D049BB133111EB) &amp; M
    ///     return z ^ (z &gt;&gt; 31)
    /// assert mix(G) == 0xE220A8397B1DCDAF    # the first number of SplitMix64 with seed 0
    /// def U(seed, *keys):
    ///     h = mix(seed)
    ///     for k in keys: h = mix(h ^ ((k * G + G) &amp; M))
    ///     return ((h &gt;&gt; 11) + 0.5) * 2.0**-53
    /// repr(U(2026, 1, 1, 0, 0, 0, 0))
    /// </code>
    /// Equal to the last bit.
    /// </summary>
    [Theory]
    [InlineData(2026UL, 1, 1, 0, 0, 0, 0, 0.08124756505176439)]
    [InlineData(2026UL, 1, 2, 0, 0, 0, 0, 0.24857413121891553)]
    [InlineData(2026UL, 11, 142, 5, 8, 60, 40, 0.5208432493711388)]
    [InlineData(2026UL, 6, 1000, 3, 6, 8, 0, 0.8448881626977147)]
    [InlineData(0UL, 1, 0, 0, 0, 0, 0, 0.4226043511529843)]
    [InlineData(ulong.MaxValue, 25, 7, 2, 1, 3, 41, 0.5201738252245847)]
    public void Uniform_matches_another_language(
        ulong seed, int purpose, int district, int wave, int school, int teacher, int item, double expected) =>
        Assert.Equal(expected, new Draws(seed).Uniform((Purpose)purpose, new DrawAddress(district, wave, school, teacher), item));

    /// <summary>Python 3.11, <c>statistics.NormalDist().inv_cdf(0.08124756505176439)</c>, the uniform number above; tolerance 1e-15 of it.</summary>
    [Fact]
    public void Normal_is_the_quantile_of_the_uniform_number_at_the_same_address() =>
        Assert.Equal(-1.3967288335234522, new Draws(2026).Normal(Purpose.DistrictSize, new DrawAddress(1)), 1.4e-15);

    /// <summary>Property: exchanging two keys, or adding one, gives another number.</summary>
    [Fact]
    public void Every_key_has_its_own_place()
    {
        var draws = new Draws(2026);
        double[] numbers =
        [
            draws.Uniform(Purpose.SchoolCount, new DrawAddress(1)),
            draws.Uniform(Purpose.DistrictSize, new DrawAddress(2)),
            draws.Uniform(Purpose.SchoolCount, new DrawAddress(0, 1)),
            draws.Uniform(Purpose.SchoolCount, new DrawAddress(0, 0, 1)),
            draws.Uniform(Purpose.SchoolCount, new DrawAddress(0, 0, 0, 1)),
            draws.Uniform(Purpose.SchoolCount, new DrawAddress(0), 1),
            new Draws(2027).Uniform(Purpose.SchoolCount, new DrawAddress(1)),
        ];

        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }

    /// <summary>Uniform numbers have mean 1/2 and variance 1/12; five standard errors of 100,000: .0046 and .0012.</summary>
    [Fact]
    public void Uniform_numbers_of_neighbouring_addresses_look_uniform()
    {
        var draws = new Draws(2026);
        double[] numbers = [.. Enumerable.Range(1, 100_000).Select(teacher => draws.Uniform(Purpose.Responding, new DrawAddress(1, 1, 1, teacher)))];

        Assert.Equal(0.5, numbers.Average(), 0.0046);
        Assert.Equal(1.0 / 12, numbers.Average(number => (number - 0.5) * (number - 0.5)), 0.0012);
    }

    /// <summary>Property: every answer of a fair draw among five occurs, and none outside.</summary>
    [Fact]
    public void Index_stays_in_its_range()
    {
        var draws = new Draws(2026);
        IEnumerable<int> seen = Enumerable.Range(1, 1_000).Select(item => draws.Index(5, Purpose.RandomAnswer, new DrawAddress(1), item));

        Assert.Equal([0, 1, 2, 3, 4], seen.Distinct().Order());
    }
}
