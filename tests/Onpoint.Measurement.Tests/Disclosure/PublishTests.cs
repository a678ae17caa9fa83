using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Tests.Disclosure;

public sealed class PublishTests
{
    [Fact]
    public void Below_five_teachers_nothing_is_said() =>
        Assert.Equal(
            new PublishedMeasure("benchmark", null, null, 0, 10),
            DisclosureControl.Publish(Estimate(612.4, 20, 3, n: 4), 4, 110, ScoreScale.Points));

    /// <summary>n = 9, s_w = 110: margin t(0.975, 8) 110 / 3 = 2.306004 x 36.6667 = 84.55 (R 4.2: qt(0.975, 8)); its own SE of 20 has no say.</summary>
    [Theory]
    [InlineData(20.0)]
    [InlineData(55.0)]
    public void Five_to_nine_teachers_are_rounded_to_ten_with_a_margin_that_depends_on_their_number_alone(double standardError) =>
        Assert.Equal(
            new PublishedMeasure("benchmark", 620, 80, 9, 10),
            DisclosureControl.Publish(Estimate(615, standardError, 8, n: 9), 9, 110, ScoreScale.Points));

    [Fact]
    public void Without_an_edition_a_small_unit_has_no_margin() =>
        Assert.Null(DisclosureControl.Publish(Estimate(615, 20, 8, n: 9), 9, null, ScoreScale.Points).MarginPoints);

    /// <summary>Each component has five scores, but only one teacher has them all: t with 0 df does not exist.</summary>
    [Fact]
    public void A_small_units_measure_of_one_complete_teacher_has_no_margin() =>
        Assert.Null(DisclosureControl.Publish(Estimate(615, 20, 8, n: 1), 5, 110, ScoreScale.Points).MarginPoints);

    [Theory]
    [InlineData(1000, 940, PublishedBound.Above)]
    [InlineData(945, 940, PublishedBound.Above)]
    [InlineData(944.9, 940, PublishedBound.None)]
    [InlineData(255, 260, PublishedBound.None)]
    [InlineData(254.9, 260, PublishedBound.Below)]
    [InlineData(200, 260, PublishedBound.Below)]
    public void The_ends_of_a_small_unit_are_bounds(double points, double shown, PublishedBound bound)
    {
        PublishedMeasure published = DisclosureControl.Publish(Estimate(points, 10, 6, n: 7), 7, 110, ScoreScale.Points);

        Assert.Equal((shown, bound), (published.Points, published.Bound));
    }

    /// <summary>t(0.975, 99) = 1.984217 (R 4.2: qt(0.975, 99)), times 9 = 17.86; 612.5 rounds away from zero.</summary>
    [Fact]
    public void From_ten_teachers_points_are_whole_with_their_own_margin() =>
        Assert.Equal(
            new PublishedMeasure("benchmark", 613, 18, 100, 1),
            DisclosureControl.Publish(Estimate(612.5, 9, 99, n: 100), 10, null, ScoreScale.Points));

    [Fact]
    public void Ten_teachers_may_reach_the_end_of_the_scale() =>
        Assert.Equal(1000, DisclosureControl.Publish(Estimate(1000, 0, 9, n: 10), 10, null, ScoreScale.Points).Points);

    /// <summary>2.345 and t(0.975, 99) x 0.05 = 0.0992 on two decimals, or one decimal for a small unit.</summary>
    [Fact]
    public void A_plain_mean_has_two_decimals_or_one()
    {
        Assert.Equal(new PublishedMeasure("benchmark", 2.35, 0.1, 100, 1), DisclosureControl.Publish(Estimate(2.345, 0.05, 99, n: 100), 100, null, ScoreScale.Mean));
        Assert.Equal(2.3, DisclosureControl.Publish(Estimate(2.345, 0.05, 8, n: 9), 9, null, ScoreScale.Mean).Points);
    }

    [Fact]
    public void No_estimate_has_neither_points_nor_margin()
    {
        PublishedMeasure published = DisclosureControl.Publish(new MeasureEstimate("benchmark", null, null, null, 0, 0, 0), 12, 110, ScoreScale.Points);

        Assert.Equal((null, null), (published.Points, published.MarginPoints));
    }

    /// <summary>3, 5 and 8 of 16: 18.75, 31.25 and 50 %; halves go up: 1 of 8 parts of 40 are 12.5 %.</summary>
    [Fact]
    public void Item_shares_are_whole_per_cent()
    {
        PublishedItem item = DisclosureControl.PublishItem("SC1", [3, 5, 8, 0], 10);
        Assert.Equal(("SC1", 16), (item.Item, item.Answered));
        Assert.Equal([19, 31, 50, 0], item.SharesPercent);
        Assert.Equal([13, 88], DisclosureControl.PublishItem("SC1", [5, 35], 40).SharesPercent);
    }

    [Theory]
    [InlineData(9, new long[] { 6, 6 })]
    [InlineData(10, new long[] { 5, 4 })]
    [InlineData(10, new long[] { 0, 12 })]
    [InlineData(10, new long[] { 1, 11, 0 })]
    public void An_item_of_few_or_of_one_mind_is_withheld(int unitSmallestCount, long[] counts)
    {
        PublishedItem item = DisclosureControl.PublishItem("SC1", counts, unitSmallestCount);

        Assert.Null(item.SharesPercent);
        Assert.Equal(0, item.Answered);
    }

    [Theory]
    [InlineData(10, new long[] { 5, 5 })]
    [InlineData(10, new long[] { 2, 10 })]
    public void An_item_of_ten_teachers_of_whom_two_disagree_is_shown(int unitSmallestCount, long[] counts) =>
        Assert.NotNull(DisclosureControl.PublishItem("SC1", counts, unitSmallestCount).SharesPercent);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void An_item_is_withheld_while_few_answers_could_be_told_apart(long apart, bool shown) =>
        Assert.Equal(shown, DisclosureControl.PublishItem("SC1", [6, 6], 12, 9, apart).SharesPercent is not null);

    [Fact]
    public void An_item_without_options_is_refused()
    {
        Assert.Equal("optionCounts", Assert.Throws<ArgumentException>(() => DisclosureControl.PublishItem("SC1", [], 12)).ParamName);
        Assert.Equal("optionCounts", Assert.Throws<ArgumentException>(() => DisclosureControl.PublishItem("SC1", [12, -1], 12)).ParamName);
    }

    /// <summary>What readers see of five to nine teachers does not move with what they answered, but for the points in steps of ten.</summary>
    [Fact]
    public void A_small_units_publication_depends_on_its_number_and_its_points_in_tens()
    {
        for (int n = 5; n <= 9; n++)
        {
            for (double points = 200; points <= 1000; points += 3)
            {
                PublishedMeasure published = DisclosureControl.Publish(Estimate(points, points / 30, n - 1, n), n, 110, ScoreScale.Points);
                Assert.Equal(DisclosureControl.Publish(Estimate(615, 1, n - 1, n), n, 110, ScoreScale.Points).MarginPoints, published.MarginPoints);
                Assert.Equal(0, published.Points % 10);
                Assert.InRange(published.Points!.Value, 260, 940);
            }
        }
    }

    private static MeasureEstimate Estimate(double points, double standardError, double df, int n) =>
        new("benchmark", points, standardError, df, n, n - 1, 0);
}
