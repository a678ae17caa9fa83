using System.Text.Json;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Onpoint.Measurement.Disclosure;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;
using Onpoint.Web.Tests.Database;

namespace Onpoint.Web.Tests.Features.Scoring;

/// <summary>From closing to scores, by the program's own worker.</summary>
public sealed class ScoreWaveJobTests(OnpointHost host) : IClassFixture<OnpointHost>
{
    [Fact]
    public async Task Closing_a_wave_brings_scores_that_hand_arithmetic_gives_too()
    {
        using SurveyFolderBuilder folder = SmallWave.Folder(WaveTime.Open);
        Guid wave = (await host.ImportAsync(folder.Save())).Waves[0].WaveId;

        await host.PostAsync($"/api/v1/waves/{wave}/close");
        await host.WaitForScoresAsync(wave);

        await AssertRowsAsync(wave, revision: 1);
        Dictionary<(string Unit, string Measure), JsonElement> shown = await host.ScoresAsync(wave);
        Assert.All(SmallWave.District, expected =>
        {
            JsonElement score = shown[($"District {folder.District}", expected.Measure)];
            Assert.Equal((expected.Points, SmallWave.Margins[expected.Measure]), (score.GetProperty("points").GetDouble(), score.GetProperty("marginPoints").GetDouble()));
        });

        // Six teachers: to the nearest ten, and no margin without an edition.
        Assert.Equal((800, JsonValueKind.Null), (shown[("School S2", "A")].GetProperty("points").GetDouble(), shown[("School S2", "A")].GetProperty("marginPoints").ValueKind));
    }

    [Fact]
    public async Task Running_the_job_again_leaves_the_same_rows()
    {
        using SurveyFolderBuilder folder = SmallWave.Folder();
        Guid wave = (await host.ImportAsync(folder.Save())).Waves[0].WaveId;
        await host.WaitForScoresAsync(wave);
        string before = await RowsAsync(wave);

        await RunAsync(wave, 1); // done: the doubled wake-up call changes nothing
        Assert.Equal(1, await AttemptsAsync(wave));
        await SetRequestAsync(wave, "running", attempts: 1); // as a crash after the counting leaves it
        await RunAsync(wave, 1);

        Assert.Equal(2, await AttemptsAsync(wave));
        Assert.Equal(before, await RowsAsync(wave));
    }

    [Fact]
    public async Task After_five_attempts_that_ended_in_a_crash_the_request_has_failed()
    {
        using SurveyFolderBuilder folder = SmallWave.Folder();
        Guid wave = (await host.ImportAsync(folder.Save())).Waves[0].WaveId;
        await host.WaitForScoresAsync(wave);
        await SetRequestAsync(wave, "failed", attempts: 5);
        await SetRequestAsync(wave, "running", attempts: 5);

        await RunAsync(wave, 1);

        Assert.Equal(
            "failed: given up after 5 attempts",
            await host.Postgres.Owner.ScalarAsync<string>($"select state || ': ' || error from scoring_requests where wave_id = '{wave}'"));
    }

    /// <summary>Forty answers in thirty-one transactions: one file and thirty submissions. That a random order is the old one has a chance of 1 in 40!.</summary>
    [Fact]
    public async Task Scoring_seals_the_wave_so_that_nothing_tells_when_an_answer_came()
    {
        string[] rows = [.. from a in Enumerable.Range(1, 5) from b in Enumerable.Range(1, 2) select $"{a},{a},{10 * b},"];
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave().Answer("S1", rows);
        Guid wave = (await host.ImportAsync(folder.Save())).Waves[0].WaveId;
        Guid school = (await host.SchoolsAsync(wave))["S2"];
        foreach (int n in Enumerable.Range(0, 30))
        {
            var answers = new Dictionary<string, int> { ["A1"] = 1 + n % 5, ["A2"] = 1 + n / 5 % 5, ["B1"] = 30 + 10 * (n / 25) };
            Assert.Equal(201, (await host.PostAsync($"/api/v1/waves/{wave}/responses", new { schoolId = school, answers })).Status);
        }

        const string order = "select string_agg(encode(answers, 'hex'), ' ' order by ctid) from responses where wave_id = '{0}'";
        const string transactions = "select count(distinct xmin::text) from responses where wave_id = '{0}'";
        string before = await ScalarAsync<string>(order, wave);
        Assert.Equal(31L, await ScalarAsync<long>(transactions, wave));

        await host.PostAsync($"/api/v1/waves/{wave}/close");
        await host.WaitForScoresAsync(wave);

        string after = await ScalarAsync<string>(order, wave);
        Assert.Equal(1L, await ScalarAsync<long>(transactions, wave));
        Assert.NotEqual(before, after);
        Assert.Equal(before.Split(' ').Order(), after.Split(' ').Order());
        Assert.NotNull(await host.Postgres.Owner.ScalarAsync<object>($"select sealed_at from waves where wave_id = '{wave}'"));
    }

