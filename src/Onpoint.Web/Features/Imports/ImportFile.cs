using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Imports;

/// <summary>
/// <c>onpoint import FILE --wave ID</c>: fills one wave. After closing the rows are late answers: they make the next late
/// batch and a new revision, in the same transaction.
/// </summary>
internal sealed class ImportFile(OnpointDb db, InstrumentLibrary instruments, TimeProvider time)
{
    /// <exception cref="ImportException">The file cannot be imported; nothing was stored.</exception>
    public async Task<ImportReport> RunAsync(string path, WaveId waveId, CancellationToken cancellationToken)
    {
        string file = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            throw new ImportException([new ImportProblem(file, 0, null, $"There is no file {path}.")]);
        }

        byte[] hash = await ResponsesFile.HashAsync(path, cancellationToken);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        Wave wave = await WaveTurn.TakeAsync(db, waveId, cancellationToken)
            ?? throw new ImportException([new ImportProblem(file, 0, null, $"There is no wave {waveId}; `onpoint import FOLDER` prints the ids it made.")]);
        if (wave.State == WaveState.Archived)
        {
            throw new ImportException([new ImportProblem(file, 0, null, $"Wave {waveId} is archived and takes no more answers.")]);
        }

        District district = await db.Districts.SingleAsync(row => row.DistrictId == wave.DistrictId, cancellationToken);
        if (await db.Imports.AnyAsync(import => import.WaveId == waveId && import.Sha256 == hash, cancellationToken))
        {
            return new ImportReport(0, 0, 0, [], [Imported(district, wave, 0, alreadyLoaded: true)]);
        }

        if (wave.SealedAt is not null)
        {
            wave.LateBatch++;
        }

        ReadyInstrument instrument = await instruments.GetAsync(db, wave.InstrumentId, cancellationToken);
        Dictionary<string, SchoolId> schools = await db.Rosters
            .Where(roster => roster.WaveId == waveId)
            .Join(db.Schools, roster => roster.SchoolId, school => school.SchoolId, (_, school) => school)
            .ToDictionaryAsync(school => school.ExternalId, school => school.SchoolId, StringComparer.Ordinal, cancellationToken);
        int read = 0;
        List<ImportProblem> problems = [];

        IEnumerable<(CopyTarget, byte[])> Rows()
        {
            foreach (ResponseRow row in ResponsesFile.Read(path, instrument.Codes))
            {
                read++;
                if (Check(row, file, district, wave, schools, out SchoolId school) is { } problem)
                {
                    problems.Add(problem);
                }
                else
                {
                    yield return (new CopyTarget(wave, school), row.Answers);
                }
            }
        }

        IReadOnlyDictionary<WaveId, int> counts = await new ResponseCopy((NpgsqlConnection)db.Database.GetDbConnection())
            .StoreAsync(Rows(), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), cancellationToken);
        int stored = counts.GetValueOrDefault(waveId);
        db.Imports.Add(new ImportRow { WaveId = waveId, Sha256 = hash, FileName = file, LateBatch = wave.LateBatch, RowsRead = read, RowsStored = stored });
        if (wave.State == WaveState.Closed)
        {
            await ScoringRequest.AddNextAsync(db, waveId, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new ImportReport(read, stored, problems.Count, problems.Take(ImportReport.MostReportedRows).ToList(), [Imported(district, wave, stored, alreadyLoaded: false)]);
    }

    private static ImportProblem? Check(
        ResponseRow row, string file, District district, Wave wave, Dictionary<string, SchoolId> schools, out SchoolId school)
    {
        school = default;
        if (row.Problem is not null)
        {
            return row.Problem;
        }

        if (row.District is not null && row.District != district.ExternalId)
        {
            return new ImportProblem(file, row.Line, "district_id", $"{row.District} is not the wave's district {district.ExternalId}.");
        }

        if (row.Wave is not null && row.Wave != wave.ExternalId)
        {
            return new ImportProblem(file, row.Line, "wave", $"{row.Wave} is not the wave {wave.ExternalId}.");
        }

        return schools.TryGetValue(row.School, out school) ? null : new ImportProblem(file, row.Line, "school_id", $"{row.School} is not on the wave's roster.");
    }

    private static ImportedWave Imported(District district, Wave wave, int stored, bool alreadyLoaded) => new(
        district.ExternalId, district.DistrictId.Value, wave.ExternalId, wave.WaveId.Value, Kebab.Name(wave.State), stored, alreadyLoaded);
}
