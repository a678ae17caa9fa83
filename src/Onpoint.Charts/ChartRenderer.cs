using ScottPlot;

namespace Onpoint.Charts;

/// <summary>Draws charts as SVG and PNG. The same chart gives the same bytes, from any number of threads.</summary>
public static class ChartRenderer
{
    // A drawing holds memory outside the collector's sight; more at once than processors only holds more of it.
    private static readonly SemaphoreSlim Drawing = new(Environment.ProcessorCount);

    /// <summary>A chart as an SVG element: role "img", with its name and description, without style attributes and scripts.</summary>
    /// <param name="chart">What to draw.</param>
    /// <param name="size">Which of the three drawings.</param>
    /// <param name="theme">The colours. Inline, the rules of <see cref="ChartStyles.Css"/> come before them; a standalone drawing in <see cref="ChartTheme.Automatic"/> carries its own rules.</param>
    /// <param name="idPrefix">What its ids begin with, unique on the page: a letter, then letters, digits, <c>-</c> or <c>_</c>.</param>
    /// <exception cref="ArgumentException">The chart contradicts itself, or the prefix is no id.</exception>
    /// <exception cref="InvalidOperationException">No font was registered (<see cref="ChartFonts.Register"/>).</exception>
    public static string Svg(StageChart chart, ChartSize size, ChartTheme theme, string idPrefix)
    {
        StageChartRules.Check(chart);
        if (idPrefix.Length == 0 || !char.IsAsciiLetter(idPrefix[0]) || !idPrefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new ArgumentException($"\"{idPrefix}\" cannot begin an id: a letter, then letters, digits, - or _.", nameof(idPrefix));
        }

        var palette = ChartPalette.Of(theme);
        ChartTypefaces typefaces = ChartFonts.Registered();
        bool standalone = size == ChartSize.Standalone;
        return Draw(chart, size, palette, typefaces, (plot, layout) => ChartSvg.Write(
            plot.GetSvgXml((int)layout.Frame.Width, (int)layout.Frame.Height),
            layout, chart, palette, idPrefix, typefaces.Family, standalone,
            standalone && theme == ChartTheme.Automatic ? ChartStyles.Standalone() : null));
    }

    /// <summary>The standalone drawing as a PNG of 1920 x 1040 pixels.</summary>
    /// <param name="chart">What to draw.</param>
    /// <param name="theme">The colours; a bitmap cannot follow its reader, so not <see cref="ChartTheme.Automatic"/>.</param>
    /// <exception cref="ArgumentException">The chart contradicts itself, or the theme is automatic.</exception>
    /// <exception cref="InvalidOperationException">No font was registered (<see cref="ChartFonts.Register"/>).</exception>
    public static byte[] Png(StageChart chart, ChartTheme theme)
    {
        StageChartRules.Check(chart);
        if (theme == ChartTheme.Automatic)
        {
            throw new ArgumentOutOfRangeException(nameof(theme), theme, "A bitmap is light, dark or for print.");
        }

        var palette = ChartPalette.Of(theme);
        ChartTypefaces typefaces = ChartFonts.Registered();
        return Draw(chart, ChartSize.Standalone, palette, typefaces, (plot, layout) => ChartBitmap.Write(plot, layout, palette, typefaces));
    }

    private static T Draw<T>(StageChart chart, ChartSize size, ChartPalette palette, ChartTypefaces typefaces, Func<Plot, StageLayout, T> write)
    {
        Drawing.Wait();
        try
        {
            var layout = new StageLayout(chart, size, typefaces);
            using Plot plot = StageDrawing.Draw(layout, palette);
            return write(plot, layout);
        }
        finally
        {
            Drawing.Release();
        }
    }
}
