using Microsoft.AspNetCore.Http.HttpResults;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Landmarks;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Districts;

/// <summary>GET /districts/{districtId}?wave=ID: where a district stands.</summary>
internal static class ShowDistrict
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/districts/{districtId}", HandleAsync).ExcludeFromDescription();

    internal static async Task<IResult> HandleAsync(
        DistrictId districtId, WaveId? wave, OnpointDb db, ScoreReader scores, LandmarkLoader landmarks, CancellationToken cancellationToken)
    {
        PublishedDistrict? district = await scores.ReadDistrictAsync(districtId, cancellationToken, wave);
        PublishedWave? shown = wave is { } asked
            ? district?.Waves.FirstOrDefault(known => known.Wave.WaveId == asked)
            : district?.Waves is [var newest, ..] ? newest : null;
        if (district is null || (wave is not null && shown is null))
        {
            return new RazorComponentResult<StatusPage>(new { Status = StatusCodes.Status404NotFound }) { StatusCode = StatusCodes.Status404NotFound };
        }

        DistrictModel model = new()
        {
            Frame = await PageFrames.LoadAsync(db, shown?.Edition, cancellationToken, district.District),
            Id = districtId.Value,
            Name = district.District.Name,
            Waves = [.. district.Waves.Select(DistrictLoader.Survey)],
            State = shown is null
                ? new DistrictState.NoWave(district.District.LaunchYear)
                : DistrictLoader.State(district, shown, shown.Status == WaveStatus.Scored ? await landmarks.DistrictAsync(db, district, shown, cancellationToken) : []),
        };
        return new RazorComponentResult<DistrictPage>(new { Model = model });
    }
}
