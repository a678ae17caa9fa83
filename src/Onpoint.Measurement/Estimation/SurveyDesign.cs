namespace Onpoint.Measurement.Estimation;

/// <summary>Where one row of a sample comes from.</summary>
/// <param name="Weight">How many of the population the row stands for: one over its chance of being drawn, or anything proportional to it. Above 0, at most 1e100.</param>
public sealed record SampledRow(double Weight)
{
    /// <summary>The stratum's text id; the same for all rows of an unstratified sample.</summary>
    public string Stratum { get; init; } = "";

    /// <summary>Text id of the cluster drawn at the first stage, unique over all strata; null, then for every row, when rows were drawn themselves.</summary>
    public string? Cluster { get; init; }

    /// <summary>Text id, within its cluster, of what was drawn at the second stage; null, then for every row, when clusters count as drawn whole.</summary>
    public string? SecondStageUnit { get; init; }

    /// <summary>The clusters of the stratum (rows where rows were drawn), the same on all its rows; null when drawn with replacement.</summary>
    public FinitePopulation? Clusters { get; init; }

    /// <summary>The second-stage units of the cluster, the same on all its rows; null when drawn with replacement or in one stage.</summary>
    public FinitePopulation? SecondStageUnits { get; init; }
}

/// <summary>A stratified sample of rows, or of clusters in one or two stages: means, totals, ratios and shares with design-based standard errors.</summary>
/// <remarks>
/// <para>
/// Definition. With weights w, a total is T = SUM w y, a mean SUM w y / SUM w, a ratio R = SUM w y / SUM w x. The linearised
/// value of a row is y for a total, (y − mean) / SUM w for a mean, (y − R x) / SUM w x for a ratio, and 0 for a row outside
/// the domain or without an outcome; t is the sum of w times it over a cluster. Then
/// Var = SUM over strata of (1 − m/M) m/(m − 1) SUM (t − mean t)² over the m clusters drawn of M, and in two stages plus m/M times the same
/// expression within every cluster over its second-stage units. Without M the first factor is 1 and there is no second-stage term.
/// </para>
/// <para>
/// Source: [Lumley2004]; the same numbers as the functions svydesign, svymean, svytotal and svyratio of the R package survey. Rows outside a
/// domain stay in m: how many of a domain fall into the sample is itself chance. The degrees of freedom are counted as its degf of the
/// subset: clusters less strata with a row in the estimate.
/// </para>
/// <para>
/// A stratum with a single cluster, or a cluster with a single second-stage unit, has no variance of its own: 0 when it was the only one there
/// is (share drawn 1), else the estimate has no standard error. Nothing is pooled or guessed.
/// </para>
/// <para>
/// Assumes weights that owe nothing to the outcome. Not for weights calibrated to known totals, nor for strata at the second stage.
/// The order of the rows and the text of the ids do not change a bit. Immutable and safe for any number of threads.
/// </para>
/// </remarks>
public sealed class SurveyDesign
{
    /// <summary>Products of a weight and a value stay far from the end of the range of doubles.</summary>
    private const double Largest = 1e100;

    private readonly double[] _weights;
    private readonly bool _twoStages;
    private readonly SampledStratum[] _strata;

    /// <summary>Describes a sample.</summary>
    /// <param name="rows">Shape [rows], at least one.</param>
    /// <exception cref="ArgumentException">
    /// There are no rows; a weight is outside its range; some rows name a cluster or second-stage unit and others none; second-stage units
    /// or their population without clusters or units; a cluster lies in two strata; a population differs within its stratum or cluster,
    /// or is smaller than what was drawn from it.
    /// </exception>
    public SurveyDesign(IReadOnlyList<SampledRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Check(rows);
        _weights = [.. rows.Select(row => row.Weight)];
        _twoStages = rows[0].SecondStageUnit is not null;
        _strata = [.. Enumerable.Range(0, rows.Count).GroupBy(row => rows[row].Stratum, StringComparer.Ordinal).Select(stratum => Stratum(rows, [.. stratum]))];
    }

    /// <summary>Rows (count).</summary>
    public int Rows => _weights.Length;

    /// <summary>Strata (count).</summary>
    public int Strata => _strata.Length;

    /// <summary>Clusters drawn at the first stage (count); rows where rows were drawn.</summary>
    public int Clusters => _strata.Sum(stratum => stratum.Clusters.Length);

    /// <summary>Clusters − strata (count).</summary>
    public int DegreesOfFreedom => Clusters - Strata;

    /// <summary>The weighted mean.</summary>
    /// <param name="outcome">Shape [rows]. Any unit; null where missing: the row is then treated as outside the domain.</param>
    /// <param name="domain">Shape [rows]: true for the rows to estimate for; null for all.</param>
    /// <returns>Null when no row of the domain has an outcome.</returns>
    /// <exception cref="ArgumentException">The outcome or domain has another length than the design, or an outcome is larger than 1e100 or not a number.</exception>
    public DesignEstimate? Mean(IReadOnlyList<double?> outcome, IReadOnlyList<bool>? domain = null)
    {
        double[] values = Values(outcome, nameof(outcome));
        int[] rows = Domain(domain, row => outcome[row] is not null);
        double size = Total(rows, _ => 1);
        double mean = Total(rows, row => values[row]) / size;
        return Estimate(rows, mean, row => (values[row] - mean) / size);
    }