    /// <summary>docs/methodology.md 8: S1 has four teachers, so the next smallest, S2, is withheld with it; S3 is shown. Once withheld, always withheld.</summary>
    [Fact]
    public async Task A_small_school_and_the_one_that_would_give_it_away_are_withheld_in_every_revision()
    {
        using SurveyFolderBuilder folder = SmallWave.Folder();
        folder.AddSchool("S3", 12).AddSchool("S0", 10).Answer("S3", SmallWave.First).Answer("S3", "1,1,10,").Answer("S0", SmallWave.First.Take(4));
        Guid wave = (await host.ImportAsync(folder.Save())).Waves[0].WaveId;
        await host.WaitForScoresAsync(wave);
        Assert.Equal(["School S0", "School S1"], await WithheldAsync(wave));

        await host.ImportFileAsync(folder.SaveAnswers("late.csv", SmallWave.First.Take(5).Select(row => $"S0,{row}")), wave);
        await host.WaitForScoresAsync(wave, 2);
        Assert.Equal(["School S0", "School S1"], await WithheldAsync(wave));
    }

    [Fact]
    public async Task Fewer_than_five_late_answers_keep_the_earlier_values_and_five_replace_them()
    {
        using SurveyFolderBuilder folder = SmallWave.Folder();
        Guid wave = (await host.ImportAsync(folder.Save())).Waves[0].WaveId;
        await host.WaitForScoresAsync(wave);
        string before = (await host.GetAsync($"/api/v1/waves/{wave}/scores")).Body.GetRawText();

        ImportReport four = await host.ImportFileAsync(folder.SaveAnswers("late-4.csv", Enumerable.Repeat("S2,1,1,10,", 4)), wave);
        await host.WaitForScoresAsync(wave, 2);

        Assert.Equal((4, 4), (four.Read, four.Stored));
        Assert.Equal(before, (await host.GetAsync($"/api/v1/waves/{wave}/scores")).Body.GetRawText());
        Assert.Equal("1 pending", await ScalarAsync<string>("select shown_revision || ' ' || withheld_code from score_units where wave_id = '{0}' and revision = 2 and is_district", wave));

        await host.ImportFileAsync(folder.SaveAnswers("late-1.csv", "S2,1,1,10,"), wave);
        await host.WaitForScoresAsync(wave, 3);

        Reply after = await host.GetAsync($"/api/v1/waves/{wave}/scores");
        Assert.Equal(3, after.Body.GetProperty("revision").GetInt32());

        // A in S2: (6 * 800 + 5 * 200) / 11 = 527.3; the district 0.25 * 600 + 0.75 * 527.3 = 545.5.
        Assert.Equal(545, (await host.ScoresAsync(wave))[($"District {folder.District}", "A")].GetProperty("points").GetDouble());
    }

