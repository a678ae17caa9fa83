using Onpoint.Measurement.Disclosure;

namespace Onpoint.Measurement.Tests.Disclosure;

public sealed class ResponseCountsTests
{
    private static readonly HashSet<string> Nobody = [];

    [Theory]
    [InlineData(4, 9, 5, CountPrecision.Below)]
    [InlineData(5, 9, 5, CountPrecision.AtLeast)]
    [InlineData(9, 9, 5, CountPrecision.AtLeast)]
    [InlineData(4, 10, 4, CountPrecision.Exact)]
    [InlineData(12, null, 5, CountPrecision.AtLeast)]
    public void Rosters_below_ten_or_unknown_say_only_whether_there_are_five(int responses, int? eligible, int shown, CountPrecision precision)
    {
        PublishedCount line = Assert.Single(ResponseCounts.Publish([new("a", responses, eligible)], Nobody).Lines);

        Assert.Equal((shown, precision, eligible), (line.Responses, line.Precision, line.Eligible));
    }

    /// <summary>By hand: 50 + 32 of the larger schools; the roster of all is 80 + 72 + 8.</summary>
    [Fact]
    public void The_total_does_not_give_a_small_school_away()
    {
        PublishedCount total = ResponseCounts.Publish([new("a", 50, 80), new("b", 32, 72), new("c", 6, 8)], Nobody).Total;

        Assert.Equal((82, CountPrecision.AtLeast, 160), (total.Responses, total.Precision, total.Eligible));
    }

    [Fact]
    public void The_total_of_larger_schools_is_exact()
    {
        PublishedCount total = ResponseCounts.Publish([new("a", 50, 80), new("b", 32, 72)], Nobody).Total;

        Assert.Equal((82, CountPrecision.Exact, 152), (total.Responses, total.Precision, total.Eligible));
    }

    [Fact]
    public void Schools_withheld_together_share_the_last_line()
    {
        (IReadOnlyList<PublishedCount> lines, PublishedCount total) = ResponseCounts.Publish(
            [new("b", 50, 80), new("c", 3, 8), new("a", 6, 16)], new HashSet<string> { "a", "c" });

        Assert.Equal(["b", "a c"], lines.Select(line => string.Join(' ', line.SchoolIds)));
        Assert.Equal((9, CountPrecision.Exact, 24), (lines[1].Responses, lines[1].Precision, lines[1].Eligible));
        Assert.Equal((59, CountPrecision.Exact, 104), (total.Responses, total.Precision, total.Eligible));
    }
}
