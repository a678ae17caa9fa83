using MathNet.Numerics.Distributions;
using Onpoint.Measurement.Comparisons;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;

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

/// <summary>Change between two waves: docs/methodology.md section 6.</summary>
/// <remarks>
/// <para>Definition: later minus earlier over SE_d = sqrt(SE_1² + SE_2²), t with Welch-Satterthwaite df; the benchmark at 5 %, all categories and components together at 5 % after Holm. A margin is t SE_d at the level at which Holm
/// tests the measure: .05 / (m - i + 1) for the i-th smallest of m p values, and from the first that fails on, the level at which that one failed. So a margin holds 0 exactly when there is no detectable change.</para>
/// <para>Assumes independent waves. The same teachers answer twice and answers are never linked, so margins are too wide rather than too narrow. Not for waves of different instrument versions.</para>
/// <para>Source: [Welch1947], [Holm1979].</para>
/// </remarks>
public static class WaveChange
{
    private const double Alpha = 1 - TwoSidedT.Level;

    /// <summary>Found four times in five.</summary>
    private const double Power = 0.80;

    /// <summary>Compares two waves of one district, measure by measure in the later wave's order.</summary>
    /// <param name="earlier">The earlier wave.</param>
    /// <param name="later">The later wave.</param>
    /// <returns>The measures both waves have; withheld when fewer than 40 % answered in either.</returns>
    public static Placing<IReadOnlyList<MeasureChange>> Compare(DistrictWave earlier, DistrictWave later)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        if (DistrictPlacement.IsLowResponse(earlier) || DistrictPlacement.IsLowResponse(later))
        {
            return new Placing<IReadOnlyList<MeasureChange>>.Withheld(PlacingReason.LowResponse);
        }

        Difference[] differences = [.. later.Measures.Where(summary => earlier.Find(summary.Measure) is not null).Select(summary => Difference.Of(earlier.Find(summary.Measure)!, summary))];
        double?[] adjusted = PValueAdjustment.Holm([.. differences.Select(difference => difference.IsBenchmark ? null : (double?)difference.P)]);
        Difference[] family = [.. differences.Where(difference => !difference.IsBenchmark).OrderBy(difference => difference.P)];
        int passing = adjusted.Count(p => p <= Alpha);
        double LevelOf(Difference difference) =>
            difference.IsBenchmark ? Alpha : Alpha / (family.Length - Math.Min(Array.IndexOf(family, difference), passing));

        return new Placing<IReadOnlyList<MeasureChange>>.Made(
            [.. differences.Select((difference, position) => difference.Judge(LevelOf(difference), adjusted[position] ?? difference.P))]);
    }

    private sealed record Difference(string Measure, double Points, double StandardError, double DegreesOfFreedom)
    {
        public bool IsBenchmark => Measure == ScoringPlan.Benchmark;

        public double P { get; } = TwoSidedT.PValue(Points, StandardError, DegreesOfFreedom);

        public static Difference Of(MeasureSummary earlier, MeasureSummary later)
        {
            (double Variance, double DegreesOfFreedom)[] terms =
            [
                (earlier.StandardErrorPoints * earlier.StandardErrorPoints, earlier.DegreesOfFreedom),
                (later.StandardErrorPoints * later.StandardErrorPoints, later.DegreesOfFreedom),
            ];
            return new(later.Measure, later.Points - earlier.Points, Math.Sqrt(terms.Sum(term => term.Variance)), TwoSidedT.WelchDegrees(terms));
        }

        public MeasureChange Judge(double alpha, double adjustedP)
        {
            double margin = TwoSidedT.Quantile(DegreesOfFreedom, 1 - alpha) * StandardError;
            return new MeasureChange(
                Measure,
                Points,
                StandardError,
                DegreesOfFreedom,
                margin,
                margin + StudentT.InvCDF(0, 1, DegreesOfFreedom, Power) * StandardError,
                adjustedP,
                Points - margin > 0 ? ChangeVerdict.Up : Points + margin < 0 ? ChangeVerdict.Down : ChangeVerdict.NoDetectableChange);
        }
    }
}
