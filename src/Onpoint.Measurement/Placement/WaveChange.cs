using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Placement;

/// <summary>What two waves say about a change.</summary>
public enum ChangeVerdict
{
    /// <summary>The later wave is higher.</summary>
    Up,

    /// <summary>The later wave is lower.</summary>
    Down,

    /// <summary>The interval holds 0. Not the same as "no change".</summary>
    NoDetectableChange,
}

/// <summary>Change of one measure between two waves of a district.</summary>
/// <param name="Measure">The measure's code.</param>
/// <param name="Points">Later minus earlier. Points.</param>
/// <param name="StandardErrorPoints">SE_d. Points.</param>
/// <param name="DegreesOfFreedom">Welch-Satterthwaite.</param>
/// <param name="MarginPoints">Half width of the interval at the level of the test, after Holm for categories and components, so that picture and verdict agree; also the smallest change we would call a change. Points.</param>
/// <param name="FoundFourInFivePoints">The true change that would be found four times in five. Points.</param>
/// <param name="AdjustedP">Two-sided p value, after Holm for categories and components. Fraction.</param>
/// <param name="Verdict">Up, down or no detectable change.</param>
public sealed record MeasureChange(
    string Measure, double Points, double StandardErrorPoints, double DegreesOfFreedom, double MarginPoints, double FoundFourInFivePoints, double AdjustedP, ChangeVerdict Verdict);

/// <summary>Change between two waves: measurement.md section 6.</summary>
public static class WaveChange
{
    /// <summary>Compares two waves of one district, measure by measure in the later wave's order.</summary>
    /// <param name="earlier">The earlier wave.</param>
    /// <param name="later">The later wave.</param>
    /// <returns>The measures both waves have; withheld when fewer than 40 % answered in either.</returns>
    public static Placing<IReadOnlyList<MeasureChange>> Compare(DistrictWave earlier, DistrictWave later) => throw new NotImplementedException();
}
