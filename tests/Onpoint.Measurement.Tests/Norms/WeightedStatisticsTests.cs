using FsCheck.Xunit;
using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Tests.Norms;

public sealed class WeightedStatisticsTests
{
    /// <summary>R 4.2.2: weighted.mean(c(612, 587, 640.5), c(3, 1.5, .25)) = 605.605263157895; sum(w)^2/sum(w^2) = 1.99447513812155 for these weights.</summary>
    [Fact]
    public void Mean_and_effective_size_agree_with_R()
    {
        double[] weights = [3, 1.5, 0.25];

        Assert.Equal(605.605263157895, WeightedStatistics.Mean([612, 587, 640.5], weights), 1e-12);
        Assert.Equal(1.99447513812155, WeightedStatistics.EffectiveSize(weights), 1e-14);
    }

    /// <summary>By hand: a weight of 0 leaves its value out; (2 · 1 + 1 · 4) / 3 = 2 and 3² / 5.</summary>
    [Fact]
    public void A_weight_of_zero_leaves_its_value_out()
    {
        Assert.Equal(2.0, WeightedStatistics.Mean([1, 4, 1e100], [2, 1, 0]), 1e-15);
        Assert.Equal(1.8, WeightedStatistics.EffectiveSize([2, 1, 0]), 1e-15);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(0.1)]
    [InlineData(1e308)]
    public void Equal_weights_are_no_weights(double weight)
    {
        double[] weights = [weight, weight, weight];

        Assert.Equal(4.0, WeightedStatistics.Mean([1, 2, 9], weights));
        Assert.Equal(3.0, WeightedStatistics.EffectiveSize(weights));
        Assert.Equal(0.1, WeightedStatistics.Mean([0.1, 0.1, 0.1], weights));
    }

    [Fact]
    public void One_value_is_its_mean_and_counts_once()
    {
        Assert.Equal(612.3, WeightedStatistics.Mean([612.3], [0.7]));
        Assert.Equal(1.0, WeightedStatistics.EffectiveSize([0.7]));
        Assert.Equal(-1e100, WeightedStatistics.Mean([-1e100, -1e100], [1, 3]));
    }

    [Property(MaxTest = 25)]
    public void Order_does_not_change_a_bit_and_bounds_hold(int seed)
    {
        var random = new Random(seed);
        (double Value, double Weight)[] pairs = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => (random.NextDouble() - 0.5, random.NextDouble()))];
        double[] values = [.. pairs.Select(pair => pair.Value)];
        (double mean, double size) = Both();
        random.Shuffle(pairs);

        Assert.Equal((mean, size), Both());
        Assert.InRange(mean, values.Min(), values.Max());
        Assert.InRange(size, 1, values.Length);

        (double Mean, double Size) Both() => (
            WeightedStatistics.Mean([.. pairs.Select(pair => pair.Value)], [.. pairs.Select(pair => pair.Weight)]),
            WeightedStatistics.EffectiveSize([.. pairs.Select(pair => pair.Weight)]));
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        Assert.Throws<ArgumentException>("values", () => WeightedStatistics.Mean([1], [1, 1]));
        Assert.Throws<ArgumentException>("values", () => WeightedStatistics.Mean([double.NaN], [1]));
        Assert.Throws<ArgumentException>("values", () => WeightedStatistics.Mean([1.1e100], [1]));
        Assert.Throws<ArgumentException>("values", () => WeightedStatistics.Mean([-1.1e100], [1]));
        Assert.Throws<ArgumentNullException>("values", () => WeightedStatistics.Mean(null!, [1]));
        foreach (double[] weights in new double[][] { [], [0], [1, -1], [double.NaN], [double.PositiveInfinity] })
        {
            Assert.Throws<ArgumentException>("weights", () => WeightedStatistics.Mean([1], weights));
            Assert.Throws<ArgumentException>("weights", () => WeightedStatistics.EffectiveSize(weights));
        }

        Assert.Throws<ArgumentNullException>("weights", () => WeightedStatistics.EffectiveSize(null!));
    }
}
