using System.Diagnostics;
using System.Net;
using Onpoint.Web.Platform;

namespace Onpoint.Benchmarks.Rows;

/// <summary>A running <c>onpoint serve</c>.</summary>
internal sealed class OnpointServer : IAsyncDisposable
{
    private const int FirstPort = 5180;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Task _output;

    private OnpointServer(Process process, HttpClient client)
    {
        _process = process;
        _output = DrainAsync(process);
        Client = client;
    }

    /// <summary>Asks without compression, as its default headers do.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts it and waits for the first 200 of its first page.</summary>
    /// <param name="program">Makes the start of the program with arguments.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OnpointServer> StartAsync(Func<string[], ProcessStartInfo> program, CancellationToken cancellationToken)
    {
        int port = FreePort.From(FirstPort);
        Process process = Process.Start(program(["serve", "--port", $"{port}"]))!;
        OnpointServer server = new(process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") });
        long start = Stopwatch.GetTimestamp();
        while (!await server.AnswersAsync(cancellationToken))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(start) > Patience)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException("onpoint serve did not answer.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }

        return server;
    }

    /// <summary>Reads away what a program prints, lest it wait for a full pipe. Ends with the program.</summary>
    public static Task DrainAsync(Process process) =>
        Task.WhenAll(process.StandardOutput.BaseStream.CopyToAsync(Stream.Null), process.StandardError.BaseStream.CopyToAsync(Stream.Null));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            // Process.Kill would leave the embedded PostgreSQL behind: the program stops it when it is asked to end.
            using Process ask = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await ask.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        await _output;
        _process.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await Client.GetAsync("/", cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // nobody listens yet
        }
    }
}
