using ScottPlot;
using SkiaSharp;

namespace Onpoint.Charts;

/// <summary>Makes a PNG of a plot's shapes and a layout's texts.</summary>
internal static class ChartBitmap
{
    /// <summary>Pixels of the bitmap per pixel of the layout: sharp on a slide.</summary>
    public const int Scale = 2;

    // One filter and the fastest compression: a quarter larger, five times as fast as the default (24 against 110 to 140 ms).
    private static readonly SKPngEncoderOptions Fast = new(SKPngEncoderFilterFlags.Sub, 1);

    public static byte[] Write(Plot plot, StageLayout layout, ChartPalette palette, ChartTypefaces typefaces)
    {
        int width = (int)layout.Frame.Width * Scale;
        int height = (int)layout.Frame.Height * Scale;
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        plot.FigureBackground.Color = Color.FromHex(palette.Background);
        plot.ScaleFactor = Scale;
        plot.Render(surface.Canvas, width, height);

        surface.Canvas.ResetMatrix();
        surface.Canvas.Scale(Scale);
        foreach (ChartText text in layout.Texts)
        {
            Write(surface.Canvas, text, palette, typefaces);
        }

        using SKPixmap pixels = surface.PeekPixels();
        using SKData? png = pixels.Encode(Fast);
        return png?.ToArray() ?? throw new InvalidOperationException($"No PNG could be made of {width} x {height} pixels.");
    }

    private static void Write(SKCanvas canvas, ChartText text, ChartPalette palette, ChartTypefaces typefaces)
    {
        using var font = new SKFont(text.Bold ? typefaces.Bold : typefaces.Regular, text.Size) { Subpixel = true, Edging = SKFontEdging.Antialias };
        using var paint = new SKPaint { IsAntialias = true };
        SKTextAlign align = text.Anchor switch
        {
            TextAnchor.Start => SKTextAlign.Left,
            TextAnchor.Middle => SKTextAlign.Center,
            _ => SKTextAlign.Right,
        };
        if (text.Halo)
        {
            paint.Style = SKPaintStyle.Stroke;
            paint.StrokeWidth = ChartText.HaloWidth;
            paint.StrokeJoin = SKStrokeJoin.Round;
            paint.Color = SKColor.Parse(palette.Background);
            canvas.DrawText(text.Text, text.X, text.Baseline, align, font, paint);
        }

        paint.Style = SKPaintStyle.Fill;
        paint.Color = SKColor.Parse(palette.Hex(text.Role));
        canvas.DrawText(text.Text, text.X, text.Baseline, align, font, paint);
    }
}
