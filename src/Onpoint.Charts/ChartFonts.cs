using ScottPlot;
using SkiaSharp;

namespace Onpoint.Charts;

/// <summary>The font of all charts. Without one, text is left out of a drawing silently; so nothing is drawn before a font was found.</summary>
public static class ChartFonts
{
    /// <summary>The command that installs the first of <see cref="Families"/> where none is there.</summary>
    public const string InstallCommand = "apt-get install fonts-dejavu-core";

    // Wide families first: a label measured in one of them fits in the reader's own font too.
    internal static readonly IReadOnlyList<string> Families = ["DejaVu Sans", "Verdana", "Noto Sans", "Segoe UI", "Liberation Sans", "Arial", "Helvetica Neue", "Helvetica"];

    // Two first requests may register at the same time, and ScottPlot keeps its fonts in a plain list.
    private static readonly Lock Gate = new();
    private static ChartTypefaces? _registered;

    /// <summary>Looks for a font once, at start-up; a later call returns what the first successful one found.</summary>
    /// <param name="fontFile">A TTF with its bold beside it (<c>X.ttf</c> or <c>X-Regular.ttf</c>, and <c>X-Bold.ttf</c>); null or empty for the first known family of this machine.</param>
    /// <returns>The family found, or what is missing. A file that is named but not usable is not replaced by another font.</returns>
    public static FontOutcome Register(string? fontFile)
    {
        lock (Gate)
        {
            if (_registered is not null)
            {
                return new FontOutcome.Found(_registered.Family);
            }

            (FontOutcome outcome, _registered) = Find(fontFile, Families);
            return outcome;
        }
    }

    /// <summary>The registered font.</summary>
    /// <exception cref="InvalidOperationException">No font was registered.</exception>
    internal static ChartTypefaces Registered() => Require(_registered);

    internal static ChartTypefaces Require(ChartTypefaces? typefaces) =>
        typefaces ?? throw new InvalidOperationException($"Charts have no font yet: call {nameof(ChartFonts)}.{nameof(Register)} at start-up.");

    internal static (FontOutcome Outcome, ChartTypefaces? Typefaces) Find(string? fontFile, IReadOnlyList<string> families) =>
        string.IsNullOrEmpty(fontFile) ? FindInstalled(families) : FindFile(fontFile);

    private static (FontOutcome, ChartTypefaces?) FindInstalled(IReadOnlyList<string> families)
    {
        foreach (string family in families)
        {
            SKTypeface regular = Fonts.GetTypeface(family, bold: false, italic: false);
            SKTypeface bold = Fonts.GetTypeface(family, bold: true, italic: false);
            // An unknown family falls back to another one, without an error and possibly without glyphs.
            if (regular.FamilyName == family && regular.GlyphCount > 0 && bold.FamilyName == family)
            {
                return (new FontOutcome.Found(family), new ChartTypefaces(family, regular, bold));
            }
        }

        return (new FontOutcome.NoFont($"None of these fonts is installed: {string.Join(", ", families)}.", InstallCommand), null);
    }

    private static (FontOutcome, ChartTypefaces?) FindFile(string fontFile)
    {
        string stem = Path.GetFileNameWithoutExtension(fontFile);
        string boldFile = Path.Combine(
            Path.GetDirectoryName(fontFile) ?? "",
            (stem.EndsWith("-Regular", StringComparison.Ordinal) ? stem[..^"-Regular".Length] : stem) + "-Bold" + Path.GetExtension(fontFile));
        foreach (string file in (string[])[fontFile, boldFile])
        {
            if (!File.Exists(file))
            {
                return (new FontOutcome.NoFont($"There is no font file {file}.", InstallCommand), null);
            }
        }

        if (SKTypeface.FromFile(fontFile) is not { GlyphCount: > 0 } regular || SKTypeface.FromFile(boldFile) is not { GlyphCount: > 0 } bold)
        {
            return (new FontOutcome.NoFont($"{fontFile} and {boldFile} are not both fonts with glyphs.", InstallCommand), null);
        }

        return (new FontOutcome.Found(regular.FamilyName), new ChartTypefaces(regular.FamilyName, regular, bold));
    }
}

/// <summary>The two faces that charts are written in.</summary>
internal sealed record ChartTypefaces(string Family, SKTypeface Regular, SKTypeface Bold)
{
    /// <summary>The width of a text in pixels.</summary>
    public float Width(string text, float size, bool bold)
    {
        using var font = new SKFont(bold ? Bold : Regular, size);
        return font.MeasureText(text);
    }
}
