using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Comparisons;

/// <summary>What a comparison says about two districts.</summary>
public enum DifferenceVerdict
{
    /// <summary>The first is higher.</summary>
    FirstHigher,

    /// <summary>The second is higher.</summary>
    SecondHigher,

    /// <summary>Chance alone could make such a difference. Not the same as "no difference".</summary>
    NoDetectableDifference,
}

/// <summary>The difference of two districts on one measure, judged as one of many.</summary>
/// <param name="FirstId">The first district.</param>
/// <param name="SecondId">The second.</param>
/// <param name="Points">First minus second. Points.</param>
/// <param name="StandardErrorPoints">Points.</param>
/// <param name="T">Points / standard error; null when that is 0.</param>
/// <param name="DegreesOfFreedom">Welch-Satterthwaite.</param>
/// <param name="P">Two-sided p value of this pair alone. Fraction.</param>
/// <param name="AdjustedP">After Benjamini-Hochberg over all pairs asked for. Fraction.</param>
/// <param name="Level">Level of the margin that belongs to the verdict: 1 - .05 R / m, R findings among m pairs (at least 1). Fraction.</param>
/// <param name="HedgesG">The difference in standard deviations of single teachers, by the edition's pooled s_w; null without one.</param>
/// <param name="Verdict">By the adjusted p value, at 5 %.</param>
public sealed record DistrictDifference(
    string FirstId,
    string SecondId,
    double Points,
    double StandardErrorPoints,
    double? T,
    double DegreesOfFreedom,
    double P,
    double AdjustedP,
    double Level,
    double? HedgesG,
    DifferenceVerdict Verdict)
{
    /// <summary>Half width of the interval at <see cref="Level"/>: it leaves 0 out exactly when a difference is found. Points. Computed when asked for: a quantile takes longer than all else here.</summary>
    public double MarginPoints => TwoSidedT.Quantile(DegreesOfFreedom, Level) * StandardErrorPoints;
}

/// <summary>Compares districts with each other: docs/methodology.md section 6.</summary>
/// <remarks>
/// <para>Definition: Welch's t of each pair from the districts' own standard errors and degrees of freedom; Benjamini-Hochberg over all pairs asked for, so that of the differences found about one in twenty at most is none. Margins: at level 1 - .05 R/m, R
/// findings among m pairs, which keep the expected share of missed truths among the intervals of the findings at 5 %, and hold 0 exactly where nothing is found.</para>
/// <para>Hedges' g: difference / s_w x J, with J at responses - districts degrees of freedom of the cell. (s_w has a few less, one per school; at 1,000 responses that moves g by less than 1 in 1,000.)</para>
/// <para>Assumes independent districts. For "is this district unusual for its stage" use <see cref="Funnel"/>: many pairs answer it badly. Source: [Welch1947], [BenjaminiHochberg1995], [BenjaminiYekutieli2005], [Hedges1981].</para>
/// </remarks>
public static class DistrictPairs
{
    private const double ErrorRate = 1 - TwoSidedT.Level;

    /// <summary>All pairs of districts, the first of each the one with the smaller id (ordinal), ordered by ids.</summary>
    /// <param name="districts">Any order; one estimate per district, all of one measure.</param>
    /// <param name="cell">The edition's cell of that measure, of the full edition for all districts; null: no g.</param>
    /// <returns>D (D - 1) / 2 differences.</returns>
    /// <exception cref="ArgumentException">A district appears twice, or a number is outside its range.</exception>
    public static IReadOnlyList<DistrictDifference> All(IReadOnlyList<DistrictEstimate> districts, NormCell? cell = null)
    {
        DistrictEstimate[] arranged = DistrictEstimate.Arrange(districts);
        return Compare(
            [.. from first in Enumerable.Range(0, arranged.Length) from second in Enumerable.Range(first + 1, arranged.Length - first - 1) select (arranged[first], arranged[second])], cell);
    }

    /// <summary>Chosen pairs, in the order given.</summary>
    /// <param name="districts">Any order; one estimate per district, all of one measure.</param>
    /// <param name="pairs">Ids of the first and the second district of each; different districts, no pair twice in either direction (it would count twice among the tests).</param>
    /// <param name="cell">As for <see cref="All"/>.</param>
    /// <exception cref="ArgumentException">A district appears twice, a number is outside its range, or a pair is unknown, of one district, or given twice.</exception>
    public static IReadOnlyList<DistrictDifference> Of(IReadOnlyList<DistrictEstimate> districts, IReadOnlyList<(string First, string Second)> pairs, NormCell? cell = null)
    {
        var byId = DistrictEstimate.Arrange(districts).ToDictionary(district => district.DistrictId, StringComparer.Ordinal);
        ArgumentNullException.ThrowIfNull(pairs);
        var seen = new HashSet<(string, string)>();
        var chosen = new List<(DistrictEstimate, DistrictEstimate)>();
        foreach ((string first, string second) in pairs)
        {
            if (!byId.TryGetValue(first, out DistrictEstimate? one) || !byId.TryGetValue(second, out DistrictEstimate? other))
            {
                throw new ArgumentException($"There is no estimate of {first} or of {second}.", nameof(pairs));
            }

            if (first == second || seen.Contains((second, first)) || !seen.Add((first, second)))
            {
                throw new ArgumentException($"The pair {first}, {second} is of one district or given twice.", nameof(pairs));
            }

            chosen.Add((one, other));
        }

        return Compare(chosen, cell);
    }

    private static DistrictDifference[] Compare(List<(DistrictEstimate First, DistrictEstimate Second)> pairs, NormCell? cell)
    {
        Difference[] differences = [.. pairs.Select(pair => Difference.Of(pair.First, pair.Second))];
        double?[] adjusted = PValueAdjustment.BenjaminiHochberg([.. differences.Select(difference => (double?)difference.P)]);
        int found = adjusted.Count(p => p <= ErrorRate);
        double level = 1 - ErrorRate * Math.Max(1, found) / Math.Max(1, pairs.Count);
        return
        [
            .. pairs.Select((pair, position) =>
            {
                Difference difference = differences[position];
                double p = adjusted[position]!.Value;
                return new DistrictDifference(
                    pair.First.DistrictId,
                    pair.Second.DistrictId,
                    difference.Points,
                    difference.StandardError,
                    difference.StandardError > 0 ? difference.Points / difference.StandardError : null,
                    difference.DegreesOfFreedom,
                    difference.P,
                    p,
                    level,
                    cell?.WithinSdPoints is { } sd and > 0 ? StandardizedDifference.HedgesG(difference.Points, sd, cell.Responses - cell.Districts) : null,
                    p > ErrorRate ? DifferenceVerdict.NoDetectableDifference : difference.Points > 0 ? DifferenceVerdict.FirstHigher : DifferenceVerdict.SecondHigher);
            }),
        ];
    }

    private readonly record struct Difference(double Points, double StandardError, double DegreesOfFreedom, double P)
    {
        public static Difference Of(DistrictEstimate first, DistrictEstimate second)
        {
            (double Variance, double DegreesOfFreedom)[] terms =
            [
                (first.StandardErrorPoints * first.StandardErrorPoints, first.DegreesOfFreedom),
                (second.StandardErrorPoints * second.StandardErrorPoints, second.DegreesOfFreedom),
            ];
            double points = first.Points - second.Points;
            double error = Math.Sqrt(terms[0].Variance + terms[1].Variance);
            double degreesOfFreedom = TwoSidedT.WelchDegrees(terms);
            return new Difference(points, error, degreesOfFreedom, TwoSidedT.PValue(points, error, degreesOfFreedom));
        }
    }
}
