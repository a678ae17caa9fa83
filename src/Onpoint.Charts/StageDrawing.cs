using ScottPlot;

namespace Onpoint.Charts;

/// <summary>The shapes of a stage chart as a plot. Its texts are written by the SVG or on the bitmap, from the layout.</summary>
internal static class StageDrawing
{
    /// <summary>A plot whose axes are stages and points; the caller disposes it.</summary>
    public static Plot Draw(StageLayout layout, ChartPalette palette)
    {
        var plot = new Plot();
        plot.HideAxesAndGrid();
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;

        // The plot's data area is the whole drawing, with the axes' ends moved out accordingly: nothing is cut off at 400 or 800.
        plot.Layout.Fixed(new PixelPadding(0));
        float width = layout.StageWidth;
        double pointsPerPixel = (layout.Highest - layout.Lowest) / (double)(layout.Bottom - layout.Top);
        plot.Axes.SetLimits(
            -layout.X(0) / width,
            (layout.Frame.Width - layout.X(0)) / width,
            layout.Lowest - ((layout.Frame.Height - layout.Bottom) * pointsPerPixel),
            layout.Highest + (layout.Top * pointsPerPixel));
        double Stage(float x) => (x - layout.X(0)) / width;
        double Points(float y) => layout.Lowest + ((layout.Bottom - y) * pointsPerPixel);

        foreach (int points in layout.Hundreds())
        {
            Line(plot, [Stage(layout.Frame.GridLeft), Stage(layout.GridRight)], [points, points], palette.Grid, 1);
        }

        foreach (PlacedSeries series in layout.Series.Where(s => s.Series.Kind == SeriesKind.Nation))
        {
            DrawBands(plot, series, Stage, Points, palette.Nation);
        }

        foreach (PlacedSeries series in layout.Series.OrderBy(s => s.Series.Kind))
        {
            DrawCurve(plot, series, Stage, Points, palette);
        }

        if (layout.Bracket.Count > 0)
        {
            Line(plot, [.. layout.Bracket.Select(b => Stage(b.X))], [.. layout.Bracket.Select(b => Points(b.Y))], palette.Text, 1.25f);
        }

        return plot;
    }

    private static void DrawBands(Plot plot, PlacedSeries series, Func<float, double> stage, Func<float, double> points, string colour)
    {
        foreach (PlacedPoint[] run in Runs(series.Points))
        {
            ScottPlot.Plottables.FillY band = plot.Add.FillY(
                [.. run.Select(p => stage(p.X))],
                [.. run.Select(p => points(p.Y + p.Half!.Value))],
                [.. run.Select(p => points(p.Y - p.Half!.Value))]);
            band.FillColor = Color.FromHex(colour).WithAlpha(.18);
            band.LineWidth = 0;
            band.MarkerSize = 0;
        }
    }

    private static void DrawCurve(Plot plot, PlacedSeries series, Func<float, double> stage, Func<float, double> points, ChartPalette palette)
    {
        bool district = series.Series.Kind == SeriesKind.District;
        string colour = district ? palette.District : palette.Nation;
        double[] xs = [.. series.Points.Select(p => stage(p.X))];
        double[] ys = [.. series.Points.Select(p => points(p.Y))];

        // A band needs two neighbours: a stage of the dataset that stands alone shows its interval as the district does.
        HashSet<PlacedPoint> inBand = district ? [] : [.. Runs(series.Points).SelectMany(r => r)];
        PlacedPoint[] barred = [.. series.Points.Where(p => p.Half is not null && !inBand.Contains(p))];
        if (barred.Length > 0)
        {
            ScottPlot.Plottables.ErrorBar bars = plot.Add.ErrorBar(
                [.. barred.Select(p => stage(p.X))],
                [.. barred.Select(p => points(p.Y))],
                [.. barred.Select(p => points(p.Y - p.Half!.Value) - points(p.Y))]);
            bars.Color = Color.FromHex(colour);
            bars.LineWidth = ChartFrame.ErrorBarWidth;
            bars.CapSize = ChartFrame.CapHalf;
        }

        if (xs.Length > 1)
        {
            Line(plot, xs, ys, colour, ChartFrame.LineWidth);
        }

        // Marks of a filled shape have no rim of their own: a larger one below, in the background's colour.
        (MarkerShape filled, MarkerShape open) = district
            ? (MarkerShape.FilledSquare, MarkerShape.OpenSquare)
            : (MarkerShape.FilledCircle, MarkerShape.OpenCircle);
        plot.Add.Markers(xs, ys, filled, ChartFrame.HaloSize, Color.FromHex(palette.Background));
        if (series.Hollow)
        {
            ScottPlot.Plottables.Markers rims = plot.Add.Markers(xs, ys, open, ChartFrame.MarkSize - ChartFrame.LineWidth, Color.FromHex(colour));
            rims.MarkerStyle.LineWidth = ChartFrame.LineWidth;
        }
        else
        {
            plot.Add.Markers(xs, ys, filled, ChartFrame.MarkSize, Color.FromHex(colour));
        }
    }

    private static void Line(Plot plot, double[] xs, double[] ys, string colour, float width)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(xs, ys);
        line.LineColor = Color.FromHex(colour);
        line.LineWidth = width;
    }

    /// <summary>Stretches of at least two neighbouring stages that all have an interval.</summary>
    private static IEnumerable<PlacedPoint[]> Runs(IReadOnlyList<PlacedPoint> points)
    {
        var run = new List<PlacedPoint>();
        foreach (PlacedPoint point in points)
        {
            if (run.Count > 0 && (point.Half is null || point.Stage != run[^1].Stage + 1))
            {
                if (run.Count > 1)
                {
                    yield return [.. run];
                }

                run.Clear();
            }

            if (point.Half is not null)
            {
                run.Add(point);
            }
        }

        if (run.Count > 1)
        {
            yield return [.. run];
        }
    }
}
