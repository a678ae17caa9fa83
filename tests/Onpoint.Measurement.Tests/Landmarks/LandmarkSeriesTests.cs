using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Tests.Norms;

namespace Onpoint.Measurement.Tests.Landmarks;

/// <summary>The values behind the landmarks, and their comparison with a threshold.</summary>
public sealed class LandmarkSeriesTests
{
    /// <summary>TR 640, SE 5, 30 df, 25 teachers; SR 560, SE 4, 50 df, 35 teachers. Each covariance is 1 but the one of TR (row 2 of 7) with SR (column 3).</summary>
    private static DistrictWave Wave(double covariance)
    {
        DistrictWave wave = SyntheticWaves.Wave("d", Stage.Year1);
        return wave with
        {
            Measures = [.. wave.Measures.Select(summary => summary.Measure switch
            {
                "TR" => summary with { Points = 640, StandardErrorPoints = 5, DegreesOfFreedom = 30, Respondents = 25 },
                "SR" => summary with { Points = 560, StandardErrorPoints = 4, DegreesOfFreedom = 50, Respondents = 35 },
                _ => summary,
            })],
            ComponentCovariances = [.. Enumerable.Range(0, 49).Select(cell => cell == 2 * 7 + 3 ? covariance : 1)],
        };
    }

    /// <summary>25 + 16 - 2 x 8 = 25; 25 + 16 without a covariance; 41 - 2 x 21 is below 0 and counts as 0.</summary>
    [Fact]
    public void A_difference_has_the_variance_of_both_less_twice_their_covariance()
    {
        Assert.Equal((25, 30), LandmarkSeries.TeacherBeyondStudent.Sampling(Wave(8)));
        Assert.Equal((41, 30), LandmarkSeries.TeacherBeyondStudent.Sampling(Wave(8) with { ComponentCovariances = [] }));
        Assert.Equal((0, 30), LandmarkSeries.TeacherBeyondStudent.Sampling(Wave(21)));
        Assert.Equal((25, 30), new LandmarkSeries("TR").Sampling(Wave(8)));
    }

    [Fact]
    public void A_difference_rests_on_the_smaller_number_of_teachers()
    {
        Assert.Equal((80, 25), (LandmarkSeries.TeacherBeyondStudent.Points(Wave(8)), LandmarkSeries.TeacherBeyondStudent.Respondents(Wave(8))));
        Assert.Equal((-80, 25), (new LandmarkSeries("SR", "TR").Points(Wave(8)), new LandmarkSeries("SR", "TR").Respondents(Wave(8))));
        Assert.Equal((560, 35), (new LandmarkSeries("SR").Points(Wave(8)), new LandmarkSeries("SR").Respondents(Wave(8))));
    }

    /// <summary>A condition of threshold 10 whose interval is low to high, by either level.</summary>
    private static LandmarkTest Condition(ThresholdSide wanted, double low, double high) => new()
    {
        Quantity = LandmarkQuantity.Growth,
        From = Stage.Planning,
        To = Stage.Year1,
        ThresholdPoints = 10,
        Wanted = wanted,
        Points = (low + high) / 2,
        StandardErrorPoints = 1,
        DegreesOfFreedom = 60,
        Low = low,
        High = high,
        RefutingLow = low,
        RefutingHigh = high,
    };

    /// <summary>An interval that ends exactly at the threshold neither holds nor refutes.</summary>
    [Theory]
    [InlineData(10, 20, false, false)]
    [InlineData(10.5, 20, true, false)]
    [InlineData(0, 10, false, false)]
    [InlineData(0, 9.5, false, true)]
    [InlineData(0, 20, false, false)]
    public void A_condition_holds_strictly_beyond_its_threshold(double low, double high, bool above, bool below)
    {
        Assert.Equal((above, below), (Condition(ThresholdSide.Above, low, high).Holds, Condition(ThresholdSide.Above, low, high).Refuted));
        Assert.Equal((below, above), (Condition(ThresholdSide.Below, low, high).Holds, Condition(ThresholdSide.Below, low, high).Refuted));
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        Assert.Throws<ArgumentNullException>("waves", () => LandmarkTests.ForDistrict(null!));
        Assert.Throws<ArgumentNullException>("waves", () => LandmarkTests.ForDataset(null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>("smallestGroup", () => LandmarkTests.ForDataset([], 1, smallestGroup: 0));
        Assert.Throws<ArgumentOutOfRangeException>("landmark", () => LandmarkPattern.Measures((Landmark)5));
        Assert.Throws<ArgumentOutOfRangeException>("landmark", () => LandmarkPattern.Runs((Landmark)5).Count());
    }
}
