using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Growth;

/// <summary>
/// Means over the stages by one of the two estimates, with everything their contrasts need: the means without each district in turn, and the means of resamples of districts.
/// docs/methodology.md section 7.
/// </summary>
/// <remarks>
/// <para>Definition, cross-section: mean over the districts seen at the stage. Panel: stage effects b of the least squares fit X_ds = a_d + b_s, each district-wave with weight 1, over
/// districts seen at two or more stages; b is fixed up to a constant and its first stage set to 0, so only contrasts whose weights sum to 0 have meaning.</para>
/// <para>With district effects swept out, the normal equations of b are SUM_d (diag(1_d) - 1_d 1_d' / n_d) b = SUM_d (x_d - mean x_d): one small matrix per pattern of stages seen. When stages fall into
/// groups that no district connects, the group with the most district-waves is used.</para>
/// <para>Variance of a contrast: delete-one-district jackknife (D - 1)/D SUM (c_(-d) - mean)² over the D districts that take part, t with D - 1 df. Source: [EfronTibshirani1993], equation 11.5.</para>
/// <para>Not a number inside the arrays marks a stage without an estimate; none leaves this class.</para>
/// </remarks>
internal sealed class StageMeans
{
    private const int StageCount = 5;

    /// <summary>Pivots of a connected design are at least about 1/5; a disconnected one leaves only rounding.</summary>
    private const double SmallestPivot = 1e-9;

    private readonly bool _panel;
    private readonly (string Id, int Seen, double[] Values)[] _districts;
    private readonly double[][] _without;

    private StageMeans(bool panel, (string Id, int Seen, double[] Values)[] districts)
    {
        _panel = panel;
        _districts = districts;
        var totals = new Totals();
        foreach ((string _, int seen, double[] values) in districts)
        {
            totals.Add(seen, values, 1);
        }

        Means = Solve(totals);
        _without =
        [
            .. districts.Select(district =>
            {
                Totals rest = totals.Copy();
                rest.Add(district.Seen, district.Values, -1);
                return Solve(rest);
            }),
        ];
    }

    /// <summary>Shape [5 stages]; not a number where there is no estimate.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>Districts behind the estimate (count).</summary>
    public int Districts => _districts.Length;

    /// <summary>Stages with an estimate, in order.</summary>
    public IReadOnlyList<Stage> Stages => [.. DistrictStages.AllStages.Where(stage => !double.IsNaN(Means[(int)stage]))];

    /// <summary>Means over the districts seen at each stage.</summary>
    /// <param name="districts">Ordered by id.</param>
    /// <param name="series">The value of a wave. Points.</param>
    public static StageMeans CrossSection(IReadOnlyList<DistrictStages> districts, Func<DistrictWave, double> series) =>
        new(panel: false, [.. districts.Select(district => Values(district, series)).Where(district => district.Seen != 0)]);

    /// <summary>Stage effects of the districts seen at two or more stages.</summary>
    /// <inheritdoc cref="CrossSection" path="/param"/>
    public static StageMeans Panel(IReadOnlyList<DistrictStages> districts, Func<DistrictWave, double> series)
    {
        (string Id, int Seen, double[] Values)[] repeated = [.. districts.Select(district => Values(district, series)).Where(district => int.PopCount(district.Seen) >= 2)];
        int connected = LargestConnected([.. repeated.Select(district => district.Seen)]);
        return new(panel: true, [.. repeated.Where(district => (district.Seen & connected) != 0)]);
    }

    /// <summary>Districts behind the estimate that were seen at a stage (count).</summary>
    public int DistrictsAt(Stage stage) => _districts.Count(district => (district.Seen >> (int)stage & 1) != 0);

    /// <summary>The means when one district is left out; a district that takes no part changes nothing.</summary>
    public IReadOnlyList<double> Without(string districtId)
    {
        int district = Array.FindIndex(_districts, candidate => candidate.Id == districtId);
        return district < 0 ? Means : _without[district];
    }

    /// <summary>A weighted sum of the means.</summary>
    /// <param name="weights">Shape [5 stages]; must sum to 0 for the panel.</param>
    /// <returns>Null when a stage with a weight has no estimate, or loses it when one district is left out: there is no jackknife then.</returns>
    public ContrastEstimate? Contrast(IReadOnlyList<double> weights)
    {
        int concerned = Enumerable.Range(0, StageCount).Where(stage => weights[stage] != 0).Sum(stage => 1 << stage);
        double[] replicates =
        [
            .. _districts.Zip(_without)
                .Where(pair => _panel || (pair.First.Seen & concerned) != 0)
                .Select(pair => Sum(weights, pair.Second)),
        ];
        double points = Sum(weights, Means);
        return double.IsNaN(points) || replicates.Length < 2 || replicates.Any(double.IsNaN)
            ? null
            : new ContrastEstimate(points, Math.Sqrt(JackknifeVariance(replicates)), replicates.Length - 1);
    }

    /// <summary>The delete-one variance of a statistic from its values without each district.</summary>
    public static double JackknifeVariance(IReadOnlyList<double> replicates)
    {
        double mean = replicates.Average();
        return replicates.Sum(value => (value - mean) * (value - mean)) * (replicates.Count - 1) / replicates.Count;
    }

    /// <summary>The weighted sum; a stage of weight 0 needs no estimate.</summary>
    public static double Sum(IReadOnlyList<double> weights, IReadOnlyList<double> means)
    {
        double sum = 0;
        for (int stage = 0; stage < StageCount; stage++)
        {
            sum += weights[stage] == 0 ? 0 : weights[stage] * means[stage];
        }

        return sum;
    }

