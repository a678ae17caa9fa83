using System.Diagnostics;

namespace Onpoint.Web.Database;

/// <summary>Runs PostgreSQL's own programs. They refuse root, so as root they run as <c>nobody</c>.</summary>
internal static class PostgresCommand
{
    public const string UserBelowRoot = "nobody";

    public static bool RunsAsRoot { get; } = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <returns>Exit code and what was written; the output stays empty on Windows.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">The file cannot be started by this user.</exception>
    public static Task<(int ExitCode, string Output)> RunAsync(string file, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(new ProcessStartInfo(file, arguments), RunsAsRoot ? UserBelowRoot : null, cancellationToken);

    /// <summary>Hands a file or folder to the user PostgreSQL runs as; .NET has no call for it.</summary>
    public static async Task GiveToPostgresAsync(string path, CancellationToken cancellationToken)
    {
        (int exitCode, string output) = await RunAsync(new ProcessStartInfo("chown", [UserBelowRoot, path]), user: null, cancellationToken);
        if (exitCode != 0)
        {
            throw new IOException($"chown {UserBelowRoot} {path}: {output}");
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start, string? user, CancellationToken cancellationToken)
    {
        // On Windows the server started by pg_ctl would inherit the pipes, and reading them would never end.
        bool captured = !OperatingSystem.IsWindows();
        start.RedirectStandardOutput = captured;
        start.RedirectStandardError = captured;
        if (captured)
        {
            // nobody may not enter every folder the program can be started from
            start.WorkingDirectory = "/";
            start.UserName = user;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        Task<string> output = captured ? process.StandardOutput.ReadToEndAsync(cancellationToken) : Task.FromResult("");
        Task<string> errors = captured ? process.StandardError.ReadToEndAsync(cancellationToken) : Task.FromResult("");
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, (await output + await errors).Trim());
    }
}
