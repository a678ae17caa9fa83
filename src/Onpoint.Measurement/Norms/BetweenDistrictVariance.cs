namespace Onpoint.Measurement.Norms;

/// <summary>tau²: how much districts differ beyond their sampling errors.</summary>
/// <remarks>
/// Model: X_d = mu + u_d + e_d with Var u = tau², Var e_d = SE_d² known. Assumes districts are independent; the normal model is used for the estimate only.
/// Source: [Viechtbauer2005], equations of the REML and the DerSimonian-Laird estimator.
/// </remarks>
public static class BetweenDistrictVariance
{
    /// <summary>
    /// Sampling variances below this count as this. Points squared. A district whose teachers all agree has SE 0; at tau² = 0 it alone would then
    /// carry infinite weight. A thousandth of a point is far below anything published.
    /// </summary>
    private const double SmallestSamplingVariance = 1e-6;

    /// <summary>Bisections alone would need about 70 steps from any start to the last bit; scoring steps need about 8.</summary>
    private const int MostSteps = 200;

    /// <summary>The moment estimate, in closed form: the start of <see cref="Reml"/>.</summary>
    /// <remarks>Definition: max(0, (Q - (D - 1)) / (SUM w - SUM w² / SUM w)), w = 1 / SE_d², Q = SUM w (X_d - weighted mean)².</remarks>
    /// <inheritdoc cref="Reml" path="/param"/>
    /// <returns>tau². Points squared, at least 0.</returns>
    /// <inheritdoc cref="Reml" path="/exception"/>
    public static double DerSimonianLaird(IReadOnlyList<double> points, IReadOnlyList<double> samplingVariances)
    {
        double[] variances = Check(points, samplingVariances);
        Weighted fit = Fit(points, variances, 0);
        return Math.Max(0, (fit.SumWeightedSquares - (points.Count - 1)) / (fit.SumWeights - fit.SumSquaredWeights / fit.SumWeights));
    }

    /// <summary>The restricted maximum likelihood estimate.</summary>
    /// <remarks>
    /// Definition: the tau² ≥ 0 with the highest restricted likelihood, found as the root of its score
    /// U = (SUM w² (X_d - mu)² - SUM w + SUM w² / SUM w) / 2, w = 1 / (tau² + SE_d²), by Fisher scoring with the information
    /// (SUM w² - 2 SUM w³ / SUM w + (SUM w² / SUM w)²) / 2. A step that leaves the bracket of the root is replaced by its middle. 0 when the likelihood is highest there.
    /// </remarks>
    /// <param name="points">Shape [districts], at least 2, finite: X_d. Points.</param>
    /// <param name="samplingVariances">Shape [districts], at least 0, finite: SE_d². Points squared.</param>
    /// <returns>tau². Points squared, at least 0.</returns>
    /// <exception cref="ArgumentException">Fewer than two districts, lists of different lengths, or a value outside its range.</exception>
    public static double Reml(IReadOnlyList<double> points, IReadOnlyList<double> samplingVariances)
    {
        double[] variances = Check(points, samplingVariances);
        double start = DerSimonianLaird(points, samplingVariances);
        if (start == 0 && Fit(points, variances, 0).Score <= 0)
        {
            return 0;
        }

        // The score is negative once tau² alone exceeds what all squared distances could ask for.
        double low = 0;
        double high = Math.Max(1, 2 * start);
        while (Fit(points, variances, high).Score > 0)
        {
            high *= 2;
        }

        double tauSquared = start;
        for (int step = 0; step < MostSteps && high - low > 1e-13 * high; step++) // 1e-13: a few units of the last place
        {
            Weighted fit = Fit(points, variances, tauSquared);
            (low, high) = fit.Score > 0 ? (tauSquared, high) : (low, tauSquared);
            double next = tauSquared + fit.Score / fit.Information;
            next = next > low && next < high ? next : (low + high) / 2;
            bool settled = Math.Abs(next - tauSquared) <= 1e-13 * next;
            tauSquared = next;
            if (settled)
            {
                break;
            }
        }

        return Fit(points, variances, tauSquared).LogLikelihood > Fit(points, variances, 0).LogLikelihood ? tauSquared : 0;
    }

    private static double[] Check(IReadOnlyList<double> points, IReadOnlyList<double> samplingVariances)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(samplingVariances);
        if (points.Count < 2 || !points.All(double.IsFinite))
        {
            throw new ArgumentException("At least two districts are needed, with finite points.", nameof(points));
        }

        if (samplingVariances.Count != points.Count || !samplingVariances.All(variance => variance >= 0 && double.IsFinite(variance)))
        {
            throw new ArgumentException("Each district needs a sampling variance of at least 0.", nameof(samplingVariances));
        }

        return [.. samplingVariances.Select(variance => Math.Max(variance, SmallestSamplingVariance))];
    }

    private static Weighted Fit(IReadOnlyList<double> points, double[] variances, double tauSquared)
    {
        double sumWeights = 0;
        double sumSquares = 0;
        double sumCubes = 0;
        double sumPoints = 0;
        double sumLogs = 0;
        for (int district = 0; district < variances.Length; district++)
        {
            double weight = 1 / (tauSquared + variances[district]);
            sumWeights += weight;
            sumSquares += weight * weight;
            sumCubes += weight * weight * weight;
            sumPoints += weight * points[district];
            sumLogs += Math.Log(weight);
        }

        double mean = sumPoints / sumWeights;
        double weighted = 0;
        double squaredWeighted = 0;
        for (int district = 0; district < variances.Length; district++)
        {
            double weight = 1 / (tauSquared + variances[district]);
            double deviation = points[district] - mean;
            weighted += weight * deviation * deviation;
            squaredWeighted += weight * weight * deviation * deviation;
        }

        double ratio = sumSquares / sumWeights;
        return new Weighted(
            sumWeights,
            sumSquares,
            weighted,
            Score: (squaredWeighted - sumWeights + ratio) / 2,
            Information: (sumSquares - 2 * sumCubes / sumWeights + ratio * ratio) / 2,
            LogLikelihood: (sumLogs - Math.Log(sumWeights) - weighted) / 2);
    }

    private readonly record struct Weighted(
        double SumWeights, double SumSquaredWeights, double SumWeightedSquares, double Score, double Information, double LogLikelihood);
}
