using System.Text;
using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Tests.Norms;

public sealed class CanonicalJsonTests
{
    /// <summary>By hand: nine significant digits; 123456789.5 is an exact half and goes up; the sign of zero goes.</summary>
    [Theory]
    [InlineData(1.0 / 3, 0.333333333)]
    [InlineData(-2000.0 / 3, -666.666667)]
    [InlineData(123456789.5, 123456790)]
    [InlineData(612, 612)]
    [InlineData(1.23456789e-20, 1.23456789e-20)]
    [InlineData(-0.0, 0)]
    public void Round_keeps_nine_significant_digits(double value, double expected)
    {
        Assert.Equal(expected, CanonicalJson.Round(value));
        Assert.Equal(expected, CanonicalJson.Round(expected));
        Assert.False(double.IsNegative(CanonicalJson.Round(-0.0)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Numbers_that_are_not_finite_are_refused(double value) => Assert.Throws<ArgumentOutOfRangeException>(nameof(value), () => CanonicalJson.Round(value));

    /// <summary>The spelling of the class comment, by hand: ordinal keys (capitals only inside words), null written, one line feed at the end.</summary>
    [Fact]
    public void Write_follows_the_documented_spelling()
    {
        byte[] bytes = CanonicalJson.Write(new Sample(Stage.Year4Plus, 1.0 / 3, null, "Peña <1>", [1, 2]));

        Assert.Equal("{\"count\":null,\"name\":\"Peña <1>\",\"stage\":\"year4-plus\",\"value\":0.333333333,\"whole\":[1,2]}\n", Encoding.UTF8.GetString(bytes));
        Assert.Equal(bytes, CanonicalJson.Write(CanonicalJson.Read<Sample>(bytes)));
    }

    [Theory]
    [InlineData("{\"count\":null,\"name\":\"a\",\"stage\":\"year1\",\"value\":0.5,\"whole\":[]}")] // no line feed
    [InlineData("{\"count\":null,\"name\":\"a\", \"stage\":\"year1\",\"value\":0.5,\"whole\":[]}\n")] // a space
    [InlineData("{\"name\":\"a\",\"count\":null,\"stage\":\"year1\",\"value\":0.5,\"whole\":[]}\n")] // another order
    [InlineData("{\"count\":null,\"name\":\"a\",\"stage\":\"year1\",\"value\":0.50,\"whole\":[]}\n")] // another spelling of a number
    [InlineData("{\"count\":null,\"name\":\"a\",\"stage\":\"year1\",\"value\":0.1234567891,\"whole\":[]}\n")] // ten digits
    [InlineData("{\"count\":null,\"name\":\"a\",\"stage\":\"year1\",\"value\":1e999,\"whole\":[]}\n")] // not finite
    [InlineData("{\"count\":null,\"extra\":1,\"name\":\"a\",\"stage\":\"year1\",\"value\":0.5,\"whole\":[]}\n")]
    [InlineData("{\"count\":null,\"name\":\"a\",\"stage\":1,\"value\":0.5,\"whole\":[]}\n")]
    [InlineData("{\"count\":null,\"name\":null,\"stage\":\"year1\",\"value\":0.5,\"whole\":[]}\n")]
    [InlineData("{\"count\":null}\n")]
    [InlineData("null\n")]
    [InlineData("")]
    public void Read_refuses_anything_else(string json) => Assert.Throws<FormatException>(() => CanonicalJson.Read<Sample>(Encoding.UTF8.GetBytes(json)));

    private sealed record Sample(Stage Stage, double Value, int? Count, string Name, IReadOnlyList<int> Whole);
}
