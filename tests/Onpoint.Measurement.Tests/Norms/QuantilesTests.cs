using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Tests.Norms;

public sealed class QuantilesTests
{
    private static readonly double[] Values = [612, 587, 640.5, 655, 601, 598.25, 623, 570, 634, 618, 629.5];

    /// <summary>R 4.2.2: quantile(c(612,587,640.5,655,601,598.25,623,570,634,618,629.5), c(0,.01,.05,.25,.5,.9,.99,1), type = t). R prints exact decimals here; type 8 to 12 digits.</summary>
    [Theory]
    [InlineData(QuantileType.Type6, new double[] { 570, 570, 570, 598.25, 618, 652.1, 655, 655 })]
    [InlineData(QuantileType.Type7, new double[] { 570, 571.7, 578.5, 599.625, 618, 640.5, 653.55, 655 })]
    [InlineData(QuantileType.Type8, new double[] { 570, 570, 570, 598.708333333, 618, 648.233333333, 655, 655 })]
    public void At_matches_R(QuantileType type, double[] expected)
    {
        double[] fractions = [0, 0.01, 0.05, 0.25, 0.5, 0.9, 0.99, 1];
        for (int position = 0; position < expected.Length; position++)
        {
            Assert.Equal(expected[position], Quantiles.At(Values, fractions[position], type), 1e-9);
        }
    }

    [Fact]
    public void Percentiles_ascend_and_agree_with_At()
    {
        double[] percentiles = Quantiles.Percentiles(Values);

        Assert.Equal(99, percentiles.Length);
        Assert.Equal(percentiles.Order(), percentiles);
        Assert.Equal(Quantiles.At(Values, 0.9, QuantileType.Type8), percentiles[89]);
    }

    [Fact]
    public void One_value_is_every_quantile() => Assert.All(Quantiles.Percentiles([612]), percentile => Assert.Equal(612, percentile));

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        Assert.Throws<ArgumentNullException>("values", () => Quantiles.Percentiles(null!));
        Assert.Throws<ArgumentException>("values", () => Quantiles.At([], 0.5, QuantileType.Type8));
        Assert.Throws<ArgumentException>("values", () => Quantiles.Percentiles([600, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>("p", () => Quantiles.At(Values, double.NaN, QuantileType.Type8));
        Assert.Throws<ArgumentOutOfRangeException>("p", () => Quantiles.At(Values, 1.01, QuantileType.Type8));
        Assert.Throws<ArgumentOutOfRangeException>("type", () => Quantiles.At(Values, 0.5, (QuantileType)3));
    }
}
