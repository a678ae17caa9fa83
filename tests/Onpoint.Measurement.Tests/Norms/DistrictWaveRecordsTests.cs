using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Instruments;

namespace Onpoint.Measurement.Tests.Norms;

/// <summary>One category of two components of one item each. School a: 6 teachers of 60, one without the second; school b: 7 of 40, two without the first.</summary>
public sealed class DistrictWaveRecordsTests
{
    private static readonly ScoringPlan Plan = new(TestInstrument.Of([1, 1], [[1, 2]]));

    private static readonly SchoolTotals[] Schools =
    [
        School("a", 60, [1, 2], [3, 4], [2, 0], [5, 5], [4, 3], [2, 2]),
        School("b", 40, [1, 1], [2, 3], [3, 5], [4, 4], [5, 2], [0, 2], [0, 4]),
    ];

    private static SchoolTotals School(string id, int eligible, params byte[][] responses)
    {
        UnitTotals totals = Plan.NewTotals();
        foreach (byte[] response in responses)
        {
            totals.Add(response);
        }

        return new SchoolTotals(id, eligible, totals);
    }

    private static DistrictWave? Record(bool samplesSchools, params SchoolTotals[] schools) =>
        DistrictWaveRecords.Of("d", "w", Stage.Year3, 2026, WaveEstimator.Estimate(Plan, schools, samplesSchools), Plan, samplesSchools);

    /// <summary>13 responses of 100; 6 + 5 teachers have the first component, 5 + 7 the second.</summary>
    [Fact]
    public void A_record_holds_the_district_of_the_estimate()
    {
        DistrictWave wave = Record(false, Schools)!;
        UnitEstimate district = WaveEstimator.Estimate(Plan, Schools, false).District;

        Assert.Equal(("d", "w", Stage.Year3, 2026), (wave.DistrictId, wave.Wave, wave.Stage, wave.SchoolYear));
        Assert.Equal((13, 11, 0.13), (wave.Responses, wave.SmallestCount, wave.ResponseRate!.Value));
        Assert.Equal(Plan.Measures.Select(measure => measure.Code), wave.Measures.Select(summary => summary.Measure));
        Assert.Equal([11, 12], wave.Measures.Skip(2).Select(summary => summary.Respondents));
        Assert.Equal(
            district.Measures.Select(measure => (measure.Points!.Value, measure.StandardError!.Value, measure.DegreesOfFreedom!.Value, measure.WithinDegrees, measure.WithinSumSquares)),
            wave.Measures.Select(summary => (summary.Points, summary.StandardErrorPoints, summary.DegreesOfFreedom, summary.WithinDegrees, summary.WithinSumSquares)));
        Assert.Equal(Plan.Instrument.Components.Select(component => component.Code), wave.Components);
        Assert.Equal(district.ComponentCovariances!, wave.ComponentCovariances);
    }

    /// <summary>Weights 60 and 40 of 100. Benchmark and category rest on the smaller of the two components' counts.</summary>
    [Fact]
    public void Strata_count_the_teachers_of_every_measure()
    {
        WaveStratum[] strata = [.. Record(false, Schools)!.Strata.OrderBy(stratum => stratum.Weight)];

        Assert.Equal([0.4, 0.6], strata.Select(stratum => stratum.Weight));
        Assert.Equal([5, 5, 5, 7], strata[0].Counts);
        Assert.Equal([5, 5, 6, 5], strata[1].Counts);
    }

    [Fact]
    public void Sampled_schools_have_no_strata() => Assert.Empty(Record(true, Schools)!.Strata);

    [Fact]
    public void A_wave_without_a_score_or_an_error_has_no_record()
    {
        Assert.Null(Record(false, School("a", 60)));
        Assert.Null(Record(false, School("a", 60, [1, 2])));
        Assert.Null(Record(false, School("a", 60, [1, 0], [2, 0], [3, 0], [4, 0], [5, 0])));
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        WaveEstimate estimate = WaveEstimator.Estimate(Plan, Schools, false);

        Assert.Throws<ArgumentNullException>("estimate", () => DistrictWaveRecords.Of("d", "w", Stage.Year3, 2026, null!, Plan, false));
        Assert.Throws<ArgumentNullException>("plan", () => DistrictWaveRecords.Of("d", "w", Stage.Year3, 2026, estimate, null!, false));
        Assert.Throws<ArgumentNullException>("estimate", () => DistrictWaveRecords.Strata(null!, Plan, true));
        Assert.Throws<ArgumentNullException>("plan", () => DistrictWaveRecords.Strata(estimate, null!, true));
    }
}
