using Onpoint.Measurement.Estimation;

namespace Onpoint.Measurement.Growth;

/// <summary>A mean of values that come in clusters, such as teachers in schools or districts.</summary>
/// <param name="Mean">Of all values, each counted once. In their unit.</param>
/// <param name="Values">n (count).</param>
/// <param name="Clusters">J (count).</param>
/// <param name="SimpleStandardError">As if the values were independent; what clustering adds is seen beside it. Null of one value.</param>
/// <param name="StandardError">Cluster-robust: sqrt(J/(J - 1) SUM_j z_j²), z_j the sum over cluster j of (value - mean) / n. Null with one cluster.</param>
/// <param name="Margin">Half width of the 95 % interval: t with J - 1 degrees of freedom times the cluster-robust error. Null with one cluster.</param>
/// <remarks>
/// Source: the linearised variance of a ratio with clusters drawn with replacement, [Lumley2004]. Clusters must be independent of each other, the values in them need not be; below some 30 clusters of unequal size the error
/// is itself uncertain and tends to be small.
/// </remarks>
public sealed record ClusteredMean(double Mean, int Values, int Clusters, double? SimpleStandardError, double? StandardError, double? Margin)
{
    /// <summary>The mean of values. Simple standard error: s / sqrt(n), s the sample SD (n - 1).</summary>
    /// <param name="values">Shape [n], n at least 1, in any order (the same bits for each): the cluster's id and a finite value.</param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public static ClusteredMean Of(IReadOnlyList<(string Cluster, double Value)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0 || !values.All(row => double.IsFinite(row.Value)))
        {
            throw new ArgumentException("A mean needs at least one value, and finite ones.", nameof(values));
        }

        return Of([.. values.GroupBy(row => row.Cluster).OrderBy(cluster => cluster.Key, StringComparer.Ordinal).Select(cluster => cluster.Select(row => row.Value).Order().ToArray())]);
    }

    /// <summary>A share of values. Simple standard error: sqrt(p (1 - p) / n), as is usual for a share.</summary>
    /// <param name="values">Shape [n], n at least 1, in any order: the cluster's id and whether the value counts.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static ClusteredMean OfShare(IReadOnlyList<(string Cluster, bool Counts)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ClusteredMean mean = Of([.. values.Select(row => (row.Cluster, row.Counts ? 1.0 : 0))]);
        return mean with { SimpleStandardError = mean.SimpleStandardError is null ? null : Math.Sqrt(mean.Mean * (1 - mean.Mean) / mean.Values) };
    }

    private static ClusteredMean Of(double[][] clusters)
    {
        int n = clusters.Sum(cluster => cluster.Length);
        double mean = clusters.Sum(cluster => cluster.Sum()) / n;
        double squares = clusters.Sum(cluster => cluster.Sum(value => (value - mean) * (value - mean)));
        double between = clusters.Sum(cluster => Square(cluster.Sum(value => value - mean) / n));
        double? error = clusters.Length == 1 ? null : Math.Sqrt(between * clusters.Length / (clusters.Length - 1));
        return new ClusteredMean(
            mean, n, clusters.Length, n == 1 ? null : Math.Sqrt(squares / (n - 1) / n), error, error is null ? null : TwoSidedT.Quantile(clusters.Length - 1) * error);
    }

    private static double Square(double value) => value * value;
}
