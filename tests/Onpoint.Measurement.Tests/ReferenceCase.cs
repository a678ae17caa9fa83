using System.Globalization;
using System.Text.Json;
using Onpoint.Measurement.Tests.Synthesis;

namespace Onpoint.Measurement.Tests;

/// <summary>
/// One acceptance case: its input tables and its <c>expected.json</c>, whose values come from outside (R packages, NIST, published tables) and
/// carry their own tolerances. A result passes when it is within the larger of the absolute and the relative tolerance.
/// </summary>
internal sealed class ReferenceCase
{
    private readonly string _folder;
    private readonly JsonElement _expected;
    private readonly HashSet<string> _checked = [];

    private ReferenceCase(string folder)
    {
        _folder = folder;
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        _expected = document.RootElement.Clone();
    }

    /// <summary>A case that is committed below <c>tests/Onpoint.Measurement.Tests/Reference</c>, with its provenance.</summary>
    public static ReferenceCase Committed(string name) => new(BundledSurveys.PathOf("..", "tests", "Onpoint.Measurement.Tests", "Reference", name));

    /// <summary>A case that stays outside; skips the test when <c>ONPOINT_REFDATA</c> is not set.</summary>
    public static ReferenceCase Outside(string name) => new(Path.GetDirectoryName(Refdata.File(name, "expected.json"))!);

    /// <summary>The rows of a table of the case as cells by column name. Cells may be quoted; none holds a comma, a quote or a line break.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Csv(string file) => ReadCsv(Path.Combine(_folder, file));

    /// <summary>Asserts that a value is the one the case expects, and its published number where it has one.</summary>
    public void Check(string id, double actual)
    {
        JsonElement check = _expected.GetProperty("checks").EnumerateArray().Single(candidate => candidate.GetProperty("id").GetString() == id);
        AssertWithin(check.GetProperty("value").GetDouble(), actual, check, id);
        if (check.TryGetProperty("published", out JsonElement published))
        {
            AssertWithin(published.GetProperty("value").GetDouble(), actual, published, $"{id}, as published");
        }

        _checked.Add(id);
    }

    /// <summary>Asserts that every expected value was checked, but for those whose statistic the service does not offer.</summary>
    /// <param name="notOffered">Ids, or beginnings of ids that end in an asterisk.</param>
    public void AssertComplete(params string[] notOffered)
    {
        string[] left =
        [
            .. _expected.GetProperty("checks").EnumerateArray()
                .Select(check => check.GetProperty("id").GetString()!)
                .Where(id => !_checked.Contains(id) && !Array.Exists(notOffered, other => other == id || (other[^1] == '*' && id.StartsWith(other[..^1], StringComparison.Ordinal)))),
        ];
        Assert.Empty(left);
    }

    /// <summary>Asserts one column of an expected table, row by row; a blank cell must be missing.</summary>
    /// <param name="file">The expected table.</param>
    /// <param name="column">Its column, which carries the tolerance.</param>
    /// <param name="actual">The value that belongs to a row; null when there is none.</param>
    public void CheckColumn(string file, string column, Func<IReadOnlyDictionary<string, string>, double?> actual)
    {
        JsonElement tolerance = _expected.GetProperty("tables").EnumerateArray()
            .Single(table => table.GetProperty("file").GetString() == file).GetProperty("columns").GetProperty(column);
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = Csv(file);
        Assert.NotEmpty(rows);
        foreach (IReadOnlyDictionary<string, string> row in rows)
        {
            string where = $"{file}, {column}, {string.Join(' ', row.Values.Take(2))}";
            double? value = actual(row);
            if (row[column].Length == 0)
            {
                Assert.True(value is null, $"{where}: {value}, expected none.");
                continue;
            }

            Assert.True(value is not null, $"{where}: none, expected {row[column]}.");
            AssertWithin(Number(row[column]), value.Value, tolerance, where);
        }
    }

    /// <summary>A number as the tables write it.</summary>
    public static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Csv"/>
    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> ReadCsv(string path)
    {
        string[][] lines = [.. File.ReadLines(path).Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray())];
        Assert.All(lines, cells => Assert.Equal(lines[0].Length, cells.Length));
        return [.. lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    private static void AssertWithin(double expected, double actual, JsonElement tolerance, string what)
    {
        double absolute = tolerance.TryGetProperty("tol_abs", out JsonElement abs) ? abs.GetDouble() : 0;
        double relative = tolerance.TryGetProperty("tol_rel", out JsonElement rel) ? rel.GetDouble() * Math.Abs(expected) : 0;
        Assert.True(
            Math.Abs(actual - expected) <= Math.Max(absolute, relative),
            $"{what}: {actual.ToString("R", CultureInfo.InvariantCulture)}, expected {expected.ToString("R", CultureInfo.InvariantCulture)}.");
    }
}
