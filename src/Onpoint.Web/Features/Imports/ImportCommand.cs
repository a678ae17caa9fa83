using System.CommandLine;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Waves;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Imports;

/// <summary><c>onpoint import PATH [--wave ID]</c>: a survey folder, or a file of late or paper answers for one wave.</summary>
internal static class ImportCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        Argument<string> path = new("path") { Description = "A survey folder, or with --wave a responses file (.csv or .csv.gz)." };
        Option<Guid?> wave = new("--wave") { Description = "The wave that a file fills." };
        Command command = new("import", "Load a survey folder, or a file into one wave.") { path, wave };
        command.SetAction((parsed, cancellationToken) => ProgramStart.WithDatabaseAsync(
            databases => RunAsync(databases, parsed.GetValue(path)!, parsed.GetValue(wave), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Databases databases, string path, Guid? wave, CancellationToken cancellationToken)
    {
        if (wave is null && !Directory.Exists(path))
        {
            Console.Error.WriteLine(File.Exists(path) ? $"{path} is a file: say which wave it fills with --wave ID." : $"There is no folder {path}.");
            return Failed;
        }

        await using OnpointDb db = new WorkerDatabase(databases).Open();
        try
        {
            ImportReport report = wave is { } id
                ? await new ImportFile(db, new InstrumentLibrary(), TimeProvider.System).RunAsync(path, new WaveId(id), cancellationToken)
                : await new ImportFolder(db, TimeProvider.System).RunAsync(path, cancellationToken);
            Print(report);
            return 0;
        }
        catch (ImportException refused)
        {
            Console.Error.WriteLine(refused.Message);
            Console.Error.WriteLine("Nothing was stored.");
            return Failed;
        }
    }

    private static void Print(ImportReport report)
    {
        foreach (ImportProblem problem in report.Problems)
        {
            Console.Error.WriteLine(problem);
        }

        foreach (ImportedWave wave in report.Waves)
        {
            string stored = wave.AlreadyLoaded ? "this file was loaded before, nothing stored twice" : $"{Display.Count(wave.Stored)} stored";
            Console.WriteLine($"district {wave.District} {wave.DistrictId}  wave {wave.Wave} {wave.WaveId}  {wave.State}  {stored}");
        }

        Console.WriteLine($"{Display.Count(report.Read)} rows read, {Display.Count(report.Stored)} stored, {Display.Count(report.Rejected)} rejected.");
        if (report.Waves.Any(wave => wave is { State: "closed", AlreadyLoaded: false }))
        {
            Console.WriteLine("Scoring is requested: a running service does it within a minute; without one, `onpoint score WAVE` does it now.");
        }
    }
}
