using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Placement;

/// <summary>Places a district against the national dataset: measurement.md section 6.</summary>
public static class DistrictPlacement
{
    /// <summary>Places every measure of a wave, in the wave's order.</summary>
    /// <param name="wave">A closed wave of the edition's instrument version.</param>
    /// <param name="cells">The edition's cells, or those without the district when it contributes.</param>
    public static IReadOnlyList<MeasurePlacing> Place(DistrictWave wave, NormCells cells) => throw new NotImplementedException();
}
