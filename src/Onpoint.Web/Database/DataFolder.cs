namespace Onpoint.Web.Database;

/// <summary>
/// Where the embedded PostgreSQL and the secret live. As root the folder itself stays root's and may be entered by others:
/// PostgreSQL runs as nobody and owns only its cluster and its log below.
/// </summary>
internal static class DataFolder
{
    public const string Variable = "ONPOINT_DATA";

    private const UnixFileMode Enterable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>ONPOINT_DATA, else /var/lib/onpoint as root, else the user's own data folder ($XDG_DATA_HOME or ~/.local/share).</summary>
    public static string Default()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } configured)
        {
            return Path.GetFullPath(configured);
        }

        return PostgresCommand.RunsAsRoot
            ? "/var/lib/onpoint"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "onpoint");
    }

    /// <summary>Creates the folder where it is missing and lets PostgreSQL's user pass through it.</summary>
    /// <returns>Null, or a sentence saying why the folder cannot be used.</returns>
    public static string? Prepare(string folder)
    {
        if (OperatingSystem.IsWindows() || !PostgresCommand.RunsAsRoot)
        {
            Directory.CreateDirectory(folder);
            return null;
        }

        for (string? parent = Path.GetDirectoryName(folder); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (Directory.Exists(parent) && !File.GetUnixFileMode(parent).HasFlag(UnixFileMode.OtherExecute))
            {
                return $"PostgreSQL does not run as root, so it runs as {PostgresCommand.UserBelowRoot}, who may not enter {parent}. " +
                    $"Set {Variable} to a folder elsewhere, for example /var/lib/onpoint.";
            }
        }

        var missing = new Stack<string>();
        for (string? path = folder; path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
        {
            missing.Push(path);
        }

        foreach (string path in missing)
        {
            Directory.CreateDirectory(path);

            // Not by the creation mode: a strict umask would take the bits away again.
            File.SetUnixFileMode(path, Enterable);
        }

        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        return null;
    }

    /// <summary>
    /// Opens or creates a file that only its owner may read, and waits while another program has it open. The system closes
    /// it when a program ends, however it ends.
    /// </summary>
    public static async Task<FileStream> OpenAloneAsync(string file, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        while (true)
        {
            try
            {
                return new FileStream(file, options);
            }
            catch (IOException) when (File.Exists(file))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
        }
    }
}
