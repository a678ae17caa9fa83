namespace Onpoint.Charts.Tests;

public sealed class StageChartRulesTests
{
    private static readonly StageChart Good = SampleCharts.Named("district-1");

    public static TheoryData<StageChart, string> Contradictions() => new()
    {
        { Good with { Stages = ["Planning"] }, "fewer than two stages" },
        { Good with { LowestPoints = 350 }, "whole hundreds" },
        { Good with { LowestPoints = 800 }, "whole hundreds" },
        { Good with { Series = [Good.Series[0], Good.Series[0], Good.Series[0]] }, "more than two curves of kind Nation" },
        { Good with { Series = [Good.Series[0] with { Points = [new(1, 1)] }] }, "\"Dataset\" has 1 points for 5 stages" },
        { WithPoint(new(double.NaN, 14)), "no number" },
        { WithPoint(new(500, double.PositiveInfinity)), "no number" },
        { WithPoint(new(500, double.NaN)), "no number" },
        { WithPoint(new(500, -1)), "no number" },
        { Good with { Annotation = new([]) }, "annotation has no text" },
        { Good with { Annotation = new(["x"], 1, 1) }, "bracket" },
        { Good with { Annotation = new(["x"], null, 1) }, "bracket" },
        { Good with { Annotation = new(["x"], 0) }, "bracket" },
        { Good with { Annotation = new(["x"], -1, 1) }, "bracket" },
        { Good with { Annotation = new(["x"], 0, 5) }, "bracket" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_chart_that_contradicts_itself_is_refused(StageChart chart, string reason)
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(nameof(chart), () => ChartRenderer.Svg(chart, ChartSize.Inline, ChartTheme.Light, "c"));

        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interval_may_be_absent_or_of_no_width() =>
        StageChartRules.Check(Good with { Series = [Good.Series[0] with { Points = [new(500, null), new(500, 0), null, null, null] }] });

    private static StageChart WithPoint(StagePoint point) =>
        Good with { Series = [Good.Series[0] with { Points = [point, null, null, null, null] }] };
}
