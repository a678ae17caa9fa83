using Npgsql;
using NpgsqlTypes;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Imports;

/// <summary>Where a row of a file goes.</summary>
internal sealed record CopyTarget(Wave Wave, SchoolId School);

/// <summary>Copies checked rows straight into <c>responses</c>, and counts them per school for the day.</summary>
internal sealed class ResponseCopy(NpgsqlConnection connection)
{
    private readonly Dictionary<(WaveId Wave, SchoolId School), int> _counts = [];

    /// <summary>Stores rows in the caller's transaction. Returns the number of rows per wave.</summary>
    public async Task<IReadOnlyDictionary<WaveId, int>> StoreAsync(IEnumerable<(CopyTarget Target, byte[] Answers)> rows, DateOnly day, CancellationToken cancellationToken)
    {
        await using (NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
            "copy responses (school_year, wave_id, school_id, late_batch, answers) from stdin (format binary)", cancellationToken))
        {
            foreach ((CopyTarget target, byte[] answers) in rows)
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(target.Wave.SchoolYear, NpgsqlDbType.Smallint, cancellationToken);
                await copy.WriteAsync(target.Wave.WaveId.Value, NpgsqlDbType.Uuid, cancellationToken);
                await copy.WriteAsync(target.School.Value, NpgsqlDbType.Uuid, cancellationToken);
                await copy.WriteAsync(target.Wave.LateBatch, NpgsqlDbType.Smallint, cancellationToken);
                await copy.WriteAsync(answers, NpgsqlDbType.Bytea, cancellationToken);
                (WaveId, SchoolId) unit = (target.Wave.WaveId, target.School);
                _counts[unit] = _counts.GetValueOrDefault(unit) + 1;
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await CountAsync(day, cancellationToken);
        return _counts.GroupBy(unit => unit.Key.Wave).ToDictionary(wave => wave.Key, wave => wave.Sum(unit => unit.Value));
    }

    /// <summary>Rows ordered by school, so that two writers never wait for each other crosswise.</summary>
    private async Task CountAsync(DateOnly day, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(
            """
            insert into submission_counts (wave_id, school_id, day, submissions)
            select wave, school, $4, submissions from unnest($1::uuid[], $2::uuid[], $3::int[]) as t (wave, school, submissions) order by wave, school
            on conflict (wave_id, school_id, day) do update set submissions = submission_counts.submissions + excluded.submissions
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = _counts.Keys.Select(unit => unit.Wave.Value).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = _counts.Keys.Select(unit => unit.School.Value).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = _counts.Values.ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = day });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
