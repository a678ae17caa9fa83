using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Norms;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Platform;
using Spectre.Console;

namespace Onpoint.Web.Features.Demo;

/// <summary>
/// <c>onpoint demo [--exit] [--reset]</c>: the whole line once, from the bundled surveys to a district's benchmark. What is
/// there already is kept, so a second run only starts.
/// </summary>
internal static class DemoCommand
{
    /// <summary>The text id of the demonstration district.</summary>
    public const string DistrictId = "cedar-valley";

    private const string EditionId = "2026.1";
    private const int Failed = 1;

    public static Command Create()
    {
        Option<bool> exit = new("--exit") { Description = "End after the table instead of serving." };
        Option<bool> reset = new("--reset") { Description = "Throw the kept data away and start over (embedded database only)." };
        Command command = new("demo", "Load the bundled surveys, score them, show a district's result, and serve it.") { exit, reset, ServeCommand.Port };
        command.SetAction((parsed, cancellationToken) => ProgramStart.WithDatabaseAsync(
            databases => RunAsync(databases, parsed.GetValue(exit), parsed.GetValue(ServeCommand.Port), cancellationToken),
            cancellationToken,
            parsed.GetValue(reset) ? databases => ResetAsync(databases, cancellationToken) : null));
        return command;
    }

    private static async Task<int> RunAsync(Databases databases, bool exit, int port, CancellationToken cancellationToken)
    {
        if (ProgramStart.FindFont() is { } noFont)
        {
            return ProgramStart.Refuse(noFont);
        }

        (byte[]? secret, string? noSecret) = await ProgramStart.SecretAsync(databases, cancellationToken);
        if (secret is null)
        {
            return ProgramStart.Refuse(noSecret!);
        }

        // The progress display has the terminal to itself.
        await using WebApplication app = OnpointApp.BuildWeb(databases, secret, AppRole.All, FreePort.From(port), LogLevel.Warning);
        await app.StartAsync(cancellationToken);
        if (await LoadAsync(databases, cancellationToken) is { } failure)
        {
            Console.Error.WriteLine(failure);
            await app.StopAsync(cancellationToken);
            return Failed;
        }

        await using (AsyncServiceScope scope = app.Services.CreateAsyncScope())
        {
            OnpointDb db = scope.ServiceProvider.GetRequiredService<OnpointDb>();
            DistrictId id = await db.Districts.Where(district => district.ExternalId == DistrictId).Select(district => district.DistrictId).SingleAsync(cancellationToken);
            PublishedDistrict district = (await scope.ServiceProvider.GetRequiredService<ScoreReader>().ReadDistrictAsync(id, cancellationToken))!;
            DemoTable.Print(district, app.Urls.First());
        }

        if (!exit)
        {
            await app.WaitForShutdownAsync(cancellationToken);
        }

        await app.StopAsync(CancellationToken.None);
        return 0;
    }

    private static async Task<string?> ResetAsync(Databases databases, CancellationToken cancellationToken)
    {
        if (databases.Embedded is not { } embedded)
        {
            return "--reset throws away a whole database, and does so only with the embedded one. Drop the database yourself, or remove ConnectionStrings__Onpoint.";
        }

        await embedded.RecreateDatabaseAsync(cancellationToken);
        databases.ForgetConnections();
        return null;
    }

    /// <summary>Loads, scores and freezes what is missing. Returns null, or why it failed.</summary>
    private static async Task<string?> LoadAsync(Databases databases, CancellationToken cancellationToken)
    {
        await using OnpointDb db = new WorkerDatabase(databases).Open();
        string surveys = Path.Combine(AppContext.BaseDirectory, "sample-surveys");
        string national = Path.Combine(surveys, "national-2026-synthetic");
        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                ProgressTask load = progress.AddTask("Load the synthetic national dataset", maxValue: 1);
                ProgressTask score = progress.AddTask("Score its waves", autoStart: false);
                ProgressTask freeze = progress.AddTask($"Freeze norm edition {EditionId}", autoStart: false, maxValue: 1);
                ProgressTask demo = progress.AddTask("Load and score the demonstration district", autoStart: false, maxValue: 2);

                await ImportAsync(databases, national, cancellationToken);
                load.Value = load.MaxValue;
                score.StartTask();
                if (await WaitAsync(db, score, cancellationToken) is { } notScored)
                {
                    return notScored;
                }

                freeze.StartTask();
                InstrumentId instrument = await db.Waves.Where(wave => db.Districts.Any(district => district.DistrictId == wave.DistrictId && district.Contributes && district.Synthetic))
                    .Select(wave => wave.InstrumentId).FirstAsync(cancellationToken);
                await NormsCommand.RequestAsync(db, EditionId, EditionKind.Synthetic, instrument, cancellationToken);
                if (await WaitAsync(db, null, cancellationToken) is { } notFrozen)
                {
                    return notFrozen;
                }

                string frozen = await db.NormEditions.Where(edition => edition.EditionId == EditionId).Select(edition => edition.Sha256).SingleAsync(cancellationToken);
                string committed = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(national, "edition.json"), cancellationToken)));
                if (frozen != committed)
                {
                    return $"The edition that was built has SHA-256 {frozen}, the bundled edition.json has {committed}. The numbers would not be those that are documented, so the demonstration ends here. `onpoint demo --reset` starts over.";
                }

                freeze.Value = freeze.MaxValue;
                demo.StartTask();
                await ImportAsync(databases, Path.Combine(surveys, "demo-district"), cancellationToken);
                demo.Increment(1);
                string? notPlaced = await WaitAsync(db, null, cancellationToken);
                demo.Value = demo.MaxValue;
                return notPlaced;
            });
    }

    private static async Task ImportAsync(Databases databases, string folder, CancellationToken cancellationToken)
    {
        await using OnpointDb db = new WorkerDatabase(databases).Open();
        await new ImportFolder(db, TimeProvider.System).RunAsync(folder, cancellationToken);
    }

    /// <summary>Waits for the jobs. Returns null, or what failed.</summary>
    private static async Task<string?> WaitAsync(OnpointDb db, ProgressTask? task, CancellationToken cancellationToken)
    {
        int most = 0;
        OpenWork left = await OpenWork.WaitAsync(
            db,
            work => work is { WavesLeft: 0, EditionsLeft: 0 },
            work =>
            {
                most = Math.Max(most, work.WavesLeft);
                if (task is not null)
                {
                    task.MaxValue = Math.Max(1, most);
                    task.Value = task.MaxValue - work.WavesLeft;
                }
            },
            cancellationToken);
        return left.Failures.Count == 0 ? null : string.Join(Environment.NewLine, left.Failures);
    }
}
