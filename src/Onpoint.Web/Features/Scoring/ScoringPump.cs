using System.Linq.Expressions;
using System.Transactions;
using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using Npgsql;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Norms;

namespace Onpoint.Web.Features.Scoring;

/// <summary>
/// Workers only. Every second it turns open requests without a living job into Hangfire jobs; it is also the sweep after a
/// crash. Job and <c>job_id</c> commit together, so two workers never make two jobs of one request.
/// </summary>
internal sealed partial class ScoringPump(Databases databases, IBackgroundJobClient jobs, JobStorage storage, ILogger<ScoringPump> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly string[] Living = [EnqueuedState.StateName, ProcessingState.StateName, ScheduledState.StateName, AwaitingState.StateName];

    /// <summary>Looks once; tests call it instead of waiting. Returns the number of jobs made.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        int made = 0;
        foreach ((Guid wave, int revision, string? jobId) in await OpenAsync(
            "select wave_id, revision, job_id from scoring_requests where state in ('requested', 'running') order by requested_at limit 500",
            row => (row.GetGuid(0), row.GetInt32(1), row.IsDBNull(2) ? null : row.GetString(2)), cancellationToken))
        {
            made += await WakeAsync<ScoreWaveJob>(WorkRequest.Scoring, wave.ToString(), revision, jobId, job => job.RunAsync(wave, revision, CancellationToken.None), cancellationToken);
        }

        // An edition waits for the scores of the waves that it could rest on.
        foreach ((string edition, string? jobId) in await OpenAsync(
            """
            select e.edition_id, e.job_id from edition_requests e where e.state in ('requested', 'running')
               and not exists (select 1 from scoring_requests s join waves w using (wave_id) join districts d using (district_id)
                                where s.state in ('requested', 'running') and w.instrument_id = e.instrument_id and d.contributes)
            """,
            row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), cancellationToken))
        {
            made += await WakeAsync<BuildEditionJob>(WorkRequest.Edition, edition, 0, jobId, job => job.RunAsync(edition, CancellationToken.None), cancellationToken);
        }

        return made;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is NpgsqlException or TransactionException or TimeoutException)
            {
                // The database is away: the next second tries again, and nothing is lost, because the requests are rows.
                LogFailed(logger, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<List<T>> OpenAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = databases.Worker.CreateCommand(sql);
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        List<T> open = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            open.Add(read(rows));
        }

        return open;
    }

    private async Task<int> WakeAsync<TJob>(
        RequestTable table, string key, int revision, string? jobId, Expression<Func<TJob, Task>> call, CancellationToken cancellationToken)
    {
        string? state = jobId is null ? null : StateOf(jobId);
        if (Living.Contains(state))
        {
            return 0;
        }

        string condition = string.Format(System.Globalization.CultureInfo.InvariantCulture, table.KeyCondition, "$1", "$2");
        if (state == FailedState.StateName)
        {
            await UpdateAsync($"update {table.Name} set state = 'failed', error = 'job ' || $3 || ' failed', finished_at = clock_timestamp() where {condition} and job_id = $3", key, revision, jobId!, null, cancellationToken);
            return 0;
        }

        // Leaving the scope without completing it takes the job back too: another pump was first, or the request is over.
        using TransactionScope scope = new(
            TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted }, TransactionScopeAsyncFlowOption.Enabled);
        string made = jobs.Enqueue(call);
        int changed = await UpdateAsync(
            $"update {table.Name} set job_id = $3 where {condition} and job_id is not distinct from $4 and state in ('requested', 'running')", key, revision, made, jobId, cancellationToken);
        if (changed == 1)
        {
            scope.Complete();
        }

        return changed;
    }

    private string? StateOf(string jobId)
    {
        using IStorageConnection connection = storage.GetConnection();
        return connection.GetStateData(jobId)?.Name;
    }

    private async Task<int> UpdateAsync(string sql, string key, int revision, string jobId, string? before, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await databases.Worker.OpenConnectionAsync(cancellationToken);
        await using NpgsqlCommand command = new(sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = key });
        command.Parameters.Add(new NpgsqlParameter { Value = revision });
        command.Parameters.Add(new NpgsqlParameter { Value = jobId });
        if (sql.Contains("$4", StringComparison.Ordinal))
        {
            command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = before });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The scoring pump could not look for work")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
