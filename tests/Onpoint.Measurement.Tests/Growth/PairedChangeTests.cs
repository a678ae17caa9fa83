using System.Globalization;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Tests.Growth;

public sealed class PairedChangeTests
{
    private static readonly ReferenceCase Reference = ReferenceCase.Committed("O09-growth-bootstrap");

    /// <summary>264 respondents in 54 districts at four yearly stages: R 4.2.2, survey 4.1.1, bootstrap ends from 200,000 resamples.</summary>
    [Fact]
    public void Change_matches_the_reference_case()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = Reference.Csv("panel.csv");
        var scores = rows.ToDictionary(row => (Respondent: row["respondent"], Stage: row["stage"]), row => ReferenceCase.Number(row["score"]));
        var districts = rows.Where(row => row["stage"] == "1").ToDictionary(row => row["respondent"], row => row["district"]);
        var clusters = new Dictionary<(string, string), ClusterChange>();
        foreach (string step in new[] { "s1to2", "s2to3", "s3to4", "s1to4" })
        {
            PairedValue[] pairs = [.. districts.Select(row => new PairedValue(row.Value, scores[(row.Key, step[1..2])], scores[(row.Key, step[4..])]))];
            PairedChangeEstimate change = PairedChange.Estimate(pairs);
            Reference.Check($"est_mean_gain_{step}", change.MeanGain.Mean);
            Reference.Check($"clusterse_mean_gain_{step}", change.MeanGain.StandardError!.Value);
            Reference.Check($"naive_se_mean_gain_{step}", change.MeanGain.SimpleStandardError!.Value);
            Reference.Check($"est_share_up_{step}", change.ShareUp.Mean);
            Reference.Check($"clusterse_share_up_{step}", change.ShareUp.StandardError!.Value);
            Reference.Check($"naive_se_share_up_{step}", change.ShareUp.SimpleStandardError!.Value);
            Reference.Check($"est_district_share_up_{step}", change.ClusterShareUp);
            foreach (ClusterChange cluster in change.Clusters)
            {
                clusters.Add((step, cluster.Cluster), cluster);
            }

            PairedChangeBootstrap bootstrap = PairedChange.Bootstrap(pairs, seed: 1)!;
            CheckInterval($"mean_gain_{step}", bootstrap.MeanGain);
            CheckInterval($"share_up_{step}", bootstrap.ShareUp);
            CheckInterval($"district_share_up_{step}", bootstrap.ClusterShareUp);
        }

