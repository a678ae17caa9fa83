using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Onpoint.Measurement;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Norms;

/// <summary>What a placing row keeps: the kernel's answer and, for a contributing district, the norms without it.</summary>
internal sealed record StoredPlacing(IReadOnlyList<MeasurePlacing> Measures, IReadOnlyList<NormCell>? CellsUsed);

/// <summary>
/// Places scored waves in frozen editions. A scoring job and a freezing job both hold the instrument's norms lock, shared
/// and exclusive, so that neither overlooks what the other writes.
/// </summary>
internal static class PlaceWaves
{
    /// <summary>Places the newest shown revision of a wave in every edition of its instrument. Returns the number of placings.</summary>
    public static async Task<int> AtScoringAsync(OnpointDb db, Wave wave, ReadyInstrument instrument, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared(hashtextextended({LockName(instrument)}, 0))", cancellationToken);
        List<NormEditionRow> editions = await db.NormEditions.AsNoTracking().Where(edition => edition.InstrumentId == wave.InstrumentId).ToListAsync(cancellationToken);
        int placed = 0;
        foreach (NormEditionRow edition in editions)
        {
            placed += await PlaceAsync(db, instrument, NormEdition.Parse(Encoding.UTF8.GetBytes(edition.Document)), [wave.WaveId], cancellationToken);
        }

        return placed;
    }

    /// <summary>Places every scored wave of the instrument in an edition that is just being frozen.</summary>
    public static async Task<int> AtFreezingAsync(OnpointDb db, ReadyInstrument instrument, NormEdition edition, CancellationToken cancellationToken)
    {
        List<WaveId> waves = await db.Waves.Where(wave => wave.InstrumentId == instrument.Id && db.ScoreRevisions.Any(revision => revision.WaveId == wave.WaveId))
            .Select(wave => wave.WaveId).ToListAsync(cancellationToken);
        return await PlaceAsync(db, instrument, edition, waves, cancellationToken);
    }

    /// <summary>Taken by a freezing job before it reads the scores.</summary>
    public static Task LockForFreezingAsync(OnpointDb db, ReadyInstrument instrument, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({LockName(instrument)}, 0))", cancellationToken);

    private static string LockName(ReadyInstrument instrument) => $"norms:{instrument.Id.Value}";

    private static async Task<int> PlaceAsync(
        OnpointDb db, ReadyInstrument instrument, NormEdition edition, List<WaveId> waves, CancellationToken cancellationToken)
    {
        Dictionary<WaveId, int> shown = await ShownRevisions.OfDistrictsAsync(db, waves, cancellationToken);
        Dictionary<WaveId, DistrictWave> records = await ScoredWaves.LoadAsync(db, instrument, shown, cancellationToken);
        IReadOnlyList<DistrictWave> dataset = await DatasetAsync(db, edition.Id, cancellationToken);
        HashSet<string> contributors = dataset.Select(wave => wave.DistrictId).ToHashSet(StringComparer.Ordinal);
        Dictionary<string, NormCells> without = [];
        NormCells all = edition.NormCells();
        HashSet<(WaveId, int)> known = (await db.Placings.AsNoTracking().Where(placing => placing.EditionId == edition.Id && waves.Contains(placing.WaveId))
            .Select(placing => new { placing.WaveId, placing.Revision }).ToListAsync(cancellationToken)).Select(placing => (placing.WaveId, placing.Revision)).ToHashSet();
        foreach ((WaveId waveId, DistrictWave record) in records.Where(pair => !known.Contains((pair.Key, shown[pair.Key]))))
        {
            bool contributed = contributors.Contains(record.DistrictId);
            if (contributed && !without.ContainsKey(record.DistrictId))
            {
                without.Add(record.DistrictId, NormEditionBuilder.CellsWithout(dataset, record.DistrictId));
            }

            NormCells cells = contributed ? without[record.DistrictId] : all;
            IReadOnlyList<MeasurePlacing> placing = DistrictPlacement.Place(record, cells);
            db.Placings.Add(new PlacingRow
            {
                WaveId = waveId,
                Revision = shown[waveId],
                EditionId = edition.Id,
                Result = JsonSerializer.Serialize(new StoredPlacing(placing, contributed ? UsedBy(cells, record.Stage) : null), PlacingJson.Options),
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        return records.Count;
    }

    /// <summary>The cells that what readers see of a placing at this stage rests on.</summary>
    public static List<NormCell> UsedBy(NormCells cells, Stage stage) =>
        cells.Cells.Where(cell => cell.Stage is null || cell.Stage == stage || cell.Measure == Onpoint.Measurement.Scoring.ScoringPlan.Benchmark).ToList();

    /// <summary>The rows an edition rests on; none when there is no such edition.</summary>
    internal static async Task<IReadOnlyList<DistrictWave>> DatasetAsync(OnpointDb db, string editionId, CancellationToken cancellationToken)
    {
        string? document = await db.NormDatasets.AsNoTracking().Where(dataset => dataset.EditionId == editionId).Select(dataset => dataset.Document).SingleOrDefaultAsync(cancellationToken);
        return document is null ? [] : NormDataset.Parse(Encoding.UTF8.GetBytes(document));
    }
}
