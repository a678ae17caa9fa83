namespace Onpoint.Charts;

/// <summary>The three drawings of a chart. Text keeps its size in pixels, so a smaller drawing is another layout, not a reduction.</summary>
public enum ChartSize
{
    /// <summary>960 x 520, with title, sentence and caption inside: for slides and downloads.</summary>
    Standalone,

    /// <summary>640 x 400, for pages from 44 rem; title, sentence and caption are HTML.</summary>
    Inline,

    /// <summary>420 x 300, for cards and phones; title, sentence and caption are HTML.</summary>
    Small,
}
