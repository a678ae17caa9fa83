using System.Text;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Norms;

/// <summary>
/// Builds an edition from the scored waves of contributing districts, freezes it, and places every scored wave of its
/// instrument, all in one transaction.
/// </summary>
internal sealed partial class BuildEditionJob(WorkerDatabase worker, InstrumentLibrary instruments, ILogger<BuildEditionJob> logger)
{
    /// <summary>Of the bootstrap. Part of an edition's definition: another seed is another edition.</summary>
    public const ulong Seed = 2026;

    [Queue("default")]
    public async Task RunAsync(string editionId, CancellationToken cancellationToken)
    {
        await using OnpointDb db = worker.Open();
        if (!await WorkRequest.BeginAsync(db, WorkRequest.Edition, editionId, 0, cancellationToken))
        {
            return;
        }

        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await WorkRequest.TakeTurnAsync(db, $"edition:{editionId}", cancellationToken);
        EditionRequest request = await db.EditionRequests.AsNoTracking().SingleAsync(row => row.EditionId == editionId, cancellationToken);
        ReadyInstrument instrument = await instruments.GetAsync(db, request.InstrumentId, cancellationToken);
        await PlaceWaves.LockForFreezingAsync(db, instrument, cancellationToken);

        IReadOnlyList<DistrictWave> included = NormDataset.Following(
            await DatasetBeforeAsync(db, request, cancellationToken), await ContributedAsync(db, request, instrument, cancellationToken));
        NormEdition edition = NormEditionBuilder.Build(editionId, request.Kind, instrument.Definition.Code, instrument.Definition.Version, included, Seed);
        db.NormEditions.Add(new NormEditionRow
        {
            EditionId = editionId,
            InstrumentId = request.InstrumentId,
            Kind = request.Kind,
            Sha256 = edition.Hash(),
            Document = Encoding.UTF8.GetString(edition.ToCanonicalJson()),
        });
        db.NormDatasets.Add(new NormDatasetRow { EditionId = editionId, Document = Encoding.UTF8.GetString(NormDataset.ToCanonicalJson(included)) });
        await db.SaveChangesAsync(cancellationToken);
        int placed = await PlaceWaves.AtFreezingAsync(db, instrument, edition, cancellationToken);
        await WorkRequest.EndAsync(db, WorkRequest.Edition, editionId, 0, RequestState.Done, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogFrozen(logger, editionId, edition.Districts, edition.DistrictWaves, placed);
    }

    /// <summary>The rows of the newest edition of the same instrument and kind; none before the first.</summary>
    private static async Task<IReadOnlyList<DistrictWave>> DatasetBeforeAsync(OnpointDb db, EditionRequest request, CancellationToken cancellationToken)
    {
        string? before = await db.NormEditions
            .Where(edition => edition.InstrumentId == request.InstrumentId && edition.Kind == request.Kind)
            .OrderByDescending(edition => edition.FrozenAt)
            .Select(edition => edition.EditionId)
            .FirstOrDefaultAsync(cancellationToken);
        return before is null ? [] : await PlaceWaves.DatasetAsync(db, before, cancellationToken);
    }

    /// <summary>A synthetic edition rests on synthetic districts only, any other on real ones only.</summary>
    private static async Task<IReadOnlyList<DistrictWave>> ContributedAsync(OnpointDb db, EditionRequest request, ReadyInstrument instrument, CancellationToken cancellationToken)
    {
        bool synthetic = request.Kind == EditionKind.Synthetic;
        List<WaveId> waves = await db.Waves
            .Where(wave => wave.InstrumentId == request.InstrumentId && (wave.State == WaveState.Closed || wave.State == WaveState.Archived))
            .Where(wave => db.Districts.Any(district => district.DistrictId == wave.DistrictId && district.Contributes && district.Synthetic == synthetic))
            .Select(wave => wave.WaveId)
            .ToListAsync(cancellationToken);
        Dictionary<WaveId, int> newest = await db.ScoreRevisions.Where(revision => waves.Contains(revision.WaveId))
            .GroupBy(revision => revision.WaveId)
            .Select(group => new { WaveId = group.Key, Revision = group.Max(revision => revision.Revision) })
            .ToDictionaryAsync(row => row.WaveId, row => row.Revision, cancellationToken);
        return [.. (await ScoredWaves.LoadAsync(db, instrument, newest, cancellationToken)).Values];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Froze edition {EditionId}: {Districts} districts, {Waves} waves; placed {Placed} waves")]
    private static partial void LogFrozen(ILogger logger, string editionId, int districts, int waves, int placed);
}