        Reference.CheckColumn("expected_district_growth.csv", "n", row => clusters[(row["step"], row["district"])].Pairs);
        Reference.CheckColumn("expected_district_growth.csv", "mean_gain", row => clusters[(row["step"], row["district"])].MeanGain);
        Reference.CheckColumn("expected_district_growth.csv", "share_up", row => clusters[(row["step"], row["district"])].ShareUp);
        var stages = rows.GroupBy(row => row["stage"])
            .ToDictionary(stage => stage.Key, stage => ClusteredMean.Of([.. stage.Select(row => (row["district"], ReferenceCase.Number(row["score"])))]));
        Assert.All(stages.Values, stage => Assert.Equal((264, 54), (stage.Values, stage.Clusters)));
        Reference.CheckColumn("expected_stage_means.csv", "mean", row => stages[row["stage"]].Mean);
        Reference.CheckColumn("expected_stage_means.csv", "cluster_se", row => stages[row["stage"]].StandardError);
        Reference.AssertComplete();
    }

    private static void CheckInterval(string number, BootstrapInterval interval)
    {
        // The case writes 15 digits and asks for one end without tolerance: 4/54 as it is written there.
        Reference.Check($"boot_lo_{number}", double.Parse(interval.Low.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        Reference.Check($"boot_hi_{number}", interval.High);
        Reference.Check($"boot_se_{number}", interval.StandardError);
    }

    /// <summary>Two schools with gains {2, 0} and {3, 3, -1}; qt(.975, 1) of R 4.2.2.</summary>
    private static readonly PairedValue[] Few = [new("b", 1, 4), new("a", 1, 3), new("b", 2, 5), new("a", 5, 5), new("b", 2, 1)];

    /// <summary>
    /// By hand: mean 7/5; z = (2 - 2.8)/5 = -.16 and (5 - 4.2)/5 = .16, SE sqrt(2/1 x 2 x .16²) = .32, t(1) = 12.7062047362; squares .36 + 1.96 + 2.56 + 2.56 + 5.76 = 13.2, simple SE sqrt(13.2/4/5). Share 3/5;
    /// z = (1 - 1.2)/5 and (2 - 1.8)/5, SE sqrt(2 x 2 x .04²) = .08; simple SE sqrt(.24/5).
    /// </summary>
    [Fact]
    public void Change_matches_arithmetic_by_hand()
    {
        PairedChangeEstimate change = PairedChange.Estimate(Few);

        Assert.Equal((5, 2, 5, 2), (change.MeanGain.Values, change.MeanGain.Clusters, change.ShareUp.Values, change.ShareUp.Clusters));
        Assert.Equal([1.4, 0.32, Math.Sqrt(0.66), 0.32 * 12.7062047362], Numbers(change.MeanGain), (x, y) => Math.Abs(x - y) < 1e-9);
        Assert.Equal([0.6, 0.08, Math.Sqrt(0.048), 0.08 * 12.7062047362], Numbers(change.ShareUp), (x, y) => Math.Abs(x - y) < 1e-9);
        Assert.Equal(1, change.ClusterShareUp);
        Assert.Equal([new ClusterChange("a", 2, 1, 0.5), new ClusterChange("b", 3, 5 / 3.0, 2 / 3.0)], change.Clusters);

        static double[] Numbers(ClusteredMean mean) => [mean.Mean, mean.StandardError!.Value, mean.SimpleStandardError!.Value, mean.Margin!.Value];
    }

    /// <summary>One value per cluster: the cluster-robust error is s / sqrt(n), the classic one. {1, 2, 6}: s² = 7.</summary>
    [Fact]
    public void Clusters_of_one_are_independent_values()
    {
        ClusteredMean mean = ClusteredMean.Of([("a", 1), ("b", 2), ("c", 6)]);

        Assert.Equal(Math.Sqrt(7 / 3.0), mean.StandardError!.Value, 1e-14);
        Assert.Equal(Math.Sqrt(7 / 3.0), mean.SimpleStandardError!.Value, 1e-14);
    }

    /// <summary>A cluster of copies adds no information: three clusters of 4 equal values have the error of three values, whatever the simple error says.</summary>
    [Fact]
    public void Copies_within_clusters_add_nothing()
    {
        ClusteredMean single = ClusteredMean.Of([("a", 1), ("b", 2), ("c", 6)]);
        ClusteredMean copies = ClusteredMean.Of([.. Enumerable.Repeat(new[] { ("a", 1.0), ("b", 2.0), ("c", 6.0) }, 4).SelectMany(row => row)]);

        Assert.Equal(single.StandardError!.Value, copies.StandardError!.Value, 1e-14);
        Assert.True(copies.SimpleStandardError < single.SimpleStandardError);
    }

    [Fact]
    public void Ties_are_not_up_and_a_cluster_without_gain_is_not_up()
    {
        PairedChangeEstimate change = PairedChange.Estimate([new("a", 3, 3), new("a", 1, 2), new("a", 2, 1), new("b", 1, 2)]);

        Assert.Equal((0.5, 0.5), (change.ShareUp.Mean, change.ClusterShareUp));
        PairedChangeBootstrap bootstrap = PairedChange.Bootstrap([new("a", 3, 3), new("b", 4, 4)], 1)!;
        Assert.Equal((new(0, 0, 0), new(0, 0, 0), new(0, 0, 0)), (bootstrap.MeanGain, bootstrap.ShareUp, bootstrap.ClusterShareUp));
    }

    /// <summary>
    /// Two clusters of one pair with gains 0 and 1: a resample has gain 0, 1/2 or 1 with chances 1/4, 1/2, 1/4, so SD sqrt(1/8) = .3536 (Monte Carlo SD of that with 2,000 resamples about .004) and 95 % runs from 0 to 1; at 40 % both ends are 1/2,
    /// for the 30 % and 70 % points lie inside its half. Only the gain of 1 is up.
    /// </summary>
    [Fact]
    public void Resamples_redraw_whole_clusters()
    {
        PairedValue[] pairs = [new("a", 0, 0), new("b", 0, 1)];
        PairedChangeBootstrap bootstrap = PairedChange.Bootstrap(pairs, 7)!;

        Assert.All([bootstrap.MeanGain, bootstrap.ShareUp, bootstrap.ClusterShareUp], interval =>
        {
            Assert.Equal((0, 1), (interval.Low, interval.High));
            Assert.Equal(Math.Sqrt(0.125), interval.StandardError, 0.02);
        });
        Assert.Equal((0.5, 0.5), PairedChange.Bootstrap(pairs, 7, level: 0.4)!.MeanGain is var middle ? (middle.Low, middle.High) : default);
    }

    [Fact]
    public void Bits_depend_on_the_seed_only()
    {
        PairedValue[] pairs = [.. Enumerable.Range(0, 40).Select(row => new PairedValue($"d{row % 7}", row * 0.1, row * row * 0.013))];
        PairedChangeBootstrap bootstrap = PairedChange.Bootstrap(pairs, 3, 200)!;

        Assert.Equal(bootstrap, PairedChange.Bootstrap([.. pairs.Reverse()], 3, 200));
        Assert.NotEqual(bootstrap.MeanGain, PairedChange.Bootstrap(pairs, 4, 200)!.MeanGain);
        Assert.NotEqual(bootstrap.MeanGain, PairedChange.Bootstrap(pairs, 3, 201)!.MeanGain);
        PairedChangeEstimate change = PairedChange.Estimate(pairs);
        PairedChangeEstimate reversed = PairedChange.Estimate([.. pairs.Reverse()]);
        Assert.Equal((change.MeanGain, change.ShareUp, change.ClusterShareUp), (reversed.MeanGain, reversed.ShareUp, reversed.ClusterShareUp));
        Assert.Equal(change.Clusters, reversed.Clusters);
    }

    /// <summary>One resample after the other on one thread, from the same streams: school a has 2 pairs, gain 2, 1 up; school b 3 pairs, gain 5, 2 up.</summary>
    [Fact]
    public void Resamples_are_those_drawn_one_after_the_other()
    {
        var gains = new List<double>();
        var ups = new List<double>();
        for (int resample = 0; resample < 150; resample++)
        {
            var random = SplitMix64.ForStream(11, resample);
            int b = random.Next(2) + random.Next(2);
            gains.Add((2.0 * (2 - b) + 5 * b) / (2 * (2 - b) + 3 * b));
            ups.Add((1.0 * (2 - b) + 2 * b) / (2 * (2 - b) + 3 * b));
        }

        PairedChangeBootstrap bootstrap = PairedChange.Bootstrap(Few, 11, 150, 0.3)!;
        Same(gains, bootstrap.MeanGain);
        Same(ups, bootstrap.ShareUp);
        Assert.Equal(new BootstrapInterval(0, 1, 1), bootstrap.ClusterShareUp); // both schools went up

        static void Same(List<double> resamples, BootstrapInterval interval)
        {
            Assert.Equal(Quantiles.At(resamples, 0.35, QuantileType.Type7), interval.Low);
            Assert.Equal(Quantiles.At(resamples, 0.65, QuantileType.Type7), interval.High);
            Assert.Equal(Math.Sqrt(resamples.Sum(x => Math.Pow(x - resamples.Average(), 2)) / 149), interval.StandardError, 1e-14);
        }
    }

    [Fact]
    public void One_cluster_tells_no_error_between_clusters()
    {
        PairedChangeEstimate change = PairedChange.Estimate([new("a", 1, 2), new("a", 1, 4)]);

        Assert.Equal((2, 1, null, null), (change.MeanGain.Mean, change.MeanGain.Clusters, change.MeanGain.StandardError, change.MeanGain.Margin));
        Assert.Equal(1, change.MeanGain.SimpleStandardError!.Value, 1e-14); // {1, 3}: s² = 2, n = 2
        Assert.Null(PairedChange.Bootstrap([new("a", 1, 2), new("a", 1, 4)], 1));
        Assert.Equal((1, 1, null, null), ClusteredMean.Of([("a", 1)]) is var one ? (one.Mean, one.Values, one.SimpleStandardError, one.StandardError) : default);
        Assert.Null(ClusteredMean.OfShare([("a", true)]).SimpleStandardError);
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        Assert.Throws<ArgumentException>("pairs", () => PairedChange.Estimate([]));
        Assert.Throws<ArgumentException>("pairs", () => PairedChange.Estimate([new("a", double.NaN, 1)]));
        Assert.Throws<ArgumentException>("pairs", () => PairedChange.Bootstrap([new("a", 1, double.PositiveInfinity)], 1));
        Assert.Throws<ArgumentNullException>("pairs", () => PairedChange.Estimate(null!));
        Assert.Throws<ArgumentOutOfRangeException>("resamples", () => PairedChange.Bootstrap(Few, 1, 99));
        Assert.NotNull(PairedChange.Bootstrap(Few, 1, 100));
        Assert.Throws<ArgumentOutOfRangeException>("level", () => PairedChange.Bootstrap(Few, 1, level: 1));
        Assert.Throws<ArgumentException>("values", () => ClusteredMean.Of([]));
        Assert.Throws<ArgumentException>("values", () => ClusteredMean.Of([("a", 1), ("b", double.NaN)]));
        Assert.Throws<ArgumentNullException>("values", () => ClusteredMean.Of(null!));
        Assert.Throws<ArgumentNullException>("values", () => ClusteredMean.OfShare(null!));
        Assert.Throws<ArgumentException>("values", () => ClusteredMean.OfShare([]));
    }
}
