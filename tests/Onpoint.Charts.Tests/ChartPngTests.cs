using System.Buffers.Binary;
using SkiaSharp;

namespace Onpoint.Charts.Tests;

public sealed class ChartPngTests
{
    public static TheoryData<string, ChartTheme> Drawings() =>
        [.. SampleCharts.Names.SelectMany(n => ((ChartTheme[])[ChartTheme.Light, ChartTheme.Dark, ChartTheme.Print]).Select(t => (n, t)))];

    [Theory]
    [MemberData(nameof(Drawings))]
    public void A_png_has_1920_by_1040_pixels_and_the_background_of_its_theme(string name, ChartTheme theme)
    {
        byte[] png = ChartRenderer.Png(SampleCharts.Named(name), theme);

        // PNG specification, 5.2 and 11.2.2: the signature, then IHDR with width and height as big-endian 32-bit numbers.
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        Assert.Equal(1920, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(1040, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        using var bitmap = SKBitmap.Decode(png);
        Assert.Equal(SKColor.Parse(ChartPalette.Of(theme).Background), bitmap.GetPixel(0, 0));
        Assert.Equal(SKColor.Parse(ChartPalette.Of(theme).Background), bitmap.GetPixel(1919, 1039));
    }

    [Fact]
    public void Texts_are_really_drawn()
    {
        StageChart chart = SampleCharts.Named("nation-1");

        int with = Inked(chart);
        int without = Inked(chart with { Title = "" });

        // 32 letters of 25 px at twice the size: at least 100 pixels each.
        Assert.True(with - without > 3_200, $"{with} and {without} pixels");

        static int Inked(StageChart chart)
        {
            using var bitmap = SKBitmap.Decode(ChartRenderer.Png(chart, ChartTheme.Print));
            return bitmap.Pixels.Count(p => p == SKColors.Black);
        }
    }

    [Fact]
    public void The_same_chart_gives_the_same_bytes_from_many_threads()
    {
        byte[] alone = ChartRenderer.Png(SampleCharts.Named("district-3"), ChartTheme.Dark);

        byte[][] together = [.. Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => ChartRenderer.Png(SampleCharts.Named("district-3"), ChartTheme.Dark))];

        Assert.All(together, png => Assert.Equal(alone, png));
    }

    [Fact]
    public void A_bitmap_cannot_follow_its_reader() =>
        Assert.Throws<ArgumentOutOfRangeException>("theme", () => ChartRenderer.Png(SampleCharts.Named("nation-1"), ChartTheme.Automatic));
}
