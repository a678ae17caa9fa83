using System.Text.Json;
using FsCheck.Xunit;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Instruments;

namespace Onpoint.Measurement.Tests.Estimation;

public sealed class PopulationCorrectionTests
{
    private static readonly ScoringPlan OneItem = new(TestInstrument.Of([1], scale: ScoreScale.Mean));
    private static readonly ScoringPlan TwoItems = new(TestInstrument.Of([1, 1], [[1, 2]], scale: ScoreScale.Mean));
    private static readonly ScoringPlan Four = new(TestInstrument.Of([3, 2, 4, 1], [[1, 2], [3, 4]]));

    /// <summary>By hand: s²/n is 2.5/5 and 2.4/6, W 1/4 and 3/4, answered 5 of 10 and 6 of 30: (1/16) .5 (1 − .5) + (9/16) .4 (1 − .2).</summary>
    [Fact]
    public void Teachers_who_answered_of_those_on_the_roster_shrink_the_error()
    {
        WaveEstimate wave = Wave(("a", 10, [1, 2, 3, 4, 5]), ("b", 30, [5, 5, 4, 4, 5, 1])).Estimate(correction: new PopulationCorrection());

        Assert.Equal(Math.Sqrt(0.015625 + 0.18), Error(wave)!.Value, 1e-15);
        Assert.Equal((3.75, 9.0), (wave.District.Measures[0].Points!.Value, wave.District.Measures[0].DegreesOfFreedom));
        Assert.Equal(Math.Sqrt(0.25), wave.Schools["a"].Measures[0].StandardError!.Value, 1e-15);
        Assert.Equal(Math.Sqrt(0.32), wave.Schools["b"].Measures[0].StandardError!.Value, 1e-15);
    }

    /// <summary>By hand: 5 of 5 leave no error, 6 on a roster of 5 or of unknown length keep theirs (s² = 2.4).</summary>
    [Theory]
    [InlineData(5, 6, 5.0 / 11, 6.0 / 11)]
    [InlineData(5, 5, 0.5, 0.5)]
    [InlineData(5, null, 5.0 / 11, 6.0 / 11)]
    public void A_roster_that_cannot_hold_the_answers_or_is_unknown_corrects_nothing(int first, int? second, double firstWeight, double secondWeight)
    {
        byte[] six = [5, 5, 4, 4, 5, 1];
        WaveEstimate wave = Wave(("a", first, [1, 2, 3, 4, 5]), ("b", second, six)).Estimate(correction: new PopulationCorrection());
        double remains = second == 6 ? 0 : 1;

        Assert.Equal([firstWeight, secondWeight], wave.Strata.Select(stratum => stratum.Weight));
        Assert.Equal(remains * secondWeight * Math.Sqrt(0.4), Error(wave)!.Value, 1e-15);
        Assert.Equal(remains * Math.Sqrt(0.4), wave.Schools["b"].Measures[0].StandardError!.Value, 1e-15);
        Assert.Equal(0.0, wave.Schools["a"].Measures[0].StandardError);
    }

    /// <summary>By hand: 1 2 4 5 3 3 of the pool, mean 3, s² 10/5, 6 of 40 answered; c has s² 4/6 and 7 of 40. Without a roster weights are answers, of 13.</summary>
    [Theory]
    [InlineData(20, 0.85)]
    [InlineData(null, 1.0)]
    public void A_pool_has_the_rosters_of_its_schools_together(int? last, double remains)
    {
        TestWave wave = Wave(("a", 10, [1, 2]), ("b", 10, [4, 5]), ("d", 20, [3, 3]), ("c", 40, [2, 3, 4, 2, 3, 4, 3]));
        wave = wave with { Schools = [.. wave.Schools.Select(school => school.Id == "d" ? (school.Id, last, school.Responses) : school)] };
        WaveEstimate estimate = wave.Estimate(correction: new PopulationCorrection());
        double[] weights = last is null ? [6.0 / 13, 7.0 / 13] : [0.5, 0.5];

        Assert.Equal(["a b d", "c"], estimate.Strata.Select(stratum => string.Join(' ', stratum.Schools)));
        double pool = weights[0] * weights[0] * 2 / 6 * remains;
        double own = weights[1] * weights[1] * 2 / 3 / 7 * (1 - 7.0 / 40);
        Assert.Equal(Math.Sqrt(pool + own), Error(estimate)!.Value, 1e-15);
    }

