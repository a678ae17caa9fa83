using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Home;
using Onpoint.Web.Features.Landmarks;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Tests.Pages;

/// <summary>A server of the pages alone: sample records in, HTML out, on a free port.</summary>
public sealed class PageHost : IAsyncLifetime
{
    private WebApplication? _app;

    /// <summary>The address of a sample page.</summary>
    public Uri Address(string page) => new($"{_app!.Urls.First()}/samples/{page}");

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRazorComponents();
        _app = builder.Build();
        _app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(Path.Combine(Repository.Folder, "src", "Onpoint.Web", "wwwroot")) });
        _app.MapGet("/samples/{page}", Show);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private static IResult Show(string page) => page switch
    {
        "home" => new RazorComponentResult<HomePage>(new { Model = SampleHome.WithDemo }),
        "home-empty" => new RazorComponentResult<HomePage>(new { Model = SampleHome.Empty }),
        "landmarks" => new RazorComponentResult<LandmarksPage>(new { Model = SampleLandmarks.National }),
        "landmarks-open" => new RazorComponentResult<LandmarksPage>(new { Model = SampleLandmarks.Undecided }),
        "landmarks-none" => new RazorComponentResult<LandmarksPage>(new { Model = SampleLandmarks.None }),
        "status-400" => Status(400, null),
        "status-404" => Status(404, null),
        "status-500" => Status(500, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        _ => new RazorComponentResult<DistrictPage>(new { Model = SampleDistricts.All[page] }),
    };

    private static RazorComponentResult<StatusPage> Status(int status, string? traceId) =>
        new(new { Status = status, TraceId = traceId }) { StatusCode = status };
}
