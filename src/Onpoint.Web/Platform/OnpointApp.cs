using System.Text.Json;
using System.Text.Json.Serialization;
using Hangfire;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.HttpResults;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Benchmarks;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Home;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Landmarks;
using Onpoint.Web.Features.Norms;
using Onpoint.Web.Features.Responses;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;
using Onpoint.Web.Platform.Jobs;
using Scalar.AspNetCore;

namespace Onpoint.Web.Platform;

/// <summary>What a process does. Any number of them share one database.</summary>
internal enum AppRole
{
    /// <summary>Pages and API; jobs are done elsewhere.</summary>
    Web,

    /// <summary>Jobs only; no port is opened.</summary>
    Worker,

    /// <summary>Both.</summary>
    All,
}

/// <summary>Puts the program together: services, then the way of a request, then the table of its addresses.</summary>
internal static class OnpointApp
{
    /// <summary>The web program, with jobs in role <see cref="AppRole.All"/>. Listens on 127.0.0.1 only, until accounts exist.</summary>
    public static WebApplication BuildWeb(Databases databases, byte[] secret, AppRole role, int port, LogLevel logging = LogLevel.Information)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(System.Net.IPAddress.Loopback, port);
        });
        AddOnpoint(builder.Services, databases, role);
        AddWeb(builder.Services, databases, secret);
        builder.Logging.AddOnpointFilters().SetMinimumLevel(logging);

        WebApplication app = builder.Build();
        UseOnpoint(app);
        MapApi(app.MapGroup("/api/v1"));
        MapPages(app);
        MapReference(app, role);
        return app;
    }

    /// <summary>A worker without a port.</summary>
    public static IHost BuildWorker(Databases databases)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        AddOnpoint(builder.Services, databases, AppRole.Worker);
        builder.Logging.AddOnpointFilters();
        return builder.Build();
    }

    private static ILoggingBuilder AddOnpointFilters(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
        .AddFilter("Hangfire", LogLevel.Warning);

    private static void AddOnpoint(IServiceCollection services, Databases databases, AppRole role)
    {
        services.AddSingleton(databases);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<InstrumentLibrary>();
        services.AddSingleton<EditionLibrary>();
        services.AddSingleton<WorkerDatabase>();
        services.AddTransient<ScoreWaveJob>();
        services.AddTransient<BuildEditionJob>();
        services.AddOnpointJobs(_ => role == AppRole.Web ? databases.Web : databases.Worker);
        if (role != AppRole.Web)
        {
            services.AddOnpointJobServer();
            services.AddSingleton<ScoringPump>();
            services.AddHostedService(provider => provider.GetRequiredService<ScoringPump>());
        }
    }

    private static void AddWeb(IServiceCollection services, Databases databases, byte[] secret)
    {
        Microsoft.EntityFrameworkCore.DbContextOptions<OnpointDb> options = OnpointDb.Options(databases.Web);
        services.AddScoped(_ => new OnpointDb(options));
        services.AddScoped<ScoreReader>();
        services.AddMemoryCache();
        services.AddSingleton(new SubmissionKeys(secret));
        services.AddSingleton<WaveForms>();
        services.AddSingleton<ResponseWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<ResponseWriter>());
        services.AddSingleton<DrawnCharts>();
        services.AddSingleton<LandmarkLoader>();
        services.AddRazorComponents();
        services.AddAntiforgery();
        services.AddProblemDetails();
        services.AddResponseCompression();
        services.AddOpenApi("v1", OpenApiText.Configure);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
            json.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });

        // Nobody signs in yet, so a page elsewhere must not reach this program through a name that leads to 127.0.0.1.
        services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
    }

    private static void UseOnpoint(WebApplication app)
    {
        app.UseHostFiltering();
        app.Use(Headers.AddAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = http => FailureAsync(http, StatusCodes.Status500InternalServerError), SuppressDiagnosticsCallback = _ => false });
        app.UseStatusCodePages(context => FailureAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
        app.UseResponseCompression();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=3600" });
        app.UseRouting();
        app.UseAntiforgery();
    }

    /// <summary>One handler for every failure nobody answered: problem+json for programs, a page for people.</summary>
    private static async Task FailureAsync(HttpContext http, int status)
    {
        IResult answer = http.Request.Path.StartsWithSegments("/api")
            ? status == StatusCodes.Status415UnsupportedMediaType ? Problems.UnsupportedMediaType() : TypedResults.Problem(statusCode: status, type: "about:blank", extensions: [KeyValuePair.Create("traceId", (object?)http.TraceIdentifier)])
            : new RazorComponentResult<StatusPage>(new { Status = status, TraceId = http.TraceIdentifier }) { StatusCode = status };
        await answer.ExecuteAsync(http);
    }

    private static void MapApi(RouteGroupBuilder api)
    {
        api.ProducesProblem(StatusCodes.Status500InternalServerError);
        GetDistricts.Map(api);
        GetDistrict.Map(api);
        GetDistrictWaves.Map(api);
        GetWave.Map(api);
        OpenAndCloseWave.Map(api);
        SubmitResponse.Map(api);
        SubmitBatch.Map(api);
        GetWaveScores.Map(api);
        GetReproduction.Map(api);
        GetBenchmark.Map(api);
        GetNorms.Map(api);
    }

    private static void MapPages(WebApplication app)
    {
        ShowHome.Map(app);
        ShowLandmarks.Map(app);
        ShowDistrict.Map(app);
        DrawLandmark.Map(app);
    }

    private static void MapReference(WebApplication app, AppRole role)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference("/docs", options => options
            .WithTitle("Onpoint API")
            .WithOpenApiRoutePattern("/openapi/v1.json")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools()
            .HideClientButton());

        // The web role may only read Hangfire's tables.
        app.MapHangfireDashboard("/admin/jobs", new DashboardOptions { Authorization = [], IsReadOnlyFunc = _ => role == AppRole.Web, DashboardTitle = "Onpoint jobs" });
    }
}
