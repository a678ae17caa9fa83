using Onpoint.Web.Features.Districts;

namespace Onpoint.Web.Features.Scoring;

/// <summary>Answers of one school, or of schools that share a line, as exactly as readers may know them.</summary>
/// <param name="Schools">Names.</param>
/// <param name="Eligible">Roster; null when unknown.</param>
/// <param name="Answers">Count; null when only a range is told.</param>
/// <param name="FiveOrMore">For a roster below ten: whether five or more answered.</param>
internal sealed record SchoolCount(IReadOnlyList<string> Schools, int? Eligible, int? Answers, bool? FiveOrMore);

/// <summary>
/// Who answered, by school: measurement.md section 8. Rosters below ten tell only "below 5" or "5 or more", and then the
/// total is only a lower limit, because the exact one would give them away.
/// </summary>
/// <param name="Schools">One line per school; withheld schools share one.</param>
/// <param name="Silent">Schools of the wave without an answer.</param>
/// <param name="AtLeast">Answers in all (count): the exact total, or a lower limit.</param>
/// <param name="Exact">Whether it is exact.</param>
/// <param name="Eligible">Roster of the wave; null when a school's is unknown.</param>
/// <param name="SchoolsInWave">Count.</param>
internal sealed record WaveCounts(IReadOnlyList<SchoolCount> Schools, IReadOnlyList<string> Silent, int AtLeast, bool Exact, int? Eligible, int SchoolsInWave)
{
    private const int SmallestExactRoster = 10;
    private const int Threshold = 5;

    /// <summary>Counts of a wave. <paramref name="withheld"/> schools share a line.</summary>
    public static WaveCounts Of(IReadOnlyList<(School School, int? Eligible, int Answers)> schools, IReadOnlySet<SchoolId> withheld)
    {
        List<SchoolCount> lines = [];
        foreach ((School school, int? eligible, int answers) in schools.Where(row => row.Answers > 0 && !withheld.Contains(row.School.SchoolId)))
        {
            bool exact = eligible is null or >= SmallestExactRoster;
            lines.Add(new SchoolCount([school.Name], eligible, exact ? answers : null, exact ? null : answers >= Threshold));
        }

        List<(School School, int? Eligible, int Answers)> together = schools.Where(row => row.Answers > 0 && withheld.Contains(row.School.SchoolId)).ToList();
        if (together.Count > 0)
        {
            int? eligible = together.Any(row => row.Eligible is null) ? null : together.Sum(row => row.Eligible);
            int answers = together.Sum(row => row.Answers);
            bool exact = together.Count > 1 && answers >= Threshold;
            lines.Add(new SchoolCount(together.ConvertAll(row => row.School.Name), eligible, exact ? answers : null, exact ? null : answers >= Threshold));
        }

        return new WaveCounts(
            lines,
            schools.Where(row => row.Answers == 0).Select(row => row.School.Name).ToList(),
            lines.Sum(line => line.Answers ?? (line.FiveOrMore == true ? Threshold : 0)),
            lines.All(line => line.Answers is not null),
            schools.Any(row => row.Eligible is null) ? null : schools.Sum(row => row.Eligible),
            schools.Count);
    }
}
