using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Growth;

/// <summary>Two values of one person or unit.</summary>
/// <param name="Cluster">Id of the school, district or other cluster it belongs to at both times.</param>
/// <param name="Earlier">Finite.</param>
/// <param name="Later">Finite, in the same unit.</param>
public sealed record PairedValue(string Cluster, double Earlier, double Later);

/// <summary>Change within one cluster.</summary>
/// <param name="Cluster">Its id.</param>
/// <param name="Pairs">Count.</param>
/// <param name="MeanGain">Mean of later minus earlier. In the unit of the values.</param>
/// <param name="ShareUp">Pairs whose later value is higher; equal values are not up. Fraction.</param>
public sealed record ClusterChange(string Cluster, int Pairs, double MeanGain, double ShareUp);

/// <summary>Change of paired values.</summary>
/// <param name="MeanGain">Mean of later minus earlier, each pair counted once. In the unit of the values.</param>
/// <param name="ShareUp">Pairs whose later value is higher; equal values are not up. Fraction.</param>
/// <param name="ClusterShareUp">Clusters whose own mean gain is above 0. Fraction.</param>
/// <param name="Clusters">Ordered by id (ordinal).</param>
public sealed record PairedChangeEstimate(ClusteredMean MeanGain, ClusteredMean ShareUp, double ClusterShareUp, IReadOnlyList<ClusterChange> Clusters);

/// <summary>What resampling says about the uncertainty of one number.</summary>
/// <param name="StandardError">SD of the resamples (divisor their number - 1), in the unit of the number.</param>
/// <param name="Low">Lower end of the percentile interval.</param>
/// <param name="High">Upper end.</param>
public sealed record BootstrapInterval(double StandardError, double Low, double High);

/// <summary>Bootstrap intervals of the three numbers of <see cref="PairedChangeEstimate"/>.</summary>
/// <param name="MeanGain">In the unit of the values.</param>
/// <param name="ShareUp">Fractions.</param>
/// <param name="ClusterShareUp">Fractions.</param>
public sealed record PairedChangeBootstrap(BootstrapInterval MeanGain, BootstrapInterval ShareUp, BootstrapInterval ClusterShareUp);

/// <summary>Change of values that are paired by person or unit and come in clusters, for files in which they are linked; answers of this service's own waves never are.</summary>
/// <remarks>Clusters must be independent of each other; the pairs in a cluster need not be.</remarks>
public static class PairedChange
{
    /// <summary>Fewer resamples leave nothing beyond the 2.5 % to tell the ends by.</summary>
    private const int FewestResamples = 100;

    /// <summary>Mean gain, share that went up, both with their errors, and the same per cluster.</summary>
    /// <param name="pairs">Shape [n], n at least 1, any order (the same bits for each).</param>
    /// <exception cref="ArgumentException">There are no pairs, or a value is not finite.</exception>
    public static PairedChangeEstimate Estimate(IReadOnlyList<PairedValue> pairs)
    {
        IReadOnlyList<Cluster> clusters = Arrange(pairs);
        return new PairedChangeEstimate(
            ClusteredMean.Of([.. pairs.Select(pair => (pair.Cluster, pair.Later - pair.Earlier))]),
            ClusteredMean.OfShare([.. pairs.Select(pair => (pair.Cluster, pair.Later > pair.Earlier))]),
            (double)clusters.Count(cluster => cluster.Gain > 0) / clusters.Count,
            [.. clusters.Select(cluster => new ClusterChange(cluster.Id, cluster.Pairs, cluster.Gain / cluster.Pairs, (double)cluster.Up / cluster.Pairs))]);
    }

    /// <summary>The cluster bootstrap.</summary>
    /// <remarks>
    /// Definition: as many clusters as there are, J, are drawn with replacement and kept whole, and the numbers computed from the pairs in those drawn; the interval runs from the (1 - level) / 2 to the (1 + level) / 2 quantile (type 7)
    /// of the resamples. Source: [EfronTibshirani1993, chapters 8 and 13]. A percentile interval of few clusters is too short, by a factor of about sqrt((J - 1)/J) and the difference between normal and t.
    /// Each resample has its own stream of random numbers and clusters are ordered by id, so neither threads nor the order of the pairs change a bit.
    /// </remarks>
    /// <param name="pairs">Shape [n], n at least 1, any order.</param>
    /// <param name="seed">Of the resamples.</param>
    /// <param name="resamples">Count, at least 100.</param>
    /// <param name="level">Fraction in (0, 1).</param>
    /// <returns>Null with one cluster: drawing it again tells nothing.</returns>
    /// <exception cref="ArgumentException">There are no pairs, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level or the number of resamples is outside its range.</exception>
    public static PairedChangeBootstrap? Bootstrap(IReadOnlyList<PairedValue> pairs, ulong seed, int resamples = 2000, double level = Estimation.TwoSidedT.Level)
    {
        Cluster[] clusters = [.. Arrange(pairs)];
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, FewestResamples);
        Comparisons.ConfidenceLevel.ThrowIfOutside(level);
        if (clusters.Length == 1)
        {
            return null;
        }

        var gains = new double[resamples];
        var ups = new double[resamples];
        var clusterUps = new double[resamples];
        Parallel.For(0, resamples, resample =>
        {
            var random = SplitMix64.ForStream(seed, resample);
            double gain = 0;
            (long drawn, long up, int clustersUp) = (0, 0, 0);
            for (int draw = 0; draw < clusters.Length; draw++)
            {
                Cluster cluster = clusters[random.Next(clusters.Length)];
                gain += cluster.Gain;
                drawn += cluster.Pairs;
                up += cluster.Up;
                clustersUp += cluster.Gain > 0 ? 1 : 0;
            }

            gains[resample] = gain / drawn;
            ups[resample] = (double)up / drawn;
            clusterUps[resample] = (double)clustersUp / clusters.Length;
        });
        return new PairedChangeBootstrap(Interval(gains, level), Interval(ups, level), Interval(clusterUps, level));
    }

    private static BootstrapInterval Interval(double[] resamples, double level)
    {
        double mean = resamples.Average();
        return new BootstrapInterval(
            Math.Sqrt(resamples.Sum(value => (value - mean) * (value - mean)) / (resamples.Length - 1)),
            Quantiles.At(resamples, (1 - level) / 2, QuantileType.Type7),
            Quantiles.At(resamples, (1 + level) / 2, QuantileType.Type7));
    }

    private static List<Cluster> Arrange(IReadOnlyList<PairedValue> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0 || !pairs.All(pair => double.IsFinite(pair.Earlier) && double.IsFinite(pair.Later)))
        {
            throw new ArgumentException("Change needs at least one pair, and finite values.", nameof(pairs));
        }

        return
        [
            .. pairs.GroupBy(pair => pair.Cluster).OrderBy(cluster => cluster.Key, StringComparer.Ordinal).Select(cluster => new Cluster(
                cluster.Key, cluster.Count(), cluster.Select(pair => pair.Later - pair.Earlier).Order().Sum(), cluster.Count(pair => pair.Later > pair.Earlier))),
        ];
    }

    /// <summary>Totals of one cluster: that is all a resample needs.</summary>
    private readonly record struct Cluster(string Id, int Pairs, double Gain, int Up);
}
