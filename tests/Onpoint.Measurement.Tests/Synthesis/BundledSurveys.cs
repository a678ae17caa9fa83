using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Synthesis;

namespace Onpoint.Measurement.Tests.Synthesis;

/// <summary>The bundled surveys as the generator makes them with the published seed; made once for all tests.</summary>
internal static class BundledSurveys
{
    public const ulong Seed = 2026;

    private static readonly Lazy<Instrument> LazyInstrument = new(() =>
        InstrumentFile.Parse(File.ReadAllBytes(PathOf("onpoint-teacher-1.0", "instrument.json"))).Instrument!);

    private static readonly Lazy<Survey> LazyNational = new(() => SyntheticSurveys.National(TeacherSurvey, Seed, threads: 1));

    private static readonly Lazy<Survey> LazyDemo = new(() => SyntheticSurveys.Demo(TeacherSurvey, Seed));

    public static Instrument TeacherSurvey => LazyInstrument.Value;

    public static Survey National => LazyNational.Value;

    public static Survey Demo => LazyDemo.Value;

    /// <summary>A file of the repository's sample-surveys folder: the folder beside Onpoint.sln, above the test program.</summary>
    public static string PathOf(params string[] names)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Onpoint.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        Assert.NotNull(folder);
        return Path.Combine([folder, "sample-surveys", .. names]);
    }

    /// <summary>Every wave with its estimate by the production code.</summary>
    public static List<(SurveyWave Wave, UnitEstimate District)> Estimates(Survey survey)
    {
        var plan = new ScoringPlan(survey.Instrument);
        ILookup<(string, string, string), SurveyResponse> responses = survey.Responses.ToLookup(response => (response.DistrictId, response.Wave, response.SchoolId));
        ILookup<(string, string), RosterRow> roster = survey.Roster.ToLookup(row => (row.DistrictId, row.Wave));
        return [.. survey.Waves.Select(wave => (wave, WaveEstimator.Estimate(
            plan,
            [.. roster[(wave.DistrictId, wave.Wave)].Select(row =>
            {
                UnitTotals totals = plan.NewTotals();
                foreach (SurveyResponse response in responses[(wave.DistrictId, wave.Wave, row.SchoolId)])
                {
                    totals.Add(response.Answers.Span);
                }

                return new SchoolTotals(row.SchoolId, row.EligibleTeachers, totals);
            })],
            samplesSchools: false).District))];
    }

    /// <summary>The district's score on a measure.</summary>
    public static double Points(this UnitEstimate district, string measure) =>
        district.Measures.Single(estimate => estimate.Measure == measure).Points!.Value;
}
