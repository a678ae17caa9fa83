using System.Globalization;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Tests.Scoring;

/// <summary>Answer counts of teachers in 56 schools of New York City, 2011, and the scores the city published from them.</summary>
public sealed class NycTeacherCategoriesTests
{
    [Fact]
    public void Counts_of_answers_give_the_published_scores()
    {
        var nyc = ReferenceCase.Outside("O01-nyc-teacher-categories");
        IReadOnlyList<IReadOnlyDictionary<string, string>> key = nyc.Csv("key.csv");
        var points = key.Where(row => row["option"].Length > 0).ToDictionary(
            row => (row["item"], row["option"]),
            row => row["points"].Length == 0 ? (decimal?)null : decimal.Parse(row["points"], CultureInfo.InvariantCulture));
        var items = nyc.Csv("counts.csv")
            .GroupBy(row => (row["dbn"], row["item"]))
            .ToDictionary(
                item => item.Key,
                item => OptionCountScore.Item([.. item.Select(row => new OptionCount(points[(row["item"], row["option"])], long.Parse(row["n"], CultureInfo.InvariantCulture)))]));
        foreach (IReadOnlyDictionary<string, string> given in nyc.Csv("given_item_scores.csv"))
        {
            items.Add((given["dbn"], given["item"]), ReferenceCase.Number(given["score"]));
        }

        string[] codes = [.. key.Select(row => row["category"]).Distinct()];
        var members = key.Select(row => (row["category"], row["item"])).Distinct().ToLookup(row => row.Item1, row => row.Item2);
        IReadOnlyList<IReadOnlyDictionary<string, string>> schools = nyc.Csv("schools.csv");
        var categories = schools.SelectMany(school => codes, (school, code) => (school["dbn"], code))
            .ToDictionary(cell => cell, cell => OptionCountScore.Category([.. members[cell.code].Select(item => items[(cell.Item1, item)])]));
        double[] composites = [.. schools.Select(school => OptionCountScore.Composite([.. codes.Select(code => categories[(school["dbn"], code)])])!.Value)];
        double[] respondents = [.. schools.Select(school => ReferenceCase.Number(school["n_respondents"]))];

        foreach (string column in new[] { "score", "published_1dp" })
        {
            nyc.CheckColumn("expected_items.csv", column, row => items[(row["dbn"], row["item"])]);
            nyc.CheckColumn("expected_categories.csv", column, row => categories[(row["dbn"], row["category"])]);
        }

        var composite = schools.Zip(composites).ToDictionary(school => school.First["dbn"], school => school.Second);
        ReferenceDistribution ranks = new(composites);
        ReferenceDistribution weightedRanks = new(composites, respondents);
        nyc.CheckColumn("expected_composite.csv", "composite", row => composite[row["dbn"]]);
        nyc.CheckColumn("expected_composite.csv", "percentile_mid", row => ranks.PercentileRank(composite[row["dbn"]]));
        nyc.CheckColumn("expected_composite.csv", "percentile_mid_weighted", row => weightedRanks.PercentileRank(composite[row["dbn"]]));

        SurveyDesign plain = new([.. schools.Select(_ => new SampledRow(1))]);
        foreach (string code in codes)
        {
            double?[] scores = [.. schools.Select(school => categories[(school["dbn"], code)])];
            DesignEstimate mean = plain.Mean(scores)!;
            nyc.Check($"mean_{code}", mean.Value);
            nyc.Check($"wmean_{code}", WeightedStatistics.Mean([.. scores.Select(score => score!.Value)], respondents));

            // The standard error of a simple random sample is s / √n.
            nyc.Check($"sd_{code}", mean.StandardError!.Value * Math.Sqrt(schools.Count));
        }

        nyc.AssertComplete();
    }
}
