namespace Onpoint.Charts;

/// <summary>Breaking text into lines by the width it really has.</summary>
internal static class TextBlock
{
    /// <summary>Breaks at spaces (never at no-break spaces) into as few lines as fit, of about equal length; a word that is too wide alone, and what does not fit the last line, ends in "…".</summary>
    public static IReadOnlyList<string> Wrap(ChartTypefaces typefaces, string text, float size, bool bold, float width, int mostLines)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        float[] widths = [.. words.Select(w => typefaces.Width(w, size, bold))];
        float space = typefaces.Width(" ", size, bold);
        List<string> lines = Fill(words, widths, space, width, mostLines);

        // The narrowest block with no more lines: no line is left with a single word. Steps of 2 % are finer than a word.
        for (float narrower = width * .98f; lines.Count > 1 && narrower > width / 2; narrower -= width * .02f)
        {
            List<string> tighter = Fill(words, widths, space, narrower, int.MaxValue);
            if (tighter.Count > lines.Count)
            {
                break;
            }

            lines = tighter;
        }

        return [.. lines.Select(l => Shorten(typefaces, l, size, bold, width))];
    }

    private static List<string> Fill(string[] words, float[] widths, float space, float width, int mostLines)
    {
        var lines = new List<string>();
        float used = 0;
        for (int i = 0; i < words.Length; i++)
        {
            if (lines.Count > 0 && (lines.Count == mostLines || used + space + widths[i] <= width))
            {
                lines[^1] += " " + words[i];
                used += space + widths[i];
            }
            else
            {
                lines.Add(words[i]);
                used = widths[i];
            }
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
