using Spectre.Console;

namespace Onpoint.Web.Platform;

/// <summary>Tables at the terminal: fitted to its width, and unbroken in a file or a pipe.</summary>
internal static class TerminalTable
{
    /// <summary>Characters; wider than any table of this program.</summary>
    private const int Unbroken = 250;

    /// <summary>An empty table; the first columns hold words, the others numbers.</summary>
    public static Table New(IReadOnlyList<string> words, IReadOnlyList<string> numbers)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns([.. words.Select(Markup.Escape)]);
        foreach (string heading in numbers)
        {
            table.AddColumn(new TableColumn(Markup.Escape(heading)).RightAligned());
        }

        return table;
    }

    /// <summary>Prints it.</summary>
    public static void Print(Table table)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = Unbroken;
        }

        AnsiConsole.Write(table);
    }
}
