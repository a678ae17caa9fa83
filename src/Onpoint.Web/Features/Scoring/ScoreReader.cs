using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Verification;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Norms;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Scoring;

/// <summary>
/// The only way from score rows to a reader: pages, charts and the API all ask here, so that a withheld number is withheld
/// everywhere. ArchitectureTests holds every other file away from the rows.
/// </summary>
internal sealed class ScoreReader(OnpointDb db, InstrumentLibrary instruments, EditionLibrary editions, IMemoryCache cache)
{
    /// <summary>Below this n*, means are rounded to 10, so that nothing finer may be computed from them.</summary>
    private const int SmallestCompared = 10;

    /// <summary>
    /// Says in one query whether anything changed of what a district's readers see: every row that goes into it, by the
    /// transaction that wrote it. No row when there is no such district, or when the caller may not see it.
    /// </summary>
    private const string Stamp =
        """
        select concat_ws('|', d.xmin,
            (select concat_ws(' ', count(*), max(s.xmin::text::bigint)) from schools s where s.district_id = d.district_id),
            (select string_agg(concat_ws(',', w.wave_id, w.xmin,
                (select concat_ws(' ', count(*), max(r.xmin::text::bigint)) from score_revisions r where r.wave_id = w.wave_id),
                (select concat_ws(' ', count(*), max(p.xmin::text::bigint)) from placings p where p.wave_id = w.wave_id),
                (select concat_ws(' ', count(*), max(o.xmin::text::bigint)) from rosters o where o.wave_id = w.wave_id),
                (select sum(c.submissions) from submission_counts c where c.wave_id = w.wave_id)), ';' order by w.wave_id)
               from waves w where w.district_id = d.district_id),
            (select string_agg(e.edition_id, ',' order by e.edition_id) from norm_editions e)) as "Value"
          from districts d where d.district_id = {0}
        """;

    /// <summary>Null when there is no such wave.</summary>
    public async Task<PublishedWave?> ReadWaveAsync(WaveId waveId, CancellationToken cancellationToken)
    {
        Wave? wave = await db.Waves.AsNoTracking().SingleOrDefaultAsync(row => row.WaveId == waveId, cancellationToken);
        if (wave is null)
        {
            return null;
        }

        District district = await db.Districts.AsNoTracking().SingleAsync(row => row.DistrictId == wave.DistrictId, cancellationToken);
        return (await ReadAsync(district, [wave], cancellationToken))[0].Published;
    }

