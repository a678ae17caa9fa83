using Microsoft.EntityFrameworkCore;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Demo;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Norms;

namespace Onpoint.Web.Platform;

/// <summary>What surrounds a page's content: the edition it draws on, and the way to the demonstration district.</summary>
internal static class PageFrames
{
    public static async Task<PageFrame> LoadAsync(OnpointDb db, FrozenEdition? edition, CancellationToken cancellationToken, District? shown = null)
    {
        District? demo = await db.Districts.AsNoTracking().SingleOrDefaultAsync(district => district.ExternalId == DemoCommand.DistrictId && district.Synthetic, cancellationToken);
        return new PageFrame
        {
            Edition = edition is null ? null : new EditionLabel(edition.Edition.Id, edition.Synthetic),
            Demo = demo is null ? null : new DistrictLink(demo.DistrictId.Value, DistrictSentences.ShortName(demo.Name)),
            ShowsDemo = demo is not null && shown?.DistrictId == demo.DistrictId,
        };
    }
}
