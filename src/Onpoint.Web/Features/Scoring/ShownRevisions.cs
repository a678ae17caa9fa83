using Microsoft.EntityFrameworkCore;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Scoring;

/// <summary>Which revision of a wave readers see.</summary>
internal static class ShownRevisions
{
    /// <summary>The revision whose district values are shown, by wave; a wave whose district is withheld, or that has no scores, is missing.</summary>
    public static async Task<Dictionary<WaveId, int>> OfDistrictsAsync(OnpointDb db, IReadOnlyCollection<WaveId> waves, CancellationToken cancellationToken)
    {
        List<ScoreUnit> units = await db.ScoreUnits.AsNoTracking().Where(unit => waves.Contains(unit.WaveId) && unit.IsDistrict).ToListAsync(cancellationToken);
        return units.GroupBy(unit => unit.WaveId)
            .Select(group => group.MaxBy(unit => unit.Revision)!)
            .Where(unit => unit.ShownRevision is not null)
            .ToDictionary(unit => unit.WaveId, unit => unit.ShownRevision!.Value);
    }
}
