using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Synthesis;

namespace Onpoint.Measurement.Tests.Synthesis;

/// <summary>The demonstration district; expected numbers are those of sample-surveys/demo-district/README.md.</summary>
public sealed class DemoSurveyTests
{
    private static readonly Lazy<List<(SurveyWave Wave, UnitEstimate District)>> Estimates = new(() => BundledSurveys.Estimates(BundledSurveys.Demo));

    [Fact]
    public void Rosters_are_the_planned_ones_in_every_wave() => Assert.All(
        BundledSurveys.Demo.Roster.GroupBy(row => row.Wave),
        rows => Assert.Equal([44, 36, 30, 26, 16, 8], rows.Select(row => row.EligibleTeachers)));

    [Theory]
    [InlineData("2023-24", Stage.Planning, new[] { 35, 27, 23, 19, 9, 5 })]
    [InlineData("2024-25", Stage.Year1, new[] { 34, 28, 24, 20, 7, 4 })]
    [InlineData("2025-26", Stage.Year2, new[] { 36, 29, 25, 21, 6, 3 })]
    public void Respondents_are_the_planned_ones(string wave, Stage stage, int[] counts)
    {
        Assert.Equal(stage, BundledSurveys.Demo.Waves.Single(candidate => candidate.Wave == wave).Stage);
        Assert.Equal(
            counts,
            BundledSurveys.Demo.Responses.Where(response => response.Wave == wave).CountBy(response => response.SchoolId)
                .OrderBy(school => school.Key, StringComparer.Ordinal).Select(school => school.Value));
    }

    /// <summary>
    /// The national curve; Operations 20 below, Culture 10 above. The upper end of the bisection lies above the target by at most one answer:
    /// 200 points x the weight of a stratum / its answers, largest where three of four items are answered in the smallest stratum: 200 x 24/160 / (3 x 8) = 1.25.
    /// </summary>
    [Theory]
    [InlineData("SC", 520, 660, 690)]
    [InlineData("OP", 520, 558, 594)]
    [InlineData("TR", 500, 600, 640)]
    [InlineData("SR", 440, 500, 556)]
    [InlineData("BI", 580, 650, 670)]
    [InlineData("IR", 550, 620, 660)]
    [InlineData("PS", 580, 620, 650)]
    public void Curves_follow_the_national_ones_at_their_distance(string component, double planning, double year1, double year2) => Assert.All(
        Estimates.Value.Zip([planning, year1, year2]),
        pair => Assert.InRange(pair.First.District.Points(component), pair.Second - 1e-9, pair.Second + 1.25));

    [Fact]
    public void It_stands_outside_the_national_dataset()
    {
        SurveyDistrict district = Assert.Single(BundledSurveys.Demo.Districts);

        Assert.False(district.Contributes);
        Assert.All(BundledSurveys.National.Districts, national => Assert.True(national.Contributes));
        Assert.DoesNotContain(district.Id, BundledSurveys.National.Districts.Select(national => national.Id));
    }
}
