using System.Diagnostics;

namespace Onpoint.Benchmarks.Rows;

/// <summary>What another program is given to do: a file of the folder Opponents.</summary>
internal static class Opponent
{
    public static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Opponents", name);

    public static Task<string> TextAsync(string name, CancellationToken cancellationToken) => System.IO.File.ReadAllTextAsync(File(name), cancellationToken);

    /// <summary>Where a program is installed: in a folder of choice, else on PATH; null when nowhere.</summary>
    public static string? Find(string program, params IEnumerable<string> folders) => folders
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program))
        .FirstOrDefault(System.IO.File.Exists);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} ended with code {process.ExitCode}: {errors}");
    }

    /// <exception cref="InvalidOperationException">Somebody did not do the whole work.</exception>
    public static void Expect(long responses, long seen)
    {
        if (seen != responses)
        {
            throw new InvalidOperationException($"{seen} of {responses} responses were seen.");
        }
    }
}
