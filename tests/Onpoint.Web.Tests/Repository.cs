namespace Onpoint.Web.Tests;

/// <summary>The source tree the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder of Onpoint.sln.</summary>
    public static string Folder { get; } = Find();

    /// <summary>The text of every source file below a folder, by path from the repository's root with forward slashes.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(string below, params IReadOnlyCollection<string> endings) => Directory
        .EnumerateFiles(Path.Combine(Folder, below), "*", SearchOption.AllDirectories)
        .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
        .Select(file => (Path: Path.GetRelativePath(Folder, file).Replace('\\', '/'), File: file))
        .Where(file => !file.Path.Split('/').Any(part => part is "bin" or "obj"))
        .Select(file => (file.Path, File.ReadAllText(file.File)));

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Onpoint.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No Onpoint.sln above {AppContext.BaseDirectory}.");
    }
}
