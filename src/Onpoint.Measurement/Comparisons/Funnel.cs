using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Comparisons;

/// <summary>Where a district lies in the funnel of its stage.</summary>
public enum FunnelPosition
{
    /// <summary>Below the 99.8 % limit: hardly by chance.</summary>
    BelowOuterLimit,

    /// <summary>Below the 95 % limit: one typical district in forty lies there.</summary>
    BelowInnerLimit,

    /// <summary>At or between the 95 % limits.</summary>
    Inside,

    /// <summary>Above the 95 % limit.</summary>
    AboveInnerLimit,

    /// <summary>Above the 99.8 % limit.</summary>
    AboveOuterLimit,
}

/// <summary>The limits for one number of respondents. Points.</summary>
/// <param name="OuterLow">99.8 %, lower.</param>
/// <param name="InnerLow">95 %, lower.</param>
/// <param name="Centre">The stage mean.</param>
/// <param name="InnerHigh">95 %, upper.</param>
/// <param name="OuterHigh">99.8 %, upper.</param>
public sealed record FunnelLimits(double OuterLow, double InnerLow, double Centre, double InnerHigh, double OuterHigh);

/// <summary>One district in the funnel.</summary>
/// <param name="DistrictId">The district.</param>
/// <param name="Points">Its score. Points.</param>
/// <param name="Respondents">n (count).</param>
/// <param name="Limits">For this n.</param>
/// <param name="Position">Against those limits.</param>
public sealed record FunnelPlace(string DistrictId, double Points, int Respondents, FunnelLimits Limits, FunnelPosition Position);

/// <summary>Asks of each district whether it is unusual for its stage, given how many answered: docs/methodology.md section 6.</summary>
/// <remarks>
/// <para>Definition: limits mean ± z sqrt(tau² + s²/n), with the mean, tau and within-school SD s of the edition's cell, n the respondents, z = 1.96 (95 %) and 3.09 (99.8 %). Source: [Spiegelhalter2005], with the spread between districts added to the
/// sampling variance (the random-effects form for overdispersed measures).</para>
/// <para>Uses the full edition for all districts. Of many districts some lie beyond the 95 % limits by chance: of 200 about ten.</para>
/// </remarks>
public static class Funnel
{
    private const double InnerZ = 1.96;

    private const double OuterZ = 3.09;

    /// <summary>The limits for one number of respondents, to draw the funnel by.</summary>
    /// <param name="cell">The edition's cell of the measure and stage.</param>
    /// <param name="respondents">n, at least 1.</param>
    /// <returns>Null when the cell has no tau (fewer than 10 districts) or no s.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="respondents"/> is below 1.</exception>
    public static FunnelLimits? Limits(NormCell cell, int respondents)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentOutOfRangeException.ThrowIfLessThan(respondents, 1);
        if (cell.TauPoints is not { } tau || cell.WithinSdPoints is not { } within)
        {
            return null;
        }

        double spread = Math.Sqrt(tau * tau + within * within / respondents);
        double centre = cell.MeanPoints;
        return new FunnelLimits(centre - OuterZ * spread, centre - InnerZ * spread, centre, centre + InnerZ * spread, centre + OuterZ * spread);
    }

    /// <summary>Places districts of one stage.</summary>
    /// <param name="districts">Any order; one estimate per district, of the cell's measure and at its stage.</param>
    /// <param name="cell">The edition's cell.</param>
    /// <returns>Ordered by id (ordinal); null when the cell has no tau or no s.</returns>
    /// <exception cref="ArgumentException">A district appears twice, or a number is outside its range.</exception>
    public static IReadOnlyList<FunnelPlace>? Place(IReadOnlyList<DistrictEstimate> districts, NormCell cell)
    {
        DistrictEstimate[] arranged = DistrictEstimate.Arrange(districts);
        ArgumentNullException.ThrowIfNull(cell);
        var places = new List<FunnelPlace>(arranged.Length);
        foreach (DistrictEstimate district in arranged)
        {
            if (Limits(cell, district.Respondents) is not { } limits)
            {
                return null;
            }

            places.Add(new FunnelPlace(district.DistrictId, district.Points, district.Respondents, limits, PositionOf(district.Points, limits)));
        }

        return places;
    }

    private static FunnelPosition PositionOf(double points, FunnelLimits limits) =>
        points < limits.OuterLow ? FunnelPosition.BelowOuterLimit
        : points < limits.InnerLow ? FunnelPosition.BelowInnerLimit
        : points > limits.OuterHigh ? FunnelPosition.AboveOuterLimit
        : points > limits.InnerHigh ? FunnelPosition.AboveInnerLimit
        : FunnelPosition.Inside;
}
