using Microsoft.EntityFrameworkCore;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Scoring;

/// <summary>What is left to do, and what has failed for good.</summary>
internal sealed record OpenWork(int WavesLeft, int EditionsLeft, IReadOnlyList<string> Failures)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Looks until the work is done or some of it has failed; <paramref name="watch"/> hears of every look.</summary>
    public static async Task<OpenWork> WaitAsync(OnpointDb db, Func<OpenWork, bool> done, Action<OpenWork> watch, CancellationToken cancellationToken, WaveId? only = null)
    {
        while (true)
        {
            OpenWork work = await ReadAsync(db, only, cancellationToken);
            watch(work);
            if (done(work) || work.Failures.Count > 0)
            {
                return work;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static async Task<OpenWork> ReadAsync(OnpointDb db, WaveId? only, CancellationToken cancellationToken)
    {
        List<ScoringRequest> waves = await db.ScoringRequests.AsNoTracking()
            .Where(request => (only == null || request.WaveId == only) && (request.State == RequestState.Requested || request.State == RequestState.Running || request.State == RequestState.Failed))
            .ToListAsync(cancellationToken);
        var editions = await db.EditionRequests.AsNoTracking()
            .Where(request => request.State == RequestState.Requested || request.State == RequestState.Running || request.State == RequestState.Failed)
            .ToListAsync(cancellationToken);
        return new OpenWork(
            waves.Count(request => request.State != RequestState.Failed),
            editions.Count(request => request.State != RequestState.Failed),
            [
                .. waves.Where(request => request.State == RequestState.Failed).Select(request => $"Scoring of wave {request.WaveId} revision {request.Revision} failed: {request.Error}"),
                .. editions.Where(request => request.State == RequestState.Failed && only == null).Select(request => $"Edition {request.EditionId} failed: {request.Error}"),
            ]);
    }
}
