using Onpoint.Measurement.Comparisons;

namespace Onpoint.Measurement.Tests.Comparisons;

public sealed class ReferenceComparisonTests
{
    /// <summary>Student's sleep data and small tables: values by R 4.2.2, some of them printed in R's help pages.</summary>
    [Fact]
    public void Means_and_shares_match_the_reference_case()
    {
        var reference = ReferenceCase.Committed("O12-comparisons");
        double[] Group(string group) => [.. reference.Csv("sleep.csv").Where(row => row["group"] == group).Select(row => ReferenceCase.Number(row["extra"]))];
        (SampleSummary first, SampleSummary second) = (SampleSummary.Of(Group("1")), SampleSummary.Of(Group("2")));

        TTestResult welch = TTest.Welch(first, second)!;
        reference.Check("welch_t", welch.T!.Value);
        reference.Check("welch_df", welch.DegreesOfFreedom);
        reference.Check("welch_p", welch.P);
        reference.Check("welch_ci_lo", welch.Low);
        reference.Check("welch_ci_hi", welch.High);
        TTestResult student = TTest.Student(first, second)!;
        reference.Check("student_t", student.T!.Value);
        reference.Check("student_p", student.P);
        TTestResult paired = TTest.Paired(Group("1"), Group("2"))!;
        reference.Check("paired_t", paired.T!.Value);
        reference.Check("paired_p", paired.P);
        reference.Check("cohens_d", StandardizedDifference.CohensD(second, first)!.Value);
        reference.Check("hedges_g", StandardizedDifference.HedgesG(second, first)!.Value);
        ShareEstimate wilson = ShareInterval.Wilson(15, 56);
        reference.Check("wilson_lo_15of56", wilson.Low);
        reference.Check("wilson_hi_15of56", wilson.High);
        ShareEstimate exact = ShareInterval.ClopperPearson(15, 56);
        reference.Check("clopper_lo_15of56", exact.Low);
        reference.Check("clopper_hi_15of56", exact.High);

        reference.AssertComplete(
            "welch_anova_*", "tea_*", "convict_*", "job_*", "fisher_z_*", "r_ci_*", "two_prop_z_*", // not offered: docs/methodology.md section 6 names the tests there are
            "anova_*", "spearman_brown_*", "sb_length_*"); // checked beside them: Reliability/OneWayAnovaTests and SpearmanBrownTests
    }
}
