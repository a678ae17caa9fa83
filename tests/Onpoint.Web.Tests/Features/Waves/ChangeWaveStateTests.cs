using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Tests.Features.Waves;

/// <summary>Opening and closing through the API, and what readers of scores are told meanwhile.</summary>
public sealed class ChangeWaveStateTests(OnpointHost host) : IClassFixture<OnpointHost>
{
    [Fact]
    public async Task A_scheduled_wave_opens_takes_answers_closes_and_is_scored()
    {
        Guid wave = await ImportAsync(WaveTime.Scheduled);
        Guid school = (await host.SchoolsAsync(wave))["S1"];

        Reply early = await host.PostAsync($"/api/v1/waves/{wave}/close");
        Reply opened = await host.PostAsync($"/api/v1/waves/{wave}/open");
        Reply stored = await host.PostAsync($"/api/v1/waves/{wave}/responses", new { schoolId = school, answers = new Dictionary<string, int> { ["A1"] = 1 } });
        Reply closed = await host.PostAsync($"/api/v1/waves/{wave}/close");
        await host.WaitForScoresAsync(wave);

        Assert.Equal((409, "wave-not-open"), (early.Status, early.Problem));
        Assert.Equal((200, "open"), (opened.Status, State(opened)));
        Assert.Equal(201, stored.Status);
        Assert.Equal((200, "closed"), (closed.Status, State(closed)));
    }

    [Fact]
    public async Task Opening_an_open_wave_and_closing_a_closed_one_change_nothing()
    {
        Guid wave = await ImportAsync(WaveTime.Open);

        Assert.Equal(200, (await host.PostAsync($"/api/v1/waves/{wave}/open")).Status);
        Assert.Equal(200, (await host.PostAsync($"/api/v1/waves/{wave}/close")).Status);
        Assert.Equal(200, (await host.PostAsync($"/api/v1/waves/{wave}/close")).Status);
        await using var db = host.OpenWorkerDb();
        Assert.Single(db.ScoringRequests.Where(request => request.WaveId == new WaveId(wave)));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("close")]
    public async Task Only_waves_that_are_there_and_not_archived_change(string change)
    {
        Guid archived = await ImportAsync(WaveTime.Open);
        await host.Postgres.WithDbAsync(async db =>
        {
            db.Waves.Single(row => row.WaveId == new WaveId(archived)).State = WaveState.Archived;
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });

        Assert.Equal((409, "wave-archived"), await ProblemAsync(archived));
        Assert.Equal((404, "no-such-wave"), await ProblemAsync(Guid.NewGuid()));

        async Task<(int, string?)> ProblemAsync(Guid wave) => await host.PostAsync($"/api/v1/waves/{wave}/{change}") is var reply ? (reply.Status, reply.Problem) : default;
    }

    [Fact]
    public async Task While_a_wave_is_open_every_score_is_missing_because_it_is_open()
    {
        Guid wave = await ImportAsync(WaveTime.Open);

        Reply scores = await host.GetAsync($"/api/v1/waves/{wave}/scores");

        Assert.Equal(200, scores.Status);
        Assert.Equal(
            ["benchmark wave-open", "left wave-open", "right wave-open", "A wave-open", "B wave-open"],
            scores.Body.GetProperty("scores").EnumerateArray().Select(score => $"{score.GetProperty("measure")} {score.GetProperty("reason")}{score.GetProperty("points")}"));
    }

    /// <summary>The request is withdrawn by hand, so the moment between closing and scores lasts as long as the test needs it.</summary>
    [Fact]
    public async Task A_closed_wave_without_scores_is_not_scored_yet()
    {
        Guid wave = await ImportAsync(WaveTime.Open);
        await host.Postgres.WithDbAsync(async db =>
        {
            db.Waves.Single(row => row.WaveId == new WaveId(wave)).State = WaveState.Closed;
            db.ScoringRequests.Add(new ScoringRequest { WaveId = new WaveId(wave), Revision = 1, State = RequestState.Withdrawn });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });

        Reply scores = await host.GetAsync($"/api/v1/waves/{wave}/scores");

        Assert.Equal((409, "not-scored"), (scores.Status, scores.Problem));
    }

    private static string? State(Reply reply) => reply.Body.GetProperty("wave").GetProperty("state").GetString();

    private async Task<Guid> ImportAsync(WaveTime time)
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave(time);
        return (await host.ImportAsync(folder.Save())).Waves[0].WaveId;
    }
}
