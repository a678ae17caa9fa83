using Microsoft.AspNetCore.Http.HttpResults;
using Onpoint.Measurement;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Landmarks;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Benchmarks;

/// <summary>GET /api/v1/districts/{districtId}/benchmark: the latest wave's score, placing and landmarks.</summary>
internal static class GetBenchmark
{
    private const string LowReliability = "low-reliability";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/districts/{districtId}/benchmark", HandleAsync)
            .WithName(nameof(GetBenchmark))
            .WithTags("Scores")
            .WithSummary("A district's benchmark: score, margin, placing, categories and landmarks of its latest wave")
            .WithDescription("A missing part is null and has a reason. Percentiles count districts of the dataset, not of the nation; synthetic says whether they are made up.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    /// <summary>The benchmark of one district.</summary>
    internal sealed record Response(
        Guid DistrictId, Guid? WaveId, string? Stage, EditionWire? Edition, double? Points, double? MarginPoints, string? Reason,
        PercentileWire? Percentile, string? PercentileReason, IReadOnlyList<string>? Band, string? BandReason,
        StageEquivalentWire? StageEquivalent, string? StageEquivalentReason,
        IReadOnlyList<CategoryWire> Categories, IReadOnlyList<LandmarkWire> Landmarks);

    /// <summary>The edition that was compared with.</summary>
    internal sealed record EditionWire(string Id, string Kind, string Sha256);

    /// <summary>A place among 100 districts of the dataset, with its 95 % interval.</summary>
    internal sealed record PercentileWire(int Value, int Low, int High);

    /// <summary>In stages: 0 is Planning, 1.5 between Year 1 and Year 2. Position is between, before-planning or above-year4-plus.</summary>
    internal sealed record StageEquivalentWire(string Position, double? Low, double? High, bool Plateau);

    /// <summary>One category or component.</summary>
    internal sealed record CategoryWire(string Measure, double? Points, double? MarginPoints, double? StageMeanPoints, IReadOnlyList<string>? Band, string? Reason);

    /// <summary>One landmark on the district's own waves. Share is the share of growth by Year 1, a fraction.</summary>
    internal sealed record LandmarkWire(string Landmark, string Verdict, string? Basis, string? Reason, ShareWire? Share);

    /// <summary>A share of growth with its 95 % interval. Fractions; null where an end is unbounded.</summary>
    internal sealed record ShareWire(double Share, double? Low, double? High, string LastStage);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(DistrictId districtId, ScoreReader scores, CancellationToken cancellationToken)
    {
        if (await scores.ReadDistrictAsync(districtId, cancellationToken) is not { } district)
        {
            return Problems.NoSuchDistrict(districtId.ToString());
        }

        PublishedWave? wave = district.Waves.FirstOrDefault(wave => wave.Status is WaveStatus.Scored or WaveStatus.Scoring) ?? (district.Waves is [var newest, ..] ? newest : null);
        return wave?.Status switch
        {
            null => TypedResults.Ok(Empty(districtId, null, "no-wave")),
            WaveStatus.Scheduled or WaveStatus.Open => TypedResults.Ok(Empty(districtId, wave, GetWaveScores.WaveOpen)),
            WaveStatus.Scoring => Problems.NotScored(wave.Wave.WaveId.ToString()),
            WaveStatus.Scored when wave.Unit!.Withheld => TypedResults.Ok(Empty(districtId, wave, GetWaveScores.Protected)),
            WaveStatus.Scored => TypedResults.Ok(Answer(district, wave)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Response Empty(DistrictId districtId, PublishedWave? wave, string reason) => new(
        districtId.Value, wave?.Wave.WaveId.Value, wave is null ? null : StageWords.Of(wave.Wave.Stage), null, null, null, reason,
        null, reason, null, reason, null, reason, [], []);

    private static Response Answer(PublishedDistrict district, PublishedWave wave)
    {
        PublishedMeasure? benchmark = wave.Unit!.Find(ScoringPlan.Benchmark);
        MeasurePlacing? placing = wave.FindPlacing(ScoringPlan.Benchmark);
        string? unplaced = placing is null ? wave.LowResponse ? Kebab.Name(PlacingReason.LowResponse) : "not-placed" : null;
        return new Response(
            district.District.DistrictId.Value, wave.Wave.WaveId.Value, StageWords.Of(wave.Wave.Stage), Edition(wave),
            benchmark?.Points, benchmark?.MarginPoints, benchmark is null ? "no-benchmark" : null,
            Made(placing?.StagePercentile) is { } percentile ? new PercentileWire(Display.Place(percentile.Value), Display.Place(percentile.Low), Display.Place(percentile.High)) : null,
            unplaced ?? Reason(placing!.StagePercentile),
            Bands(placing), unplaced ?? Reason(placing!.Band),
            Made(placing?.StageEquivalent) is { } stage ? new StageEquivalentWire(Kebab.Name(stage.Position), stage.Low, stage.High, stage.Plateau) : null,
            unplaced ?? Reason(placing!.StageEquivalent),
            [.. wave.Unit.Measures.Where(measure => measure.Measure != ScoringPlan.Benchmark).Select(measure => Category(wave, measure))],
            [.. district.Landmarks.Select(Landmark)]);
    }

    private static EditionWire? Edition(PublishedWave wave) =>
        wave.Edition is { } edition ? new EditionWire(edition.Edition.Id, Kebab.Name(edition.Edition.Kind), edition.Sha256) : null;

    private static CategoryWire Category(PublishedWave wave, PublishedMeasure measure)
    {
        MeasurePlacing? placing = wave.FindPlacing(measure.Measure);
        return new CategoryWire(measure.Measure, measure.Points, measure.MarginPoints, Rounded(placing?.StageMeanPoints), Bands(placing), placing is null ? null : Reason(placing.Band));
    }

    private static LandmarkWire Landmark(LandmarkResult result) => new(
        LandmarkWords.Slug(result.Landmark), Kebab.Name(result.Verdict), result.Basis is { } basis ? Kebab.Name(basis) : null, result.Reason is { } reason ? Kebab.Name(reason) : null,
        result.Shares is [.., { } share] ? new ShareWire(Percent(share.Share), share.Low is { } low ? Percent(low) : null, share.High is { } high ? Percent(high) : null, StageWords.Of(share.Last)) : null);

    private static IReadOnlyList<string>? Bands(MeasurePlacing? placing) => Made(placing?.Band) is { } band
        ? band.Lowest == band.Highest ? [Kebab.Name(band.Lowest)] : [Kebab.Name(band.Lowest), Kebab.Name(band.Highest)]
        : null;

    private static T? Made<T>(Placing<T>? placing)
        where T : class => placing is Placing<T>.Made(var value) ? value : null;

    private static string? Reason<T>(Placing<T> placing) => placing switch
    {
        Placing<T>.Withheld(PlacingReason.TooFewAnswers or PlacingReason.DistrictsDifferTooLittle) => LowReliability,
        Placing<T>.Withheld(var reason) => Kebab.Name(reason),
        _ => null,
    };

    private static double? Rounded(double? points) => points is { } value ? Math.Round(value, MidpointRounding.AwayFromZero) : null;

    private static double Percent(double share) => Math.Round(share, 2, MidpointRounding.AwayFromZero);
}
