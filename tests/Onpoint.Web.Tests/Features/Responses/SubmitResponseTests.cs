using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Onpoint.Web.Features.Imports;

namespace Onpoint.Web.Tests.Features.Responses;

/// <summary>POST /api/v1/waves/{waveId}/responses against the whole program.</summary>
public sealed class SubmitResponseTests(OnpointHost host) : IClassFixture<OnpointHost>
{
    /// <summary>A1 = 4 is option 4, B1 = 30 the third option: bytes 04, 03. A2 is skipped (00), YEARS = 2 is context. NA is ff.</summary>
    [Theory]
    [InlineData("""{"A1": 4, "B1": 30, "YEARS": 2}""", "04000302")]
    [InlineData("""{"A1": "not-my-role", "A2": null, "B1": 10}""", "ff000100")]
    [InlineData("""{"A1": 1, "A2": 99, "B1": 50}""", "01000500")]
    [InlineData("{}", "00000000")]
    public async Task An_answer_is_stored_as_one_byte_per_question(string answers, string bytes)
    {
        (Guid wave, Guid school) = await OpenWaveAsync();

        Reply reply = await PostAsync(wave, school, answers);

        Assert.Equal((201, "stored"), (reply.Status, reply.Body.GetProperty("status").GetString()));
        Assert.Equal([bytes], await host.StoredAsync(wave));
    }

    [Fact]
    public async Task The_same_key_is_the_same_submission_also_with_other_answers_and_after_closing()
    {
        (Guid wave, Guid school) = await OpenWaveAsync();

        Assert.Equal(201, (await PostAsync(wave, school, """{"A1": 4}""", "teacher-1")).Status);
        Reply again = await PostAsync(wave, school, """{"A1": 4}""", "teacher-1");
        Reply other = await PostAsync(wave, school, """{"A1": 5}""", "teacher-1");
        await host.PostAsync($"/api/v1/waves/{wave}/close");
        Reply late = await PostAsync(wave, school, """{"A1": 1}""", "teacher-1");

        Assert.All([again, other, late], reply => Assert.Equal((200, "repeat"), (reply.Status, reply.Body.GetProperty("status").GetString())));
        Assert.Equal(["04000000"], await host.StoredAsync(wave));
    }

    [Fact]
    public async Task A_key_belongs_to_its_wave_and_without_a_key_every_request_is_new()
    {
        (Guid first, Guid firstSchool) = await OpenWaveAsync();
        (Guid second, Guid secondSchool) = await OpenWaveAsync();

        Assert.Equal(201, (await PostAsync(first, firstSchool, "{}", "teacher-1")).Status);
        Assert.Equal(201, (await PostAsync(second, secondSchool, "{}", "teacher-1")).Status);
        Assert.Equal(201, (await PostAsync(first, firstSchool, "{}")).Status);
        Assert.Equal(201, (await PostAsync(first, firstSchool, "{}")).Status);
        Assert.Equal(3, (await host.StoredAsync(first)).Count);
    }

