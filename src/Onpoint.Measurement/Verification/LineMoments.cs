using System.Numerics;

namespace Onpoint.Measurement.Verification;

/// <summary>Means of the components and their covariances, from one line's whole-number totals.</summary>
/// <param name="MeanPoints">Shape [components]. Points.</param>
/// <param name="Covariances">Shape [components x components], row by row, of the means. Points squared.</param>
internal sealed record LineMoments(double[] MeanPoints, double[] Covariances)
{
    /// <summary>
    /// m_c = sum / n_c; covariance SUM over the teachers with both of (y_c − m_c)(y_d − m_d) / √(n_c (n_c − 1) n_d (n_d − 1)), docs/methodology.md section 3. Multiplied out in
    /// whole numbers of any size and divided once, so it is another computation than the estimator's.
    /// </summary>
    /// <param name="line">Every component has at least two scores.</param>
    /// <param name="unitPoints">Shape [components]: points per whole number.</param>
    public static LineMoments Of(SchoolLine line, IReadOnlyList<double> unitPoints)
    {
        int components = line.Counts.Count;
        double[] means = [.. line.Sums.Select((sum, component) => sum * unitPoints[component] / line.Counts[component])];
        var covariances = new double[components * components];
        foreach (PairLine pair in line.Pairs)
        {
            (int c, int d) = (pair.First, pair.Second);
            BigInteger nC = line.Counts[c];
            BigInteger nD = line.Counts[d];
            BigInteger deviations = (nC * nD * pair.Products) - (nC * pair.FirstSum * line.Sums[d]) - (nD * pair.SecondSum * line.Sums[c])
                + ((BigInteger)pair.Count * line.Sums[c] * line.Sums[d]);
            double covariance = (double)deviations / (double)(nC * nD) * unitPoints[c] * unitPoints[d] / Math.Sqrt((double)(nC * (nC - 1) * nD * (nD - 1)));
            covariances[c * components + d] = covariance;
            covariances[d * components + c] = covariance;
        }

        return new LineMoments(means, covariances);
    }
}
