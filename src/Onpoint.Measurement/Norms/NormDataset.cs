using System.Security.Cryptography;

namespace Onpoint.Measurement.Norms;

/// <summary>The district-level rows behind an edition: measurement.md section 5.</summary>
public static class NormDataset
{
    /// <summary>Writes the included district-waves as <see cref="CanonicalJson"/>, ordered by district id, then wave id (ordinal).</summary>
    /// <param name="waves">Any order; only the rows that <see cref="NormEditionBuilder.Include"/> keeps are written.</param>
    /// <exception cref="ArgumentException">Waves differ in their measures, or a district has two waves of one id.</exception>
    public static byte[] ToCanonicalJson(IReadOnlyList<DistrictWave> waves) => CanonicalJson.Write(NormEditionBuilder.Include(waves).Select(Row.Of));

    /// <summary>SHA-256 of <see cref="ToCanonicalJson"/>, lower-case hex.</summary>
    public static string Hash(IReadOnlyList<DistrictWave> waves) => Convert.ToHexStringLower(SHA256.HashData(ToCanonicalJson(waves)));

    private sealed record Row(
        string DistrictId, string Wave, Stage Stage, int SchoolYear, int Responses, int SmallestCount, IReadOnlyList<Cell> Measures)
    {
        public static Row Of(DistrictWave wave) => new(
            wave.DistrictId,
            wave.Wave,
            wave.Stage,
            wave.SchoolYear,
            wave.Responses,
            wave.SmallestCount,
            [
                .. wave.Measures.Select(summary => new Cell(
                    summary.Measure, summary.Points, summary.StandardErrorPoints, summary.DegreesOfFreedom, summary.WithinDegrees, summary.WithinSumSquares)),
            ]);
    }

    private sealed record Cell(
        string Measure, double Points, double StandardErrorPoints, double DegreesOfFreedom, long WithinDegrees, double WithinSumSquares);
}
