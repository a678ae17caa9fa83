using Microsoft.AspNetCore.Http.HttpResults;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Norms;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Landmarks;

/// <summary>GET /landmarks: the four charts of the national dataset.</summary>
internal static class ShowLandmarks
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/landmarks", HandleAsync).ExcludeFromDescription();

    internal static async Task<RazorComponentResult<LandmarksPage>> HandleAsync(OnpointDb db, EditionLibrary editions, LandmarkLoader landmarks, CancellationToken cancellationToken)
    {
        FrozenEdition? edition = await editions.NewestAsync(db, null, cancellationToken);
        LandmarksModel model = new()
        {
            Frame = await PageFrames.LoadAsync(db, edition, cancellationToken),
            Edition = edition is null ? null : Card(edition),
            Landmarks = edition is null ? [] : await landmarks.NationalAsync(db, edition, cancellationToken),
        };
        return new RazorComponentResult<LandmarksPage>(new { Model = model });
    }

    private static EditionCard Card(FrozenEdition edition) => new()
    {
        Id = edition.Edition.Id,
        Kind = edition.Edition.Kind,
        Hash = edition.Sha256,
        Districts = edition.Edition.Districts,
        Waves = edition.Edition.DistrictWaves,
        Responses = edition.Edition.Responses,
        DownloadPath = $"/api/v1/norms/{edition.Edition.Id}",
    };
}
