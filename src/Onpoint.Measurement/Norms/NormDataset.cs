using System.Security.Cryptography;

namespace Onpoint.Measurement.Norms;

/// <summary>The district-level rows behind an edition: measurement.md section 5.</summary>
public static class NormDataset
{
    /// <summary>Writes the included district-waves as <see cref="CanonicalJson"/>, ordered by district id, then wave id (ordinal).</summary>
    /// <param name="waves">Any order; only the rows that <see cref="NormEditionBuilder.Include"/> keeps are written.</param>
    public static byte[] ToCanonicalJson(IReadOnlyList<DistrictWave> waves) => throw new NotImplementedException();

    /// <summary>SHA-256 of <see cref="ToCanonicalJson"/>, lower-case hex.</summary>
    public static string Hash(IReadOnlyList<DistrictWave> waves) => Convert.ToHexStringLower(SHA256.HashData(ToCanonicalJson(waves)));
}
