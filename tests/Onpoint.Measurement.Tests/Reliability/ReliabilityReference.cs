using Onpoint.Measurement.Tests.Synthesis;

namespace Onpoint.Measurement.Tests.Reliability;

/// <summary>The values that <c>reference.py</c> computes without this project's code, and the groups it makes.</summary>
internal static class ReliabilityReference
{
    private static readonly Lazy<Dictionary<string, double>> Values = new(() =>
        ReferenceCase.ReadCsv(PathOf("reference.csv")).ToDictionary(row => row["key"], row => ReferenceCase.Number(row["value"])));

    private static readonly Lazy<IReadOnlyList<IReadOnlyDictionary<string, string>>> Rows = new(() => ReferenceCase.ReadCsv(PathOf("groups.csv")));

    public static double Value(string key) => Values.Value[key];

    /// <summary>The keys that begin so.</summary>
    public static string[] Keys(string beginning) => [.. Values.Value.Keys.Where(key => key.StartsWith(beginning, StringComparison.Ordinal))];

    /// <summary>A made-up data set: district, school, value.</summary>
    public static (string District, string School, double Value)[] Set(string name) =>
        [.. Rows.Value.Where(row => row["set"] == name).Select(row => (row["district"], row["school"], ReferenceCase.Number(row["value"])))];

    private static string PathOf(string file) => BundledSurveys.PathOf("..", "tests", "Onpoint.Measurement.Tests", "Reliability", file);
}
