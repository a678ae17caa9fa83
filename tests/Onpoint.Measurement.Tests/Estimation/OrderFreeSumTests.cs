using Onpoint.Measurement.Estimation;

namespace Onpoint.Measurement.Tests.Estimation;

public sealed class OrderFreeSumTests
{
    /// <summary>By hand: 1 + 1 reaches 2^53 + 2 before the large term; added one by one to 2^53, each 1 is rounded away.</summary>
    [Fact]
    public void Small_terms_are_added_first() =>
        Assert.Equal(9007199254740994.0, OrderFreeSum.Of([9007199254740992, 1, 1]));

    /// <summary>Terms that cancel at several magnitudes, in 50 orders: the same bits.</summary>
    [Fact]
    public void Permutations_have_one_sum()
    {
        double[] terms = [0.1, -0.1, 0.3, 0.7, -0.7, 1e16, -1e16, 3];
        var random = new Random(1);
        double expected = OrderFreeSum.Of(terms);
        for (int permutation = 0; permutation < 50; permutation++)
        {
            random.Shuffle(terms);
            Assert.Equal(expected, OrderFreeSum.Of(terms));
        }
    }

    [Fact]
    public void Nothing_sums_to_zero() => Assert.Equal(0.0, OrderFreeSum.Of([]));

    /// <summary>By hand: 1 − 2^53 is exact, + 2^53 leaves 1. The positive one first would give 2^53 + 1, rounded to 2^53, and leave 0.</summary>
    [Fact]
    public void The_negative_of_equal_magnitudes_comes_first() =>
        Assert.Equal(1.0, OrderFreeSum.Of([9007199254740992, -9007199254740992, 1]));
}