    /// <summary>The means of samples of as many districts drawn with replacement, one after the other from streams of the seed.</summary>
    /// <returns>Shape [resamples][5 stages]; not a number where the sample gives no estimate.</returns>
    public double[][] Resample(int resamples, ulong seed)
    {
        var means = new double[resamples][];
        Parallel.For(0, resamples, resample =>
        {
            var random = SplitMix64.ForStream(seed, resample);
            var totals = new Totals();
            for (int draw = 0; draw < _districts.Length; draw++)
            {
                (string _, int seen, double[] values) = _districts[random.Next(_districts.Length)];
                totals.Add(seen, values, 1);
            }

            means[resample] = Solve(totals);
        });
        return means;
    }

    private static (string Id, int Seen, double[] Values) Values(DistrictStages district, Func<DistrictWave, double> series)
    {
        int seen = 0;
        double[] values = new double[StageCount];
        foreach (DistrictWave wave in district.Waves.OfType<DistrictWave>())
        {
            seen |= 1 << (int)wave.Stage;
            values[(int)wave.Stage] = series(wave);
        }

        return (district.DistrictId, seen, values);
    }

    private static int LargestConnected(IReadOnlyList<int> patterns)
    {
        var groups = new List<int>();
        foreach (int pattern in patterns.Distinct())
        {
            int merged = groups.Where(group => (group & pattern) != 0).Aggregate(pattern, (all, group) => all | group);
            groups.RemoveAll(group => (group & merged) != 0);
            groups.Add(merged);
        }

        return groups
            .OrderByDescending(group => patterns.Where(pattern => (pattern & group) != 0).Sum(int.PopCount))
            .ThenBy(int.TrailingZeroCount)
            .FirstOrDefault();
    }

    private double[] Solve(Totals totals) => _panel ? totals.Effects() : totals.Averages();

    /// <summary>Sums over districts: per pattern of stages how many, and per stage the values (cross-section) and their deviations from the district's mean (panel).</summary>
    private sealed class Totals
    {
        private readonly int[] _patterns = new int[1 << StageCount];
        private readonly double[] _sums = new double[StageCount];
        private readonly double[] _deviations = new double[StageCount];

        public void Add(int seen, double[] values, int times)
        {
            _patterns[seen] += times;
            double mean = 0;
            for (int stage = 0; stage < StageCount; stage++)
            {
                mean += values[stage]; // 0 where not seen
            }

            mean /= int.PopCount(seen);
            for (int stage = 0; stage < StageCount; stage++)
            {
                if ((seen >> stage & 1) != 0)
                {
                    _sums[stage] += times * values[stage];
                    _deviations[stage] += times * (values[stage] - mean);
                }
            }
        }

        public Totals Copy()
        {
            var copy = new Totals();
            _patterns.CopyTo(copy._patterns, 0);
            _sums.CopyTo(copy._sums, 0);
            _deviations.CopyTo(copy._deviations, 0);
            return copy;
        }

        public double[] Averages()
        {
            double[] means = new double[StageCount];
            for (int stage = 0; stage < StageCount; stage++)
            {
                int districts = 0;
                for (int pattern = 1; pattern < _patterns.Length; pattern++)
                {
                    districts += (pattern >> stage & 1) * _patterns[pattern];
                }

                means[stage] = districts == 0 ? double.NaN : _sums[stage] / districts;
            }

            return means;
        }

        public double[] Effects()
        {
            double[] effects = new double[StageCount];
            Array.Fill(effects, double.NaN);
            double[,] matrix = new double[StageCount, StageCount];
            int seen = 0;
            for (int pattern = 1; pattern < _patterns.Length; pattern++)
            {
                if (_patterns[pattern] == 0)
                {
                    continue;
                }

                seen |= pattern;
                double shared = (double)_patterns[pattern] / int.PopCount(pattern);
                for (int row = 0; row < StageCount; row++)
                {
                    for (int column = 0; column < StageCount; column++)
                    {
                        if ((pattern >> row & 1) != 0 && (pattern >> column & 1) != 0)
                        {
                            matrix[row, column] += (row == column ? _patterns[pattern] : 0) - shared;
                        }
                    }
                }
            }

            int[] stages = [.. Enumerable.Range(0, StageCount).Where(stage => (seen >> stage & 1) != 0)];
            return stages.Length >= 2 && Eliminate(matrix, [.. _deviations], stages, effects)
                ? effects
                : [.. Enumerable.Repeat(double.NaN, StageCount)];
        }

        // Gauss without pivoting: the matrix is symmetric and, once the first stage is fixed at 0, positive definite.
        private static bool Eliminate(double[,] matrix, double[] right, int[] stages, double[] effects)
        {
            for (int pivot = 1; pivot < stages.Length; pivot++)
            {
                int p = stages[pivot];
                if (matrix[p, p] < SmallestPivot)
                {
                    return false;
                }

                for (int below = pivot + 1; below < stages.Length; below++)
                {
                    int b = stages[below];
                    double factor = matrix[b, p] / matrix[p, p];
                    right[b] -= factor * right[p];
                    for (int column = pivot; column < stages.Length; column++)
                    {
                        matrix[b, stages[column]] -= factor * matrix[p, stages[column]];
                    }
                }
            }

            effects[stages[0]] = 0;
            for (int pivot = stages.Length - 1; pivot >= 1; pivot--)
            {
                int p = stages[pivot];
                double rest = right[p];
                for (int column = pivot + 1; column < stages.Length; column++)
                {
                    rest -= matrix[p, stages[column]] * effects[stages[column]];
                }

                effects[p] = rest / matrix[p, p];
            }

            return true;
        }
    }
}
