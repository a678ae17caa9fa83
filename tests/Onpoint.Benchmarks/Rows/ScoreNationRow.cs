using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Onpoint.Benchmarks.Ratios;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Scoring;

namespace Onpoint.Benchmarks.Rows;

/// <summary>
/// A national year read by the code of the scoring job and scored, and not written: 13,000 districts with 8 schools each. Beside it psql, which copies the same rows to
/// nowhere. The memory is the largest working set of this process, which also stored the rows and may have measured other rows before.
/// </summary>
internal sealed class ScoreNationRow : RatioRow
{
    private const int Districts = 13_000;
    private const int SchoolsPerDistrict = 8;
    private const int Responses = 6_400_000;

    public override string Name => "score-nation";

    public override string Unit => "s";

    public override IReadOnlyList<Limit> Goal { get; } =
    [
        new(LimitedFigure.Ratio, AtLeast: false, 2),
        new(LimitedFigure.Size, AtLeast: false, 1, "GB"),
    ];

    public override async Task<Measured> MeasureAsync(CancellationToken cancellationToken)
    {
        FilledWave[] waves = [.. Enumerable.Range(0, Districts).Select(district =>
            FilledWave.New(SchoolsPerDistrict, Responses / Districts + (district < Responses % Districts ? 1 : 0)))];
        await using ResponseTable table = await ResponseTable.StartAsync(cancellationToken);
        await table.FillAsync(waves, cancellationToken);
        string? psql = await PsqlAsync(cancellationToken);
        Figures figures = await Pairs.RunAsync(
            () =>
            {
                GC.Collect(); // the totals of the run before: a nation is scored once by a process, not again and again
                return SecondsAsync(() => ScoreAsync(table, waves, cancellationToken));
            },
            psql is null ? null : () => SecondsAsync(() => Opponent.RunAsync(
                psql,
                [
                    "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", $"{table.Port}", "-U", DatabaseRoles.Worker, "-d", EmbeddedPostgres.Database,
                    "-o", "/dev/null", "-f", Opponent.File("score-nation.sql"),
                ],
                cancellationToken)),
            cancellationToken);
        using var process = Process.GetCurrentProcess();
        double gigabytes = process.PeakWorkingSet64 / 1e9;
        return new Measured(
            figures with { Size = gigabytes },
            string.Create(CultureInfo.InvariantCulture, $"{(psql is null ? "psql is not installed; " : "")}{gigabytes:0.00} GB"));
    }

    private static async Task ScoreAsync(ResponseTable table, FilledWave[] waves, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await table.Worker.OpenConnectionAsync(cancellationToken);
        Dictionary<Guid, UnitTotals> totals = await WaveResponses.TotalAsync(connection, "select school_id, answers from responses", ResponseTable.Plan, cancellationToken);
        int responses = 0;
        Parallel.ForEach(waves, wave => Interlocked.Add(ref responses, wave.Estimate(ResponseTable.Plan, totals).District.Responses));
        Opponent.Expect(Responses, responses);
    }

    private static async Task<double> SecondsAsync(Func<Task> run) => await Pairs.MillisecondsAsync(run) / 1000;

    /// <summary>Beside the server's programs: what PATH names may be a script that looks for it first.</summary>
    private static async Task<string?> PsqlAsync(CancellationToken cancellationToken) => Opponent.Find(
        "psql", await PostgresBinaries.FindAsync(clusterMajor: null, cancellationToken) is PostgresSearch.Found(var binaries) ? [binaries.Folder] : []);
}
