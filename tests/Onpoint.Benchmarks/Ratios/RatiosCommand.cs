using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Onpoint.Benchmarks.Rows;
using Spectre.Console;

namespace Onpoint.Benchmarks.Ratios;

/// <summary><c>ratios [ROW ...] [--json FILE]</c></summary>
internal static class RatiosCommand
{
    private const int TableWidth = 120;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        Argument<string[]> names = new("rows") { Description = "The rows to measure; all unless named.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> json = new("--json") { Description = "A file to write the results to." };
        Command command = new("ratios", "Measure ours and theirs in turn and print their ratios beside the goals.") { names, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(names)!, parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] names, string? json, CancellationToken cancellationToken)
    {
        await using DemoProgram demo = new();
        IReadOnlyList<RatioRow> rows = [new ScoreWaveRow(), new ScoreNationRow(), new NormEditionRow(), new LandmarkChartRow(), new DistrictPageRow(demo), new StartRow(demo)];
        if (names.FirstOrDefault(name => rows.All(row => row.Name != name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no row {unknown}. Rows: {string.Join(", ", rows.Select(row => row.Name))}.");
            return 1;
        }

        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Row", "Ours", "Theirs", "Ratio", "Goal", "Met", "Remark");
        List<RatioResult> results = [];
        foreach (RatioRow row in rows.Where(row => names.Length == 0 || names.Contains(row.Name)))
        {
            Console.Error.WriteLine($"Measuring {row.Name}");
            RatioResult result = RatioResult.Of(row, await row.MeasureAsync(cancellationToken));
            results.Add(result);
            table.AddRow(
                result.Row, Text(result.Ours, row.Unit), Text(result.Theirs, row.Unit), Text(result.Ratio, ""), result.Goal,
                result.Met switch { true => "yes", false => "no", null => "-" }, result.Reason ?? "");
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, TableWidth); // a pipe counts as 80 columns and would break names
        AnsiConsole.Write(table);
        if (json is not null)
        {
            await File.WriteAllBytesAsync(json, [.. JsonSerializer.SerializeToUtf8Bytes(results, Json), (byte)'\n'], cancellationToken);
        }

        return 0;
    }

    /// <summary>Three significant digits or whole numbers: what a measurement on a shared machine is good for.</summary>
    private static string Text(double? figure, string unit) => figure is { } known
        ? $"{known.ToString(known < 10 ? "0.00" : known < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture)} {unit}".TrimEnd()
        : "-";
}
