using System.CommandLine;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Norms;

namespace Onpoint.Web.Features.Analysis;

/// <summary><c>onpoint analyze FOLDER</c>, or the files one by one: the whole measurement without a database.</summary>
internal static class AnalyzeCommand
{
    private const int Failed = 1;
    private const string Json = "json";
    private const string Off = "off";

    public static Command Create()
    {
        Argument<string?> folder = new("folder") { Description = "A survey folder; or name its files with the options.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> instrument = new("--instrument") { Description = "instrument.json." };
        Option<string?> responses = new("--responses") { Description = "responses.csv or responses.csv.gz." };
        Option<string?> waves = new("--waves") { Description = "waves.csv: school years and stages. Without it there are no placing, change, growth and landmarks." };
        Option<string?> roster = new("--roster") { Description = "roster.csv: eligible teachers per school. Without it schools count by their answers and there is no response rate." };
        Option<int?> population = new("--population-schools") { Description = "Schools there are in all. Turns finite population corrections on: for the teachers of each school's roster, and for a sample of schools." };
        Option<string?> design = new("--design") { Description = "strata: all schools were invited; clusters: the schools are a sample. As waves.csv says unless given." };
        design.AcceptOnlyFromAmong("strata", "clusters");
        Option<string?> norms = new("--norms") { Description = $"The norms to place against. {EditionSource.Description}" };
        Option<string> disclosure = new("--disclosure") { Description = "off: show units of fewer than five teachers too, and do not round those of five to nine.", DefaultValueFactory = _ => "on" };
        disclosure.AcceptOnlyFromAmong("on", Off);
        Option<string> format = new("--format") { Description = "text, or json with all digits.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", Json);
        Option<bool> schema = new("--schema") { Description = "Print the JSON schema of --format json and end." };
        Command command = new("analyze", "Analyse your own files, without a database: items, components, reliability, districts, schools, placing, landmarks.")
        {
            folder, instrument, responses, waves, roster, population, design, norms, disclosure, format, schema,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            if (parsed.GetValue(schema))
            {
                Console.Write(AnalysisJson.Schema());
                return Task.FromResult(0);
            }

            AnalysisFiles files = new(parsed.GetValue(folder), parsed.GetValue(instrument), parsed.GetValue(responses), parsed.GetValue(waves), parsed.GetValue(roster));
            AnalysisDesign chosen = parsed.GetValue(design) switch
            {
                "strata" => AnalysisDesign.Strata,
                "clusters" => AnalysisDesign.Clusters,
                _ => AnalysisDesign.AsDeclared,
            };
            int Run(EditionSource? found) => Analyze(
                files, new AnalysisRequest(chosen, parsed.GetValue(population), found, parsed.GetValue(disclosure) != Off), parsed.GetValue(format) == Json);

            return Refusal(files, parsed.GetValue(population)) is { } sentence ? Task.FromResult(Refuse(sentence))
                : parsed.GetValue(norms) is { } name ? EditionSource.WithAsync([name], sources => Run(sources[0]), cancellationToken)
                : Task.FromResult(Run(null));
        });
        return command;
    }

    private static string? Refusal(AnalysisFiles files, int? population)
    {
        bool named = files.Instrument is not null || files.Responses is not null || files.Waves is not null || files.Roster is not null;
        return files.Folder is not null && named ? "Name either a survey folder or its files, not both."
            : files.Folder is null && (files.Instrument is null || files.Responses is null) ? "Name a survey folder, or at least --instrument and --responses."
            : files.Folder is { } folder && !Directory.Exists(folder) ? $"There is no folder {folder}."
            : population < 1 ? "--population-schools must be at least 1."
            : null;
    }

    private static int Analyze(AnalysisFiles files, AnalysisRequest request, bool json)
    {
        try
        {
            AnalysisInput input = AnalysisInput.Read(files);
            if (request.Norms?.Edition is { } edition && (edition.InstrumentCode, edition.InstrumentVersion) != (input.Plan.Instrument.Code, input.Plan.Instrument.Version))
            {
                return Refuse($"Edition {edition.Id} is of {edition.InstrumentCode} {edition.InstrumentVersion}, the answers are of {input.Plan.Instrument.Code} {input.Plan.Instrument.Version}.");
            }

            if (input.Waves.FirstOrDefault(wave => wave.Schools.Count > request.PopulationSchools) is { } larger)
            {
                return Refuse($"Wave {larger.Id} of district {larger.District} has {larger.Schools.Count} schools, more than --population-schools {request.PopulationSchools}.");
            }

            SurveyAnalysis analysis = new AnalyzeSurvey(input, request).Run();
            if (json)
            {
                Console.Write(AnalysisJson.Write(analysis));
            }
            else
            {
                AnalysisText.Print(analysis);
            }

            return 0;
        }
        catch (ImportException refused)
        {
            return Refuse(refused.Message);
        }
    }

    private static int Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return Failed;
    }
}