    /// <summary>The weighted total: of the population where the weights are one over the chances of being drawn.</summary>
    /// <param name="outcome">As for <see cref="Mean"/>.</param>
    /// <param name="domain">As for <see cref="Mean"/>.</param>
    /// <returns>As for <see cref="Mean"/>.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Mean"/>.</exception>
    public DesignEstimate? Total(IReadOnlyList<double?> outcome, IReadOnlyList<bool>? domain = null)
    {
        double[] values = Values(outcome, nameof(outcome));
        int[] rows = Domain(domain, row => outcome[row] is not null);
        return Estimate(rows, Total(rows, row => values[row]), row => values[row]);
    }

    /// <summary>The ratio of two weighted totals.</summary>
    /// <param name="numerator">Shape [rows]. Any unit; a row needs both values to be in the estimate.</param>
    /// <param name="denominator">Shape [rows].</param>
    /// <param name="domain">As for <see cref="Mean"/>.</param>
    /// <returns>Null when no row of the domain has both values, the denominator's total is 0, or so small that the ratio has no finite value.</returns>
    /// <exception cref="ArgumentException">A list has another length than the design, or a value is larger than 1e100 or not a number.</exception>
    public DesignEstimate? Ratio(IReadOnlyList<double?> numerator, IReadOnlyList<double?> denominator, IReadOnlyList<bool>? domain = null)
    {
        double[] above = Values(numerator, nameof(numerator));
        double[] below = Values(denominator, nameof(denominator));
        int[] rows = Domain(domain, row => numerator[row] is not null && denominator[row] is not null);
        double total = Total(rows, row => below[row]);
        double ratio = Total(rows, row => above[row]) / total;
        return Estimate(rows, ratio, row => (above[row] - ratio * below[row]) / total);
    }

    /// <summary>The weighted share of rows that have a property: the mean of 1 and 0.</summary>
    /// <param name="property">Shape [rows]; null where unknown.</param>
    /// <param name="domain">As for <see cref="Mean"/>.</param>
    /// <returns>A fraction; null when the property is known of no row of the domain.</returns>
    /// <exception cref="ArgumentException">The property or domain has another length than the design.</exception>
    public DesignEstimate? Share(IReadOnlyList<bool?> property, IReadOnlyList<bool>? domain = null)
    {
        ArgumentNullException.ThrowIfNull(property);
        CheckLength(property.Count, nameof(property));
        return Mean([.. property.Select(has => has is { } known ? (known ? 1.0 : 0.0) : (double?)null)], domain);
    }

    private static void Check(IReadOnlyList<SampledRow> rows)
    {
        if (rows.Count == 0)
        {
            throw new ArgumentException("A sample has at least one row.", nameof(rows));
        }

        bool clustered = rows[0].Cluster is not null;
        bool twoStages = rows[0].SecondStageUnit is not null;
        Dictionary<string, string> strata = new(StringComparer.Ordinal);
        foreach (SampledRow row in rows)
        {
            if (row.Weight is not (> 0 and <= Largest))
            {
                throw new ArgumentException($"The weight {row.Weight} is not above 0 and at most {Largest}.", nameof(rows));
            }

            if (row.Cluster is not null != clustered || row.SecondStageUnit is not null != twoStages)
            {
                throw new ArgumentException("Clusters and second-stage units are named on every row or on none.", nameof(rows));
            }

            if ((twoStages && !clustered) || (row.SecondStageUnits is not null && !twoStages))
            {
                throw new ArgumentException("A second stage needs clusters and names of the units drawn in them.", nameof(rows));
            }

            if (clustered && !strata.TryAdd(row.Cluster!, row.Stratum) && strata[row.Cluster!] != row.Stratum)
            {
                throw new ArgumentException($"Cluster {row.Cluster} lies in two strata.", nameof(rows));
            }
        }
    }

    private static SampledStratum Stratum(IReadOnlyList<SampledRow> rows, int[] members)
    {
        SampledCluster[] clusters = rows[0].Cluster is null
            ? [.. members.Select(row => new SampledCluster([[row]], 0))]
            : [.. members.GroupBy(row => rows[row].Cluster, StringComparer.Ordinal).Select(cluster => Cluster(rows, [.. cluster]))];
        return new SampledStratum(clusters, SampledShare(rows, members, row => row.Clusters, clusters.Length));
    }

    private static SampledCluster Cluster(IReadOnlyList<SampledRow> rows, int[] members)
    {
        // In one stage every unit id is null: the whole cluster is one unit, and its share is never asked for.
        int[][] units = [.. members.GroupBy(row => rows[row].SecondStageUnit, StringComparer.Ordinal).Select(unit => unit.ToArray())];
        return new SampledCluster(units, SampledShare(rows, members, row => row.SecondStageUnits, units.Length));
    }