    /// <summary>By hand, one school of 10: 4 2 5 1 3 on the first, 1 3 2 on the second component; both have (1)(−1) + (−1)(1) + 0 = −2 together.</summary>
    [Fact]
    public void Components_answered_by_different_numbers_are_corrected_each_by_its_own()
    {
        WaveEstimate wave = new TestWave(TwoItems, [("a", 10, [[4, 1], [2, 3], [5, 0], [1, 0], [3, 2]])]).Estimate(correction: new PopulationCorrection());

        IReadOnlyList<double> covariances = wave.District.ComponentCovariances!;
        double both = -2 / Math.Sqrt(5 * 4 * 3 * 2) * Math.Sqrt(0.5 * 0.7);
        Assert.Equal(2.5 / 5 * 0.5, covariances[0], 1e-15);
        Assert.Equal(both, covariances[1], 1e-15);
        Assert.Equal(both, covariances[2], 1e-15);
        Assert.Equal(1.0 / 3 * 0.7, covariances[3], 1e-15);
    }

    /// <summary>
    /// By hand, 2 of 8 schools: z = ∓ 3/16 (X 3.75), so (1 − 1/4) 2 · 2 · 9/256; within, 1/4 of (1/16) .5 (1 − .5) + (9/16) (1/3)/3 (1 − 3/30).
    /// </summary>
    [Fact]
    public void Schools_drawn_of_all_schools_have_two_stages()
    {
        TestWave wave = Wave(("a", 10, [1, 2, 3, 4, 5]), ("b", 30, [4, 3, 5]));
        double between = 4 * 9.0 / 256;
        double within = 0.5 * 0.5 / 16 + 9.0 / 16 / 3 * 0.9;

        MeasureEstimate district = wave.Estimate(true, new PopulationCorrection(8)).District.Measures[0];
        Assert.Equal(Math.Sqrt(0.75 * between + 0.25 * within), district.StandardError!.Value, 1e-15);
        Assert.Equal((3.75, 1.0), (district.Points!.Value, district.DegreesOfFreedom));

        // All schools drawn: only the teachers are a sample.
        Assert.Equal(Math.Sqrt(within), Error(wave.Estimate(true, new PopulationCorrection(2)))!.Value, 1e-15);
    }

    /// <summary>Where one of several teachers answered, the variance within the school is unknown; where the one teacher of the roster did, it is 0.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void A_drawn_school_with_one_answer_of_several_leaves_no_margin(int eligible, bool unknown)
    {
        TestWave wave = Wave(("a", eligible, [4]), ("b", 9, [2, 3, 5]));

        Assert.Equal(unknown, Error(wave.Estimate(true, new PopulationCorrection(5))) is null);
        Assert.NotNull(Error(wave.Estimate(true, new PopulationCorrection())));
        Assert.NotNull(Error(wave.Estimate(true)));
    }

    /// <summary>The second component has nobody in b and two in a: b adds nothing to it, and its covariance with the first comes from a alone.</summary>
    [Fact]
    public void A_drawn_school_without_a_component_adds_nothing_within()
    {
        TestWave wave = new(TwoItems, [("a", 4, [[2, 1], [4, 5]]), ("b", 12, [[3, 0], [5, 0]])]);
        IReadOnlyList<double> covariances = wave.Estimate(true, new PopulationCorrection(2)).District.ComponentCovariances!;

        // By hand, all schools drawn. First component: W 1/4 and 3/4, s²/n 1 and 1, unanswered 1/2 and 5/6. Second: a alone, s²/n 8/2. Both: W 1/4 times 1, products 2 + 2 over √(2·1·2·1).
        Assert.Equal(0.5 / 16 + 9.0 / 16 * 5 / 6, covariances[0], 1e-15);
        Assert.Equal(0.25 * 4 / 2 * 0.5, covariances[1], 1e-15);
        Assert.Equal(8.0 / 2 * 0.5, covariances[3], 1e-15);
    }

