using Npgsql;
using Onpoint.Benchmarks.Ratios;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Features.Scoring;

namespace Onpoint.Benchmarks.Rows;

/// <summary>
/// One large wave among others read and scored by the code of the scoring job, and not written: all measures of 120 schools and their district, with margins.
/// Beside it the mean of each item by school, in SQL.
/// </summary>
internal sealed class ScoreWaveRow : RatioRow
{
    public override string Name => "score-wave";

    public override string Unit => "ms";

    public override IReadOnlyList<Limit> Goal { get; } =
    [
        new(LimitedFigure.Ratio, AtLeast: false, 3),
        new(LimitedFigure.Ours, AtLeast: false, 100, "ms"),
    ];

    public override async Task<Measured> MeasureAsync(CancellationToken cancellationToken)
    {
        var wave = FilledWave.New(schools: 120, teachers: 7_400);
        await using ResponseTable table = await ResponseTable.StartAsync(cancellationToken);
        await table.FillAsync([.. Enumerable.Range(0, 100).Select(_ => FilledWave.New(schools: 8, teachers: 492)), wave], cancellationToken);
        await using NpgsqlConnection connection = await table.Worker.OpenConnectionAsync(cancellationToken);
        await using NpgsqlCommand means = new(await Opponent.TextAsync("score-wave.sql", cancellationToken), connection);
        means.Parameters.Add(new NpgsqlParameter<short> { TypedValue = wave.Wave.SchoolYear });
        means.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = wave.Wave.WaveId.Value });
        await means.PrepareAsync(cancellationToken);

        return new Measured(await Pairs.RunAsync(
            () => Pairs.MillisecondsAsync(async () =>
            {
                Dictionary<Guid, UnitTotals> totals = await WaveResponses.TotalAsync(connection, wave.Wave, ResponseTable.Plan, cancellationToken);
                Opponent.Expect(wave.Teachers, wave.Estimate(ResponseTable.Plan, totals).District.Responses);
            }),
            () => Pairs.MillisecondsAsync(async () =>
            {
                await using NpgsqlDataReader rows = await means.ExecuteReaderAsync(cancellationToken);
                long teachers = 0;
                while (await rows.ReadAsync(cancellationToken))
                {
                    teachers += rows.GetInt64(1);
                }

                Opponent.Expect(wave.Teachers, teachers);
            }),
            cancellationToken));
    }
}
