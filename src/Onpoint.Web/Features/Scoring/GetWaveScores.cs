using Microsoft.AspNetCore.Http.HttpResults;
using Onpoint.Measurement.Disclosure;
using Onpoint.Web.Features.Waves;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Scoring;

/// <summary>GET /api/v1/waves/{waveId}/scores: every measure of the district and its schools, as readers may see them.</summary>
internal static class GetWaveScores
{
    public const string WaveOpen = "wave-open";
    public const string Protected = "protected";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/waves/{waveId}/scores", HandleAsync)
            .WithName(nameof(GetWaveScores))
            .WithTags("Scores")
            .WithSummary("A wave's scores, after disclosure control")
            .WithDescription("Points run from 200 to 1,000. marginPoints is half of the 95 % interval. A missing number has a reason: wave-open or protected.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    /// <summary>The scores of a wave. edition is the one that margins of small units rest on.</summary>
    internal sealed record Response(Guid WaveId, int? Revision, string? Edition, bool Synthetic, IReadOnlyList<Score> Scores);

    /// <summary>
    /// One measure of one unit. Bound is "above" or "below" when only that much may be told of the points.
    /// </summary>
    internal sealed record Score(string Unit, Guid UnitId, string Name, string Measure, double? Points, double? MarginPoints, int? Respondents, string? Bound, string? Reason);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(WaveId waveId, ScoreReader scores, CancellationToken cancellationToken)
    {
        if (await scores.ReadWaveAsync(waveId, cancellationToken) is not { } wave)
        {
            return Problems.NoSuchWave(waveId.ToString());
        }

        return wave.Status switch
        {
            WaveStatus.Scoring => Problems.NotScored(waveId.ToString()),
            WaveStatus.Scheduled or WaveStatus.Open => TypedResults.Ok(Answer(wave, Missing(wave, "district", wave.District.DistrictId.Value, wave.District.Name, WaveOpen))),
            WaveStatus.Scored => TypedResults.Ok(Answer(wave, Scores(wave))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Response Answer(PublishedWave wave, IEnumerable<Score> scores) =>
        new(wave.Wave.WaveId.Value, wave.Revision, wave.Edition?.Edition.Id, wave.District.Synthetic, scores.ToList());

    private static IEnumerable<Score> Scores(PublishedWave wave) =>
        Unit(wave, "district", wave.Unit!, wave.Counts.Total.Precision == CountPrecision.Exact).Concat(wave.Schools.SelectMany(school => Unit(wave, "school", school, CountIsExact(wave, school))));

    private static bool CountIsExact(PublishedWave wave, PublishedUnit school) =>
        wave.Counts.Lines.Any(line => line is { Schools: [var name], Count.Precision: CountPrecision.Exact } && name == school.Name);

    private static IEnumerable<Score> Unit(PublishedWave wave, string kind, PublishedUnit unit, bool exactCount) => unit.Withheld
        ? Missing(wave, kind, unit.Id, unit.Name, Protected)
        : unit.Measures.Select(measure => new Score(
            kind, unit.Id, unit.Name, measure.Measure, measure.Points, measure.MarginPoints, exactCount ? measure.Respondents : null,
            measure.Bound switch { PublishedBound.None => null, PublishedBound.Above => "above", PublishedBound.Below => "below", _ => throw new System.Diagnostics.UnreachableException() },
            null));

    private static IEnumerable<Score> Missing(PublishedWave wave, string kind, Guid id, string name, string reason) =>
        wave.Instrument.Plan.Measures.Select(measure => new Score(kind, id, name, measure.Code, null, null, null, null, reason));
}
