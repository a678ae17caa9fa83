using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Features.Responses;

namespace Onpoint.Web.Features.Imports;

/// <summary>A survey folder scored without a database: the same parser and the same kernel as the service.</summary>
internal static class FolderScores
{
    /// <summary>The waves of the districts that contribute to the national dataset.</summary>
    /// <inheritdoc cref="Score" path="/exception"/>
    public static IReadOnlyList<DistrictWave> Contributed(SurveyFolder folder)
    {
        HashSet<string> districts = folder.Districts.Where(district => district.Contributes).Select(district => district.Id).ToHashSet(StringComparer.Ordinal);
        return [.. Score(folder).Where(wave => districts.Contains(wave.DistrictId))];
    }

    /// <summary>One record per closed wave that can be compared, in the order of waves.csv.</summary>
    /// <exception cref="ImportException">The folder, or a row of its responses, is wrong.</exception>
    public static IReadOnlyList<DistrictWave> Score(SurveyFolder folder)
    {
        ScoringPlan plan = new(folder.Instrument);
        AnswerCodes codes = new(folder.Instrument);
        string file = Path.GetFileName(folder.ResponsesPath);
        Dictionary<(string District, string Wave, string School), UnitTotals> totals = folder.Schools.ToDictionary(
            school => (school.District, school.Wave, school.Id), _ => plan.NewTotals());
        foreach (ResponseRow row in ResponsesFile.Read(folder.ResponsesPath, codes))
        {
            if (row.Problem is { } problem)
            {
                throw new ImportException([problem]);
            }

            if (!totals.TryGetValue((row.District ?? "", row.Wave ?? "", row.School), out UnitTotals? school))
            {
                throw new ImportException([new ImportProblem(file, row.Line, "school_id", $"{row.School} is not on the roster of wave {row.Wave} of district {row.District}.")]);
            }

            school.Add(row.Answers);
        }

        ILookup<(string, string), FolderSchool> schools = folder.Schools.ToLookup(school => (school.District, school.Wave));
        return
        [
            .. folder.Waves
                .Select(wave => DistrictWaveRecords.Of(
                    wave.District, wave.Id, wave.Stage, wave.SchoolYear,
                    WaveEstimator.Estimate(
                        plan,
                        [.. schools[(wave.District, wave.Id)].Select(school => new SchoolTotals(school.Id, school.Eligible, totals[(wave.District, wave.Id, school.Id)]))],
                        wave.SamplesSchools),
                    plan,
                    wave.SamplesSchools))
                .OfType<DistrictWave>(),
        ];
    }
}
