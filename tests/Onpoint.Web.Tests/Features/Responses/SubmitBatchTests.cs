namespace Onpoint.Web.Tests.Features.Responses;

/// <summary>POST /api/v1/waves/{waveId}/responses:batch against the whole program.</summary>
public sealed class SubmitBatchTests(OnpointHost host) : IClassFixture<OnpointHost>
{
    [Fact]
    public async Task Good_rows_are_stored_and_bad_ones_reported_with_row_item_and_value()
    {
        (Guid wave, Guid school) = await OpenWaveAsync();

        Reply reply = await PostAsync(wave, $$$"""
            [{"schoolId": "{{{school}}}", "answers": {"A1": 1}},
             {"schoolId": "{{{school}}}", "answers": {"A1": 9}},
             {"schoolId": "S9", "answers": {}},
             4,
             {"schoolId": "{{{school}}}", "answers": {}, "key": "two words"},
             {"schoolId": "\ud800", "answers": {}},
             {"schoolId": "{{{school}}}", "answers": {"A1": 2}, "key": "row-key"}]
            """);

        Assert.Equal(200, reply.Status);
        Assert.Equal(
            ["invalid-answer 2 A1 9", "not-a-school-of-the-wave 3 schoolId S9", "invalid-body 4", "invalid-idempotency-key 5 key", "invalid-body 6"],
            reply.Body.GetProperty("errors").EnumerateArray().Select(error => string.Join(' ', ((string?[])
            [
                error.GetProperty("problem").GetString(), error.GetProperty("row").GetRawText(), error.GetProperty("item").GetString(),
                error.GetProperty("problem").GetString() == "invalid-body" ? null : error.GetProperty("value").GetString(),
            ]).Where(part => part is not null))));
        Assert.Equal((7, 2, 0, 5), Counts(reply));
        Assert.Equal(["01000000", "02000000"], await host.StoredAsync(wave));
    }

    [Fact]
    public async Task A_repeated_batch_stores_nothing_twice()
    {
        (Guid wave, Guid school) = await OpenWaveAsync();
        string body = $$$"""[{"schoolId": "{{{school}}}", "answers": {"A1": 1}}, {"schoolId": "{{{school}}}", "answers": {"A1": 2}}]""";

        Assert.Equal((2, 2, 0, 0), Counts(await PostAsync(wave, body, "load-1")));
        Assert.Equal((2, 0, 2, 0), Counts(await PostAsync(wave, body, "load-1")));
        await host.PostAsync($"/api/v1/waves/{wave}/close");
        Assert.Equal((2, 0, 2, 0), Counts(await PostAsync(wave, body, "load-1")));
        Assert.Equal(2, (await host.StoredAsync(wave)).Count);
    }

    [Fact]
    public async Task Rows_of_one_batch_with_one_key_are_one_submission()
    {
        (Guid wave, Guid school) = await OpenWaveAsync();

        Reply reply = await PostAsync(wave, $$$"""
            [{"schoolId": "{{{school}}}", "answers": {"A1": 1}, "key": "same"}, {"schoolId": "{{{school}}}", "answers": {"A1": 2}, "key": "same"}]
            """);

        Assert.Equal((2, 1, 1, 0), Counts(reply));
        Assert.Equal(["01000000"], await host.StoredAsync(wave));
    }

    [Fact]
    public async Task A_closed_wave_takes_no_row()
    {
        (Guid wave, Guid school) = await OpenWaveAsync();
        await host.PostAsync($"/api/v1/waves/{wave}/close");

        Reply reply = await PostAsync(wave, $$$"""[{"schoolId": "{{{school}}}", "answers": {}}]""", "load-1");

        Assert.Equal((409, "wave-closed"), (reply.Status, reply.Problem));
        Assert.Empty(await host.StoredAsync(wave));
    }

    [Theory]
    [InlineData("{}", 400, "invalid-body")]
    [InlineData("[{]", 400, "invalid-body")]
    public async Task A_body_that_is_no_array_is_refused(string body, int status, string problem)
    {
        (Guid wave, _) = await OpenWaveAsync();

        Reply reply = await PostAsync(wave, body);

        Assert.Equal((status, problem), (reply.Status, reply.Problem));
    }

    [Fact]
    public async Task An_unknown_wave_is_not_there() => Assert.Equal("no-such-wave", (await PostAsync(Guid.NewGuid(), "[]")).Problem);

    private static (int Read, int Stored, int Repeated, int Rejected) Counts(Reply reply) => (
        reply.Body.GetProperty("read").GetInt32(), reply.Body.GetProperty("stored").GetInt32(),
        reply.Body.GetProperty("repeated").GetInt32(), reply.Body.GetProperty("rejected").GetInt32());

    private async Task<(Guid Wave, Guid School)> OpenWaveAsync()
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave();
        Guid wave = (await host.ImportAsync(folder.Save())).Waves[0].WaveId;
        return (wave, (await host.SchoolsAsync(wave))["S1"]);
    }

    private Task<Reply> PostAsync(Guid wave, string body, string? key = null) => host.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, $"/api/v1/waves/{wave}/responses:batch") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") }, key);
}
