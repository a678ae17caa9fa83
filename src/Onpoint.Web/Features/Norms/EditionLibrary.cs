using System.Collections.Concurrent;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Instruments;

namespace Onpoint.Web.Features.Norms;

/// <summary>A frozen edition, read once and kept: it never changes.</summary>
internal sealed record FrozenEdition(NormEdition Edition, InstrumentId InstrumentId, string Sha256, byte[] Document)
{
    public bool Synthetic => Edition.Kind == EditionKind.Synthetic;
}

/// <summary>The frozen editions of the database.</summary>
internal sealed class EditionLibrary
{
    private readonly ConcurrentDictionary<string, FrozenEdition> _editions = new(StringComparer.Ordinal);

    /// <summary>Null when no such edition is frozen.</summary>
    public async Task<FrozenEdition?> FindAsync(OnpointDb db, string editionId, CancellationToken cancellationToken)
    {
        if (_editions.TryGetValue(editionId, out FrozenEdition? known))
        {
            return known;
        }

        NormEditionRow? row = await db.NormEditions.AsNoTracking().SingleOrDefaultAsync(edition => edition.EditionId == editionId, cancellationToken);
        if (row is null)
        {
            return null;
        }

        byte[] document = Encoding.UTF8.GetBytes(row.Document);
        return _editions.GetOrAdd(editionId, new FrozenEdition(NormEdition.Parse(document), row.InstrumentId, row.Sha256, document));
    }

    /// <summary>The newest edition of an instrument, or of any that has landmarks; null when there is none.</summary>
    public async Task<FrozenEdition?> NewestAsync(OnpointDb db, InstrumentId? instrument, CancellationToken cancellationToken)
    {
        string? editionId = await db.NormEditions
            .Where(edition => instrument == null || edition.InstrumentId == instrument)
            .OrderByDescending(edition => edition.FrozenAt)
            .Select(edition => edition.EditionId)
            .FirstOrDefaultAsync(cancellationToken);
        return editionId is null ? null : await FindAsync(db, editionId, cancellationToken);
    }
}
