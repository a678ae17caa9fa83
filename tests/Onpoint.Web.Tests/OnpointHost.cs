using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Tests;

/// <summary>What a request was answered with.</summary>
internal sealed record Reply(int Status, string? ContentType, JsonElement Body)
{
    /// <summary>The problem's code, without its prefix; null when the answer is no problem+json of ours.</summary>
    public string? Problem => ContentType == "application/problem+json" && Body.GetProperty("type").GetString() is { } type && type.StartsWith(Prefix, StringComparison.Ordinal)
        ? type[Prefix.Length..]
        : null;

    private const string Prefix = "urn:onpoint:problem:";
}

/// <summary>The whole program behind real Kestrel, on the shared migrated database, with a worker.</summary>
public sealed class OnpointHost(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private WebApplication? _app;

    public PostgresFixture Postgres => postgres;

    public HttpClient Http { get; } = new();

    public IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        _app = await postgres.AppAsync();
        Http.BaseAddress = new Uri(_app.Urls.First());
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return ValueTask.CompletedTask;
    }

    internal OnpointDb OpenWorkerDb() => new WorkerDatabase(postgres.Databases).Open();

    internal async Task<ImportReport> ImportAsync(string folder)
    {
        await using OnpointDb db = OpenWorkerDb();
        return await new ImportFolder(db, TimeProvider.System).RunAsync(folder, TestContext.Current.CancellationToken);
    }

    internal async Task<ImportReport> ImportFileAsync(string file, Guid wave)
    {
        await using OnpointDb db = OpenWorkerDb();
        return await new ImportFile(db, new InstrumentLibrary(), TimeProvider.System).RunAsync(file, new WaveId(wave), TestContext.Current.CancellationToken);
    }

    internal Task<Reply> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    internal Task<Reply> PostAsync(string path, object? body = null, string? key = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) }, key);

    internal Task<Reply> PostTextAsync(string path, string body, string contentType = "application/json") =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, contentType) });

    internal async Task<Reply> SendAsync(HttpRequestMessage request, string? key = null)
    {
        using (request)
        {
            if (key is not null)
            {
                request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            }

            using HttpResponseMessage response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
            string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            string? type = response.Content.Headers.ContentType?.MediaType;
            return new Reply((int)response.StatusCode, type, type?.EndsWith("json", StringComparison.Ordinal) == true ? JsonElement.Parse(text) : default);
        }
    }

    /// <summary>The ids that a submission names, by the school's text id.</summary>
    internal async Task<Dictionary<string, Guid>> SchoolsAsync(Guid wave) =>
        (await GetAsync($"/api/v1/waves/{wave}")).Body.GetProperty("schools").EnumerateArray()
            .ToDictionary(school => school.GetProperty("externalId").GetString()!, school => school.GetProperty("schoolId").GetGuid());

    /// <summary>Answers of a wave as hexadecimal text, ordered.</summary>
    internal async Task<List<string>> StoredAsync(Guid wave)
    {
        await using NpgsqlCommand command = postgres.Worker.CreateCommand("select encode(answers, 'hex') from responses where wave_id = $1 order by 1");
        command.Parameters.Add(new NpgsqlParameter { Value = wave });
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> stored = [];
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            stored.Add(rows.GetString(0));
        }

        return stored;
    }

    /// <summary>Waits for the program's own worker to end the scoring of a revision, and checks how it ended.</summary>
    internal async Task WaitForScoresAsync(Guid wave, int revision = 1) => await WaitForAsync(
        postgres.Worker, $"select state from scoring_requests where wave_id = '{wave}' and revision = {revision}", RequestState.Done);

    internal static async Task WaitForAsync(NpgsqlDataSource source, string sql, RequestState wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        string? state = null;
        while (state != Kebab.Name(wanted))
        {
            Assert.NotEqual("failed", state);
            await using NpgsqlCommand command = source.CreateCommand(sql);
            state = (string?)await command.ExecuteScalarAsync(patience.Token);
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>The scores of a wave as readers see them, by unit name and measure.</summary>
    internal async Task<Dictionary<(string Unit, string Measure), JsonElement>> ScoresAsync(Guid wave) =>
        (await GetAsync($"/api/v1/waves/{wave}/scores")).Body.GetProperty("scores").EnumerateArray()
            .ToDictionary(score => (score.GetProperty("name").GetString()!, score.GetProperty("measure").GetString()!));
}
