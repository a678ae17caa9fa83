using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Tests.Norms;

/// <summary>Pupils per teacher in 8,113 districts of the United States, R 4.2.2 and Hmisc 4.8.0.</summary>
public sealed class ReferenceDistrictsTests
{
    [Fact]
    public void Means_quantiles_and_mid_ranks_of_real_districts_are_reproduced()
    {
        var districts = ReferenceCase.Outside("O04-percentile-ranks");
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = districts.Csv("reference_districts.csv");
        double[] x = [.. rows.Select(row => ReferenceCase.Number(row["x"]))];
        double[] enrollment = [.. rows.Select(row => ReferenceCase.Number(row["enrollment"]))];

        DesignEstimate plain = Plain(x);
        districts.Check("n", plain.Rows);
        districts.Check("mean", plain.Value);
        districts.Check("sd", Deviation(plain)!.Value);
        districts.Check("weighted_mean_enrollment", WeightedStatistics.Mean(x, enrollment));
        districts.Check("kish_neff", WeightedStatistics.EffectiveSize(enrollment));
        foreach (QuantileType type in new[] { QuantileType.Type6, QuantileType.Type7 })
        {
            foreach (int percent in new[] { 5, 10, 25, 50, 75, 90, 95 })
            {
                districts.Check($"quantile_type{(int)type}_p{percent:00}", Quantiles.At(x, percent / 100.0, type));
            }
        }

        ReferenceDistribution ranks = new(x);
        ReferenceDistribution weightedRanks = new(x, enrollment);
        districts.CheckColumn("expected_percentiles.csv", "pr_mid", row => ranks.PercentileRank(ReferenceCase.Number(row["x"])));
        districts.CheckColumn("expected_percentiles.csv", "pr_mid_weighted", row => weightedRanks.PercentileRank(ReferenceCase.Number(row["x"])));

        ILookup<string, int> states = Enumerable.Range(0, x.Length).ToLookup(row => rows[row]["state"]);
        districts.CheckColumn("expected_states.csv", "n", row => states[row["state"]].Count());
        districts.CheckColumn("expected_states.csv", "mean", row => Plain(Of(row["state"], x)).Value);
        districts.CheckColumn("expected_states.csv", "wmean", row => WeightedStatistics.Mean(Of(row["state"], x), Of(row["state"], enrollment)));
        districts.CheckColumn("expected_states.csv", "sd", row => Deviation(Plain(Of(row["state"], x))));
        districts.CheckColumn("expected_states.csv", "median", row => Quantiles.At(Of(row["state"], x), 0.5, QuantileType.Type7));

        // Not offered, because no page or analysis uses them: variances under weights, quantiles of type 2 and under weights.
        // The same holds for the columns of strict and weak ranks, z and normal curve equivalents.
        districts.AssertComplete("weighted_var_*", "quantile_type2_*", "weighted_quantile_*");

        double[] Of(string state, double[] values) => [.. states[state].Select(row => values[row])];
    }

    /// <summary>A simple random sample with replacement: its mean, and its standard error s / √n.</summary>
    private static DesignEstimate Plain(double[] values) =>
        new SurveyDesign([.. values.Select(_ => new SampledRow(1))]).Mean([.. values.Select(value => (double?)value)])!;

    private static double? Deviation(DesignEstimate plain) => plain.StandardError * Math.Sqrt(plain.Rows);
}