    /// <summary>n / N of one stratum or cluster, 0 with replacement.</summary>
    private static double SampledShare(IReadOnlyList<SampledRow> rows, int[] members, Func<SampledRow, FinitePopulation?> population, int drawn)
    {
        FinitePopulation? first = population(rows[members[0]]);
        if (Array.Exists(members, row => population(rows[row]) != first))
        {
            throw new ArgumentException("The population differs between rows of one stratum or cluster.", nameof(rows));
        }

        double share = first?.SampledShare(drawn) ?? 0;
        return share <= 1 ? share : throw new ArgumentException($"The population is smaller than the {drawn} units drawn from it.", nameof(rows));
    }

    private void CheckLength(int length, string parameter)
    {
        if (length != Rows)
        {
            throw new ArgumentException($"{length} values for a design of {Rows} rows.", parameter);
        }
    }

    /// <summary>The values, 0 where missing: such a row is in no sum.</summary>
    private double[] Values(IReadOnlyList<double?> values, string parameter)
    {
        ArgumentNullException.ThrowIfNull(values, parameter);
        CheckLength(values.Count, parameter);
        return values.All(value => value is null or (>= -Largest and <= Largest))
            ? [.. values.Select(value => value ?? 0)]
            : throw new ArgumentException($"A value is larger than {Largest} or not a number.", parameter);
    }

    private int[] Domain(IReadOnlyList<bool>? domain, Func<int, bool> known)
    {
        CheckLength(domain?.Count ?? Rows, nameof(domain));
        return [.. Enumerable.Range(0, Rows).Where(row => domain?[row] != false && known(row))];
    }

    private double Total(int[] rows, Func<int, double> value) => OrderFreeSum.Of(rows.Select(row => _weights[row] * value(row)));

    private DesignEstimate? Estimate(int[] rows, double value, Func<int, double> linearised)
    {
        // A denominator of 0 makes it NaN or infinite.
        if (rows.Length == 0 || !double.IsFinite(value))
        {
            return null;
        }

        var contributions = new double[Rows];
        var taking = new bool[Rows];
        foreach (int row in rows)
        {
            contributions[row] = _weights[row] * linearised(row);
            taking[row] = true;
        }

        int clusters = _strata.Sum(stratum => stratum.Clusters.Count(cluster => cluster.TakesPart(taking)));
        int strata = _strata.Count(stratum => stratum.TakesPart(taking));
        double? variance = Finite(Variance(contributions, taking));

        double size = Total(rows, _ => 1);
        double center = Total(rows, linearised) / size;
        double? random = rows.Length > 1 ? size / (rows.Length - 1) * Total(rows, row => (linearised(row) - center) * (linearised(row) - center)) : null;
        double? effect = random > 0 ? Finite(variance / random) : null;
        return new DesignEstimate(
            value, variance is { } known ? Math.Sqrt(known) : null, clusters - strata, rows.Length, effect, size > rows.Length ? effect * size / (size - rows.Length) : null);
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private double? Variance(double[] contributions, bool[] taking)
    {
        List<double?> terms = [];
        foreach (SampledStratum stratum in _strata.Where(stratum => stratum.TakesPart(taking)))
        {
            double[][] units = [.. stratum.Clusters.Select(cluster => cluster.UnitTotals(contributions))];
            terms.Add(Variance([.. units.Select(OrderFreeSum.Of)], stratum.Share));
            if (_twoStages && stratum.Share > 0)
            {
                terms.AddRange(stratum.Clusters
                    .Zip(units)
                    .Where(cluster => cluster.First.TakesPart(taking))
                    .Select(cluster => stratum.Share * Variance(cluster.Second, cluster.First.Share)));
            }
        }

        return terms.Contains(null) ? null : OrderFreeSum.Of(terms.OfType<double>());
    }

    /// <summary>(1 − n/N) n/(n − 1) SUM (t − mean t)²; null for one unit of several.</summary>
    private static double? Variance(double[] totals, double share)
    {
        if (share == 1)
        {
            return 0;
        }

        int n = totals.Length;
        if (n == 1)
        {
            return null;
        }

        double mean = OrderFreeSum.Of(totals) / n;
        return (1 - share) * n / (n - 1) * OrderFreeSum.Of(totals.Select(total => (total - mean) * (total - mean)));
    }

    /// <summary>A stratum: its clusters and the share of its population that they are.</summary>
    private sealed record SampledStratum(SampledCluster[] Clusters, double Share)
    {
        public bool TakesPart(bool[] rows) => Array.Exists(Clusters, cluster => cluster.TakesPart(rows));
    }

    /// <summary>A cluster: the rows of each second-stage unit (one unit in a single stage) and the share of its population that the units are.</summary>
    private sealed record SampledCluster(int[][] Units, double Share)
    {
        public bool TakesPart(bool[] rows) => Array.Exists(Units, unit => Array.Exists(unit, row => rows[row]));

        public double[] UnitTotals(double[] contributions) => [.. Units.Select(unit => OrderFreeSum.Of(unit.Select(row => contributions[row])))];
    }
}
