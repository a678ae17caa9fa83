using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Waves;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Scoring;

/// <summary><c>onpoint score WAVE [--close]</c>: closes a wave if asked, and sees its scoring through.</summary>
internal static class ScoreCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        Argument<Guid> wave = new("wave") { Description = "The wave's id, as import prints it." };
        Option<bool> close = new("--close") { Description = "Close the wave first." };
        Command command = new("score", "Score a closed wave, or close and score an open one.") { wave, close };
        command.SetAction((parsed, cancellationToken) => ProgramStart.WithDatabaseAsync(
            databases => RunAsync(databases, new WaveId(parsed.GetValue(wave)), parsed.GetValue(close), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Databases databases, WaveId waveId, bool close, CancellationToken cancellationToken)
    {
        await using OnpointDb db = new WorkerDatabase(databases).Open();
        if (close)
        {
            string? refusal = await ChangeWaveState.CloseAsync(db, waveId, cancellationToken) switch
            {
                WaveStateChange.Done => null,
                WaveStateChange.NoSuchWave => $"There is no wave {waveId}.",
                WaveStateChange.NotOpenYet => $"Wave {waveId} has not been open yet.",
                WaveStateChange.Archived => $"Wave {waveId} is archived.",
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            if (refusal is not null)
            {
                Console.Error.WriteLine(refusal);
                return Failed;
            }
        }

        if (!await db.ScoringRequests.AnyAsync(request => request.WaveId == waveId, cancellationToken))
        {
            Console.Error.WriteLine(await db.Waves.AnyAsync(wave => wave.WaveId == waveId, cancellationToken)
                ? $"Wave {waveId} is not closed, so there is nothing to score; --close closes it."
                : $"There is no wave {waveId}.");
            return Failed;
        }

        using IHost worker = OnpointApp.BuildWorker(databases);
        await worker.StartAsync(cancellationToken);
        OpenWork left = await OpenWork.WaitAsync(db, work => work.WavesLeft == 0, _ => { }, cancellationToken, waveId);
        await worker.StopAsync(cancellationToken);
        if (left.Failures.Count > 0)
        {
            Console.Error.WriteLine(string.Join(Environment.NewLine, left.Failures));
            return Failed;
        }

        int revision = await db.ScoringRequests.Where(request => request.WaveId == waveId && request.State == RequestState.Done).MaxAsync(request => request.Revision, cancellationToken);
        Console.WriteLine($"Wave {waveId} is scored, revision {revision}.");
        return 0;
    }
}
