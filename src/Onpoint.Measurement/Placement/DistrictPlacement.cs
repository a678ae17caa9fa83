using MathNet.Numerics.Distributions;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Placement;

/// <summary>Places a district against the national dataset: docs/methodology.md section 6.</summary>
/// <remarks>
/// <para>Two standard errors take part. Reliability lambda = tau² / (tau² + SE²) uses SE² = SUM W_h² s_w² / n_h with the edition's s_w, so that whether a district is placed depends on how many answered and not on a
/// lucky spread of its answers; the shrunken score and the bands use this lambda. Intervals (percentile, stage equivalent) use the wave's own SE_d with its degrees of freedom, as every published margin does.</para>
/// <para>Percentile: position of Xc = mean + sqrt(lambda) (X - mean) in the noise-corrected quantiles; its interval: the positions of X ∓ t sqrt(SE_d² + 1.57 (tau² + mean SE_d²) / D), 1.57 = pi/2 being
/// the variance of a median relative to that of a mean. The ends are not shrunk: the quantiles describe true scores, and so do X ∓ t SE.</para>
/// <para>Needs n* of at least 10: below, published means are rounded, and a placing would give more away than they do.</para>
/// <para>Source: ours (docs/methodology.md section 6); pool-adjacent-violators: [Barlow1972].</para>
/// </remarks>
public static class DistrictPlacement
{
    private const int FewestScores = 10;

    private const double LeastReliability = 0.7;

    /// <summary>Answers that a large district could still reach: below the least reliability even then, it is the districts that are alike.</summary>
    private const int ManyAnswers = 100;

    /// <summary>pi / 2: the variance of a sample median relative to a mean's, so that the middle of the table carries its own error. Rounded as in docs/methodology.md.</summary>
    private const double QuantileVarianceFactor = 1.57;

    private const double LeastBandProbability = 0.8;

    /// <summary>Places every measure of a wave, in the wave's order.</summary>
    /// <param name="wave">A closed wave of the edition's instrument version.</param>
    /// <param name="cells">The edition's cells, or those without the district when it contributes.</param>
    /// <exception cref="ArgumentException">A stratum does not count the teachers of every measure.</exception>
    public static IReadOnlyList<MeasurePlacing> Place(DistrictWave wave, NormCells cells)
    {
        ArgumentNullException.ThrowIfNull(wave);
        ArgumentNullException.ThrowIfNull(cells);
        if (wave.Strata.Any(stratum => stratum.Counts.Count != wave.Measures.Count || stratum.Counts.Any(count => count < 1)))
        {
            throw new ArgumentException($"A stratum needs a count of at least 1 for each of the {wave.Measures.Count} measures.", nameof(wave));
        }

        return [.. wave.Measures.Select((summary, position) => Place(wave, summary, position, cells))];
    }

    /// <summary>Fewer than 40 % of a known roster answered: the score stands with a banner, and nothing is placed or compared.</summary>
    internal static bool IsLowResponse(DistrictWave wave) => wave.ResponseRate < NormEditionBuilder.Rules.ResponseRate;

    /// <summary>Why a wave is not placed at all; null when it is.</summary>
    internal static PlacingReason? WithheldReason(DistrictWave wave) => IsLowResponse(wave) ? PlacingReason.LowResponse
        : wave.SmallestCount < FewestScores ? PlacingReason.TooFewAnswers
        : null;

    private static MeasurePlacing Place(DistrictWave wave, MeasureSummary summary, int position, NormCells cells)
    {
        var score = new Score(wave, summary, position, TwoSidedT.Quantile(summary.DegreesOfFreedom));
        NormCell? stageCell = cells.Find(summary.Measure, wave.Stage);
        PlacingReason? withheld = WithheldReason(wave);
        return new MeasurePlacing
        {
            Measure = summary.Measure,
            Points = summary.Points,
            MarginPoints = score.T * summary.StandardErrorPoints,
            StageMeanPoints = stageCell?.MeanPoints,
            StageTauPoints = stageCell?.TauPoints,
            Reliability = score.LambdaIn(stageCell),
            StagePercentile = Or(withheld, () => PercentileIn(stageCell, score)),
            AllStagesPercentile = Or(withheld, () => PercentileIn(cells.Find(summary.Measure, null), score)),
            Band = Or(withheld, () => BandIn(stageCell, score)),
            StageEquivalent = Or(withheld, () => StageEquivalentIn(cells, score)),
        };
    }

    private static Placing<T> Or<T>(PlacingReason? withheld, Func<Placing<T>> place) => withheld is { } reason ? new Placing<T>.Withheld(reason) : place();

