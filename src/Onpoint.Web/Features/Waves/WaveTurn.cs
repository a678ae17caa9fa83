using Microsoft.EntityFrameworkCore;
using Onpoint.Web.Database;

namespace Onpoint.Web.Features.Waves;

/// <summary>
/// The turn of whoever changes a wave. Writers of answers share a lock that is queued fairly, a change takes it alone: row
/// locks are not queued, and a steady stream of writers would keep a closing waiting for ever.
/// </summary>
internal static class WaveTurn
{
    /// <summary>Waits for the writers before, then locks the wave's row; null when there is no such wave. Both last as long as the caller's transaction.</summary>
    public static async Task<Wave?> TakeAsync(OnpointDb db, WaveId waveId, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('wave:' || {waveId.Value}::text, 0))", cancellationToken);
        return await db.Waves.FromSql($"select * from waves where wave_id = {waveId.Value} for update").SingleOrDefaultAsync(cancellationToken);
    }
}
