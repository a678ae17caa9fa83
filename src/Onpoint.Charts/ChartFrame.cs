namespace Onpoint.Charts;

/// <summary>Measures of one drawing in pixels: they do not depend on the chart.</summary>
/// <param name="Width">Width of the drawing.</param>
/// <param name="Height">Height of the drawing.</param>
/// <param name="Edge">Left margin of titles; there are none when it is zero.</param>
/// <param name="GridLeft">Where the grid lines begin; the values stand to the left of it.</param>
/// <param name="Top">Height of the highest value. With titles: the gap between them and it.</param>
/// <param name="BelowPlot">From the lowest value to the lower edge, without the caption.</param>
/// <param name="LabelSize">Font size of end labels and the annotation.</param>
/// <param name="TickSize">Font size of values and stage names.</param>
/// <param name="WidestLabel">Width at which a name beside the last stage is broken.</param>
/// <param name="Dodge">How far the district stands to the right of the dataset, so that both marks show.</param>
internal sealed record ChartFrame(
    float Width, float Height, float Edge, float GridLeft, float Top, float BelowPlot, float LabelSize, float TickSize, float WidestLabel, float Dodge)
{
    public const float MarkSize = 10.5f;
    public const float HaloSize = MarkSize + 4;
    public const float LineWidth = 2.5f;
    public const float ErrorBarWidth = 1.75f;
    public const float CapHalf = 4;

    /// <summary>From the grid's ends to the first and last stage: room for a mark and its cap.</summary>
    public const float Inset = 14;

    public static ChartFrame Of(ChartSize size) => size switch
    {
        ChartSize.Standalone => new(960, 520, Edge: 28, GridLeft: 66, Top: 28, BelowPlot: 34, LabelSize: 15, TickSize: 14, WidestLabel: 170, Dodge: 8),
        ChartSize.Inline => new(640, 400, Edge: 0, GridLeft: 38, Top: 16, BelowPlot: 34, LabelSize: 14, TickSize: 13, WidestLabel: 130, Dodge: 7),
        ChartSize.Small => new(420, 300, Edge: 0, GridLeft: 38, Top: 16, BelowPlot: 34, LabelSize: 13, TickSize: 13, WidestLabel: 96, Dodge: 7),
        _ => throw new ArgumentOutOfRangeException(nameof(size), size, "There is no such size."),
    };
}
