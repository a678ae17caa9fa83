using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Synthesis;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Norms;

/// <summary><c>onpoint norms generate | build | inspect | verify | diff | freeze</c></summary>
internal static class NormsCommand
{
    private const int Failed = 1;

    public static Command Create() => new("norms", "Make, check and compare norm editions.")
    {
        Generate(), Build(), InspectEdition.Create(), VerifyEdition.Create(), DiffEditions.Create(), Freeze(),
    };

    /// <summary>Asks for an edition; a worker builds it when the scores it rests on are there. False: it was asked for before.</summary>
    public static async Task<bool> RequestAsync(OnpointDb db, string editionId, EditionKind kind, InstrumentId instrument, CancellationToken cancellationToken)
    {
        if (await db.EditionRequests.AnyAsync(request => request.EditionId == editionId, cancellationToken))
        {
            return false;
        }

        db.EditionRequests.Add(new EditionRequest { EditionId = editionId, InstrumentId = instrument, Kind = kind });
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static Command Generate()
    {
        Option<ulong> seed = new("--seed") { Description = "The seed; the bundled surveys have 2026.", DefaultValueFactory = _ => 2026 };
        Option<string> folder = new("--out") { Description = "Where to write.", DefaultValueFactory = _ => "sample-surveys" };
        Command command = new("generate", "Write the synthetic national dataset and the demonstration district as survey folders.") { seed, folder };
        command.SetAction(parsed =>
        {
            byte[] json = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "sample-surveys", "onpoint-teacher-1.0", "instrument.json"));
            Instrument instrument = InstrumentFile.Parse(json).Instrument ?? throw new InvalidDataException("The bundled instrument cannot be read.");
            Write(Path.Combine(parsed.GetValue(folder)!, "national-2026-synthetic"), json, SyntheticSurveys.National(instrument, parsed.GetValue(seed)));
            Write(Path.Combine(parsed.GetValue(folder)!, "demo-district"), json, SyntheticSurveys.Demo(instrument, parsed.GetValue(seed)));
            return 0;
        });
        return command;
    }

    private static void Write(string folder, byte[] instrument, Survey survey)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "instrument.json"), instrument);
        foreach ((string name, byte[] content) in SurveyFolderText.Files(survey))
        {
            File.WriteAllBytes(Path.Combine(folder, name), content);
        }

        Console.WriteLine($"{folder}: {Display.Count(survey.Districts.Count)} districts, {Display.Count(survey.Waves.Count)} waves, {Display.Count(survey.Responses.Count)} responses.");
    }

    private static Command Build()
    {
        Argument<string> folder = new("folder") { Description = "A survey folder." };
        Option<string> id = new("--id") { Description = "The edition's id, such as 2026.1.", Required = true };
        Option<string?> output = new("--out") { Description = "The file to write; edition.json in the folder unless named." };
        Option<string?> dataset = new("--dataset") { Description = "Also write the dataset, one row per district-wave, to this file. It may be published of synthetic districts only." };
        Option<string?> following = new("--following") { Description = "The dataset file of the edition before: stages where 1 to 4 districts changed keep its rows." };
        Command command = new("build", "Build an edition from a survey folder, without a database, and write its file.") { folder, id, output, dataset, following };
        command.SetAction(parsed =>
        {
            try
            {
                SurveyFolder survey = SurveyFolder.Read(parsed.GetValue(folder)!);
                IReadOnlyList<DistrictWave> rows = FolderScores.Contributed(survey);
                if (parsed.GetValue(following) is { } before)
                {
                    rows = NormDataset.Following(EditionSource.ReadDataset(before), rows);
                }

                NormEdition edition = NormEditionBuilder.Build(
                    parsed.GetValue(id)!, survey.Synthetic ? EditionKind.Synthetic : EditionKind.Contributed,
                    survey.Instrument.Code, survey.Instrument.Version, rows, BuildEditionJob.Seed);
                string file = parsed.GetValue(output) ?? Path.Combine(survey.Path, "edition.json");
                File.WriteAllBytes(file, edition.ToCanonicalJson());
                if (parsed.GetValue(dataset) is { } datasetFile)
                {
                    File.WriteAllBytes(datasetFile, NormDataset.ToCanonicalJson(rows));
                }

                Console.WriteLine($"{file}: edition {edition.Id}, {Display.Count(edition.Districts)} districts, {Display.Count(edition.DistrictWaves)} waves, SHA-256 {edition.Hash()}");
                return 0;
            }
            catch (Exception refused) when (refused is ImportException or FormatException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(refused.Message);
                return Failed;
            }
        });
        return command;
    }

    private static Command Freeze()
    {
        Argument<string> id = new("edition") { Description = "The edition's id, such as 2026.1." };
        Option<EditionKind> kind = new("--kind") { Description = "Where its districts come from.", DefaultValueFactory = _ => EditionKind.Contributed };
        Option<string> instrument = new("--instrument") { Description = "The instrument's code.", DefaultValueFactory = _ => "onpoint-teacher" };
        Command command = new("freeze", "Build an edition from the scored waves of contributing districts and freeze it.") { id, kind, instrument };
        command.SetAction((parsed, cancellationToken) => ProgramStart.WithDatabaseAsync(
            databases => FreezeAsync(databases, parsed.GetValue(id)!, parsed.GetValue(kind), parsed.GetValue(instrument)!, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> FreezeAsync(Databases databases, string id, EditionKind kind, string instrument, CancellationToken cancellationToken)
    {
        await using OnpointDb db = new WorkerDatabase(databases).Open();
        InstrumentRow? row = await db.Instruments.Where(known => known.Code == instrument).OrderByDescending(known => known.Version).FirstOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            Console.Error.WriteLine($"There is no instrument {instrument}; an import brings one along.");
            return Failed;
        }

        if (!await RequestAsync(db, id, kind, row.InstrumentId, cancellationToken))
        {
            Console.Error.WriteLine($"Edition {id} was asked for before. A frozen edition never changes: take the next id.");
            return Failed;
        }

        using IHost worker = OnpointApp.BuildWorker(databases);
        await worker.StartAsync(cancellationToken);
        OpenWork left = await OpenWork.WaitAsync(db, work => work.EditionsLeft == 0, _ => { }, cancellationToken);
        await worker.StopAsync(cancellationToken);
        if (left.Failures.Count > 0)
        {
            Console.Error.WriteLine(string.Join(Environment.NewLine, left.Failures));
            return Failed;
        }

        NormEditionRow edition = await db.NormEditions.AsNoTracking().SingleAsync(frozen => frozen.EditionId == id, cancellationToken);
        Console.WriteLine($"Edition {id} is frozen, SHA-256 {edition.Sha256}.");
        return 0;
    }
}
