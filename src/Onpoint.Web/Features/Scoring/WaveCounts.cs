using Onpoint.Measurement.Disclosure;
using Onpoint.Web.Features.Districts;

namespace Onpoint.Web.Features.Scoring;

/// <summary>One line of a list of counts: a school, or withheld schools together.</summary>
internal sealed record CountLine(IReadOnlyList<string> Schools, PublishedCount Count);

/// <summary>Who answered, as exactly as readers may know it.</summary>
/// <param name="Lines">By school name; withheld schools share the last line.</param>
/// <param name="Silent">Schools of which readers may know that nobody answered.</param>
/// <param name="Total">Of the wave.</param>
/// <param name="SchoolsInWave">Count.</param>
internal sealed record WaveCounts(IReadOnlyList<CountLine> Lines, IReadOnlyList<string> Silent, PublishedCount Total, int SchoolsInWave)
{
    /// <summary>Counts of a wave's schools, answering or not.</summary>
    public static WaveCounts Of(IReadOnlyList<(School School, int? Eligible, int Answers)> schools, IReadOnlySet<SchoolId> withheld)
    {
        Dictionary<string, School> byTextId = schools.ToDictionary(row => row.School.ExternalId, row => row.School, StringComparer.Ordinal);
        (IReadOnlyList<PublishedCount> counts, PublishedCount total) = ResponseCounts.Publish(
            [.. schools.Select(row => new SchoolCount(row.School.ExternalId, row.Answers, row.Eligible))],
            schools.Where(row => withheld.Contains(row.School.SchoolId)).Select(row => row.School.ExternalId).ToHashSet(StringComparer.Ordinal));
        List<CountLine> lines = [.. counts.Select(count => new CountLine([.. count.SchoolIds.Select(id => byTextId[id].Name)], count))];
        ILookup<bool, CountLine> silent = lines.ToLookup(line => line.Count is { Precision: CountPrecision.Exact, Responses: 0 });
        return new WaveCounts(
            [.. silent[false].OrderBy(line => line.Schools.Count).ThenBy(line => line.Schools[0], StringComparer.Ordinal)],
            [.. silent[true].SelectMany(line => line.Schools)],
            total,
            schools.Count);
    }
}
