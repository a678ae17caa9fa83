namespace Onpoint.Measurement.Reliability;

/// <summary>One-way analysis of variance, with the intraclass correlations that say how alike members of one group are.</summary>
/// <remarks>
/// <para>
/// Definition, with J groups of n_j values, N = SUM n_j: SSB = SUM n_j (m_j − m)², df J − 1; SSW = SUM SUM (y − m_j)², df N − J; MS = SS / df; F = MSB / MSW.
/// With a group size k: ICC(1) = (MSB − MSW) / (MSB + (k − 1) MSW), the share of the variance of one member's value that lies between groups;
/// ICC(2) = (MSB − MSW) / MSB, the reliability of a group mean. tau² = (MSB − MSW) / n0, n0 = (N − SUM n_j² / N) / (J − 1).
/// </para>
/// <para>
/// Source: [ShroutFleiss1979] (case 1), [BlieseHalverson1996]; n0 and tau² as in [Searle1992]. Certified values: [NIST-StRD].
/// Assumes independent values with one variance inside all groups. With unequal groups REML (<see cref="RandomIntercept"/>) uses the data better.
/// </para>
/// </remarks>
public sealed record OneWayAnova
{
    /// <summary>J (count).</summary>
    public required int Groups { get; init; }

    /// <summary>N (count).</summary>
    public required int Observations { get; init; }

    /// <summary>Mean of all values; null without values.</summary>
    public required double? GrandMean { get; init; }

    /// <summary>SSB. Squared units.</summary>
    public required double SumSquaresBetween { get; init; }

    /// <summary>SSW. Squared units.</summary>
    public required double SumSquaresWithin { get; init; }

    /// <summary>J − 1; 0 without groups.</summary>
    public required int DegreesOfFreedomBetween { get; init; }

    /// <summary>N − J.</summary>
    public required int DegreesOfFreedomWithin { get; init; }

    /// <summary>MSB; null with fewer than two groups.</summary>
    public double? MeanSquareBetween => Ratio(SumSquaresBetween, DegreesOfFreedomBetween);

    /// <summary>MSW; null when no group has two values.</summary>
    public double? MeanSquareWithin => Ratio(SumSquaresWithin, DegreesOfFreedomWithin);

    /// <summary>F; null when a mean square is missing or nothing varies within groups.</summary>
    public double? F => Ratio(MeanSquareBetween, MeanSquareWithin);

    /// <summary>Chance of an F at least this large when all groups have one mean; null without F.</summary>
    public double? PValue => F is { } f ? FisherF.UpperTail(f, DegreesOfFreedomBetween, DegreesOfFreedomWithin) : null;

    /// <summary>√MSW; null without MSW.</summary>
    public double? ResidualStandardDeviation => MeanSquareWithin is { } within ? Math.Sqrt(within) : null;

    /// <summary>SSB / (SSB + SSW), a fraction; null when nothing varies.</summary>
    public double? RSquared => Ratio(SumSquaresBetween, SumSquaresBetween + SumSquaresWithin);

    /// <summary>N / J; null without groups.</summary>
    public double? MeanGroupSize => Ratio(Observations, Groups);

    /// <summary>n0, the group size that makes tau² unbiased, N / J when all groups are equally large; null with fewer than two groups.</summary>
    public required double? EffectiveGroupSize { get; init; }

    /// <summary>ICC(1) with k = N / J; may be negative; null when a mean square is missing or nothing varies.</summary>
    public double? Icc1 => Icc(MeanGroupSize);

    /// <summary>ICC(1) with k = n0: tau² / (tau² + sigma²) of this analysis; null as for <see cref="Icc1"/>.</summary>
    public double? Icc1EffectiveSize => Icc(EffectiveGroupSize);

    /// <summary>ICC(2); negative when groups differ less than chance would have it; null when MSB is 0 or a mean square is missing.</summary>
    public double? Icc2 => Ratio(MeanSquareBetween - MeanSquareWithin, MeanSquareBetween);

    /// <summary>The variance between groups before it is cut off at 0. Squared units; null when a mean square is missing.</summary>
    public double? UntruncatedBetweenVariance => Ratio(MeanSquareBetween - MeanSquareWithin, EffectiveGroupSize);

    /// <summary>tau², at least 0. Squared units; null when a mean square is missing.</summary>
    public double? BetweenVariance => UntruncatedBetweenVariance is { } variance ? Math.Max(0, variance) : null;

    /// <summary>1 + (N / J − 1) ICC(1): how many times larger the variance of a mean is than with N independent values; null without <see cref="Icc1"/>.</summary>
    public double? DesignEffect => 1 + (MeanGroupSize - 1) * Icc1;

    /// <summary>Analyses groups of values.</summary>
    /// <param name="groups">Shape [J][n_j], each n_j at least 1, finite, at most 1e100 in size. Any order of groups and values gives the same bits.</param>
    /// <returns>The analysis. One group, groups of one or constant values leave results null; they are not exceptions.</returns>
    /// <exception cref="ArgumentException">A group has no values, or a value is not finite or too large.</exception>
    public static OneWayAnova Compute(IReadOnlyList<IReadOnlyList<double>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        SampleMoments[] moments = [.. groups.Select(group => SampleMoments.Of(group, nameof(groups))).Order()];
        if (Array.Exists(moments, group => group.Count == 0))
        {
            throw new ArgumentException("A group has no values.", nameof(groups));
        }

        // Deviations from one of the group means: equal means leave exact zeros, and an offset common to all is gone before anything is squared.
        double centre = moments.Length == 0 ? 0 : moments[moments.Length / 2].Rounded;
        int observations = moments.Sum(group => group.Count);
        CompensatedSum deviations = default;
        CompensatedSum within = default;
        foreach (SampleMoments group in moments)
        {
            deviations.Add(group.Count * group.From(centre));
            within.Add(group.SumSquares);
        }

        double mean = observations == 0 ? 0 : deviations.Value / observations;
        CompensatedSum between = default;
        foreach (SampleMoments group in moments)
        {
            double deviation = group.From(centre) - mean;
            between.Add(group.Count * deviation * deviation);
        }

        double squaredSizes = moments.Sum(group => (double)group.Count * group.Count);
        return new OneWayAnova
        {
            Groups = moments.Length,
            Observations = observations,
            GrandMean = observations == 0 ? null : centre + mean,
            SumSquaresBetween = between.Value,
            SumSquaresWithin = within.Value,
            DegreesOfFreedomBetween = Math.Max(0, moments.Length - 1),
            DegreesOfFreedomWithin = observations - moments.Length,
            EffectiveGroupSize = moments.Length < 2 ? null : (observations - squaredSizes / observations) / (moments.Length - 1),
        };
    }

    private double? Icc(double? size) => Ratio(MeanSquareBetween - MeanSquareWithin, MeanSquareBetween + (size - 1) * MeanSquareWithin);

    /// <summary>null for a missing part, a division by 0, or a quotient beyond the double range.</summary>
    private static double? Ratio(double? numerator, double? denominator) =>
        numerator / denominator is { } ratio && double.IsFinite(ratio) ? ratio : null;
}
