using Onpoint.Web.Features.Districts;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Tests.Pages;

/// <summary>Where the small pictures put their marks; places computed by hand.</summary>
public sealed class PictureTests
{
    [Theory]
    [InlineData(400, "0%")]
    [InlineData(550, "37.5%")]
    [InlineData(800, "100%")]
    [InlineData(900, "100%")]
    [InlineData(100, "0%")]
    public void Place_is_a_share_of_the_axis_and_stays_on_it(double points, string place) => Assert.Equal(place, new PictureScale(400, 800, 100).Place(points));

    [Fact]
    public void Width_counts_only_what_lies_on_the_axis() => Assert.Equal("12.5%", new PictureScale(400, 800, 100).Width(350, 450));

    [Fact]
    public void Axis_of_scores_grows_in_hundreds_to_hold_every_margin_and_ends_with_the_scale()
    {
        Assert.Equal(new PictureScale(400, 800, 100), PictureScale.OfScores(400, 800, [(636, 21)]));
        Assert.Equal(new PictureScale(300, 800, 100), PictureScale.OfScores(400, 800, [(410, 21), (500, null)]));
        Assert.Equal(new PictureScale(400, 1000, 200), PictureScale.OfScores(400, 800, [(960, 118)]));
    }

    [Fact]
    public void Axis_of_changes_holds_zero_and_every_margin()
    {
        PictureScale scale = PictureScale.OfChanges([(31, 30), (-80, 40)]);

        Assert.Equal(new PictureScale(-150, 100, 50), scale);
        Assert.Equal([-150, -100, -50, 0, 50, 100], scale.Ticks);
    }

    /// <summary>Quantiles 1, 2, .. 99 with mean 50 and tau 25: dot k stands at k - 1/2, so the 31st to the 60th dot are 30 solid ones.</summary>
    [Fact]
    public void Dots_of_the_interval_are_solid()
    {
        double[] quantiles = [.. Enumerable.Range(1, 99).Select(percent => (double)percent)];
        var dots = new HundredDots(quantiles, mean: 50, tau: 25, new PlaceAmong100(45, 31, 60), score: 45, margin: 10);

        Assert.Equal(30, dots.Solid);
        Assert.Equal(100, dots.Path(true, 760, 200).Count(letter => letter == 'M') + dots.Path(false, 760, 200).Count(letter => letter == 'M'));
        Assert.Equal([12.5, 37.5, 62.5, 87.5], dots.Edges);
        Assert.Equal(380, dots.X(50, 760));
        Assert.Equal(380, dots.BandCenter(2, 760));
    }

    /// <summary>A score far outside still lies inside the picture, with its margin.</summary>
    [Fact]
    public void Axis_of_the_dots_reaches_to_a_distant_score()
    {
        var dots = new HundredDots([.. Enumerable.Range(1, 99).Select(percent => (double)percent)], 50, 25, new PlaceAmong100(99, 98, 99), 400, 20);

        Assert.InRange(dots.X(420, 760), 380, 759);
    }
}
