using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Responses;

namespace Onpoint.Web.Tests.Demo;

/// <summary>The bundled survey folders as they lie in the repository.</summary>
internal static class BundledSurvey
{
    /// <summary>A file or folder of sample-surveys.</summary>
    public static string PathOf(params string[] names) => Path.Combine([Repository.Folder, "sample-surveys", .. names]);

    public static NormEdition Edition => NormEdition.Parse(File.ReadAllBytes(PathOf("national-2026-synthetic", "edition.json")));

    /// <summary>The waves of a folder with the schools behind them, which <see cref="FolderScores"/> does not keep.</summary>
    public static IReadOnlyList<(FolderWave Wave, IReadOnlyList<SchoolTotals> Schools, WaveEstimate Estimate, DistrictWave Record)> Estimate(SurveyFolder folder, ScoringPlan plan)
    {
        ILookup<(string?, string?, string), byte[]> answers = ResponsesFile.Read(folder.ResponsesPath, new AnswerCodes(folder.Instrument))
            .ToLookup(row => (row.District, row.Wave, row.School), row => row.Answers);
        return
        [
            .. folder.Waves.Select(wave =>
            {
                IReadOnlyList<SchoolTotals> schools = [.. folder.Schools.Where(school => (school.District, school.Wave) == (wave.District, wave.Id)).Select(school => new SchoolTotals(
                    school.Id, school.Eligible, Totals(plan, answers[(school.District, school.Wave, school.Id)])))];
                WaveEstimate estimate = WaveEstimator.Estimate(plan, schools, wave.SamplesSchools);
                return (wave, schools, estimate, DistrictWaveRecords.Of(wave.District, wave.Id, wave.Stage, wave.SchoolYear, estimate, plan, wave.SamplesSchools)!);
            }),
        ];
    }

    private static UnitTotals Totals(ScoringPlan plan, IEnumerable<byte[]> answers)
    {
        UnitTotals totals = plan.NewTotals();
        foreach (byte[] response in answers)
        {
            totals.Add(response);
        }

        return totals;
    }
}
