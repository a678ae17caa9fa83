using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Scoring;

/// <summary>Scored waves as the kernel's records, for norms, placings and landmarks.</summary>
internal static class ScoredWaves
{
    /// <summary>
    /// One record per wave and revision asked for. A wave whose district lacks a measure or a standard error has none: it
    /// can be neither placed nor compared.
    /// </summary>
    public static async Task<Dictionary<WaveId, DistrictWave>> LoadAsync(
        OnpointDb db, ReadyInstrument instrument, IReadOnlyDictionary<WaveId, int> revisions, CancellationToken cancellationToken)
    {
        List<WaveId> ids = revisions.Keys.ToList();
        var waves = await db.Waves.AsNoTracking().Where(wave => ids.Contains(wave.WaveId))
            .Join(db.Districts, wave => wave.DistrictId, district => district.DistrictId, (wave, district) => new { Wave = wave, district.ExternalId })
            .ToListAsync(cancellationToken);
        var units = (await db.ScoreUnits.AsNoTracking().Where(unit => ids.Contains(unit.WaveId) && unit.IsDistrict)
            .Join(db.ScoreRevisions, unit => new { unit.WaveId, unit.Revision }, revision => new { revision.WaveId, revision.Revision }, (unit, revision) => new { Unit = unit, Revision = revision })
            .ToListAsync(cancellationToken))
            .Where(pair => revisions[pair.Unit.WaveId] == pair.Unit.Revision)
            .ToDictionary(pair => pair.Unit.WaveId);
        ILookup<WaveId, ScoreRow> rows = (await db.Scores.AsNoTracking()
            .Where(row => ids.Contains(row.WaveId) && db.ScoreUnits.Any(unit => unit.WaveId == row.WaveId && unit.Revision == row.Revision && unit.UnitId == row.UnitId && unit.IsDistrict))
            .ToListAsync(cancellationToken))
            .Where(row => revisions[row.WaveId] == row.Revision)
            .ToLookup(row => row.WaveId);

        Dictionary<WaveId, DistrictWave> loaded = [];
        foreach (var wave in waves)
        {
            if (units.TryGetValue(wave.Wave.WaveId, out var unit)
                && Of(instrument, wave.Wave, wave.ExternalId, unit.Unit, unit.Revision, rows[wave.Wave.WaveId]) is { } record)
            {
                loaded.Add(wave.Wave.WaveId, record);
            }
        }

        return loaded;
    }

    /// <summary>One record from rows that are at hand; null when a measure or a standard error is missing.</summary>
    public static DistrictWave? Of(
        ReadyInstrument instrument, Wave wave, string district, ScoreUnit unit, ScoreRevision revision, IEnumerable<ScoreRow> rows)
    {
        Dictionary<string, ScoreRow> byMeasure = rows.ToDictionary(row => row.Measure, StringComparer.Ordinal);
        List<MeasureSummary> measures = [];
        foreach (string measure in instrument.Plan.Measures.Select(measure => measure.Code))
        {
            if (!byMeasure.TryGetValue(measure, out ScoreRow? row) || row is not { StandardErrorPoints: { } error, DegreesOfFreedom: { } degrees })
            {
                return null;
            }

            measures.Add(new MeasureSummary(measure, row.Points, error, degrees, row.Respondents, row.WithinDegrees, row.WithinSumSquares));
        }

        return new DistrictWave
        {
            DistrictId = district,
            Wave = wave.ExternalId,
            Stage = wave.Stage,
            SchoolYear = wave.SchoolYear,
            Responses = unit.Responses,
            SmallestCount = unit.SmallestCount,
            ResponseRate = revision.ResponseRate,
            Measures = measures,
            Components = instrument.Definition.Components.Select(component => component.Code).ToList(),
            ComponentCovariances = unit.ComponentCovariances ?? [],
            Strata = JsonSerializer.Deserialize<List<WaveStratum>>(revision.Strata) ?? [],
        };
    }
}
