using System.Diagnostics;
using Onpoint.Web.Database;

namespace Onpoint.Web.Tests;

/// <summary>The program as a user starts it: <c>dotnet onpoint.dll …</c> on a database of the fixture. Killed when the test ends.</summary>
internal sealed class OnpointProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private OnpointProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static OnpointProcess Start(PostgresFixture postgres, string database, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "onpoint.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ConnectionStrings__Onpoint"] = postgres.ConnectionString(DatabaseRoles.Web, database);
        start.Environment["ConnectionStrings__OnpointWorker"] = postgres.ConnectionString(DatabaseRoles.Worker, database);
        start.Environment["ConnectionStrings__OnpointOwner"] = postgres.ConnectionString(DatabaseRoles.Owner, database);
        start.Environment["Jobs__QueuePollIntervalMilliseconds"] = "100";
        start.Environment["Jobs__InvisibilityTimeoutSeconds"] = "10"; // the least that is allowed
        return new OnpointProcess(Process.Start(start)!);
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(PostgresFixture postgres, string database, params IEnumerable<string> arguments)
    {
        using OnpointProcess program = Start(postgres, database, arguments);
        await program._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (program._process.ExitCode, await program._output, await program._errors);
    }

    /// <summary>SIGKILL: nothing of the program runs any more, not even a finally block.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
