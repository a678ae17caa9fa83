using System.Text;
using System.Text.Json;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Verification;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Norms;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Scoring;

/// <summary>
/// Scores one revision of one wave: seals the responses, estimates, decides what readers may see, places the district.
/// All in one transaction, so running twice, or after a crash, leaves the same rows.
/// </summary>
internal sealed partial class ScoreWaveJob(WorkerDatabase worker, InstrumentLibrary instruments, TimeProvider time, ILogger<ScoreWaveJob> logger)
{
    /// <summary>Raised with every change that can move a published number; CHANGELOG.md lists them under Numbers.</summary>
    public const int ScoringVersion = 1;

    [Queue("scoring")]
    public async Task RunAsync(Guid waveId, int revision, CancellationToken cancellationToken)
    {
        WaveId id = new(waveId);
        await using OnpointDb db = worker.Open();
        if (!await WorkRequest.BeginAsync(db, WorkRequest.Scoring, waveId.ToString(), revision, cancellationToken))
        {
            return;
        }

        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await WorkRequest.TakeTurnAsync(db, $"score-wave:{waveId}", cancellationToken);

        // For share: a re-opening waits until the scores are written. A wave that is open again is scored when it closes.
        Wave wave = await db.Waves.FromSql($"select * from waves where wave_id = {waveId} for share").SingleAsync(cancellationToken);
        if (wave.State == WaveState.Closed)
        {
            NpgsqlConnection connection = (NpgsqlConnection)db.Database.GetDbConnection();
            await WaveResponses.SealAsync(connection, wave, cancellationToken);
            wave.SealedAt = time.GetUtcNow();
            ReadyInstrument instrument = await instruments.GetAsync(db, wave.InstrumentId, cancellationToken);
            int units = await ScoreAsync(db, connection, wave, revision, instrument, cancellationToken);
            int placings = await PlaceWaves.AtScoringAsync(db, wave, instrument, cancellationToken);
            LogScored(logger, id, revision, units, placings);
        }

        await WorkRequest.EndAsync(db, WorkRequest.Scoring, waveId.ToString(), revision, wave.State == WaveState.Closed ? RequestState.Done : RequestState.Withdrawn, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<int> ScoreAsync(OnpointDb db, NpgsqlConnection connection, Wave wave, int revision, ReadyInstrument instrument, CancellationToken cancellationToken)
    {
        Dictionary<Guid, UnitTotals> totals = await WaveResponses.TotalAsync(connection, wave, instrument.Plan, cancellationToken);
        List<(School School, int? Eligible)> schools = (await db.Rosters.AsNoTracking().Where(roster => roster.WaveId == wave.WaveId)
            .Join(db.Schools, roster => roster.SchoolId, school => school.SchoolId, (roster, school) => new { School = school, roster.EligibleTeachers })
            .ToListAsync(cancellationToken)).ConvertAll(pair => (pair.School, pair.EligibleTeachers));
        List<SchoolTotals> schoolTotals = schools.ConvertAll(
            row => new SchoolTotals(row.School.ExternalId, row.Eligible, totals.GetValueOrDefault(row.School.SchoolId.Value) ?? instrument.Plan.NewTotals()));
        WaveEstimate estimate = WaveEstimator.Estimate(instrument.Plan, schoolTotals, wave.SamplesSchools);

        await db.ScoreRevisions.Where(row => row.WaveId == wave.WaveId && row.Revision == revision).ExecuteDeleteAsync(cancellationToken);
        List<(Guid Id, string? TextId, UnitEstimate Estimate)> units = [(wave.DistrictId.Value, null, estimate.District)];
        units.AddRange(schools.Where(row => estimate.Schools.ContainsKey(row.School.ExternalId))
            .Select(row => (row.School.SchoolId.Value, (string?)row.School.ExternalId, estimate.Schools[row.School.ExternalId])));
        PublishedBefore before = await PublishedBefore.LoadAsync(db, instrument.Plan, wave.WaveId, revision, cancellationToken);
        IReadOnlyList<DisclosureDecision> decisions = DisclosureControl.Decide(revision, units.ConvertAll(unit => before.Unit(unit.Id, unit.TextId, units[0].Id, unit.Estimate)));
        db.ScoreRevisions.Add(new ScoreRevision
        {
            WaveId = wave.WaveId,
            Revision = revision,
            ScoringVersion = ScoringVersion,
            DenominatorUnknown = estimate.DenominatorUnknown,
            ResponseRate = estimate.ResponseRate,
            SchoolsAnswering = estimate.SchoolsAnswering,
            SchoolsInWave = estimate.SchoolsInWave,
            Strata = JsonSerializer.Serialize(DistrictWaveRecords.Strata(estimate, instrument.Plan, wave.SamplesSchools)),
        });
        db.ScoreUnits.AddRange(units.Zip(decisions, (unit, decision) => Row(wave.WaveId, revision, unit.Id, unit.TextId, unit.Estimate, decision)));
        if (ReproductionLines.Make(instrument.Plan, schoolTotals, wave.SamplesSchools, revision, decisions, before.Reproduction(units)) is { } reproduction)
        {
            db.Reproductions.Add(new ReproductionRow { WaveId = wave.WaveId, Revision = revision, Totals = Encoding.UTF8.GetString(CanonicalJson.Write(reproduction)) });
        }

        await db.SaveChangesAsync(cancellationToken);
        await InsertScoresAsync(connection, wave.WaveId, revision, units, cancellationToken);
        return units.Count;
    }

    private static ScoreUnit Row(WaveId waveId, int revision, Guid unitId, string? textId, UnitEstimate estimate, DisclosureDecision decision) => new()
    {
        WaveId = waveId,
        Revision = revision,
        UnitId = unitId,
        IsDistrict = textId is null,
        Responses = estimate.Responses,
        ScoredTeachers = estimate.ScoredTeachers,
        SmallestCount = estimate.SmallestCount,
        EligibleTeachers = estimate.Eligible,
        ShownRevision = decision.ShownRevision,
        WithheldCode = decision.Code,
        ComponentCovariances = estimate.ComponentCovariances?.ToArray(),
    };

    /// <summary>One statement for all rows: the table has row-level security, which COPY refuses, and a row each would take a round trip each.</summary>
    private static async Task InsertScoresAsync(
        NpgsqlConnection connection, WaveId waveId, int revision, List<(Guid Id, string? TextId, UnitEstimate Estimate)> units, CancellationToken cancellationToken)
    {
        var rows = units.SelectMany(unit => unit.Estimate.Measures.Where(measure => measure.Points is not null).Select(measure => (unit.Id, Measure: measure))).ToList();
        await using NpgsqlCommand command = new(
            """
            insert into scores (wave_id, revision, unit_id, measure, points, standard_error_points, degrees_of_freedom, respondents, within_degrees, within_sum_squares)
            select $1, $2, * from unnest($3::uuid[], $4::text[], $5::float8[], $6::float8[], $7::float8[], $8::int[], $9::bigint[], $10::float8[])
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = waveId.Value });
        command.Parameters.Add(new NpgsqlParameter { Value = revision });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Id).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Measure.Measure).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Measure.Points!.Value).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Measure.StandardError).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Measure.DegreesOfFreedom).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Measure.Respondents).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Measure.WithinDegrees).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Measure.WithinSumSquares).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Scored wave {WaveId} revision {Revision}: {Units} units, {Placings} placings")]
    private static partial void LogScored(ILogger logger, WaveId waveId, int revision, int units, int placings);
}
