using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using Onpoint.Measurement;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Benchmarks.Rows;

/// <summary>A made-up wave.</summary>
/// <param name="Wave">Its row as far as reading its responses needs it.</param>
/// <param name="Schools">Its schools.</param>
/// <param name="Teachers">Responses (count).</param>
internal sealed record FilledWave(Wave Wave, Guid[] Schools, int Teachers)
{
    /// <summary>A wave with ids of its own.</summary>
    public static FilledWave New(int schools, int teachers) => new(
        new Wave
        {
            WaveId = new WaveId(Guid.NewGuid()),
            DistrictId = new DistrictId(Guid.NewGuid()),
            InstrumentId = new InstrumentId(Guid.NewGuid()),
            ExternalId = "2025-26",
            SchoolYear = 2026,
            Stage = Stage.Year1,
            OpensAt = default,
            ClosesAt = default,
            SamplesSchools = false,
            State = WaveState.Closed,
        },
        [.. Enumerable.Range(0, schools).Select(_ => Guid.NewGuid())],
        teachers);

    /// <summary>What the scoring job hands to the estimator; the roster has twice as many teachers as answered on average.</summary>
    public WaveEstimate Estimate(ScoringPlan plan, Dictionary<Guid, UnitTotals> totals) => WaveEstimator.Estimate(
        plan,
        Array.ConvertAll(Schools, school => new SchoolTotals($"{school}", 2 * Teachers / Schools.Length, totals.GetValueOrDefault(school) ?? plan.NewTotals())),
        samplesSchools: false);
}

/// <summary>An embedded PostgreSQL in a temporary folder of its own, whose table of responses is filled with random answers.</summary>
internal sealed class ResponseTable : IAsyncDisposable
{
    private readonly EmbeddedPostgres _server;
    private readonly Databases _databases;

    private ResponseTable(EmbeddedPostgres server)
    {
        _server = server;
        _databases = new Databases(server.ConnectionString(DatabaseRoles.Owner), server.ConnectionString(DatabaseRoles.Web), server.ConnectionString(DatabaseRoles.Worker), server);
    }

    /// <summary>The plan of the teacher survey: 40 items.</summary>
    public static ScoringPlan Plan { get; } = new(
        InstrumentFile.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "sample-surveys", "onpoint-teacher-1.0", "instrument.json"))).Instrument!);

    /// <summary>On 127.0.0.1.</summary>
    public int Port => _server.Port;

    /// <summary>Connections as the scoring job has them.</summary>
    public NpgsqlDataSource Worker => _databases.Worker;

    /// <summary>Starts the server.</summary>
    public static async Task<ResponseTable> StartAsync(CancellationToken cancellationToken) =>
        await EmbeddedPostgres.StartAsync(Path.Combine(Path.GetTempPath(), $"onpoint-benchmarks-{Guid.NewGuid():N}"), cancellationToken) switch
        {
            EmbeddedPostgresStart.Running(var server) => new ResponseTable(server),
            EmbeddedPostgresStart.NotPossible(var sentence) => throw new InvalidOperationException(sentence),
            _ => throw new UnreachableException(),
        };

    /// <summary>Creates the table and stores the waves one after the other, as sealing leaves them: the schools of a wave in random order.</summary>
    public async Task FillAsync(IReadOnlyList<FilledWave> waves, CancellationToken cancellationToken)
    {
        await _databases.MigrateAsync(Migrations.BundledFolder, cancellationToken);
        Console.Error.WriteLine($"Storing {waves.Sum(wave => wave.Teachers)} responses");
        var random = new Random(2026);
        byte[][] choices = [.. Plan.Instrument.Items
            .Select(item => Plan.Instrument.Formats.First(format => format.Code == item.Format).Options.Count)
            .Concat(Plan.Instrument.Context.Select(question => question.Options.Count))
            .Select(options => Choices(options))];
        byte[] answers = new byte[choices.Length];
        await using (NpgsqlConnection connection = await Worker.OpenConnectionAsync(cancellationToken))
        await using (NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
            "copy responses (school_year, wave_id, school_id, late_batch, answers) from stdin (format binary)", cancellationToken))
        {
            foreach (FilledWave wave in waves)
            {
                for (int teacher = 0; teacher < wave.Teachers; teacher++)
                {
                    random.NextBytes(answers);
                    for (int question = 0; question < answers.Length; question++)
                    {
                        answers[question] = choices[question][answers[question]];
                    }

                    await copy.StartRowAsync(cancellationToken);
                    await copy.WriteAsync(wave.Wave.SchoolYear, NpgsqlDbType.Smallint, cancellationToken);
                    await copy.WriteAsync(wave.Wave.WaveId.Value, NpgsqlDbType.Uuid, cancellationToken);
                    await copy.WriteAsync(wave.Schools[random.Next(wave.Schools.Length)], NpgsqlDbType.Uuid, cancellationToken);
                    await copy.WriteAsync((short)0, NpgsqlDbType.Smallint, cancellationToken);
                    await copy.WriteAsync(answers, NpgsqlDbType.Bytea, cancellationToken);
                }
            }

            await copy.CompleteAsync(cancellationToken);
        }

        // Else whoever reads first would mark the rows as committed for the other.
        await using NpgsqlCommand vacuum = _databases.Owner.CreateCommand("vacuum (freeze, analyze) responses");
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _databases.DisposeAsync(); // stops the server too
        Directory.Delete(_server.DataFolder, recursive: true);
    }

    /// <summary>What a random byte chooses: 8 of 256 no answer, 5 "Not part of my role", else any option.</summary>
    private static byte[] Choices(int options) =>
        [.. Enumerable.Range(0, 256).Select(chance => chance < 8 ? ResponseLayout.NotAnswered : chance < 13 ? ResponseLayout.NotMyRole : (byte)(1 + chance % options))];
}
