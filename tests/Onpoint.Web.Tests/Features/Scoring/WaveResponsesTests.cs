using Npgsql;
using NpgsqlTypes;
using Onpoint.Measurement;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Tests.Features.Scoring;

public sealed class WaveResponsesTests(PostgresFixture postgres)
{
    private static readonly Lazy<ScoringPlan> Plan = new(() =>
        new ScoringPlan(InstrumentFile.Parse(File.ReadAllBytes(Path.Combine(Repository.Folder, "sample-surveys", "onpoint-teacher-1.0", "instrument.json"))).Instrument!));

    /// <summary>3,000 rows are three buffers full, so that rows begin in one and end in the next.</summary>
    [Fact]
    public async Task Each_response_of_the_wave_is_added_to_its_school_once()
    {
        var random = new Random(1);
        Guid[] schools = [.. Enumerable.Range(0, 7).Select(_ => Guid.NewGuid())];
        (Guid School, byte[] Answers)[] rows = [.. Enumerable.Range(0, 3000).Select(_ => (
            schools[random.Next(schools.Length)],
            Plan.Value.Instrument.Items.Select(_ => (byte)random.Next(6)).Concat(Plan.Value.Instrument.Context.Select(_ => (byte)255)).ToArray()))];
        Wave wave = NewWave();
        await StoreAsync(wave, rows);
        await StoreAsync(NewWave(), rows[..10]);

        Dictionary<Guid, UnitTotals> totals = await TotalAsync(wave);

        Assert.Equal(schools.Order(), totals.Keys.Order());
        foreach (Guid school in schools)
        {
            UnitTotals expected = Plan.Value.NewTotals();
            foreach ((Guid _, byte[] answers) in rows.Where(row => row.School == school))
            {
                expected.Add(answers);
            }

            UnitTotals actual = totals[school];
            Assert.Equal((expected.Responses, expected.ScoredTeachers, expected.SmallestCount), (actual.Responses, actual.ScoredTeachers, actual.SmallestCount));
            Assert.All(Enumerable.Range(0, Plan.Value.Instrument.Items.Count), item => Assert.Equal(expected.OptionCounts(item), actual.OptionCounts(item)));
        }
    }

    [Fact]
    public async Task A_wave_without_responses_has_no_schools() => Assert.Empty(await TotalAsync(NewWave()));

    /// <summary>Stored by a program of another time perhaps: an answer that the instrument does not have, and one of a million bytes.</summary>
    [Fact]
    public async Task A_row_that_is_no_answer_is_not_passed_over()
    {
        Wave wrong = NewWave();
        await StoreAsync(wrong, [.. Enumerable.Repeat((Guid.NewGuid(), new byte[Plan.Value.Instrument.Items.Count]), 2000)]);
        Wave huge = NewWave();
        await StoreAsync(huge, [(Guid.NewGuid(), new byte[1_000_000])]);

        await using NpgsqlConnection connection = await postgres.Worker.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ArgumentException>(() => WaveResponses.TotalAsync(connection, wrong, Plan.Value, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidDataException>(() => WaveResponses.TotalAsync(connection, huge, Plan.Value, TestContext.Current.CancellationToken));

        Assert.Empty(await WaveResponses.TotalAsync(connection, NewWave(), Plan.Value, TestContext.Current.CancellationToken));
    }

    private static Wave NewWave() => new()
    {
        WaveId = new WaveId(Guid.NewGuid()),
        DistrictId = new DistrictId(Guid.NewGuid()),
        InstrumentId = new InstrumentId(Guid.NewGuid()),
        ExternalId = "2025-26",
        SchoolYear = 2026,
        Stage = Stage.Planning,
        OpensAt = default,
        ClosesAt = default,
        SamplesSchools = false,
        State = WaveState.Closed,
    };

    private async Task<Dictionary<Guid, UnitTotals>> TotalAsync(Wave wave)
    {
        await using NpgsqlConnection connection = await postgres.Worker.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await WaveResponses.TotalAsync(connection, wave, Plan.Value, TestContext.Current.CancellationToken);
    }

    private async Task StoreAsync(Wave wave, IReadOnlyList<(Guid School, byte[] Answers)> rows)
    {
        await using NpgsqlCommand command = postgres.Worker.CreateCommand(
            "insert into responses (school_year, wave_id, school_id, late_batch, answers) select $1, $2, school, 0, answers from unnest($3, $4) as t (school, answers)");
        command.Parameters.Add(new NpgsqlParameter { Value = wave.SchoolYear });
        command.Parameters.Add(new NpgsqlParameter { Value = wave.WaveId.Value });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.School).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Answers).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
