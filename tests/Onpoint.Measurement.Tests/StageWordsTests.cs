namespace Onpoint.Measurement.Tests;

public sealed class StageWordsTests
{
    /// <summary>The spelling of waves.csv: README, "Your own data".</summary>
    [Theory]
    [InlineData(Stage.Planning, "Planning")]
    [InlineData(Stage.Year1, "Year 1")]
    [InlineData(Stage.Year2, "Year 2")]
    [InlineData(Stage.Year3, "Year 3")]
    [InlineData(Stage.Year4Plus, "Year 4+")]
    public void A_stage_is_written_and_read(Stage stage, string words)
    {
        Assert.Equal(words, StageWords.Of(stage));
        Assert.True(StageWords.TryParse(words, out Stage read));
        Assert.Equal(stage, read);
    }

    [Theory]
    [InlineData("planning"), InlineData("Year 4"), InlineData("Year 5"), InlineData("")]
    public void Other_words_are_no_stage(string words) => Assert.False(StageWords.TryParse(words, out _));

    [Fact]
    public void A_number_beyond_the_stages_is_refused() =>
        Assert.Equal("stage", Assert.Throws<ArgumentOutOfRangeException>(() => StageWords.Of((Stage)5)).ParamName);
}
