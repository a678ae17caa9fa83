namespace Onpoint.Measurement.Tests;

/// <summary>The acceptance cases with outside reference values: one folder each below the folder that <c>ONPOINT_REFDATA</c> names.</summary>
internal static class Refdata
{
    private const string Variable = "ONPOINT_REFDATA";

    /// <summary>The path of a file of a case; skips the test when the variable is not set.</summary>
    public static string File(string caseFolder, string file)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipUnless(!string.IsNullOrEmpty(folder), $"{Variable} does not name the folder of the reference cases.");
        return Path.Combine(folder!, caseFolder, file);
    }

    /// <summary>The lines of a CSV file of a case as cells by column name.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Csv(string caseFolder, string file) => ReferenceCase.ReadCsv(File(caseFolder, file));
}
