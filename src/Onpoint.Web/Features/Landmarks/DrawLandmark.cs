using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Onpoint.Charts;
using Onpoint.Measurement.Landmarks;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Norms;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Landmarks;

/// <summary>GET /charts/landmarks/{landmark}.svg|.png?district=ID&amp;wave=ID&amp;theme=light|dark|print: a chart for a slide.</summary>
internal static class DrawLandmark
{
    // A drawing of its own carries its rules; no page is meant to run inside it.
    private const string StandaloneSecurity = "default-src 'none'; style-src 'unsafe-inline'";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/charts/landmarks/{file}", HandleAsync).ExcludeFromDescription();

    internal static async Task<IResult> HandleAsync(
        string file, DistrictId? district, WaveId? wave, string? theme, HttpContext http, OnpointDb db, ScoreReader scores,
        EditionLibrary editions, LandmarkLoader landmarks, DrawnCharts charts, CancellationToken cancellationToken)
    {
        string extension = Path.GetExtension(file);
        if (!LandmarkWords.TryParse(Path.GetFileNameWithoutExtension(file), out Landmark landmark) || extension is not (".svg" or ".png"))
        {
            return Problems.NoSuchLandmark(file);
        }

        if (ParseTheme(theme, extension) is not { } colours)
        {
            return Problems.InvalidQuery("theme", "light, dark or print");
        }

        (StageChart? chart, IResult? problem) = district is { } id
            ? await OfDistrictAsync(landmark, id, wave, db, scores, landmarks, cancellationToken)
            : await OfEditionAsync(landmark, db, editions, landmarks, cancellationToken);
        if (chart is null)
        {
            return problem!;
        }

        http.Response.Headers.ContentSecurityPolicy = StandaloneSecurity;
        http.Response.Headers.CacheControl = "private, no-cache";
        string fingerprint = DrawnCharts.Fingerprint(chart);
        EntityTagHeaderValue tag = new($"\"{fingerprint}-{Kebab.Name(colours)}-{extension[1..]}\"");
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false))
            ? NotModified(http, tag)
            : extension == ".svg"
                ? TypedResults.File(Encoding.UTF8.GetBytes(charts.Svg(chart, fingerprint, ChartSize.Standalone, colours, "chart")), "image/svg+xml", entityTag: tag)
                : TypedResults.File(charts.Png(chart, fingerprint, colours), "image/png", entityTag: tag);
    }

    /// <summary>Answered before anything is drawn.</summary>
    private static StatusCodeHttpResult NotModified(HttpContext http, EntityTagHeaderValue tag)
    {
        http.Response.GetTypedHeaders().ETag = tag;
        return TypedResults.StatusCode(StatusCodes.Status304NotModified);
    }

    /// <summary>Without a theme an SVG follows its reader, and a PNG, which cannot, is light.</summary>
    private static ChartTheme? ParseTheme(string? theme, string extension) => theme switch
    {
        null => extension == ".svg" ? ChartTheme.Automatic : ChartTheme.Light,
        "light" => ChartTheme.Light,
        "dark" => ChartTheme.Dark,
        "print" => ChartTheme.Print,
        _ => null,
    };

    private static async Task<(StageChart? Chart, IResult? Problem)> OfEditionAsync(
        Landmark landmark, OnpointDb db, EditionLibrary editions, LandmarkLoader landmarks, CancellationToken cancellationToken)
    {
        if (await editions.NewestAsync(db, null, cancellationToken) is not { } edition)
        {
            return (null, Problems.NoEdition());
        }

        NationalLandmark? national = (await landmarks.NationalAsync(db, edition, cancellationToken)).FirstOrDefault(known => known.Landmark == landmark);
        return national is null ? (null, Problems.NoEdition()) : (LandmarkCharts.National(national, edition.Edition), null);
    }

    private static async Task<(StageChart? Chart, IResult? Problem)> OfDistrictAsync(
        Landmark landmark, DistrictId districtId, WaveId? waveId, OnpointDb db, ScoreReader scores, LandmarkLoader landmarks, CancellationToken cancellationToken)
    {
        if (await scores.ReadDistrictAsync(districtId, cancellationToken, waveId) is not { } district)
        {
            return (null, Problems.NoSuchDistrict(districtId.ToString()));
        }

        if (waveId is { } asked && district.Waves.All(wave => wave.Wave.WaveId != asked))
        {
            return (null, Problems.NoSuchWave(asked.ToString()));
        }

        PublishedWave? shown = district.Waves.FirstOrDefault(wave => wave.Status == WaveStatus.Scored && (waveId is null || wave.Wave.WaveId == waveId));
        if (shown?.Edition is not { } edition)
        {
            return (null, shown is null && waveId is { } unscored ? Problems.NotScored(unscored.ToString()) : Problems.NoEdition());
        }

        DistrictLandmark? own = (await landmarks.DistrictAsync(db, district, shown, cancellationToken)).FirstOrDefault(known => known.Landmark == landmark);
        NationalLandmark? national = (await landmarks.NationalAsync(db, edition, cancellationToken)).FirstOrDefault(known => known.Landmark == landmark);
        return own is null || national is null
            ? (null, Problems.Protected())
            : (LandmarkCharts.District(own, national, DistrictSentences.ShortName(district.District.Name), edition.Edition), null);
    }
}
