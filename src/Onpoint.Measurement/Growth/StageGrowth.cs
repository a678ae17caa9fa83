using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Growth;

/// <summary>Growth over the stages by both estimates: measurement.md section 7.</summary>
public static class StageGrowth
{
    /// <summary>Both estimates of one measure.</summary>
    /// <param name="waves">Any order; of several waves of a district at a stage the latest counts.</param>
    /// <param name="measure">A code that every wave has.</param>
    /// <param name="smallestGroup">Stages with fewer districts are left out (count, at least 1).</param>
    /// <exception cref="ArgumentException">A wave lacks the measure.</exception>
    public static GrowthTable Table(IReadOnlyList<DistrictWave> waves, string measure, int smallestGroup = 1) => throw new NotImplementedException();
}
