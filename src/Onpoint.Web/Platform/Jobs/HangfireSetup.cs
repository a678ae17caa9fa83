using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Onpoint.Web.Platform.Jobs;

/// <summary>Hangfire gets its connections from our data source: one pool, one place for its settings.</summary>
internal sealed class DataSourceConnectionFactory(NpgsqlDataSource source) : IConnectionFactory
{
    public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
}

/// <summary>All of Hangfire's set-up. The storage is for every process, the server for workers only.</summary>
internal static class HangfireSetup
{
    /// <summary>In the order in which a worker looks into them.</summary>
    public static readonly string[] Queues = ["scoring", "imports", "default"];

    /// <summary>
    /// The storage, with the rights of the role behind <paramref name="source"/>: web only reads it for the dashboard, a
    /// worker also enqueues. The worker's own statements must use the same data source, because a second one in the same
    /// TransactionScope would make PostgreSQL ask for prepared transactions.
    /// </summary>
    public static IServiceCollection AddOnpointJobs(this IServiceCollection services, Func<IServiceProvider, NpgsqlDataSource> source)
    {
        services.AddOptions<JobOptions>().BindConfiguration(JobOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddHangfire((provider, configuration) => configuration
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UsePostgreSqlStorage(
                storage => storage.UseConnectionFactory(new DataSourceConnectionFactory(source(provider))),
                StorageOptions(provider.GetRequiredService<IOptions<JobOptions>>().Value))
            .UseFilter(new AutomaticRetryAttribute
            {
                // Seconds: a lock held elsewhere clears in the first two, a database that is restarted in the last.
                Attempts = 5,
                DelaysInSeconds = [5, 30, 120, 600, 1_800],
                OnAttemptsExceeded = AttemptsExceededAction.Fail,
            }));
    }

    /// <summary>The server that runs jobs, started and stopped with the host. Needs <see cref="AddOnpointJobs"/>.</summary>
    public static IServiceCollection AddOnpointJobServer(this IServiceCollection services) =>
        services.AddHangfireServer((provider, server) =>
        {
            JobOptions options = provider.GetRequiredService<IOptions<JobOptions>>().Value;
            server.Queues = Queues;
            server.WorkerCount = options.WorkerCount;
            server.SchedulePollingInterval = TimeSpan.FromMilliseconds(options.SchedulePollingIntervalMilliseconds);
            server.StopTimeout = TimeSpan.FromMilliseconds(options.StopTimeoutMilliseconds);

            // A killed worker leaves the dashboard after a minute instead of five.
            server.HeartbeatInterval = TimeSpan.FromSeconds(10);
            server.ServerCheckInterval = TimeSpan.FromSeconds(30);
            server.ServerTimeout = TimeSpan.FromMinutes(1);

            // How soon a running job notices that it was deleted on the dashboard.
            server.CancellationCheckInterval = TimeSpan.FromSeconds(2);

            // After StopTimeout the job needs a moment to be put back into the queue.
            server.ShutdownTimeout = server.StopTimeout + TimeSpan.FromSeconds(10);
        });

    private static PostgreSqlStorageOptions StorageOptions(JobOptions options) => new()
    {
        SchemaName = HangfireSchema.Name,

        // Only `migrate` installs: web and worker may not.
        PrepareSchemaIfNecessary = false,
        QueuePollInterval = TimeSpan.FromMilliseconds(options.QueuePollIntervalMilliseconds),
        InvisibilityTimeout = TimeSpan.FromSeconds(options.InvisibilityTimeoutSeconds),

        // Not sliding, a job longer than the timeout is started again and again beside itself.
        UseSlidingInvisibilityTimeout = true,
        EnableLongPolling = false,

        // A worker that cannot reach its storage at the start says so and ends.
        AllowDegradedModeWithoutStorage = false,

        // A job and the row that asked for it commit together.
        EnableTransactionScopeEnlistment = true,
    };
}
