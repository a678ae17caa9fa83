using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Instruments;

namespace Onpoint.Web.Features.Waves;

/// <summary>What a wave asks, and of which schools.</summary>
internal sealed record WaveForm(WaveId WaveId, ReadyInstrument Instrument, IReadOnlySet<Guid> Schools);

/// <summary>
/// Wave forms by id, kept for a short while: a submission needs one before it is stored, and neither the instrument nor
/// the schools of a wave change while it is open. Whether the wave is open is decided by the writer's own statement.
/// </summary>
internal sealed class WaveForms(IMemoryCache cache, InstrumentLibrary instruments)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(15);

    /// <summary>Null when there is no such wave.</summary>
    public async Task<WaveForm?> GetAsync(OnpointDb db, WaveId waveId, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(waveId, out WaveForm? known))
        {
            return known;
        }

        InstrumentId? instrumentId = await db.Waves.Where(wave => wave.WaveId == waveId).Select(wave => (InstrumentId?)wave.InstrumentId).SingleOrDefaultAsync(cancellationToken);
        if (instrumentId is not { } id)
        {
            return null;
        }

        ReadyInstrument instrument = await instruments.GetAsync(db, id, cancellationToken);
        List<SchoolId> schools = await db.Rosters.Where(roster => roster.WaveId == waveId).Select(roster => roster.SchoolId).ToListAsync(cancellationToken);
        return cache.Set(waveId, new WaveForm(waveId, instrument, schools.ConvertAll(school => school.Value).ToHashSet()), KeptFor);
    }
}
