using ScottPlot;
using SkiaSharp;

namespace Onpoint.Charts.Tests;

public sealed class ChartFontsTests
{
    [Fact]
    public void Without_any_known_family_the_outcome_names_the_command_to_run()
    {
        (FontOutcome outcome, ChartTypefaces? typefaces) = ChartFonts.Find(null, ["No Such Sans", "Nor This"]);

        Assert.Equal(new FontOutcome.NoFont("None of these fonts is installed: No Such Sans, Nor This.", "apt-get install fonts-dejavu-core"), outcome);
        Assert.Null(typefaces);
    }

    [Fact]
    public void Drawing_before_a_font_was_registered_throws()
    {
        InvalidOperationException problem = Assert.Throws<InvalidOperationException>(() => ChartFonts.Require(null));

        Assert.Contains("ChartFonts.Register", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_replaced_by_another_font()
    {
        string missing = Path.Combine(Path.GetTempPath(), "no-such-font.ttf");

        (FontOutcome outcome, _) = ChartFonts.Find(missing, ChartFonts.Families);

        Assert.Equal($"There is no font file {missing}.", Assert.IsType<FontOutcome.NoFont>(outcome).Reason);
    }

    [Theory]
    [InlineData("Some.ttf")]
    [InlineData("Some-Regular.ttf")]
    public void A_file_with_its_bold_beside_it_is_used(string name)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write(name, Font(bold: false));

        Assert.EndsWith("Some-Bold.ttf.", Assert.IsType<FontOutcome.NoFont>(ChartFonts.Find(file, []).Outcome).Reason, StringComparison.Ordinal);

        folder.Write("Some-Bold.ttf", Font(bold: true));
        (FontOutcome outcome, ChartTypefaces? typefaces) = ChartFonts.Find(file, []);
        Assert.Equal(new FontOutcome.Found(ChartFonts.Registered().Family), outcome);
        Assert.True(typefaces!.Bold.IsBold && !typefaces.Regular.IsBold);
    }

    [Fact]
    public void A_file_that_is_no_font_is_refused()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("Some.ttf", [1, 2, 3]);
        folder.Write("Some-Bold.ttf", [1, 2, 3]);

        Assert.EndsWith("are not both fonts with glyphs.", Assert.IsType<FontOutcome.NoFont>(ChartFonts.Find(file, []).Outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_registration_keeps_the_font_of_the_first() =>
        Assert.Equal(new FontOutcome.Found(ChartFonts.Registered().Family), ChartFonts.Register("/no/such/file.ttf"));

    private static byte[] Font(bool bold)
    {
        using SKStreamAsset stream = Fonts.GetTypeface(ChartFonts.Registered().Family, bold, italic: false).OpenStream();
        byte[] bytes = new byte[stream.Length];
        Assert.Equal(bytes.Length, stream.Read(bytes, bytes.Length));
        return bytes;
    }

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onpoint-fonts-");

        public string Write(string name, byte[] content)
        {
            string file = Path.Combine(_folder.FullName, name);
            File.WriteAllBytes(file, content);
            return file;
        }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
