using Onpoint.Measurement;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Reliability;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Responses;

namespace Onpoint.Web.Features.Analysis;

/// <summary>Where a person's own files are.</summary>
/// <param name="Folder">A survey folder; then the others are null.</param>
/// <param name="Instrument">instrument.json.</param>
/// <param name="Responses">responses.csv, also gzipped.</param>
/// <param name="Waves">waves.csv; null when it is not known at which stage the answers were given.</param>
/// <param name="Roster">roster.csv; null when the eligible teachers are not known.</param>
internal sealed record AnalysisFiles(string? Folder, string? Instrument, string? Responses, string? Waves, string? Roster);

/// <summary>A wave to analyse.</summary>
/// <param name="District">The sender's text id of the district.</param>
/// <param name="Id">The sender's text id of the wave.</param>
/// <param name="SchoolYear">Its ending year; null when there is no waves.csv.</param>
/// <param name="Stage">Null when there is no waves.csv.</param>
/// <param name="SamplesSchools">True when a sample of schools was invited.</param>
/// <param name="Schools">Its schools with their totals.</param>
/// <param name="Teachers">Per school that answered the teachers' scores.</param>
internal sealed record AnalysisWave(
    string District, string Id, short? SchoolYear, Stage? Stage, bool SamplesSchools, IReadOnlyList<SchoolTotals> Schools, IReadOnlyList<SchoolScores> Teachers);

/// <summary>The scores of a school's teachers.</summary>
/// <param name="School">The sender's text id.</param>
/// <param name="ByComponent">Shape [components][teachers with a score on it].</param>
internal sealed record SchoolScores(string School, IReadOnlyList<IReadOnlyList<double>> ByComponent);

