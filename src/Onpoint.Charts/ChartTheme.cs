namespace Onpoint.Charts;

/// <summary>The colours a chart is drawn in.</summary>
public enum ChartTheme
{
    /// <summary>Light, and dark for readers who asked for that: a standalone SVG follows them by itself, an inline one by the page's stylesheet. Not for PNG.</summary>
    Automatic,

    /// <summary>Always light.</summary>
    Light,

    /// <summary>Always dark.</summary>
    Dark,

    /// <summary>Dark ink on white, the two kinds of curve apart in greys too.</summary>
    Print,
}