    [Fact]
    public async Task Reopening_withdraws_a_scoring_not_yet_done_and_later_answers_are_a_late_batch()
    {
        using SurveyFolderBuilder folder = SmallWave.Folder();
        Guid wave = (await host.ImportAsync(folder.Save())).Waves[0].WaveId;
        await host.WaitForScoresAsync(wave);
        await SetRequestAsync(wave, "failed", attempts: 0); // no pump takes it
        await host.Postgres.Owner.ExecuteAsync($"insert into scoring_requests (wave_id, revision, state, job_id) values ('{wave}', 2, 'failed', null)");
        await using (NpgsqlConnection connection = await host.Postgres.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (NpgsqlTransaction turn = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            // While the turn is taken, no job can end the request: opening finds it requested.
            await using var lockTurn = new NpgsqlCommand($"select pg_advisory_xact_lock(hashtextextended('score-wave:{wave}', 0))", connection, turn);
            await lockTurn.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await host.Postgres.Owner.ExecuteAsync($"update scoring_requests set state = 'requested' where wave_id = '{wave}' and revision = 2");
            Assert.Equal(200, (await host.PostAsync($"/api/v1/waves/{wave}/open")).Status);
        }

        Assert.Equal("withdrawn", await ScalarAsync<string>("select state from scoring_requests where wave_id = '{0}' and revision = 2", wave));
        Guid school = (await host.SchoolsAsync(wave))["S1"];
        Assert.Equal(201, (await host.PostAsync($"/api/v1/waves/{wave}/responses", new { schoolId = school, answers = new { } })).Status);
        Assert.Equal("0:12 1:1", await ScalarAsync<string>(
            "select string_agg(late_batch || ':' || n, ' ' order by late_batch) from (select late_batch, count(*) as n from responses where wave_id = '{0}' group by 1) t", wave));

        await host.PostAsync($"/api/v1/waves/{wave}/close");
        await host.WaitForScoresAsync(wave, 3);
    }

    internal static async Task AssertRowsAsync(NpgsqlDataSource owner, Guid wave, int revision)
    {
        await using var db = new Web.Database.OnpointDb(Web.Database.OnpointDb.Options(owner));
        ScoreUnit district = await db.ScoreUnits.SingleAsync(unit => unit.WaveId == new WaveId(wave) && unit.Revision == revision && unit.IsDistrict, TestContext.Current.CancellationToken);
        Dictionary<string, ScoreRow> rows = await db.Scores.Where(row => row.WaveId == new WaveId(wave) && row.Revision == revision && row.UnitId == district.UnitId)
            .ToDictionaryAsync(row => row.Measure, TestContext.Current.CancellationToken);
        Assert.Equal(SmallWave.District.Length, rows.Count);
        Assert.All(SmallWave.District, expected =>
        {
            ScoreRow row = rows[expected.Measure];
            Assert.Equal(expected.Points, row.Points, 1e-9);
            Assert.Equal(Math.Sqrt(expected.Variance), row.StandardErrorPoints!.Value, 1e-9);
            Assert.Equal(10, row.DegreesOfFreedom!.Value, 1e-9);
            Assert.Equal(12, row.Respondents);
        });
        Assert.Equal((12, 12, 40, (WithheldCode?)null), (district.Responses, district.SmallestCount, district.EligibleTeachers, district.WithheldCode));
        Assert.Equal(0.3, (await db.ScoreRevisions.SingleAsync(row => row.WaveId == new WaveId(wave) && row.Revision == revision, TestContext.Current.CancellationToken)).ResponseRate!.Value, 1e-12);
        Assert.Equal(3 * SmallWave.District.Length, await db.Scores.CountAsync(row => row.WaveId == new WaveId(wave), TestContext.Current.CancellationToken));
    }

    private Task AssertRowsAsync(Guid wave, int revision) => AssertRowsAsync(host.Postgres.Owner, wave, revision);

    private Task RunAsync(Guid wave, int revision) =>
        host.Services.GetRequiredService<ScoreWaveJob>().RunAsync(wave, revision, TestContext.Current.CancellationToken);

    /// <summary>With a job that never runs, so that the program's pump leaves the request to the test.</summary>
    private async Task SetRequestAsync(Guid wave, string state, int attempts)
    {
        string parked = host.Services.GetRequiredService<IBackgroundJobClient>().Schedule<ScoreWaveJob>(job => job.RunAsync(wave, 0, CancellationToken.None), TimeSpan.FromDays(1));
        await host.Postgres.Owner.ExecuteAsync($"update scoring_requests set state = '{state}', attempts = {attempts}, job_id = '{parked}' where wave_id = '{wave}' and revision = 1");
    }

    private Task<int> AttemptsAsync(Guid wave) => ScalarAsync<int>("select attempts from scoring_requests where wave_id = '{0}' and revision = 1", wave);

    private async Task<T> ScalarAsync<T>(string sql, Guid wave) => (await host.Postgres.Owner.ScalarAsync<T>(sql.Replace("{0}", wave.ToString(), StringComparison.Ordinal)))!;

    private async Task<string> RowsAsync(Guid wave) =>
        await ScalarAsync<string>("select string_agg(s::text, ' ' order by s.unit_id, s.measure) from scores s where wave_id = '{0}'", wave)
        + await ScalarAsync<string>("select string_agg(u::text, ' ' order by u.unit_id) from score_units u where wave_id = '{0}'", wave);

    private async Task<IEnumerable<string>> WithheldAsync(Guid wave) => (await host.ScoresAsync(wave))
        .Where(score => score.Value.GetProperty("reason").GetString() == "protected" && score.Value.GetProperty("points").ValueKind == JsonValueKind.Null)
        .Select(score => score.Key.Unit).Distinct().Order(StringComparer.Ordinal);
}
