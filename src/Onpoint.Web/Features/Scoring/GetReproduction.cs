using Microsoft.AspNetCore.Http.HttpResults;
using Onpoint.Web.Features.Waves;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Scoring;

/// <summary>GET /api/v1/waves/{waveId}/reproduction: what the wave's score can be recomputed from, for <c>onpoint verify</c>.</summary>
internal static class GetReproduction
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/waves/{waveId}/reproduction", HandleAsync)
            .WithName(nameof(GetReproduction))
            .WithTags("Scores")
            .WithSummary("A wave's score with everything it can be recomputed from, as far as disclosure control allows")
            .WithDescription("Canonical JSON, always the same bytes for a revision and its edition. `onpoint verify FILE` recomputes it.")
            .Produces<string>(contentType: "application/json")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    internal static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(WaveId waveId, ScoreReader scores, CancellationToken cancellationToken)
    {
        if (await scores.ReadWaveAsync(waveId, cancellationToken) is not { } wave)
        {
            return Problems.NoSuchWave(waveId.ToString());
        }

        return wave.Status switch
        {
            WaveStatus.Scoring => Problems.NotScored(waveId.ToString()),
            WaveStatus.Scheduled or WaveStatus.Open => Problems.WaveOpen(waveId.ToString()),
            WaveStatus.Scored => await scores.ReadReproductionAsync(wave, cancellationToken) is { } file
                ? TypedResults.File(file, "application/json", $"onpoint-{wave.Wave.ExternalId}-r{wave.Revision}.json")
                : Problems.Protected(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
