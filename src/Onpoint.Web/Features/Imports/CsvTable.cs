using System.Globalization;
using CsvHelper;

namespace Onpoint.Web.Features.Imports;

/// <summary>A small CSV file read row by row, with a problem list instead of exceptions about its content.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly CsvReader _reader;
    private readonly string _file;
    private readonly List<ImportProblem> _problems;
    private readonly HashSet<string> _columns;

    private CsvTable(CsvReader reader, string file, List<ImportProblem> problems)
    {
        (_reader, _file, _problems) = (reader, file, problems);
        _columns = _reader.Headers.ToHashSet(StringComparer.Ordinal);
    }

    public long Line => _reader.LineNumber;

    /// <summary>Opens a file; null, with a problem, when it is missing or lacks a column.</summary>
    public static CsvTable? Open(string path, IReadOnlyList<string> required, List<ImportProblem> problems)
    {
        string file = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            problems.Add(new ImportProblem(
                file, 0, null, $"is missing from {Path.GetDirectoryName(Path.GetFullPath(path))}; a survey folder holds instrument.json, districts.csv, waves.csv, roster.csv and responses.csv."));
            return null;
        }

        CsvReader reader = CsvReader.FromFile(path, new CsvReaderOptions { TrackLineNumbers = true, TrimWhitespace = true, MalformedData = CsvMalformedDataHandling.Throw });
        CsvTable table = new(reader, file, problems);
        string[] missing = required.Where(column => !table._columns.Contains(column)).ToArray();
        if (missing.Length == 0)
        {
            return table;
        }

        problems.Add(new ImportProblem(file, 1, missing[0], $"is missing; the columns are {string.Join(", ", required)}."));
        table.Dispose();
        return null;
    }

    /// <summary>Moves to the next row; a quote that is never closed ends the table with a problem.</summary>
    public bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (CsvFormatException malformed)
        {
            _problems.Add(new ImportProblem(_file, malformed.LineNumber, null, malformed.Message));
            return false;
        }
    }

    /// <summary>The cell, or null when it is blank or the column does not exist.</summary>
    public string? Text(string column) => _columns.Contains(column) && _reader.GetString(column) is { Length: > 0 } text ? text : null;

    /// <summary>The cell of a column that must be filled.</summary>
    public string Required(string column)
    {
        if (Text(column) is { } text)
        {
            return text;
        }

        Problem(column, "is blank; fill it in.");
        return "";
    }

    public int? Number(string column, int lowest, int highest)
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= lowest && value <= highest)
        {
            return value;
        }

        Problem(column, $"{text} is not a whole number from {lowest} to {highest}.");
        return null;
    }

    public DateTimeOffset Time(string column)
    {
        string text = Required(column);
        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return time.ToUniversalTime();
        }

        if (text.Length > 0)
        {
            Problem(column, $"{text} is not a time with offset such as 2026-03-01T08:00:00-06:00.");
        }

        return default;
    }

    public void Problem(string? column, string message) => _problems.Add(new ImportProblem(_file, Line, column, message));

    public void Dispose() => _reader.Dispose();
}