    /// <summary>
    /// Null when there is no such district. Landmarks rest on the waves up to <paramref name="upTo"/>, or on all of them.
    /// </summary>
    public async Task<PublishedDistrict?> ReadDistrictAsync(DistrictId districtId, CancellationToken cancellationToken, WaveId? upTo = null)
    {
        string? stamp = (await db.Database.SqlQueryRaw<string>(Stamp, districtId.Value).ToListAsync(cancellationToken)) is [var current] ? current : null;
        if (stamp is null)
        {
            return null;
        }

        string key = $"district {districtId} {upTo} {stamp}";
        return cache.TryGetValue(key, out PublishedDistrict? known)
            ? known
            : cache.Set(key, await LoadDistrictAsync(districtId, upTo, cancellationToken), new MemoryCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(10) });
    }

    /// <summary>
    /// The file that a wave's score can be recomputed from; null when disclosure control allows none for the revision that is shown.
    /// </summary>
    public async Task<byte[]?> ReadReproductionAsync(PublishedWave wave, CancellationToken cancellationToken)
    {
        WaveId waveId = wave.Wave.WaveId;
        ReproductionRow? row = await db.Reproductions.AsNoTracking().SingleOrDefaultAsync(row => row.WaveId == waveId && row.Revision == wave.Revision, cancellationToken);
        if (row is null || wave.Unit is not { Withheld: false } district)
        {
            return null;
        }

        int version = await db.ScoreRevisions.Where(revision => revision.WaveId == waveId && revision.Revision == row.Revision).Select(revision => revision.ScoringVersion).SingleAsync(cancellationToken);
        string? placing = wave.Placings.Count == 0 ? null : await db.Placings.AsNoTracking()
            .Where(placing => placing.WaveId == waveId && placing.Revision == row.Revision && placing.EditionId == wave.Edition!.Edition.Id).Select(placing => placing.Result).SingleAsync(cancellationToken);
        return ScoreReproduction.Compose(
            wave.Instrument.Plan,
            new ReproducedWave(wave.District.ExternalId, wave.Wave.ExternalId, wave.Wave.Stage, wave.Wave.SchoolYear, row.Revision, version),
            CanonicalJson.Read<ReproductionTotals>(Encoding.UTF8.GetBytes(row.Totals)),
            placing is null ? null : Norms(wave, JsonSerializer.Deserialize<StoredPlacing>(placing, PlacingJson.Options)!),
            district.Measures.Select(measure => PublishedResult.Of(measure, wave.FindPlacing(measure.Measure))).ToList()).ToCanonicalJson();
    }

    private static ReproducedNorms Norms(PublishedWave wave, StoredPlacing placing)
    {
        FrozenEdition edition = wave.Edition!;
        return new ReproducedNorms(
            edition.Edition.Id, edition.Edition.Kind, edition.Sha256, placing.CellsUsed is not null,
            placing.CellsUsed ?? PlaceWaves.UsedBy(edition.Edition.NormCells(), wave.Wave.Stage));
    }

    private async Task<PublishedDistrict> LoadDistrictAsync(DistrictId districtId, WaveId? upTo, CancellationToken cancellationToken)
    {
        District district = await db.Districts.AsNoTracking().SingleAsync(row => row.DistrictId == districtId, cancellationToken);
        List<Wave> waves = await db.Waves.AsNoTracking().Where(wave => wave.DistrictId == districtId)
            .OrderByDescending(wave => wave.OpensAt).ThenByDescending(wave => wave.ExternalId).ToListAsync(cancellationToken);
        List<ReadWave> read = await ReadAsync(district, waves, cancellationToken);
        List<ReadWave> comparable = read.Where(wave => wave.Record is { SmallestCount: >= SmallestCompared }).ToList();
        List<ReadWave> until = comparable.SkipWhile(wave => upTo is { } last && wave.Published.Wave.WaveId != last).ToList();
        InstrumentId? newest = until.Count == 0 ? null : until[0].Published.Wave.InstrumentId;
        List<DistrictWave> own = until.Where(wave => wave.Published.Wave.InstrumentId == newest).Select(wave => wave.Record!).ToList();
        IReadOnlyList<LandmarkResult> landmarks = own.Count == 0 ? [] : Kept("landmarks", until.Where(wave => wave.Published.Wave.InstrumentId == newest), () => LandmarkTests.ForDistrict(own));

        Dictionary<WaveId, WaveComparison> changes = [];
        foreach (IGrouping<InstrumentId, ReadWave> series in comparable.GroupBy(wave => wave.Published.Wave.InstrumentId))
        {
            foreach ((ReadWave later, ReadWave earlier) in series.Zip(series.Skip(1)))
            {
                if (Kept("change", [earlier, later], () => WaveChange.Compare(earlier.Record!, later.Record!)) is Placing<IReadOnlyList<MeasureChange>>.Made(var measures))
                {
                    changes.Add(later.Published.Wave.WaveId, new WaveComparison(earlier.Published, measures));
                }
            }
        }

        return new PublishedDistrict(district, read.ConvertAll(wave => wave.Published), landmarks, changes);
    }

    /// <summary>What follows from revisions that are written: those never change, so it is computed once.</summary>
    private T Kept<T>(string what, IEnumerable<ReadWave> waves, Func<T> compute) =>
        cache.GetOrCreate($"{what} {string.Join(' ', waves.Select(wave => $"{wave.Published.Wave.WaveId}:{wave.Published.Revision}"))}", entry =>
        {
            entry.SlidingExpiration = TimeSpan.FromHours(1);
            return compute();
        })!;

    private async Task<List<ReadWave>> ReadAsync(District district, List<Wave> waves, CancellationToken cancellationToken)
    {
        List<WaveId> ids = waves.ConvertAll(wave => wave.WaveId);
        var roster = (await db.Rosters.AsNoTracking().Where(row => ids.Contains(row.WaveId))
            .Join(db.Schools, row => row.SchoolId, school => school.SchoolId, (row, school) => new { row.WaveId, School = school, row.EligibleTeachers })
            .ToListAsync(cancellationToken)).ToLookup(row => row.WaveId);
        ILookup<WaveId, ScoreUnit> units = (await db.ScoreUnits.AsNoTracking().Where(unit => ids.Contains(unit.WaveId)).ToListAsync(cancellationToken)).ToLookup(unit => unit.WaveId);
        ILookup<WaveId, ScoreRow> rows = (await db.Scores.AsNoTracking().Where(row => ids.Contains(row.WaveId)).ToListAsync(cancellationToken)).ToLookup(row => row.WaveId);
        ILookup<WaveId, ScoreRevision> revisions = (await db.ScoreRevisions.AsNoTracking().Where(revision => ids.Contains(revision.WaveId)).ToListAsync(cancellationToken)).ToLookup(revision => revision.WaveId);
        ILookup<WaveId, PlacingRow> placings = (await db.Placings.AsNoTracking().Where(placing => ids.Contains(placing.WaveId)).ToListAsync(cancellationToken)).ToLookup(placing => placing.WaveId);
        HashSet<(WaveId, int)> reproducible = (await db.Reproductions.AsNoTracking().Where(row => ids.Contains(row.WaveId)).Select(row => new { row.WaveId, row.Revision }).ToListAsync(cancellationToken))
            .Select(row => (row.WaveId, row.Revision)).ToHashSet();
        List<ReadWave> read = [];
        foreach (Wave wave in waves)
        {
            ReadyInstrument instrument = await instruments.GetAsync(db, wave.InstrumentId, cancellationToken);
            List<(School School, int? Eligible)> schools = roster[wave.WaveId].Select(row => (row.School, row.EligibleTeachers))
                .OrderBy(row => row.School.Name, StringComparer.Ordinal).ToList();
            read.Add(units[wave.WaveId].Any() && wave.State is WaveState.Closed or WaveState.Archived
                ? await ScoredAsync(district, wave, instrument, schools, new WaveRows([.. units[wave.WaveId]], [.. rows[wave.WaveId]], [.. revisions[wave.WaveId]], [.. placings[wave.WaveId]], reproducible), cancellationToken)
                : await UnscoredAsync(district, wave, instrument, schools, cancellationToken));
        }

        return read;
    }

    private async Task<ReadWave> UnscoredAsync(
        District district, Wave wave, ReadyInstrument instrument, List<(School School, int? Eligible)> schools, CancellationToken cancellationToken)
    {
        var counts = await db.SubmissionCounts.AsNoTracking().Where(count => count.WaveId == wave.WaveId)
            .GroupBy(count => count.SchoolId).Select(group => new { SchoolId = group.Key, Answers = group.Sum(count => count.Submissions) })
            .ToDictionaryAsync(row => row.SchoolId, row => row.Answers, cancellationToken);
        return new ReadWave(
            new PublishedWave
            {
                Wave = wave,
                District = district,
                Instrument = instrument,
                Status = wave.State switch
                {
                    WaveState.Scheduled => WaveStatus.Scheduled,
                    WaveState.Open => WaveStatus.Open,
                    WaveState.Closed or WaveState.Archived => WaveStatus.Scoring,
                    _ => throw new System.Diagnostics.UnreachableException(),
                },
                Counts = WaveCounts.Of(schools.ConvertAll(row => (row.School, row.Eligible, counts.GetValueOrDefault(row.School.SchoolId))), new HashSet<SchoolId>()),
                Edition = await editions.NewestAsync(db, wave.InstrumentId, cancellationToken),
            },
            null);
    }

    private async Task<ReadWave> ScoredAsync(
        District district, Wave wave, ReadyInstrument instrument, List<(School School, int? Eligible)> schools, WaveRows waveRows, CancellationToken cancellationToken)
    {
        (IReadOnlyList<ScoreUnit> units, IReadOnlyList<ScoreRow> rows, IReadOnlyList<ScoreRevision> revisions, IReadOnlyList<PlacingRow> placings, IReadOnlySet<(WaveId, int)> reproducible) = waveRows;
        int newest = units.Max(unit => unit.Revision);
        ScoreUnit districtUnit = units.Single(unit => unit.Revision == newest && unit.IsDistrict);
        PlacingRow? placing = placings.Where(row => row.Revision == districtUnit.ShownRevision).MinBy(row => row.EditionId, StringComparer.Ordinal);
        FrozenEdition? edition = placing is null
            ? await editions.NewestAsync(db, wave.InstrumentId, cancellationToken)
            : await editions.FindAsync(db, placing.EditionId, cancellationToken);
        Dictionary<(int, Guid), ScoreUnit> byRevision = units.ToDictionary(unit => (unit.Revision, unit.UnitId));
        ILookup<(int, Guid), ScoreRow> byUnit = rows.ToLookup(row => (row.Revision, row.UnitId));

        PublishedUnit Show(ScoreUnit unit, string name) => new(unit.UnitId, name, unit.WithheldCode, unit.ShownRevision is { } shown
            ? Publish(instrument, byUnit[(shown, unit.UnitId)], byRevision[(shown, unit.UnitId)].SmallestCount, edition, wave)
            : []);

        Dictionary<Guid, ScoreUnit> current = units.Where(unit => unit.Revision == newest && !unit.IsDistrict).ToDictionary(unit => unit.UnitId);
        int Answers(School school) => !current.TryGetValue(school.SchoolId.Value, out ScoreUnit? unit) ? 0
            : unit.ShownRevision is { } shown ? byRevision[(shown, unit.UnitId)].Responses : unit.Responses;
        HashSet<SchoolId> withheld = current.Values.Where(unit => unit.ShownRevision is null).Select(unit => new SchoolId(unit.UnitId)).ToHashSet();
        DistrictWave? own = districtUnit.ShownRevision is { } revision
            ? ScoredWaves.Of(instrument, wave, district.ExternalId, byRevision[(revision, districtUnit.UnitId)], revisions.Single(row => row.Revision == revision), byUnit[(revision, districtUnit.UnitId)])
            : null;
        StoredPlacing? stored = placing is null ? null : JsonSerializer.Deserialize<StoredPlacing>(placing.Result, PlacingJson.Options);
        PublishedUnit unit = Show(districtUnit, district.Name);
        return new ReadWave(
            new PublishedWave
            {
                Wave = wave,
                District = district,
                Instrument = instrument,
                Status = WaveStatus.Scored,
                Revision = districtUnit.ShownRevision,
                Unit = unit,
                Schools = schools.Where(row => current.ContainsKey(row.School.SchoolId.Value)).Select(row => Show(current[row.School.SchoolId.Value], row.School.Name)).ToList(),
                Counts = WaveCounts.Of(schools.ConvertAll(row => (row.School, row.Eligible, Answers(row.School))), withheld),
                Edition = edition,
                Placings = stored?.Measures ?? [],
                Reproducible = districtUnit.ShownRevision is { } shownRevision && reproducible.Contains((wave.WaveId, shownRevision)),
                LowResponse = own?.ResponseRate < NormEditionBuilder.Rules.ResponseRate,
                Start = stored is null || own is null || edition is null ? null
                    : WhereToStart.Find(own, stored.CellsUsed is { } cells ? new NormCells(cells) : edition.Edition.NormCells(), instrument.Plan.Measures),
            },
            own);
    }

    private static List<PublishedMeasure> Publish(ReadyInstrument instrument, IEnumerable<ScoreRow> rows, int smallestCount, FrozenEdition? edition, Wave wave)
    {
        Dictionary<string, ScoreRow> byMeasure = rows.ToDictionary(row => row.Measure, StringComparer.Ordinal);
        return instrument.Plan.Measures.Where(measure => byMeasure.ContainsKey(measure.Code)).Select(measure =>
        {
            ScoreRow row = byMeasure[measure.Code];
            double? withinSd = edition?.Edition.NormCells().Find(measure.Code, wave.Stage)?.WithinSdPoints;
            return DisclosureControl.Publish(
                new MeasureEstimate(measure.Code, row.Points, row.StandardErrorPoints, row.DegreesOfFreedom, row.Respondents, row.WithinDegrees, row.WithinSumSquares),
                smallestCount, withinSd, instrument.Definition.Scale);
        }).ToList();
    }

    /// <summary>All rows of one wave, of every revision.</summary>
    private sealed record WaveRows(IReadOnlyList<ScoreUnit> Units, IReadOnlyList<ScoreRow> Rows, IReadOnlyList<ScoreRevision> Revisions, IReadOnlyList<PlacingRow> Placings, IReadOnlySet<(WaveId, int)> Reproducible);

    /// <summary>A wave for readers, and the exact record from which the kernel compares waves; the record stays in this class.</summary>
    private sealed record ReadWave(PublishedWave Published, DistrictWave? Record);
}