    [Fact]
    public async Task Identical_requests_at_the_same_instant_store_one_answer()
    {
        (Guid wave, Guid school) = await OpenWaveAsync();

        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync(wave, school, """{"A1": 3}""", "twice")));

        Assert.Equal(1, replies.Count(reply => reply.Status == 201));
        Assert.Equal(19, replies.Count(reply => reply.Status == 200));
        Assert.Equal(["03000000"], await host.StoredAsync(wave));
    }

    [Fact]
    public async Task Every_answer_accepted_while_the_wave_closes_is_stored_and_no_other()
    {
        (Guid wave, Guid school) = await OpenWaveAsync();
        int sent = 0;

        async Task<List<int>> SendAsync()
        {
            List<int> statuses = [];
            while (statuses is [] or [.., 201] && statuses.Count < 2_000)
            {
                statuses.Add((await PostAsync(wave, school, """{"A1": 3}""", $"key-{Interlocked.Increment(ref sent)}")).Status);
            }

            return statuses;
        }

        Task<List<int>>[] teachers = [.. Enumerable.Range(0, 8).Select(_ => SendAsync())];
        while (Volatile.Read(ref sent) < 200 && !teachers.Any(teacher => teacher.IsCompleted))
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.Equal(200, (await host.PostAsync($"/api/v1/waves/{wave}/close")).Status);
        List<int> statuses = [.. (await Task.WhenAll(teachers)).SelectMany(each => each)];

        Assert.Equal([201, 409], statuses.Distinct().Order());
        Assert.Equal(8, statuses.Count(status => status == 409));
        Assert.Equal(statuses.Count(status => status == 201), (await host.StoredAsync(wave)).Count);
    }

    [Theory]
    [InlineData("""{"A1": 6}""", "A1", "6", "1, 2, 3, 4, 5, \"not-my-role\" or nothing")]
    [InlineData("""{"B1": 3}""", "B1", "3", "10, 20, 30, 40, 50, \"not-my-role\" or nothing")]
    [InlineData("""{"A1": "4"}""", "A1", "\"4\"", "1, 2, 3, 4, 5, \"not-my-role\" or nothing")]
    [InlineData("""{"A1": 4.5}""", "A1", "4.5", "1, 2, 3, 4, 5, \"not-my-role\" or nothing")]
    [InlineData("""{"A1": [4]}""", "A1", "[4]", "1, 2, 3, 4, 5, \"not-my-role\" or nothing")]
    [InlineData("""{"YEARS": "not-my-role"}""", "YEARS", "\"not-my-role\"", "1, 2, 3 or nothing")]
    [InlineData("""{"Q7": 1}""", "Q7", "1", "no question of this instrument has that code")]
    [InlineData("""{"a1": 1}""", "a1", "1", "no question of this instrument has that code")]
    public async Task An_answer_the_question_does_not_offer_is_named(string answers, string item, string value, string allowed)
    {
        (Guid wave, Guid school) = await OpenWaveAsync();

        Reply reply = await PostAsync(wave, school, answers);

        Assert.Equal((400, "invalid-answer"), (reply.Status, reply.Problem));
        Assert.Equal(item, reply.Body.GetProperty("item").GetString());
        Assert.Equal(value, reply.Body.GetProperty("value").GetString());
        Assert.Equal(allowed, reply.Body.GetProperty("allowed").GetString());
        Assert.Empty(await host.StoredAsync(wave));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("4")]
    [InlineData("{}")]
    [InlineData("""{"schoolId": "SCHOOL"}""")]
    [InlineData("""{"schoolId": "SCHOOL", "answers": []}""")]
    [InlineData("""{"schoolId": 4, "answers": {}}""")]
    [InlineData("""{"schoolId": "SCHOOL", "answers": {}, "name": "Ada"}""")]
    [InlineData("""{"schoolId": "SCHOOL", "answers": {}, "key": "k"}""")]
    [InlineData("""{"schoolId": "SCHOOL", "answers": {"A1": 1, "A1": 2}}""")]
    [InlineData("""{"schoolId": "\ud800", "answers": {}}""")]
    [InlineData("""{"schoolId": "SCHOOL", "answers": {"\ud800": 1}}""")]
    [InlineData("""{"schoolId": "SCHOOL", "answers": {"A1": "\ud800"}}""")]
    [InlineData("""{"\ud800": 1}""")]
    public async Task A_body_of_another_shape_is_refused_with_a_sentence(string body)
    {
        (Guid wave, Guid school) = await OpenWaveAsync();

        Reply reply = await host.PostTextAsync($"/api/v1/waves/{wave}/responses", body.Replace("SCHOOL", school.ToString(), StringComparison.Ordinal));

        Assert.Equal(400, reply.Status);
        Assert.Contains(reply.Problem, (string?[])["invalid-body", "invalid-answer", "not-a-school-of-the-wave"]);
        Assert.NotEmpty(reply.Body.GetProperty("detail").GetString()!);
        Assert.Empty(await host.StoredAsync(wave));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_refused()
    {
        (Guid wave, Guid school) = await OpenWaveAsync();
        byte[] body = [.. Encoding.UTF8.GetBytes($$$"""{"schoolId": "{{{school}}}", "answers": {"A1": "not-my-role"""), 0xFF, .. "\"}}"u8];
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };

        Reply reply = await host.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/api/v1/waves/{wave}/responses") { Content = content });

        Assert.Equal(400, reply.Status);
        Assert.NotNull(reply.Problem);
        Assert.Empty(await host.StoredAsync(wave));
    }

    [Theory]
    [InlineData("S9")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task A_school_that_does_not_take_part_is_named(string school)
    {
        (Guid wave, _) = await OpenWaveAsync();

        Reply reply = await host.PostAsync($"/api/v1/waves/{wave}/responses", new { schoolId = school, answers = new { } });

        Assert.Equal((400, "not-a-school-of-the-wave"), (reply.Status, reply.Problem));
        Assert.Contains(school, reply.Body.GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_wave_is_not_there()
    {
        Reply reply = await PostAsync(Guid.NewGuid(), Guid.NewGuid(), "{}");

        Assert.Equal((404, "no-such-wave"), (reply.Status, reply.Problem));
    }

    [Fact]
    public async Task A_wave_that_is_not_open_yet_says_when_it_will_be()
    {
        (Guid wave, Guid school) = await OpenWaveAsync(WaveTime.Scheduled);

        Reply reply = await PostAsync(wave, school, "{}", "k");

        Assert.Equal((409, "wave-not-open"), (reply.Status, reply.Problem));
        Assert.Equal("2899-01-01T00:00:00+00:00", reply.Body.GetProperty("opensAt").GetString());
    }

    [Fact]
    public async Task A_closed_wave_takes_no_new_answers()
    {
        (Guid wave, Guid school) = await OpenWaveAsync(WaveTime.Closed);

        Reply reply = await PostAsync(wave, school, "{}", "k");

        Assert.Equal((409, "wave-closed"), (reply.Status, reply.Problem));
        Assert.Empty(await host.StoredAsync(wave));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_above_64_KiB_is_refused_with_and_without_a_length(bool lengthKnown)
    {
        (Guid wave, Guid school) = await OpenWaveAsync();
        byte[] body = Encoding.UTF8.GetBytes($$$"""{"schoolId": "{{{school}}}", "answers": {}}""" + new string(' ', 65 * 1024));
        using HttpContent content = lengthKnown ? new ByteArrayContent(body) : new StreamContent(new UnseekableStream(body));
        content.Headers.ContentType = new("application/json");

        Reply reply = await host.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/api/v1/waves/{wave}/responses") { Content = content });

        Assert.Equal((413, "body-too-large"), (reply.Status, reply.Problem));
        Assert.Equal(65_536, reply.Body.GetProperty("limitBytes").GetInt32());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Another_media_type_is_refused(string? contentType)
    {
        (Guid wave, _) = await OpenWaveAsync();
        using var content = new ByteArrayContent("{}"u8.ToArray()) { Headers = { ContentType = contentType is null ? null : new(contentType) } };

        Reply reply = await host.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/api/v1/waves/{wave}/responses") { Content = content });

        Assert.Equal((415, "application/problem+json"), (reply.Status, reply.ContentType));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("129")]
    public async Task A_key_that_is_not_1_to_128_visible_characters_is_refused(string key)
    {
        (Guid wave, Guid school) = await OpenWaveAsync();

        Reply reply = await PostAsync(wave, school, "{}", key == "129" ? new string('k', 129) : key);

        Assert.Equal((400, "invalid-idempotency-key"), (reply.Status, reply.Problem));
        Assert.Empty(await host.StoredAsync(wave));
    }

    [Fact]
    public async Task Answers_are_counted_by_school_and_day()
    {
        (Guid wave, Guid school) = await OpenWaveAsync();
        await PostAsync(wave, school, "{}", "a");
        await PostAsync(wave, school, "{}", "a");
        await PostAsync(wave, school, "{}", "b");

        await using var db = host.OpenWorkerDb();
        Assert.Equal(2, db.SubmissionCounts.Where(count => count.WaveId == new Web.Features.Waves.WaveId(wave)).Sum(count => count.Submissions));
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_send_answers()
    {
        (Guid wave, Guid school) = await OpenWaveAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/waves/{wave}/responses")
        {
            Content = JsonContent.Create(new { schoolId = school, answers = new { } }),
            Headers = { { "Sec-Fetch-Site", "cross-site" } },
        };

        Reply reply = await host.SendAsync(request);

        Assert.Equal((403, "cross-site"), (reply.Status, reply.Problem));
        Assert.Empty(await host.StoredAsync(wave));
    }

    private async Task<(Guid Wave, Guid School)> OpenWaveAsync(WaveTime time = WaveTime.Open)
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave(time);
        ImportReport report = await host.ImportAsync(folder.Save());
        Guid wave = report.Waves[0].WaveId;
        return (wave, (await host.SchoolsAsync(wave))["S1"]);
    }

    private Task<Reply> PostAsync(Guid wave, Guid school, string answers, string? key = null) =>
        host.PostAsync($"/api/v1/waves/{wave}/responses", new { schoolId = school, answers = JsonElement.Parse(answers) }, key);

    /// <summary>A body whose length the client does not know, so it is sent in chunks.</summary>
    private sealed class UnseekableStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
