using Onpoint.Measurement.Estimation;

namespace Onpoint.Measurement.Tests.Estimation;

/// <summary>California schools: R 4.2.2, survey 4.1.1, and what its vignette and help pages print.</summary>
public sealed class SurveyDesignReferenceTests
{
    private static readonly ReferenceCase Case = ReferenceCase.Committed("O08-survey-se-api");

    [Fact]
    public void Every_value_of_the_case_is_reproduced()
    {
        Sample strat = new("apistrat.csv");
        Sample clus1 = new("apiclus1.csv");
        Sample clus2 = new("apiclus2.csv");
        CheckAll("strat", strat, strat.Design(row => new(Number(row, "pw")) { Stratum = row["stype"], Clusters = FinitePopulation.OfSize(Number(row, "fpc")) }));
        CheckAll("strat_nofpc", strat, strat.Design(row => new(Number(row, "pw")) { Stratum = row["stype"] }));
        SurveyDesign oneStage = clus1.Design(row => new(Number(row, "pw")) { Cluster = row["dnum"], Clusters = FinitePopulation.OfSize(Number(row, "fpc")) });
        CheckAll("clus1", clus1, oneStage);
        CheckAll("clus1_nofpc", clus1, clus1.Design(row => new(Number(row, "pw")) { Cluster = row["dnum"] }));
        CheckAll("clus2", clus2, clus2.Design(row => new(Number(row, "pw"))
        {
            Cluster = row["dnum"],
            SecondStageUnit = row["snum"],
            Clusters = FinitePopulation.OfSize(Number(row, "fpc1")),
            SecondStageUnits = FinitePopulation.OfSize(Number(row, "fpc2")),
        }));
        CheckAll("clus2_stage1only", clus2, clus2.Design(row => new(Number(row, "pw")) { Cluster = row["dnum"], Clusters = FinitePopulation.OfSize(Number(row, "fpc1")) }));

        foreach (string type in new[] { "E", "H", "M" })
        {
            DesignEstimate domain = oneStage.Mean(clus1.Column("api00"), [.. clus1.Rows.Select(row => row["stype"] == type)])!;
            Case.Check($"domain_mean_api00_clus1_{type}", domain.Value);
            Case.Check($"domain_se_api00_clus1_{type}", domain.StandardError!.Value);
        }

        Case.AssertComplete();
    }

    private static void CheckAll(string name, Sample sample, SurveyDesign design)
    {
        DesignEstimate mean = design.Mean(sample.Column("api00"))!;
        Case.Check($"mean_api00_{name}", mean.Value);
        Case.Check($"se_api00_{name}", mean.StandardError!.Value);
        Case.Check($"df_{name}", mean.DegreesOfFreedom);
        Case.Check($"df_{name}", design.DegreesOfFreedom);
        Case.Check($"ci95_lo_api00_{name}", mean.Interval()!.Value.Lower);
        Case.Check($"ci95_hi_api00_{name}", mean.Interval()!.Value.Upper);
        Case.Check($"deff_api00_{name}", mean.DesignEffect!.Value);

        DesignEstimate total = design.Total(sample.Column("enroll"))!;
        Case.Check($"total_enroll_{name}", total.Value);
        Case.Check($"se_total_enroll_{name}", total.StandardError!.Value);

        DesignEstimate ratio = design.Ratio(sample.Column("api.stu"), sample.Column("enroll"))!;
        Case.Check($"ratio_apistu_enroll_{name}", ratio.Value);
        Case.Check($"se_ratio_{name}", ratio.StandardError!.Value);

        DesignEstimate share = design.Share([.. sample.Column("growth").Select(growth => (bool?)(growth > 0))])!;
        Case.Check($"share_growth_pos_{name}", share.Value);
        Case.Check($"se_share_growth_pos_{name}", share.StandardError!.Value);
    }

    private static double Number(IReadOnlyDictionary<string, string> row, string column) => ReferenceCase.Number(row[column]);

    private sealed record Sample(string File)
    {
        public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows { get; } = Case.Csv(File);

        public SurveyDesign Design(Func<IReadOnlyDictionary<string, string>, SampledRow> row) => new([.. Rows.Select(row)]);

        public double?[] Column(string name) => [.. Rows.Select(row => row[name] is "" or "NA" ? (double?)null : Number(row, name))];
    }
}
