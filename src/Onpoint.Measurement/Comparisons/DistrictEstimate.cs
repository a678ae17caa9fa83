using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Comparisons;

/// <summary>One measure of one district, as comparisons of many districts need it.</summary>
/// <param name="DistrictId">The sender's text id.</param>
/// <param name="Points">Finite; on the Onpoint scale 200 to 1,000.</param>
/// <param name="StandardErrorPoints">Finite, at least 0.</param>
/// <param name="DegreesOfFreedom">Finite, at least 1.</param>
/// <param name="Respondents">n: teachers behind the score (count, at least 1).</param>
public sealed record DistrictEstimate(string DistrictId, double Points, double StandardErrorPoints, double DegreesOfFreedom, int Respondents)
{
    /// <summary>One measure of a scored wave; null when the wave has no such measure.</summary>
    public static DistrictEstimate? Of(DistrictWave wave, string measure)
    {
        ArgumentNullException.ThrowIfNull(wave);
        return wave.Find(measure) is { } summary
            ? new DistrictEstimate(wave.DistrictId, summary.Points, summary.StandardErrorPoints, summary.DegreesOfFreedom, summary.Respondents)
            : null;
    }

    /// <summary>The districts ordered by id (ordinal), so that nothing depends on the order they came in.</summary>
    /// <exception cref="ArgumentException">A district appears twice, or a number is outside its range.</exception>
    internal static DistrictEstimate[] Arrange(IReadOnlyList<DistrictEstimate> districts)
    {
        ArgumentNullException.ThrowIfNull(districts);
        DistrictEstimate[] arranged = [.. districts.OrderBy(district => district.DistrictId, StringComparer.Ordinal)];
        for (int position = 0; position < arranged.Length; position++)
        {
            DistrictEstimate district = arranged[position];
            if (position > 0 && arranged[position - 1].DistrictId == district.DistrictId)
            {
                throw new ArgumentException($"District {district.DistrictId} appears twice.", nameof(districts));
            }

            if (!double.IsFinite(district.Points)
                || !(district.StandardErrorPoints >= 0 && double.IsFinite(district.StandardErrorPoints))
                || !(district.DegreesOfFreedom >= 1 && double.IsFinite(district.DegreesOfFreedom))
                || district.Respondents < 1)
            {
                throw new ArgumentException($"District {district.DistrictId} needs finite points, a standard error of at least 0, at least 1 degree of freedom and at least 1 respondent.", nameof(districts));
            }
        }

        return arranged;
    }
}