    private static Placing<Percentile> PercentileIn(NormCell? cell, Score score)
    {
        if (cell?.TauPoints is not { } tau || score.LambdaIn(cell) is not { } lambda)
        {
            return new Placing<Percentile>.Withheld(PlacingReason.NoNorm);
        }

        if (lambda < LeastReliability)
        {
            bool alike = tau == 0
                || (cell.WithinSdPoints is { } within && NormEditionBuilder.Lambda(tau * tau, within * within / ManyAnswers) < LeastReliability);
            return new Placing<Percentile>.Withheld(alike ? PlacingReason.DistrictsDifferTooLittle : PlacingReason.TooFewAnswers);
        }

        double points = score.Summary.Points;
        double margin = score.T * Math.Sqrt(score.SamplingVariance + QuantileVarianceFactor * (tau * tau + cell.MeanSamplingVariance) / cell.Districts);
        double value = PercentileOf(cell.MeanPoints + Math.Sqrt(lambda) * (points - cell.MeanPoints), cell);
        return new Placing<Percentile>.Made(new Percentile(
            value, Math.Min(value, PercentileOf(points - margin, cell)), Math.Max(value, PercentileOf(points + margin, cell))));
    }

    /// <summary>Position among the quantiles at 1..99: linear between them, the middle of equal ones, never beyond what D districts can say.</summary>
    private static double PercentileOf(double points, NormCell cell)
    {
        IReadOnlyList<double> quantiles = cell.Quantiles;
        int below = quantiles.Count(quantile => quantile < points);
        int equal = quantiles.Count(quantile => quantile == points);
        double position = equal > 0 ? below + (equal + 1) / 2.0
            : below == 0 ? 1
            : below == quantiles.Count ? quantiles.Count
            : below + (points - quantiles[below - 1]) / (quantiles[below] - quantiles[below - 1]);
        double end = Math.Max(1, 100.0 / (cell.Districts + 1));
        return Math.Clamp(position, end, 100 - end);
    }

    private static Placing<LikelyBand> BandIn(NormCell? cell, Score score)
    {
        if (cell?.TauPoints is not { } tau || score.LambdaIn(cell) is not { } lambda)
        {
            return new Placing<LikelyBand>.Withheld(PlacingReason.NoNorm);
        }

        if (tau == 0)
        {
            return new Placing<LikelyBand>.Withheld(PlacingReason.DistrictsDifferTooLittle);
        }

        // In units of tau around the stage mean. Lambda is below 1 unless everybody agrees; then the posterior is a point.
        double mean = lambda * (score.Summary.Points - cell.MeanPoints) / tau;
        double sd = Math.Sqrt(1 - lambda);
        double Below(double cut) => sd > 0 ? Normal.CDF(mean, sd, cut) : mean < cut ? 1 : 0;
        double[] cumulative = [0, Below(-1.5), Below(-0.5), Below(0.5), Below(1.5), 1]; // the cuts of docs/methodology.md section 6
        return Likeliest(1) ?? Likeliest(2) ?? (Placing<LikelyBand>)new Placing<LikelyBand>.Withheld(PlacingReason.NoLikelyBand);

        Placing<LikelyBand>.Made? Likeliest(int bands)
        {
            int best = Enumerable.Range(0, cumulative.Length - bands).MaxBy(lowest => cumulative[lowest + bands] - cumulative[lowest]);
            double probability = cumulative[best + bands] - cumulative[best];
            return probability >= LeastBandProbability
                ? new Placing<LikelyBand>.Made(new LikelyBand((Band)best, (Band)(best + bands - 1), probability))
                : null;
        }
    }

    private static Placing<StageEquivalent> StageEquivalentIn(NormCells cells, Score score) => StageCurve.Of(cells, score.Summary.Measure) is { } curve
        ? new Placing<StageEquivalent>.Made(curve.Locate(score.Summary.Points, score.SamplingVariance, score.T))
        : new Placing<StageEquivalent>.Withheld(PlacingReason.NoNorm);

    /// <summary>One measure of the wave, with the t quantile of its intervals.</summary>
    private sealed record Score(DistrictWave Wave, MeasureSummary Summary, int Position, double T)
    {
        public double SamplingVariance => Summary.StandardErrorPoints * Summary.StandardErrorPoints;

        /// <summary>lambda with the sampling variance of a district of this make-up; null without tau.</summary>
        public double? LambdaIn(NormCell? cell) => cell?.TauPoints is { } tau
            ? NormEditionBuilder.Lambda(tau * tau, Wave.Strata.Count > 0 && cell.WithinSdPoints is { } within
                ? Wave.Strata.Sum(stratum => stratum.Weight * stratum.Weight * within * within / stratum.Counts[Position])
                : SamplingVariance)
            : null;
    }
}
