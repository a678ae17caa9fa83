using Hangfire;
using Hangfire.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Onpoint.Web.Database;
using Onpoint.Web.Platform.Jobs;
using Onpoint.Web.Tests.Database;

namespace Onpoint.Web.Tests.Platform.Jobs;

/// <summary>On a database of its own: the server here knows no job but the probe, and would fail those of other tests.</summary>
public sealed class HangfireSetupTests(PostgresFixture postgres) : IAsyncLifetime
{
    private Databases? _databases;

    public async ValueTask InitializeAsync() => _databases = await postgres.CreateMigratedDatabaseAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _databases!.DisposeAsync();

    [Fact]
    public async Task A_job_enqueued_by_the_worker_role_runs()
    {
        using IHost host = await StartAsync();
        IBackgroundJobClient jobs = host.Services.GetRequiredService<IBackgroundJobClient>();
        var done = Guid.NewGuid();

        string job = jobs.Enqueue(() => ProbeJob.Run(done));

        Assert.Equal(done, await ProbeJob.Ran.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.NotEmpty(job);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_web_role_reads_all_tables_of_the_jobs_and_writes_none()
    {
        Assert.Equal(
            "reads: true, writes: false",
            await postgres.Web.ScalarAsync<string>(
                """
                select format('reads: %s, writes: %s', bool_and(has_table_privilege(oid, 'select'))::text, bool_or(has_table_privilege(oid, 'insert, update, delete, truncate'))::text)
                  from pg_class where relnamespace = 'hangfire'::regnamespace and relkind = 'r'
                """));
    }

    [Theory]
    [InlineData("create table hangfire.extra ()")]
    [InlineData("update hangfire.schema set version = 0")]
    public async Task The_worker_role_cannot_change_the_schema_of_the_jobs(string sql) =>
        Assert.Equal(
            PostgresErrorCodes.InsufficientPrivilege,
            (await Assert.ThrowsAsync<PostgresException>(() => postgres.Worker.ExecuteAsync(sql))).SqlState);

    [Fact]
    public async Task A_failed_job_is_tried_five_more_times()
    {
        using IHost host = await StartAsync();

        AutomaticRetryAttribute retry = JobFilterProviders.Providers
            .GetFilters(Job.FromExpression(() => ProbeJob.Run(Guid.Empty)))
            .Select(filter => filter.Instance)
            .OfType<AutomaticRetryAttribute>()
            .Last();

        Assert.Equal(5, retry.Attempts);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_setting_outside_its_range_stops_the_start()
    {
        OptionsValidationException refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync("Jobs:WorkerCount", "0"));

        Assert.Contains("WorkerCount must be between 1 and 64", refused.Message, StringComparison.Ordinal);
    }

    private async Task<IHost> StartAsync(params string[] setting)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Jobs:QueuePollIntervalMilliseconds"] = "50";
        builder.Configuration["Jobs:StopTimeoutMilliseconds"] = "0";
        if (setting is [string name, string value])
        {
            builder.Configuration[name] = value;
        }

        builder.Services.AddOnpointJobs(_ => _databases!.Worker).AddOnpointJobServer();
        IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }
}

/// <summary>Public, because Hangfire calls public methods only.</summary>
public static class ProbeJob
{
    public static TaskCompletionSource<Guid> Ran { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static void Run(Guid id) => Ran.TrySetResult(id);
}
