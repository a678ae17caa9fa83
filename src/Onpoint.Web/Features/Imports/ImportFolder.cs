using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Responses;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Imports;

/// <summary>
/// <c>onpoint import FOLDER</c>: creates what is missing, stores the responses and requests the scoring of closed waves,
/// all in one transaction. The same file is never loaded twice into a wave.
/// </summary>
internal sealed class ImportFolder(OnpointDb db, TimeProvider time)
{
    private readonly Dictionary<string, District> _districts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string District, string School), School> _schools = [];
    private readonly Dictionary<(string District, string Wave), Wave> _waves = [];
    private readonly HashSet<(WaveId, SchoolId)> _rosters = [];

    /// <exception cref="ImportException">The folder cannot be imported; nothing was stored.</exception>
    public async Task<ImportReport> RunAsync(string path, CancellationToken cancellationToken)
    {
        SurveyFolder folder = SurveyFolder.Read(path);
        byte[] hash = await ResponsesFile.HashAsync(folder.ResponsesPath, cancellationToken);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        InstrumentId instrument = await InstrumentAsync(folder, cancellationToken);
        await DistrictsAsync(folder, cancellationToken);
        await SchoolsAsync(folder, cancellationToken);
        HashSet<WaveId> existing = await WavesAsync(folder, instrument, cancellationToken);
        await RostersAsync(folder, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        HashSet<WaveId> loaded = await AlreadyLoadedAsync(existing, hash, folder, cancellationToken);
        (ImportReport report, IReadOnlyDictionary<WaveId, int> stored) = await StoreAsync(folder, loaded, cancellationToken);
        foreach (Wave wave in _waves.Values.Where(wave => !loaded.Contains(wave.WaveId)))
        {
            int rows = stored.GetValueOrDefault(wave.WaveId);
            db.Imports.Add(new ImportRow
            {
                WaveId = wave.WaveId,
                Sha256 = hash,
                FileName = Path.GetFileName(folder.ResponsesPath),
                LateBatch = wave.LateBatch,
                RowsRead = rows,
                RowsStored = rows,
            });
            if (wave.State == WaveState.Closed)
            {
                await ScoringRequest.AddNextAsync(db, wave.WaveId, cancellationToken);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return report;
    }

    private async Task<InstrumentId> InstrumentAsync(SurveyFolder folder, CancellationToken cancellationToken)
    {
        string definition = Encoding.UTF8.GetString(folder.InstrumentJson);
        InstrumentRow? known = await db.Instruments.SingleOrDefaultAsync(
            row => row.Code == folder.Instrument.Code && row.Version == folder.Instrument.Version, cancellationToken);
        if (known is null)
        {
            known = new InstrumentRow { InstrumentId = new InstrumentId(Guid.CreateVersion7()), Code = folder.Instrument.Code, Version = folder.Instrument.Version, Definition = definition };
            db.Instruments.Add(known);
        }
        else if (known.Definition != definition)
        {
            throw new ImportException([new ImportProblem("instrument.json", 0, "version",
                $"{known.Code} {known.Version} is known with other content; give a changed instrument a new version.")]);
        }

        return known.InstrumentId;
    }

    private async Task DistrictsAsync(SurveyFolder folder, CancellationToken cancellationToken)
    {
        List<string> ids = folder.Districts.Select(district => district.Id).ToList();
        foreach (District known in await db.Districts.Where(district => ids.Contains(district.ExternalId)).ToListAsync(cancellationToken))
        {
            if (known.Synthetic != folder.Synthetic)
            {
                throw new ImportException([new ImportProblem("districts.csv", 0, "district_id",
                    $"{known.ExternalId} is known as a {(known.Synthetic ? "synthetic" : "real")} district; give this one another id.")]);
            }

            _districts.Add(known.ExternalId, known);
        }

        foreach (FolderDistrict row in folder.Districts.Where(row => !_districts.ContainsKey(row.Id)))
        {
            District district = new()
            {
                DistrictId = new DistrictId(Guid.CreateVersion7()),
                ExternalId = row.Id,
                Name = row.Name,
                State = row.State,
                Locale = row.Locale,
                LaunchYear = row.LaunchYear,
                TimeZone = row.TimeZone,
                Contributes = row.Contributes,
                Synthetic = folder.Synthetic,
            };
            _districts.Add(row.Id, district);
            db.Districts.Add(district);
        }
    }

    private async Task SchoolsAsync(SurveyFolder folder, CancellationToken cancellationToken)
    {
        Dictionary<DistrictId, string> names = _districts.Values.ToDictionary(district => district.DistrictId, district => district.ExternalId);
        List<DistrictId> ids = names.Keys.ToList();
        foreach (School known in await db.Schools.Where(school => ids.Contains(school.DistrictId)).ToListAsync(cancellationToken))
        {
            _schools.Add((names[known.DistrictId], known.ExternalId), known);
        }

        foreach (FolderSchool row in folder.Schools.Where(row => !_schools.ContainsKey((row.District, row.Id))).DistinctBy(row => (row.District, row.Id)))
        {
            School school = new() { SchoolId = new SchoolId(Guid.CreateVersion7()), DistrictId = _districts[row.District].DistrictId, ExternalId = row.Id, Name = row.Name };
            _schools.Add((row.District, row.Id), school);
            db.Schools.Add(school);
        }
    }

    /// <summary>Returns the waves that were there before, locked until the import commits.</summary>
    private async Task<HashSet<WaveId>> WavesAsync(SurveyFolder folder, InstrumentId instrument, CancellationToken cancellationToken)
    {
        Dictionary<DistrictId, string> names = _districts.Values.ToDictionary(district => district.DistrictId, district => district.ExternalId);
        Guid[] ids = names.Keys.Select(id => id.Value).ToArray();
        List<Wave> there = await db.Waves
            .FromSql($"select * from waves where district_id = any ({ids}) and instrument_id = {instrument.Value} order by wave_id for update")
            .ToListAsync(cancellationToken);
        HashSet<(string, string)> asked = folder.Waves.Select(wave => (wave.District, wave.Id)).ToHashSet();
        foreach (Wave known in there.Where(wave => asked.Contains((names[wave.DistrictId], wave.ExternalId))))
        {
            _waves.Add((names[known.DistrictId], known.ExternalId), known);
        }

        HashSet<WaveId> existing = _waves.Values.Select(wave => wave.WaveId).ToHashSet();
        DateTimeOffset now = time.GetUtcNow();
        foreach (FolderWave row in folder.Waves.Where(row => !_waves.ContainsKey((row.District, row.Id))))
        {
            Wave wave = new()
            {
                WaveId = new WaveId(Guid.CreateVersion7()),
                DistrictId = _districts[row.District].DistrictId,
                InstrumentId = instrument,
                ExternalId = row.Id,
                SchoolYear = row.SchoolYear,
                Term = row.Term,
                Stage = row.Stage,
                OpensAt = row.Opens,
                ClosesAt = row.Closes,
                SamplesSchools = row.SamplesSchools,
                State = row.Closes <= now ? WaveState.Closed : row.Opens <= now ? WaveState.Open : WaveState.Scheduled,
            };
            _waves.Add((row.District, row.Id), wave);
            db.Waves.Add(wave);
        }

        return existing;
    }

    private async Task RostersAsync(SurveyFolder folder, CancellationToken cancellationToken)
    {
        List<WaveId> ids = _waves.Values.Select(wave => wave.WaveId).ToList();
        foreach (Roster known in await db.Rosters.Where(roster => ids.Contains(roster.WaveId)).ToListAsync(cancellationToken))
        {
            _rosters.Add((known.WaveId, known.SchoolId));
        }

        foreach (FolderSchool row in folder.Schools)
        {
            (WaveId wave, SchoolId school) = (_waves[(row.District, row.Wave)].WaveId, _schools[(row.District, row.Id)].SchoolId);
            if (_rosters.Add((wave, school)))
            {
                db.Rosters.Add(new Roster { WaveId = wave, SchoolId = school, EligibleTeachers = row.Eligible });
            }
        }
    }

    /// <summary>Waves that hold this very file already. A folder's other file for a wave that has answers is refused: its rows could be the same answers.</summary>
    private async Task<HashSet<WaveId>> AlreadyLoadedAsync(HashSet<WaveId> existing, byte[] hash, SurveyFolder folder, CancellationToken cancellationToken)
    {
        List<WaveId> ids = existing.ToList();
        List<ImportRow> imports = await db.Imports.AsNoTracking().Where(import => ids.Contains(import.WaveId)).ToListAsync(cancellationToken);
        HashSet<WaveId> loaded = imports.Where(import => import.Sha256.AsSpan().SequenceEqual(hash)).Select(import => import.WaveId).ToHashSet();
        if (imports.FirstOrDefault(import => !loaded.Contains(import.WaveId)) is { } other)
        {
            (string district, string wave) = _waves.Single(pair => pair.Value.WaveId == other.WaveId).Key;
            throw new ImportException([new ImportProblem(Path.GetFileName(folder.ResponsesPath), 0, null,
                $"wave {wave} of district {district} already holds answers from another file. Late answers are added with: onpoint import FILE --wave {other.WaveId}")]);
        }

        return loaded;
    }

    private async Task<(ImportReport Report, IReadOnlyDictionary<WaveId, int> Stored)> StoreAsync(SurveyFolder folder, HashSet<WaveId> loaded, CancellationToken cancellationToken)
    {
        int read = 0;
        int rejected = 0;
        List<ImportProblem> problems = [];
        AnswerCodes codes = new(folder.Instrument);

        IEnumerable<(CopyTarget, byte[])> Rows()
        {
            foreach (ResponseRow row in ResponsesFile.Read(folder.ResponsesPath, codes))
            {
                read++;
                ImportProblem? problem = row.Problem;
                if (!_waves.TryGetValue((row.District ?? "", row.Wave ?? ""), out Wave? wave))
                {
                    problem ??= new ImportProblem(Path.GetFileName(folder.ResponsesPath), row.Line, "wave", $"{row.Wave} of district {row.District} is not in waves.csv.");
                }

                if (!_schools.TryGetValue((row.District ?? "", row.School), out School? school) || (wave is not null && !_rosters.Contains((wave.WaveId, school.SchoolId))))
                {
                    problem ??= new ImportProblem(Path.GetFileName(folder.ResponsesPath), row.Line, "school_id", $"{row.School} is not on the roster of wave {row.Wave}.");
                }

                if (problem is not null)
                {
                    rejected++;
                    if (problems.Count < ImportReport.MostReportedRows)
                    {
                        problems.Add(problem);
                    }
                }
                else if (!loaded.Contains(wave!.WaveId))
                {
                    yield return (new CopyTarget(wave, school!.SchoolId), row.Answers);
                }
            }
        }

        bool allLoaded = _waves.Values.All(wave => loaded.Contains(wave.WaveId));
        IReadOnlyDictionary<WaveId, int> stored = allLoaded
            ? new Dictionary<WaveId, int>()
            : await new ResponseCopy((NpgsqlConnection)db.Database.GetDbConnection()).StoreAsync(Rows(), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), cancellationToken);
        List<ImportedWave> waves = _waves
            .Select(pair => new ImportedWave(
                pair.Key.District, pair.Value.DistrictId.Value, pair.Key.Wave, pair.Value.WaveId.Value, Kebab.Name(pair.Value.State),
                stored.GetValueOrDefault(pair.Value.WaveId), loaded.Contains(pair.Value.WaveId)))
            .ToList();
        return (new ImportReport(read, stored.Values.Sum(), rejected, problems, waves), stored);
    }
}
