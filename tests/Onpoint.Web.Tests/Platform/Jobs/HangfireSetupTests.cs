using Hangfire;
using Hangfire.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Onpoint.Web.Platform.Jobs;
using Onpoint.Web.Tests.Database;

namespace Onpoint.Web.Tests.Platform.Jobs;

/// <summary>With the program's own job server: Hangfire keeps storage, logs and filters per process, so a second server in it would disturb the first.</summary>
public sealed class HangfireSetupTests(OnpointHost host) : IClassFixture<OnpointHost>
{
    [Fact]
    public async Task A_job_enqueued_by_the_worker_role_runs()
    {
        var done = Guid.NewGuid();

        string job = host.Services.GetRequiredService<IBackgroundJobClient>().Enqueue(() => ProbeJob.Run(done));

        Assert.Equal(done, await ProbeJob.Ran.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.NotEmpty(job);
    }

    [Fact]
    public async Task The_web_role_reads_all_tables_of_the_jobs_and_writes_none()
    {
        Assert.Equal(
            "reads: true, writes: false",
            await host.Postgres.Web.ScalarAsync<string>(
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
            (await Assert.ThrowsAsync<PostgresException>(() => host.Postgres.Worker.ExecuteAsync(sql))).SqlState);

    [Fact]
    public void A_failed_job_is_tried_five_more_times()
    {
        AutomaticRetryAttribute retry = JobFilterProviders.Providers
            .GetFilters(Job.FromExpression(() => ProbeJob.Run(Guid.Empty)))
            .Select(filter => filter.Instance)
            .OfType<AutomaticRetryAttribute>()
            .Last();

        Assert.Equal(5, retry.Attempts);
    }

    [Fact]
    public void A_setting_outside_its_range_stops_the_start()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Jobs:WorkerCount", (string?)"0")]).Build();
        using ServiceProvider services = new ServiceCollection().AddSingleton(configuration).AddOnpointJobs(_ => host.Postgres.Worker).BuildServiceProvider();

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains("WorkerCount must be between 1 and 64", refused.Message, StringComparison.Ordinal);
    }
}

/// <summary>Public, because Hangfire calls public methods only.</summary>
public static class ProbeJob
{
    public static TaskCompletionSource<Guid> Ran { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static void Run(Guid id) => Ran.TrySetResult(id);
}
