using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Waves;

/// <summary>What opening or closing a wave leads to.</summary>
internal enum WaveStateChange
{
    /// <summary>Done, or it was so already.</summary>
    Done,

    NoSuchWave,

    /// <summary>It has never been open.</summary>
    NotOpenYet,

    Archived,
}

/// <summary>Opening and closing of waves. The wave's turn makes every submission either before or after it.</summary>
internal static class ChangeWaveState
{
    /// <summary>Opens or re-opens. Answers after a sealing are a late batch of their own; a scoring not yet begun is withdrawn.</summary>
    public static async Task<WaveStateChange> OpenAsync(OnpointDb db, WaveId waveId, CancellationToken cancellationToken)
    {
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await WaveTurn.TakeAsync(db, waveId, cancellationToken) is not { } wave)
        {
            return WaveStateChange.NoSuchWave;
        }

        switch (wave.State)
        {
            case WaveState.Archived:
                return WaveStateChange.Archived;
            case WaveState.Closed when wave.SealedAt is not null:
                wave.LateBatch++;
                break;
        }

        wave.State = WaveState.Open;
        await db.ScoringRequests
            .Where(request => request.WaveId == waveId && (request.State == RequestState.Requested || request.State == RequestState.Running))
            .ExecuteUpdateAsync(update => update.SetProperty(request => request.State, RequestState.Withdrawn), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return WaveStateChange.Done;
    }

    /// <summary>Closes, and requests the scoring in the same transaction.</summary>
    public static async Task<WaveStateChange> CloseAsync(OnpointDb db, WaveId waveId, CancellationToken cancellationToken)
    {
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await WaveTurn.TakeAsync(db, waveId, cancellationToken) is not { } wave)
        {
            return WaveStateChange.NoSuchWave;
        }

        switch (wave.State)
        {
            case WaveState.Archived:
                return WaveStateChange.Archived;
            case WaveState.Scheduled:
                return WaveStateChange.NotOpenYet;
            case WaveState.Open:
                wave.State = WaveState.Closed;
                await ScoringRequest.AddNextAsync(db, waveId, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                break;
        }

        await transaction.CommitAsync(cancellationToken);
        return WaveStateChange.Done;
    }
}

/// <summary>POST /api/v1/waves/{waveId}/open and /close</summary>
internal static class OpenAndCloseWave
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/waves/{waveId}/open", OpenAsync).WithName("OpenWave").WithTags("Waves").WithSummary("Open or re-open a wave")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/waves/{waveId}/close", CloseAsync).WithName("CloseWave").WithTags("Waves").WithSummary("Close a wave and have it scored")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    internal static async Task<Results<Ok<GetWave.Response>, ProblemHttpResult>> OpenAsync(WaveId waveId, OnpointDb db, CancellationToken cancellationToken) =>
        await AnswerAsync(await ChangeWaveState.OpenAsync(db, waveId, cancellationToken), waveId, db, cancellationToken);

    internal static async Task<Results<Ok<GetWave.Response>, ProblemHttpResult>> CloseAsync(WaveId waveId, OnpointDb db, CancellationToken cancellationToken) =>
        await AnswerAsync(await ChangeWaveState.CloseAsync(db, waveId, cancellationToken), waveId, db, cancellationToken);

    private static async Task<Results<Ok<GetWave.Response>, ProblemHttpResult>> AnswerAsync(WaveStateChange change, WaveId waveId, OnpointDb db, CancellationToken cancellationToken) => change switch
    {
        WaveStateChange.Done => await GetWave.HandleAsync(waveId, db, cancellationToken),
        WaveStateChange.NoSuchWave => Problems.NoSuchWave(waveId.ToString()),
        WaveStateChange.NotOpenYet => Problems.WaveNotOpen(waveId.ToString(), (await db.Waves.AsNoTracking().SingleAsync(wave => wave.WaveId == waveId, cancellationToken)).OpensAt),
        WaveStateChange.Archived => Problems.WaveArchived(waveId.ToString()),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
