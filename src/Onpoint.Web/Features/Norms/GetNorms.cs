using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Onpoint.Web.Database;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Norms;

/// <summary>GET /api/v1/norms, /norms/{edition} and /norms/{edition}/dataset</summary>
internal static class GetNorms
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/norms", ListAsync).WithName("GetEditions").WithTags("Norms").WithSummary("The frozen norm editions, the newest first");
        api.MapGet("/norms/{edition}", EditionAsync).WithName("GetEdition").WithTags("Norms").WithSummary("A frozen edition, byte for byte: its SHA-256 is the ETag")
            .Produces<string>(contentType: "application/json").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/norms/{edition}/dataset", DatasetAsync).WithName("GetEditionDataset").WithTags("Norms").WithSummary("The district-waves behind a synthetic edition")
            .Produces<string>(contentType: "application/json").ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>The editions.</summary>
    internal sealed record Response(IReadOnlyList<EditionWire> Editions);

    /// <summary>An edition on the wire; kind is synthetic, contributed or probability-sample.</summary>
    internal sealed record EditionWire(string Edition, string Kind, string Sha256, DateTimeOffset FrozenAt);

    internal static async Task<Ok<Response>> ListAsync(OnpointDb db, CancellationToken cancellationToken)
    {
        List<NormEditionRow> editions = await db.NormEditions.AsNoTracking().OrderByDescending(edition => edition.FrozenAt).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Response(editions.ConvertAll(edition => new EditionWire(edition.EditionId, Kebab.Name(edition.Kind), edition.Sha256, edition.FrozenAt))));
    }

    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> EditionAsync(string edition, OnpointDb db, EditionLibrary editions, CancellationToken cancellationToken) =>
        await editions.FindAsync(db, edition, cancellationToken) is { } frozen
            ? TypedResults.File(frozen.Document, "application/json", entityTag: new EntityTagHeaderValue($"\"{frozen.Sha256}\""))
            : Problems.NoSuchEdition(edition);

    internal static async Task<Results<ContentHttpResult, ProblemHttpResult>> DatasetAsync(string edition, OnpointDb db, CancellationToken cancellationToken) =>
        await db.NormDatasets.AsNoTracking().Where(dataset => dataset.EditionId == edition).Select(dataset => dataset.Document).SingleOrDefaultAsync(cancellationToken) is { } document
            ? TypedResults.Content(document, "application/json")
            : Problems.NoSuchEdition(edition);
}
