using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Onpoint.Web.Database;

/// <summary>What looking for PostgreSQL's programs leads to.</summary>
internal abstract record PostgresSearch
{
    private PostgresSearch() { }

    internal sealed record Found(PostgresBinaries Binaries) : PostgresSearch;

    /// <summary>A sentence for the person at the terminal: what is missing and what to install.</summary>
    internal sealed record Missing(string Sentence) : PostgresSearch;
}

/// <summary>A folder that holds initdb, pg_ctl and postgres of one version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>The SQL in db-migrations needs this version (major number).</summary>
    public const int OldestMajor = 15;

    public const string FolderVariable = "ONPOINT_PG_BIN";

    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    public string Path(string program) => System.IO.Path.Combine(Folder, ProgramFile(program));

    /// <summary>Searches this machine. An existing cluster can be opened by its own version only: <paramref name="clusterMajor"/>, null for a new one.</summary>
    public static Task<PostgresSearch> FindAsync(int? clusterMajor, CancellationToken cancellationToken) => FindAsync(
        Environment.GetEnvironmentVariable(FolderVariable),
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        UsualFolders(),
        clusterMajor,
        folder => ReadAsync(folder, cancellationToken));

    /// <summary>
    /// A configured folder is the only one looked at; otherwise PATH wins, then the newest of the usual folders.
    /// <paramref name="read"/> gives null for a folder without the programs.
    /// </summary>
    internal static async Task<PostgresSearch> FindAsync(
        string? configured, IEnumerable<string> path, IEnumerable<string> usual, int? clusterMajor, Func<string, Task<PostgresBinaries?>> read)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            PostgresBinaries? chosen = await read(configured);
            return chosen is null
                ? new PostgresSearch.Missing($"{FolderVariable} is {configured}, but that folder does not hold {string.Join(", ", Programs)} that this user can run.")
                : Choose([chosen], clusterMajor);
        }

        List<PostgresBinaries> onPath = await ReadAllAsync(path, read);
        List<PostgresBinaries> elsewhere = await ReadAllAsync(usual, read);
        return Choose([.. onPath, .. elsewhere.OrderByDescending(binaries => binaries.Major)], clusterMajor);
    }

    private static PostgresSearch Choose(List<PostgresBinaries> installed, int? clusterMajor)
    {
        PostgresBinaries? chosen = installed.Find(binaries => binaries.Major == (clusterMajor ?? binaries.Major) && binaries.Major >= OldestMajor);
        if (chosen is not null)
        {
            return new PostgresSearch.Found(chosen);
        }

        string found = installed.Count == 0 ? "none was found" : "found: " + string.Join(", ", installed.Select(binaries => $"{binaries.Major} in {binaries.Folder}"));
        string needed = clusterMajor is { } major
            ? string.Create(CultureInfo.InvariantCulture, $"The data folder was made by PostgreSQL {major} and needs that version")
            : string.Create(CultureInfo.InvariantCulture, $"Onpoint needs PostgreSQL {OldestMajor} or newer");
        return new PostgresSearch.Missing(
            $"{needed}; {found}. {InstallAdvice()} Or set {FolderVariable} to the folder that holds initdb, or ConnectionStrings__Onpoint to a running server.");
    }

    private static string InstallAdvice()
    {
        const string OsRelease = "/etc/os-release";
        return OperatingSystem.IsWindows() ? "Install it: winget install PostgreSQL.PostgreSQL.17"
            : OperatingSystem.IsMacOS() ? "Install it: brew install postgresql@17"
            : LinuxAdvice(File.Exists(OsRelease) ? File.ReadAllText(OsRelease) : "");
    }

    /// <summary><paramref name="osRelease"/> is the text of /etc/os-release.</summary>
    internal static string LinuxAdvice(string osRelease)
    {
        string family = string.Join(' ', FamilyLine().Matches(osRelease).Select(match => match.Groups["names"].Value));
        return family switch
        {
            _ when family.Contains("debian", StringComparison.Ordinal) => "Install it: sudo apt-get install postgresql",
            _ when family.Contains("fedora", StringComparison.Ordinal) || family.Contains("rhel", StringComparison.Ordinal) => "Install it: sudo dnf install postgresql-server",
            _ => "Install the PostgreSQL server with this system's package manager.",
        };
    }

    private static async Task<List<PostgresBinaries>> ReadAllAsync(IEnumerable<string> folders, Func<string, Task<PostgresBinaries?>> read)
    {
        var found = new List<PostgresBinaries>();
        foreach (string folder in folders.Distinct())
        {
            if (await read(folder) is { } binaries)
            {
                found.Add(binaries);
            }
        }

        return found;
    }

    private static async Task<PostgresBinaries?> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Programs.All(program => File.Exists(System.IO.Path.Combine(folder, ProgramFile(program)))))
        {
            return null;
        }

        if (OperatingSystem.IsWindows())
        {
            // The installer's folder is named for the version, and program output is not captured here.
            return int.TryParse(Directory.GetParent(folder)?.Name, CultureInfo.InvariantCulture, out int named) ? new PostgresBinaries(folder, named) : null;
        }

        try
        {
            (int exitCode, string output) = await PostgresCommand.RunAsync(System.IO.Path.Combine(folder, "postgres"), ["--version"], cancellationToken);
            Match version = VersionLine().Match(output);
            return exitCode == 0 && version.Success
                ? new PostgresBinaries(System.IO.Path.GetFullPath(folder), int.Parse(version.Groups["major"].ValueSpan, CultureInfo.InvariantCulture))
                : null;
        }
        catch (Win32Exception)
        {
            // Not executable for the user PostgreSQL would run as: as good as not installed.
            return null;
        }
    }

    private static IEnumerable<string> UsualFolders()
    {
        string[] patterns = OperatingSystem.IsWindows()
            ? [System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL", "*")]
            : ["/usr/lib/postgresql/*", "/usr/pgsql-*", "/opt/homebrew/opt/postgresql*", "/usr/local/opt/postgresql*", "/Applications/Postgres.app/Contents/Versions/*"];
        return
            from pattern in patterns
            let parent = System.IO.Path.GetDirectoryName(pattern)
            where Directory.Exists(parent)
            from folder in Directory.EnumerateDirectories(parent, System.IO.Path.GetFileName(pattern))
            select System.IO.Path.Combine(folder, "bin");
    }

    private static string ProgramFile(string program) => OperatingSystem.IsWindows() ? program + ".exe" : program;

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)")]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"^ID(_LIKE)?=""?(?<names>[^""\r\n]*)", RegexOptions.Multiline)]
    private static partial Regex FamilyLine();
}
