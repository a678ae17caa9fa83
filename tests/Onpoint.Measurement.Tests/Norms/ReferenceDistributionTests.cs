using FsCheck.Xunit;
using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Tests.Norms;

public sealed class ReferenceDistributionTests
{
    /// <summary>By hand, 10 20 20 30: one below 20 and half of two equal, 100 (1 + 1) / 4; with weights 1 2 3 4, 100 (1 + 2.5) / 10.</summary>
    [Theory]
    [InlineData(9, 0.0, 0.0)]
    [InlineData(10, 12.5, 5.0)]
    [InlineData(15, 25.0, 10.0)]
    [InlineData(20, 50.0, 35.0)]
    [InlineData(25, 75.0, 60.0)]
    [InlineData(30, 87.5, 80.0)]
    [InlineData(31, 100.0, 100.0)]
    [InlineData(double.NegativeInfinity, 0.0, 0.0)]
    [InlineData(double.PositiveInfinity, 100.0, 100.0)]
    public void The_rank_is_the_weight_below_and_half_of_the_weight_at_the_value(double value, double plain, double weighted)
    {
        Assert.Equal(plain, new ReferenceDistribution([20, 10, 30, 20]).PercentileRank(value));
        Assert.Equal(weighted, new ReferenceDistribution([20, 10, 30, 20], [2, 1, 4, 3]).PercentileRank(value));
    }

    [Fact]
    public void One_value_is_its_own_middle() => Assert.Equal(50.0, new ReferenceDistribution([612]).PercentileRank(612));

    /// <summary>Turned round, ranks turn round; the weighted mean of the values' own ranks is 50; the order of values does not change a bit.</summary>
    [Property(MaxTest = 25)]
    public void Ranks_are_symmetric_and_average_50(int seed)
    {
        var random = new Random(seed);
        (double Value, double Weight)[] pairs = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => ((double)random.Next(8), random.NextDouble() + 0.1))];
        ReferenceDistribution ranks = Of(1);
        ReferenceDistribution mirrored = Of(-1);
        double[] own = [.. pairs.Select(pair => ranks.PercentileRank(pair.Value))];

        Assert.All(pairs, pair => Assert.Equal(100 - ranks.PercentileRank(pair.Value), mirrored.PercentileRank(-pair.Value), 1e-9));
        Assert.Equal(50, WeightedStatistics.Mean(own, [.. pairs.Select(pair => pair.Weight)]), 1e-9);
        (double Value, double Weight)[] before = [.. pairs];
        random.Shuffle(pairs);
        ReferenceDistribution shuffled = Of(1);
        Assert.Equal(own, before.Select(pair => shuffled.PercentileRank(pair.Value)));

        ReferenceDistribution Of(int sign) => new([.. pairs.Select(pair => sign * pair.Value)], [.. pairs.Select(pair => pair.Weight)]);
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        Assert.Throws<ArgumentException>("values", () => new ReferenceDistribution([]));
        Assert.Throws<ArgumentException>("values", () => new ReferenceDistribution([1, double.PositiveInfinity]));
        Assert.Throws<ArgumentNullException>("values", () => new ReferenceDistribution(null!));
        Assert.Throws<ArgumentNullException>("values", () => new ReferenceDistribution(null!, [1]));
        Assert.Throws<ArgumentNullException>("weights", () => new ReferenceDistribution([1], null!));
        foreach (double[] weights in new double[][] { [], [1, 1], [0], [-1], [1.1e100], [double.NaN] })
        {
            Assert.Throws<ArgumentException>("weights", () => new ReferenceDistribution([1], weights));
        }

        Assert.Equal(50.0, new ReferenceDistribution([1], [1e100]).PercentileRank(1));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new ReferenceDistribution([1]).PercentileRank(double.NaN));
    }
}
