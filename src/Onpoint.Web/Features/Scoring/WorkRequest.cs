using Microsoft.EntityFrameworkCore;
using Onpoint.Web.Database;

namespace Onpoint.Web.Features.Scoring;

/// <summary>Another worker does the same work just now. Hangfire comes back to it.</summary>
internal sealed class WorkBusyException(string work) : Exception($"{work} is under way elsewhere");

/// <summary>The table and key of a kind of request.</summary>
internal sealed record RequestTable(string Name, string KeyCondition);

/// <summary>
/// The life of a request for work, the same for scoring and editions. The request row is the truth; the job queue is only
/// the wake-up call, and a lost or doubled one changes nothing.
/// </summary>
internal static class WorkRequest
{
    /// <summary>A crash is not a retry: after so many attempts the request has failed, however each of them ended.</summary>
    public const int MostAttempts = 5;

    public static readonly RequestTable Scoring = new("scoring_requests", "wave_id = {0}::uuid and revision = {1}");

    public static readonly RequestTable Edition = new("edition_requests", "edition_id = {0} and {1} = 0");

    /// <summary>Counts the attempt, committed at once so that a crash counts. False: nothing to do, or given up.</summary>
    public static async Task<bool> BeginAsync(OnpointDb db, RequestTable table, string key, int revision, CancellationToken cancellationToken)
    {
        string sql = $$"""
            update {{table.Name}} set attempts = attempts + 1, started_at = clock_timestamp(),
                state = case when attempts >= {2} then 'failed' else 'running' end,
                error = case when attempts >= {2} then 'given up after ' || {2} || ' attempts' else error end
             where {{table.KeyCondition}} and state in ('requested', 'running') returning state as "Value"
            """;
        List<string> states = await db.Database.SqlQueryRaw<string>(sql, key, revision, MostAttempts).ToListAsync(cancellationToken);
        return states is ["running"];
    }

    /// <summary>One at a time, for as long as the caller's transaction lives; a killed process frees it.</summary>
    /// <exception cref="WorkBusyException">Another worker has its turn.</exception>
    public static async Task TakeTurnAsync(OnpointDb db, string work, CancellationToken cancellationToken)
    {
        List<bool> taken = await db.Database.SqlQuery<bool>($"""select pg_try_advisory_xact_lock(hashtextextended({work}, 0)) as "Value" """).ToListAsync(cancellationToken);
        if (taken is not [true])
        {
            throw new WorkBusyException(work);
        }
    }

    /// <summary>Ends the request in the caller's transaction, together with what it wrote.</summary>
    public static async Task EndAsync(OnpointDb db, RequestTable table, string key, int revision, RequestState state, CancellationToken cancellationToken)
    {
        string sql = $$"""update {{table.Name}} set state = {2}, finished_at = clock_timestamp(), error = null where {{table.KeyCondition}}""";
        await db.SaveChangesAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync(sql, [key, revision, Kebab.Name(state)], cancellationToken);
    }
}