/// <summary>A person's own files, read once: whole-number totals per wave and school, and per component for its items.</summary>
internal sealed record AnalysisInput(
    ScoringPlan Plan, bool Synthetic, IReadOnlyList<AnalysisWave> Waves, IReadOnlyList<ScaleTotals> Scales, int Responses)
{
    private const string OneDistrict = "district";
    private const string OneWave = "wave";
    private const int MostProblems = 20;

    /// <exception cref="ImportException">Something is wrong in the files; the first twenty problems are listed with their places.</exception>
    public static AnalysisInput Read(AnalysisFiles files)
    {
        List<ImportProblem> problems = [];
        Frame frame = files.Folder is { } folder ? Frame.OfFolder(SurveyFolder.Read(folder)) : Frame.OfFiles(files, problems);
        return problems.Count > 0 ? throw new ImportException(problems) : Score(frame);
    }

    private static AnalysisInput Score(Frame frame)
    {
        ScoringPlan plan = new(frame.Instrument);
        AnswerCodes codes = new(frame.Instrument);
        ScaleTotals[] scales = [.. frame.Instrument.Components.Select(component => new ScaleTotals(plan, component.Code))];
        Dictionary<(string District, string Wave, string School), UnitTotals> totals = frame.Schools.ToDictionary(
            school => (school.District, school.Wave, school.Id), _ => plan.NewTotals());
        Dictionary<(string District, string Wave, string School), List<double>[]> scores = [];
        List<ImportProblem> problems = [];
        int responses = 0;
        string file = Path.GetFileName(frame.Responses);
        foreach (ResponseRow row in ResponsesFile.Read(frame.Responses, codes))
        {
            (string, string, string) school = (row.District ?? OneDistrict, row.Wave ?? OneWave, row.School);
            if ((row.Problem ?? frame.Refuse(row, file, totals.ContainsKey(school))) is { } problem)
            {
                problems.Add(problem);
                if (problems.Count == MostProblems)
                {
                    break;
                }

                continue;
            }

            if (!totals.TryGetValue(school, out UnitTotals? unit))
            {
                totals.Add(school, unit = plan.NewTotals());
            }

            responses++;
            unit.Add(row.Answers);
            if (!scores.TryGetValue(school, out List<double>[]? teachers))
            {
                scores.Add(school, teachers = [.. scales.Select(_ => new List<double>())]);
            }

            foreach ((int component, double? score) in plan.ComponentScores(row.Answers).Index())
            {
                if (score is { } present)
                {
                    teachers[component].Add(present);
                }
            }

            foreach (ScaleTotals scale in scales)
            {
                scale.Add(row.Answers);
            }
        }

        if (problems.Count > 0)
        {
            throw new ImportException(problems);
        }

        Dictionary<(string, string, string), int?> eligible = frame.Schools.ToDictionary(school => (school.District, school.Wave, school.Id), school => school.Eligible);
        ILookup<(string, string), SchoolTotals> schools = totals.ToLookup(
            entry => (entry.Key.District, entry.Key.Wave), entry => new SchoolTotals(entry.Key.School, eligible.GetValueOrDefault(entry.Key), entry.Value));
        ILookup<(string, string), SchoolScores> teachersOf = scores.ToLookup(
            entry => (entry.Key.District, entry.Key.Wave), entry => new SchoolScores(entry.Key.School, entry.Value));
        IEnumerable<AnalysisWave> waves = frame.Waves is { } known
            ? known.Select(wave => new AnalysisWave(wave.District, wave.Id, wave.SchoolYear, wave.Stage, wave.SamplesSchools, [.. schools[(wave.District, wave.Id)]], [.. teachersOf[(wave.District, wave.Id)]]))
            : schools.Select(wave => new AnalysisWave(wave.Key.Item1, wave.Key.Item2, null, null, false, [.. wave], [.. teachersOf[wave.Key]]));
        return new AnalysisInput(plan, frame.Synthetic, [.. waves.OrderBy(wave => wave.District, StringComparer.Ordinal).ThenBy(wave => wave.SchoolYear).ThenBy(wave => wave.Id, StringComparer.Ordinal)], scales, responses);
    }

    /// <summary>Everything but the responses.</summary>
    /// <param name="Instrument">The instrument.</param>
    /// <param name="Synthetic">The data come from a generator.</param>
    /// <param name="Waves">Null when there is no waves.csv.</param>
    /// <param name="Schools">Those of the roster; empty without one.</param>
    /// <param name="Roster">Its file name; null when every school that answers is taken.</param>
    /// <param name="Responses">The path of the responses.</param>
    private sealed record Frame(
        Instrument Instrument, bool Synthetic, IReadOnlyList<FolderWave>? Waves, IReadOnlyList<FolderSchool> Schools, string? Roster, string Responses)
    {
        public static Frame OfFolder(SurveyFolder folder) => new(folder.Instrument, folder.Synthetic, folder.Waves, folder.Schools, "roster.csv", folder.ResponsesPath);

        public static Frame OfFiles(AnalysisFiles files, List<ImportProblem> problems)
        {
            _ = SurveyFolder.ReadInstrument(files.Instrument!, problems, out Instrument? instrument);
            List<FolderWave>? waves = files.Waves is null ? null : SurveyFolder.ReadWaves(files.Waves, null, problems);
            List<FolderSchool> schools = files.Roster is null ? [] : SurveyFolder.ReadRoster(files.Roster, waves, problems, (OneDistrict, OneWave));
            if (!File.Exists(files.Responses))
            {
                problems.Add(new ImportProblem(Path.GetFileName(files.Responses!), 0, null, $"is missing from {Path.GetDirectoryName(Path.GetFullPath(files.Responses!))}."));
            }

            return new Frame(instrument!, false, waves, schools, files.Roster is null ? null : Path.GetFileName(files.Roster), files.Responses!);
        }

        public ImportProblem? Refuse(ResponseRow row, string file, bool known) =>
            row.School.Length == 0 ? new ImportProblem(file, row.Line, "school_id", "is blank; every answer belongs to a school.")
            : Roster is not null && !known ? new ImportProblem(file, row.Line, "school_id", $"{row.School} is not in {Roster} for wave {row.Wave ?? OneWave} of district {row.District ?? OneDistrict}.")
            : Waves is not null && !known && !Waves.Any(wave => wave.District == (row.District ?? OneDistrict) && wave.Id == (row.Wave ?? OneWave))
                ? new ImportProblem(file, row.Line, "wave", $"{row.Wave ?? OneWave} of district {row.District ?? OneDistrict} is not among the waves.")
            : null;
    }
}
