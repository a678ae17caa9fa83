using System.Text.Json;
using Onpoint.Measurement;
using Onpoint.Measurement.Instruments;

namespace Onpoint.Web.Features.Imports;

/// <summary>A district as a file tells it.</summary>
internal sealed record FolderDistrict(string Id, string Name, string? State, string? Locale, short? LaunchYear, string TimeZone, bool Contributes);

/// <summary>A wave as a file tells it.</summary>
internal sealed record FolderWave(string District, string Id, short SchoolYear, string? Term, Stage Stage, DateTimeOffset Opens, DateTimeOffset Closes, bool SamplesSchools);

/// <summary>A school of a wave as a file tells it.</summary>
internal sealed record FolderSchool(string District, string Wave, string Id, string Name, int? Eligible);

/// <summary>A survey folder without its responses: docs/api.md.</summary>
internal sealed record SurveyFolder(
    string Path, byte[] InstrumentJson, Instrument Instrument, IReadOnlyList<FolderDistrict> Districts, IReadOnlyList<FolderWave> Waves,
    IReadOnlyList<FolderSchool> Schools, string ResponsesPath, bool Synthetic)
{
    private const int FirstSchoolYear = 2016;
    private const int LastSchoolYear = 2045;

    /// <summary>Reads and checks everything but the responses.</summary>
    /// <exception cref="ImportException">Something is wrong; every problem is listed with its place.</exception>
    public static SurveyFolder Read(string path)
    {
        List<ImportProblem> problems = [];
        byte[] instrumentJson = ReadInstrument(System.IO.Path.Combine(path, "instrument.json"), problems, out Instrument? instrument);
        List<FolderDistrict> districts = ReadDistricts(System.IO.Path.Combine(path, "districts.csv"), problems);
        List<FolderWave> waves = ReadWaves(System.IO.Path.Combine(path, "waves.csv"), districts, problems);
        List<FolderSchool> schools = ReadRoster(System.IO.Path.Combine(path, "roster.csv"), waves, problems);
        string plain = System.IO.Path.Combine(path, "responses.csv");
        string responses = File.Exists(plain) || !File.Exists(plain + ".gz") ? plain : plain + ".gz";
        if (!File.Exists(responses))
        {
            problems.Add(new ImportProblem("responses.csv", 0, null, $"is missing from {path}; it may also be responses.csv.gz."));
        }

        bool synthetic = ReadKind(path, problems);
        return problems.Count > 0 || instrument is null
            ? throw new ImportException(problems)
            : new SurveyFolder(path, instrumentJson, instrument, districts, waves, schools, responses, synthetic);
    }

    /// <summary>Reads an instrument file; null, with problems, when it cannot be used.</summary>
    public static byte[] ReadInstrument(string path, List<ImportProblem> problems, out Instrument? instrument)
    {
        string file = System.IO.Path.GetFileName(path);
        if (!File.Exists(path))
        {
            problems.Add(new ImportProblem(file, 0, null, $"is missing from {System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))}."));
            instrument = null;
            return [];
        }

        byte[] json = File.ReadAllBytes(path);
        (instrument, IReadOnlyList<InstrumentProblem> wrong) = InstrumentFile.Parse(json);
        problems.AddRange(wrong.Select(problem => new ImportProblem(file, 0, problem.Place, problem.Message)));
        return json;
    }

    /// <summary>dataset.json marks data that a generator made; without it the data are real.</summary>
    private static bool ReadKind(string path, List<ImportProblem> problems)
    {
        string file = System.IO.Path.Combine(path, "dataset.json");
        if (!File.Exists(file))
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (document.RootElement.TryGetProperty("kind", out JsonElement kind) && kind.ValueEquals("synthetic"))
            {
                return true;
            }

            problems.Add(new ImportProblem("dataset.json", 0, "kind", "must be \"synthetic\"; remove the file when the data are real."));
        }
        catch (JsonException malformed)
        {
            problems.Add(new ImportProblem("dataset.json", (malformed.LineNumber ?? 0) + 1, null, malformed.Message));
        }

        return false;
    }

    private static List<FolderDistrict> ReadDistricts(string path, List<ImportProblem> problems)
    {
        List<FolderDistrict> districts = [];
        using CsvTable? table = CsvTable.Open(path, ["district_id", "name"], problems);
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (table?.Read() == true)
        {
            string id = table.Required("district_id");
            if (!seen.Add(id))
            {
                table.Problem("district_id", $"{id} stands here twice; keep one line.");
            }

            string timeZone = table.Text("time_zone") ?? "UTC";
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _))
            {
                table.Problem("time_zone", $"{timeZone} is not an IANA time zone such as America/Chicago.");
            }

            string contributes = table.Text("contributes") ?? "no";
            if (contributes is not ("yes" or "no"))
            {
                table.Problem("contributes", $"{contributes} is neither yes nor no.");
            }

            districts.Add(new FolderDistrict(
                id, table.Required("name"), table.Text("state"), table.Text("locale"), (short?)table.Number("launch_year", 1990, 2100), timeZone, contributes == "yes"));
        }

        return districts;
    }

    /// <summary>Reads a file of waves.</summary>
    /// <param name="path">The file.</param>
    /// <param name="districts">The districts there are; null when there is no list of them.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static List<FolderWave> ReadWaves(string path, List<FolderDistrict>? districts, List<ImportProblem> problems)
    {
        List<FolderWave> waves = [];
        using CsvTable? table = CsvTable.Open(path, ["district_id", "wave", "school_year", "stage", "opens", "closes"], problems);
        HashSet<string>? known = districts?.Select(district => district.Id).ToHashSet(StringComparer.Ordinal);
        HashSet<(string, string)> seen = [];
        while (table?.Read() == true)
        {
            (string district, string id) = (table.Required("district_id"), table.Required("wave"));
            if (known?.Contains(district) == false)
            {
                table.Problem("district_id", $"{district} is not in districts.csv.");
            }

            if (!seen.Add((district, id)))
            {
                table.Problem("wave", $"{id} of district {district} stands here twice; keep one line.");
            }

            if (table.Number("school_year", FirstSchoolYear, LastSchoolYear) is not { } year)
            {
                if (table.Text("school_year") is null)
                {
                    table.Problem("school_year", "is blank; it is the year in which the school year ends, such as 2026.");
                }

                continue;
            }

            string stageName = table.Required("stage");
            if (!StageWords.TryParse(stageName, out Stage stage))
            {
                table.Problem("stage", $"{stageName} is not one of Planning, Year 1, Year 2, Year 3, Year 4+.");
            }

            (DateTimeOffset opens, DateTimeOffset closes) = (table.Time("opens"), table.Time("closes"));
            if (closes <= opens && closes != default)
            {
                table.Problem("closes", "must be after opens.");
            }

            string sample = table.Text("sample") ?? "all";
            if (sample is not ("all" or "schools"))
            {
                table.Problem("sample", $"{sample} is neither all nor schools.");
            }

            waves.Add(new FolderWave(district, id, (short)year, table.Text("term"), stage, opens, closes, sample == "schools"));
        }

        return waves;
    }

    /// <summary>Reads a file of schools with their eligible teachers.</summary>
    /// <param name="path">The file.</param>
    /// <param name="waves">The waves there are; null when there is no list of them.</param>
    /// <param name="problems">Gets what is wrong.</param>
    /// <param name="only">The one wave that rows without the columns district_id and wave belong to; null when they must be there.</param>
    public static List<FolderSchool> ReadRoster(string path, List<FolderWave>? waves, List<ImportProblem> problems, (string District, string Wave)? only = null)
    {
        List<FolderSchool> schools = [];
        using CsvTable? table = CsvTable.Open(path, only is null ? ["district_id", "wave", "school_id"] : ["school_id"], problems);
        HashSet<(string, string)>? known = waves?.Select(wave => (wave.District, wave.Id)).ToHashSet();
        HashSet<(string, string, string)> seen = [];
        while (table?.Read() == true)
        {
            (string district, string wave) = only is { } one
                ? (table.Text("district_id") ?? one.District, table.Text("wave") ?? one.Wave)
                : (table.Required("district_id"), table.Required("wave"));
            string school = table.Required("school_id");
            if (known?.Contains((district, wave)) == false)
            {
                table.Problem("wave", $"{wave} of district {district} is not in waves.csv.");
            }

            if (!seen.Add((district, wave, school)))
            {
                table.Problem("school_id", $"{school} stands here twice for wave {wave} of district {district}; keep one line.");
            }

            schools.Add(new FolderSchool(district, wave, school, table.Text("school") ?? school, table.Number("eligible_teachers", 0, 100_000)));
        }

        return schools;
    }
}
