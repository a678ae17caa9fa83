using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Landmarks;

/// <summary>Tests the four landmarks: measurement.md section 7.</summary>
public static class LandmarkTests
{
    /// <summary>Tests the landmarks on many districts, or on a group.</summary>
    /// <param name="waves">Any order; of several waves of a district at a stage the latest counts.</param>
    /// <param name="seed">Of the resamples behind growth shares.</param>
    /// <param name="smallestGroup">Fewest members a verdict on own waves may rest on (count, at least 1).</param>
    /// <returns>The landmarks whose measures the waves have, in order.</returns>
    public static IReadOnlyList<LandmarkResult> ForDataset(IReadOnlyList<DistrictWave> waves, ulong seed, int smallestGroup = 1) => throw new NotImplementedException();

    /// <summary>Tests the landmarks on one district's own waves, with teachers' sampling errors only.</summary>
    /// <param name="waves">Waves of one district, any order; of several waves at a stage the latest counts.</param>
    /// <returns>The landmarks whose measures the waves have, in order.</returns>
    /// <exception cref="ArgumentException">Waves of two districts.</exception>
    public static IReadOnlyList<LandmarkResult> ForDistrict(IReadOnlyList<DistrictWave> waves) => throw new NotImplementedException();
}
