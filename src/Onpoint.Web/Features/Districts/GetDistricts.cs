using System.Buffers.Text;
using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Onpoint.Web.Database;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Districts;

/// <summary>A district on the wire.</summary>
internal sealed record DistrictWire(
    Guid DistrictId, string ExternalId, string Name, string? State, string? Locale, int? LaunchYear, string TimeZone, bool Contributes, bool Synthetic)
{
    public static DistrictWire Of(District district) => new(
        district.DistrictId.Value, district.ExternalId, district.Name, district.State, district.Locale, district.LaunchYear,
        district.TimeZone, district.Contributes, district.Synthetic);
}

/// <summary>GET /api/v1/districts: the districts the caller may see, by their own id, page by page.</summary>
internal static class GetDistricts
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/districts", HandleAsync)
            .WithName(nameof(GetDistricts))
            .WithTags("Districts")
            .WithSummary("Find districts")
            .WithDescription("Ordered by external id. Pass next as cursor to read on; next is null on the last page.")
            .ProducesProblem(StatusCodes.Status400BadRequest);

    /// <summary>One page of districts.</summary>
    internal sealed record Response(IReadOnlyList<DistrictWire> Districts, string? Next);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(
        OnpointDb db,
        [Description("Part of a name or external id")] string? search,
        [Description("next of the page before")] string? cursor,
        CancellationToken cancellationToken,
        [Description("Districts a page, 1 to 500")] int limit = 100)
    {
        if (limit is < 1 or > 500)
        {
            return Problems.InvalidQuery("limit", "a whole number from 1 to 500");
        }

        string? after = null;
        if (cursor is not null && !TryReadCursor(cursor, out after))
        {
            return Problems.InvalidQuery("cursor", "the value of next in the page before");
        }

        // PostgreSQL takes no zero character in a text.
        if (search?.Contains('\0') == true)
        {
            return Problems.InvalidQuery("search", "part of a name or an external id");
        }

        IQueryable<District> districts = db.Districts.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            string pattern = $"%{search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            districts = districts.Where(district => EF.Functions.ILike(district.Name, pattern, "\\") || EF.Functions.ILike(district.ExternalId, pattern, "\\"));
        }

        if (after is not null)
        {
            districts = districts.Where(district => string.Compare(district.ExternalId, after) > 0);
        }

        List<District> page = await districts.OrderBy(district => district.ExternalId).Take(limit + 1).ToListAsync(cancellationToken);
        string? next = page.Count > limit ? Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(page[limit - 1].ExternalId)) : null;
        return TypedResults.Ok(new Response(page.Take(limit).Select(DistrictWire.Of).ToList(), next));
    }

    private static bool TryReadCursor(string cursor, out string? externalId)
    {
        byte[] bytes = new byte[cursor.Length];
        externalId = Base64Url.IsValid(cursor) && Base64Url.TryDecodeFromChars(cursor, bytes, out int length) && length > 0
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, length)
            : null;
        return externalId?.Contains('\0') == false;
    }
}

/// <summary>GET /api/v1/districts/{districtId}</summary>
internal static class GetDistrict
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/districts/{districtId}", HandleAsync)
            .WithName(nameof(GetDistrict))
            .WithTags("Districts")
            .WithSummary("One district")
            .ProducesProblem(StatusCodes.Status404NotFound);

    internal static async Task<Results<Ok<DistrictWire>, ProblemHttpResult>> HandleAsync(DistrictId districtId, OnpointDb db, CancellationToken cancellationToken) =>
        await db.Districts.AsNoTracking().SingleOrDefaultAsync(district => district.DistrictId == districtId, cancellationToken) is { } district
            ? TypedResults.Ok(DistrictWire.Of(district))
            : Problems.NoSuchDistrict(districtId.ToString());
}
