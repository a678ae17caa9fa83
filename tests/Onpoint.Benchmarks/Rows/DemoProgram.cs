using System.Diagnostics;

namespace Onpoint.Benchmarks.Rows;

/// <summary>The real program on a temporary data folder, into which the demonstration is loaded when a row first asks for it.</summary>
internal sealed class DemoProgram : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"onpoint-benchmarks-{Guid.NewGuid():N}");
    private bool _loaded;

    /// <summary>Serves the loaded demonstration; returns when its first page answers.</summary>
    public async Task<OnpointServer> ServeAsync(CancellationToken cancellationToken)
    {
        if (!_loaded)
        {
            Console.Error.WriteLine("Loading the demonstration");
            using Process demo = Process.Start(Onpoint("demo", "--exit"))!;
            await OnpointServer.DrainAsync(demo);
            await demo.WaitForExitAsync(cancellationToken);
            if (demo.ExitCode != 0)
            {
                throw new InvalidOperationException($"onpoint demo --exit ended with code {demo.ExitCode}.");
            }

            _loaded = true;
        }

        return await OnpointServer.StartAsync(Onpoint, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The program as the build of the same configuration left it, with everything that lies beside it.</summary>
    private ProcessStartInfo Onpoint(params string[] arguments)
    {
        DirectoryInfo framework = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        DirectoryInfo repository = framework;
        while (!File.Exists(Path.Combine(repository.FullName, "Onpoint.sln")))
        {
            repository = repository.Parent ?? throw new InvalidOperationException("Run the benchmarks from the repository: dotnet run -c Release --project tests/Onpoint.Benchmarks.");
        }

        string program = Path.Combine(repository.FullName, "src", "Onpoint.Web", "bin", framework.Parent!.Name, framework.Name, "onpoint.dll");
        ProcessStartInfo start = new("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ONPOINT_DATA"] = _folder;
        return start;
    }
}
