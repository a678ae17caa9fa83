using Onpoint.Benchmarks.Ratios;
using Onpoint.Charts;

namespace Onpoint.Benchmarks.Rows;

/// <summary>One landmark chart with a district on the national curve, drawn as a standalone SVG, the richest of the three drawings.</summary>
internal sealed class LandmarkChartRow : RatioRow
{
    public override string Name => "landmark-chart";

    public override string Unit => "ms";

    public override IReadOnlyList<Limit> Goal { get; } = [new(LimitedFigure.Ours, AtLeast: false, 20, "ms")];

    public override async Task<Measured> MeasureAsync(CancellationToken cancellationToken)
    {
        if (ChartFonts.Register(null) is FontOutcome.NoFont(var what, var command))
        {
            throw new InvalidOperationException($"{what} Run: {command}");
        }

        return new Measured(await Pairs.RunAsync(() => Pairs.MillisecondsAsync(Draw), theirs: null, cancellationToken));
    }

    private static Task Draw()
    {
        _ = ChartRenderer.Svg(Chart, ChartSize.Standalone, ChartTheme.Automatic, "chart");
        return Task.CompletedTask;
    }

    /// <summary>Shared understanding: the stage means of the synthetic dataset, and the demonstration district's three waves.</summary>
    private static StageChart Chart => new()
    {
        Title = "Shared understanding comes first",
        Subtitle = "Strategy Communication, score by stage, with 95 % margins",
        Sentence = "Cedar Valley made 82 % of its growth so far by Year 1.",
        Caption = "Synthetic national dataset, edition 2026.1: 142 districts, 314 surveys.",
        AltText = "The dataset: 520 in Planning, 660 in Year 1, 690 in Year 2, 708 in Year 3 and 720 in Year 4+. Cedar Valley: 520 in Planning, 660 in Year 1 and 690 in Year 2.",
        Stages = ["Planning", "Year 1", "Year 2", "Year 3", "Year 4+"],
        Series =
        [
            new StageSeries(SeriesKind.Nation, "Dataset", "720", [new(520, 14), new(660, 13), new(690, 11), new(708, 13), new(720, 12)]),
            new StageSeries(SeriesKind.District, "Cedar Valley", "690", [new(520, 29), new(660, 27), new(690, 30), null, null]),
        ],
        Annotation = new StageAnnotation(["82 % of its growth", "so far, by Year 1"], 0, 1),
    };
}
