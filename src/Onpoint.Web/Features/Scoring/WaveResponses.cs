using System.Runtime.InteropServices;
using Npgsql;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Scoring;

/// <summary>The stored responses of a wave, read as a stream into running totals: memory is bounded by schools.</summary>
internal static class WaveResponses
{
    /// <summary>
    /// Rewrites a wave's rows in random order within the caller's transaction: afterwards all have one transaction id, and
    /// their places say nothing about when they came.
    /// </summary>
    public static async Task SealAsync(NpgsqlConnection connection, Wave wave, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(
            """
            with taken as (delete from responses where school_year = $1 and wave_id = $2 returning school_year, wave_id, school_id, late_batch, answers)
            insert into responses (school_year, wave_id, school_id, late_batch, answers)
            select school_year, wave_id, school_id, late_batch, answers from taken order by random()
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = wave.SchoolYear });
        command.Parameters.Add(new NpgsqlParameter { Value = wave.WaveId.Value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Totals per school of all its responses.</summary>
    public static async Task<Dictionary<Guid, UnitTotals>> TotalAsync(NpgsqlConnection connection, Wave wave, ScoringPlan plan, int responseBytes, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new("select school_id, answers from responses where school_year = $1 and wave_id = $2", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = wave.SchoolYear });
        command.Parameters.Add(new NpgsqlParameter { Value = wave.WaveId.Value });
        Dictionary<Guid, UnitTotals> schools = [];
        byte[] answers = new byte[responseBytes];
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            ref UnitTotals? totals = ref CollectionsMarshal.GetValueRefOrAddDefault(schools, rows.GetGuid(0), out _);
            totals ??= plan.NewTotals();
            rows.GetBytes(1, 0, answers, 0, responseBytes);
            totals.Add(answers);
        }

        return schools;
    }
}
