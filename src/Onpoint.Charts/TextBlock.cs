namespace Onpoint.Charts;

/// <summary>Breaking text into lines by the width it really has.</summary>
internal static class TextBlock
{
    /// <summary>Breaks at spaces (never at no-break spaces); a word that is too wide alone, and what does not fit the last line, ends in "…".</summary>
    public static IReadOnlyList<string> Wrap(ChartTypefaces typefaces, string text, float size, bool bold, float width, int mostLines)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length == 0 || lines.Count == mostLines - 1 || typefaces.Width(longer, size, bold) <= width)
            {
                line = longer;
            }
            else
            {
                lines.Add(Shorten(typefaces, line, size, bold, width));
                line = word;
            }
        }

        if (line.Length > 0)
        {
            lines.Add(Shorten(typefaces, line, size, bold, width));
        }

        return lines;
    }

    private static string Shorten(ChartTypefaces typefaces, string line, float size, bool bold, float width)
    {
        if (typefaces.Width(line, size, bold) <= width)
        {
            return line;
        }

        int length = line.Length - 1;
        while (length > 1 && typefaces.Width(line[..length].TrimEnd() + "…", size, bold) > width)
        {
            length--;
        }

        // A surrogate cut from its pair would not be text.
        return line[..(char.IsHighSurrogate(line[length - 1]) ? length - 1 : length)].TrimEnd() + "…";
    }
}
