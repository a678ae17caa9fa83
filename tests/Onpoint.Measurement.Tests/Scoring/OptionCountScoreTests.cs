using System.Globalization;
using FsCheck.Xunit;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Tests.Scoring;

public sealed class OptionCountScoreTests
{
    /// <summary>By hand: (2 · 10 + 3 · 5 + 1 · −2.5) / 6 = 32.5 / 6; the seven without points count nowhere.</summary>
    [Fact]
    public void An_item_is_the_mean_of_its_points_over_options_that_have_points() =>
        Assert.Equal(32.5 / 6, OptionCountScore.Item([new(10, 2), new(5, 3), new(-2.5m, 1), new(null, 7)]));

    /// <summary>Exact until rounded once: 3 · 0.1 / 3 is 0.1 (in doubles 0.30000000000000004 / 3), and cancelling points leave their rest.</summary>
    [Fact]
    public void Decimals_are_added_as_they_are_written()
    {
        Assert.Equal(0.1, OptionCountScore.Item([new(0.1m, 1), new(0.1m, 1), new(0.1m, 1)]));
        Assert.Equal(1e-20 / 3, OptionCountScore.Item([new(1e9m, 1), new(-1e9m, 1), new(0.00000000000000000001m, 1)]));
        Assert.Equal((double)decimal.MaxValue, OptionCountScore.Item([new(decimal.MaxValue, long.MaxValue), new(decimal.MaxValue, long.MaxValue)]));
        Assert.Equal((double)decimal.MinValue, OptionCountScore.Item([new(decimal.MinValue, 1)]));
    }

    [Fact]
    public void Nobody_with_points_gives_no_score()
    {
        Assert.Null(OptionCountScore.Item([]));
        Assert.Null(OptionCountScore.Item([new(null, 7), new(3, 0)]));
        Assert.Equal(0.0, OptionCountScore.Item([new(0, 7)]));
    }

    [Fact]
    public void A_category_weights_the_items_that_have_a_score_equally()
    {
        Assert.Equal(4.0, OptionCountScore.Category([1, 2, 9]));
        Assert.Equal(5.0, OptionCountScore.Category([1, null, 9]));
        Assert.Equal(-1e100, OptionCountScore.Category([-1e100, -1e100]));
        Assert.Null(OptionCountScore.Category([null, null]));
        Assert.Null(OptionCountScore.Category([]));
    }

    [Fact]
    public void A_composite_needs_all_its_categories()
    {
        Assert.Equal(4.0, OptionCountScore.Composite([1, 2, 9]));
        Assert.Equal(1e100, OptionCountScore.Composite([1e100]));
        Assert.Null(OptionCountScore.Composite([1, null, 9]));
        Assert.Null(OptionCountScore.Composite([]));
    }

    /// <summary>More digits than a double holds, some at the middle between two: .NET's parser of doubles, which rounds to the nearest, says which one it is.</summary>
    [Theory]
    [InlineData("0.1000000000000000069388939039")]
    [InlineData("0.1000000000000000069388939040")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740993.000000000001")]
    [InlineData("-9007199254740995")]
    [InlineData("6.666666666666667")]
    [InlineData("36893488147419107329")]
    [InlineData("0.0000000000000000000000000001")]
    public void One_answer_is_worth_the_double_nearest_to_its_points(string points) =>
        Assert.Equal(
            double.Parse(points, CultureInfo.InvariantCulture),
            OptionCountScore.Item([new(decimal.Parse(points, CultureInfo.InvariantCulture), 3)]));

    [Property(MaxTest = 25)]
    public void Order_does_not_change_a_bit_and_more_points_never_lower_the_score(int seed)
    {
        var random = new Random(seed);
        OptionCount[] options = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ =>
            new OptionCount(random.Next(4) == 0 ? null : random.Next(-1000, 1000) / 7m, random.Next(50)))];
        double?[] parts = [.. options.Select(option => (double?)option.Points ?? 0)];
        double? item = OptionCountScore.Item(options);
        double? mean = OptionCountScore.Category(parts);
        random.Shuffle(options);
        random.Shuffle(parts);

        Assert.Equal(item, OptionCountScore.Item(options));
        Assert.Equal(mean, OptionCountScore.Category(parts));
        Assert.True(item is null || OptionCountScore.Item([.. options, new(10_000, 1)]) > item);
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        Assert.Throws<ArgumentException>("options", () => OptionCountScore.Item([new(1, -1)]));
        Assert.Throws<ArgumentException>("options", () => OptionCountScore.Item([new(null, -1)]));
        Assert.Throws<ArgumentNullException>("options", () => OptionCountScore.Item(null!));
        foreach (double score in new[] { double.NaN, 1.1e100, -1.1e100 })
        {
            Assert.Throws<ArgumentException>("items", () => OptionCountScore.Category([1, score]));
            Assert.Throws<ArgumentException>("categories", () => OptionCountScore.Composite([null, score]));
        }

        Assert.Throws<ArgumentNullException>("items", () => OptionCountScore.Category(null!));
        Assert.Throws<ArgumentNullException>("categories", () => OptionCountScore.Composite(null!));
    }
}
