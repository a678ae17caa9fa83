using Onpoint.Measurement;
using Onpoint.Measurement.Disclosure;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Tests.Pages;

/// <summary>Every expectation is written by hand from the rule: whole numbers, halves away from zero, no-break spaces (shown here as "_").</summary>
public sealed class DisplayTests
{
    [Theory]
    [InlineData(636.4999, "636")]
    [InlineData(812.5, "813")]
    [InlineData(811.5, "812")]
    [InlineData(1000, "1,000")]
    [InlineData(0.4, "0")]
    [InlineData(-0.4, "0")]
    [InlineData(-4.5, "−5")]
    public void Points_are_whole_and_halves_round_away_from_zero(double points, string text) => Assert.Equal(text, Display.Points(points));

    [Theory]
    [InlineData(636.0, 21.0, 1, PublishedBound.None, "636_±_21")]
    [InlineData(636.0, null, 1, PublishedBound.None, "636")]
    [InlineData(640.0, 48.0, 10, PublishedBound.None, "about_640_±_48")]
    [InlineData(940.0, null, 10, PublishedBound.None, "about_940")]
    [InlineData(940.0, 48.0, 10, PublishedBound.Above, "above_940")]
    [InlineData(260.0, null, 10, PublishedBound.None, "about_260")]
    [InlineData(260.0, null, 10, PublishedBound.Below, "below_260")]
    [InlineData(950.0, null, 1, PublishedBound.None, "950")]
    public void WithMargin_names_the_rounding_of_small_groups(double points, double? margin, int rounding, PublishedBound bound, string text) =>
        Assert.Equal(Read(text), Display.WithMargin(new PublishedMeasure("benchmark", points, margin, 7, rounding, bound)));

    /// <summary>A margin around "above 940" would say that 940 is the estimate.</summary>
    [Theory]
    [InlineData(940, 10, PublishedBound.Above, null)]
    [InlineData(260, 10, PublishedBound.Below, null)]
    [InlineData(640, 10, PublishedBound.None, 48.0)]
    [InlineData(980, 1, PublishedBound.None, 48.0)]
    public void Drawn_shows_no_more_than_the_words(double points, int rounding, PublishedBound bound, double? margin) =>
        Assert.Equal((points, margin), Display.Drawn(new PublishedMeasure("benchmark", points, 48, 7, rounding, bound)));

    [Fact]
    public void Score_refuses_a_withheld_score() =>
        Assert.Equal("score", Assert.Throws<ArgumentException>(() => Display.Score(new PublishedMeasure("benchmark", null, null, 3, 1))).ParamName);

    [Theory]
    [InlineData(31, "+31")]
    [InlineData(-4.5, "−5")]
    [InlineData(0.4, "0")]
    [InlineData(-0.4, "0")]
    [InlineData(0.5, "+1")]
    public void Signed_shows_the_direction_of_what_is_printed(double points, string text) => Assert.Equal(text, Display.Signed(points));

    [Fact]
    public void SignedWithMargin_joins_change_and_margin() => Assert.Equal(Read("+31_±_30"), Display.SignedWithMargin(31, 30));

    [Theory]
    [InlineData(0.125, "13_%")]
    [InlineData(0.375, "38_%")]
    [InlineData(0.285, "29_%")] // 28.499999999999996 in binary
    [InlineData(0.015, "2_%")]
    [InlineData(0, "0_%")]
    [InlineData(1, "100_%")]
    public void Percent_is_whole(double fraction, string text) => Assert.Equal(Read(text), Display.Percent(fraction));

    [Theory]
    [InlineData(0.83, "83_%")]
    [InlineData(1.0, "100_%")]
    [InlineData(1.004, "all of it")]
    [InlineData(1.4, "all of it")]
    public void Share_above_the_whole_is_all_of_it(double fraction, string text) => Assert.Equal(text == "all of it" ? text : Read(text), Display.Share(fraction));

    [Theory]
    [InlineData(1, "1st")]
    [InlineData(2, "2nd")]
    [InlineData(23, "23rd")]
    [InlineData(48, "48th")]
    [InlineData(11, "11th")]
    [InlineData(12, "12th")]
    [InlineData(13, "13th")]
    [InlineData(91, "91st")]
    public void Ordinal_follows_English(int number, string text) => Assert.Equal(text, Display.Ordinal(number));

    [Theory]
    [InlineData(636, "3.2")] // 3.18
    [InlineData(610, "3.1")] // 3.05: half, away from zero
    [InlineData(200, "1.0")]
    [InlineData(1000, "5.0")]
    public void AnswerMean_divides_by_two_hundred(double points, string text) => Assert.Equal(text, Display.AnswerMean(points));

    [Theory]
    [InlineData(2026, "2025–26")]
    [InlineData(2000, "1999–00")]
    [InlineData(2010, "2009–10")]
    public void SchoolYear_names_both_years(int endingYear, string text) => Assert.Equal(text, Display.SchoolYear(endingYear));

    [Theory]
    [InlineData("spring", 2026, "spring_2026")]
    [InlineData("Fall", 2026, "fall_2025")]
    [InlineData("", 2026, "2025–26")]
    [InlineData("summer session", 2026, "summer session, 2025–26")]
    public void Term_puts_the_fall_into_the_year_before(string term, int endingYear, string text) => Assert.Equal(Read(text), Display.Term(term, endingYear));

    [Theory]
    [InlineData(0, "Planning")]
    [InlineData(0.5, "Year_½")]
    [InlineData(1.5, "Year_1½")]
    [InlineData(3, "Year_3")]
    [InlineData(4, "Year_4+")]
    public void HalfStage_names_whole_and_half_stages(double stage, string text) => Assert.Equal(Read(text), Display.HalfStage(stage));

    [Fact]
    public void StageName_refuses_what_is_no_stage() =>
        Assert.Equal("stage", Assert.Throws<ArgumentOutOfRangeException>(() => Display.StageName((Stage)5)).ParamName);

    [Fact]
    public void Count_groups_thousands() => Assert.Equal("14,812", Display.Count(14_812));

    [Fact]
    public void List_joins_as_a_sentence_does()
    {
        Assert.Equal("", Display.List([]));
        Assert.Equal("a", Display.List(["a"]));
        Assert.Equal("a and b", Display.List(["a", "b"]));
        Assert.Equal("a, b and c", Display.List(["a", "b", "c"]));
    }

    private static string Read(string text) => text.Replace('_', '\u00A0');
}
