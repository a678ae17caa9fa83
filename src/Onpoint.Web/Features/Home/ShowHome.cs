using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Onpoint.Charts;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Landmarks;
using Onpoint.Web.Features.Norms;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Home;

/// <summary>GET /: what this is.</summary>
internal static class ShowHome
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/", HandleAsync).ExcludeFromDescription();

    internal static async Task<RazorComponentResult<HomePage>> HandleAsync(
        OnpointDb db, ScoreReader scores, EditionLibrary editions, DrawnCharts charts, CancellationToken cancellationToken)
    {
        PageFrame frame = await PageFrames.LoadAsync(db, await editions.NewestAsync(db, null, cancellationToken), cancellationToken);
        PublishedDistrict? demo = frame.Demo is { } link ? await scores.ReadDistrictAsync(new DistrictId(link.Id), cancellationToken) : null;
        return new RazorComponentResult<HomePage>(new { Model = new HomeModel { Frame = frame, Specimen = demo is null ? null : Specimen(demo, frame.Demo!, charts) } });
    }

    private static Specimen? Specimen(PublishedDistrict demo, DistrictLink link, DrawnCharts charts)
    {
        PublishedWave? wave = demo.Waves.FirstOrDefault(wave => wave.Status == WaveStatus.Scored);
        if (wave?.Unit?.Find(ScoringPlan.Benchmark) is not { Points: not null } benchmark)
        {
            return null;
        }

        ChangeTable? change = DistrictLoader.Change(demo, wave);
        return new Specimen
        {
            District = link,
            Stage = wave.Wave.Stage,
            Benchmark = benchmark,
            Bands = DistrictLoader.Bands(wave.FindPlacing(ScoringPlan.Benchmark)),
            Change = change?.Benchmark,
            ChangeSince = change?.Before.Stage,
            Chart = Chart(demo, wave, link, charts),
        };
    }

    private static MarkupString? Chart(PublishedDistrict demo, PublishedWave wave, DistrictLink link, DrawnCharts charts)
    {
        string name = MeasureNames.Of(wave.Instrument.Definition)[ScoringPlan.Benchmark];
        if (wave.Edition is not { } edition || LandmarkLoader.Curve(edition.Edition, ScoringPlan.Benchmark, name) is not { } national)
        {
            return null;
        }

        StageChart chart = LandmarkCharts.Benchmark(national, LandmarkLoader.Own(demo, wave, ScoringPlan.Benchmark, name), link.Name, edition.Edition);
        return new MarkupString(charts.Svg(chart, DrawnCharts.Fingerprint(chart), ChartSize.Small, ChartTheme.Automatic, "home"));
    }
}