    /// <summary>Every measure against the survey design of the same teachers, in two stages with both corrections. 1e-9 relative is rounding.</summary>
    [Property(MaxTest = 25)]
    public void Two_stages_agree_with_the_survey_design_of_the_teachers(int seed)
    {
        var wave = TestWave.Complete(Four, seed, fewest: 2);
        int schools = wave.Schools.Count + (int)((uint)seed % 9);
        WaveEstimate actual = wave.Estimate(true, new PopulationCorrection(schools));

        foreach ((Measure measure, MeasureEstimate estimate) in Four.Measures.Zip(actual.District.Measures))
        {
            (SurveyDesign design, double?[] values) = wave.Design(
                (weight, row) => new SampledRow(weight)
                {
                    Cluster = row.School,
                    SecondStageUnit = $"{row.Teacher}",
                    Clusters = FinitePopulation.OfSize(schools),
                    SecondStageUnits = FinitePopulation.OfSize(row.Eligible),
                },
                scores => measure.Weights.Zip(scores, (weight, score) => weight * score!.Value).Sum());
            DesignEstimate expected = design.Mean(values)!;
            Assert.Equal(expected.Value, estimate.Points!.Value, 1e-9 * expected.Value);
            Assert.Equal(expected.StandardError!.Value, estimate.StandardError!.Value, 1e-9 * Math.Max(1, expected.StandardError.Value));
            Assert.Equal(expected.DegreesOfFreedom, estimate.DegreesOfFreedom);
        }
    }

    /// <summary>The same for schools as strata; from 5 teachers on nothing is pooled.</summary>
    [Property(MaxTest = 25)]
    public void Strata_agree_with_the_survey_design_of_the_teachers(int seed)
    {
        var wave = TestWave.Complete(Four, seed, fewest: 5);
        WaveEstimate actual = wave.Estimate(correction: new PopulationCorrection());

        foreach ((Measure measure, MeasureEstimate estimate) in Four.Measures.Zip(actual.District.Measures))
        {
            (SurveyDesign design, double?[] values) = wave.Design(
                (weight, row) => new SampledRow(weight) { Stratum = row.School, Clusters = FinitePopulation.OfSize(row.Eligible) },
                scores => measure.Weights.Zip(scores, (weight, score) => weight * score!.Value).Sum());
            DesignEstimate expected = design.Mean(values)!;
            Assert.Equal(expected.StandardError!.Value, estimate.StandardError!.Value, 1e-9 * Math.Max(1, expected.StandardError.Value));
            Assert.Equal(expected.DegreesOfFreedom, estimate.DegreesOfFreedom);
        }
    }

    /// <summary>A correction never widens a margin of strata, and without the number of schools a sample of schools keeps its bits.</summary>
    [Property(MaxTest = 25)]
    public void A_correction_never_widens_a_margin_and_needs_a_population(int seed)
    {
        var wave = TestWave.Random(Four, seed);
        UnitEstimate plain = wave.Estimate().District;
        UnitEstimate corrected = wave.Estimate(correction: new PopulationCorrection()).District;

        Assert.All(plain.Measures.Zip(corrected.Measures), pair =>
        {
            Assert.Equal(pair.First with { StandardError = null }, pair.Second with { StandardError = null });
            Assert.Equal(pair.First.StandardError is null, pair.Second.StandardError is null);
            Assert.True(pair.First.StandardError is null || pair.First.Measure.StartsWith('g') || pair.First.Measure == "benchmark" || pair.Second.StandardError <= pair.First.StandardError);
        });
        Assert.Equal(
            JsonSerializer.Serialize(wave.Estimate(true).District),
            JsonSerializer.Serialize(wave.Estimate(true, new PopulationCorrection()).District));
    }

    [Fact]
    public void A_population_smaller_than_the_wave_is_refused()
    {
        TestWave wave = Wave(("a", 10, [1, 2]), ("b", 10, []));

        Assert.Throws<ArgumentOutOfRangeException>("correction", () => wave.Estimate(true, new PopulationCorrection(1)));
        Assert.NotNull(wave.Estimate(true, new PopulationCorrection(2)));
    }

    private static double? Error(WaveEstimate wave) => wave.District.Measures[0].StandardError;

    private static TestWave Wave(params (string Id, int? Eligible, byte[] Answers)[] schools) =>
        new(OneItem, [.. schools.Select(school => (school.Id, school.Eligible, school.Answers.Select(answer => new[] { answer }).ToArray()))]);
}
