using System.Text.Json;
using FsCheck.Xunit;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Instruments;

namespace Onpoint.Measurement.Tests.Estimation;

public sealed class WaveEstimatorTests
{
    private static readonly ScoringPlan OneItem = new(TestInstrument.Of([1], scale: ScoreScale.Mean));
    private static readonly ScoringPlan TwoItems = new(TestInstrument.Of([1, 1], [[1, 2]], scale: ScoreScale.Mean));

    /// <summary>The default questionnaire's shape: 7 components of 4 to 7 items in 4 categories.</summary>
    private static readonly ScoringPlan Seven = new(TestInstrument.Of([6, 6, 7, 7, 4, 5, 5], [[1], [2], [3, 4], [5, 6, 7]]));

    /// <summary>
    /// By hand. a: 1 2 3 4 5, mean 3, s² 10/4; b: 5 5 4 4 5 1, mean 4, s² 12/5. Rosters 10 and 30: W 1/4 and 3/4. X = 3.75,
    /// Var = (1/16) 2.5/5 + (9/16) 2.4/6 = 0.25625, df = 11 − 2. Within: 4 + 5 degrees, 10 + 12.
    /// </summary>
    [Fact]
    public void Two_schools_are_weighted_by_their_rosters()
    {
        WaveEstimate wave = Wave(("a", 10, [1, 2, 3, 4, 5]), ("b", 30, [5, 5, 4, 4, 5, 1])).Estimate();

        MeasureEstimate district = wave.District.Measures[0];
        Assert.Equal(3.75, district.Points!.Value, 1e-15);
        Assert.Equal(Math.Sqrt(0.25625), district.StandardError!.Value, 1e-15);
        Assert.Equal((9.0, 11, 9L, 22.0), (district.DegreesOfFreedom, district.Respondents, district.WithinDegrees, district.WithinSumSquares));
        Assert.Equal(11.0 / 40, wave.ResponseRate);
        Assert.Equal([0.25, 0.75], wave.Strata.Select(stratum => stratum.Weight));
        Assert.Equal(0.25625, Assert.Single(wave.District.ComponentCovariances!), 1e-15);

        // A school alone is one stratum: SE² = 2.5 / 5, df 4.
        Assert.Equal((3.0, Math.Sqrt(0.5), 4.0), (wave.Schools["a"].Measures[0].Points, wave.Schools["a"].Measures[0].StandardError, wave.Schools["a"].Measures[0].DegreesOfFreedom));
    }

    /// <summary>By hand: W = 5/11 and 6/11, so X is the plain mean of all answers, (15 + 24) / 11.</summary>
    [Fact]
    public void Without_a_roster_count_of_a_responding_school_answers_are_the_weights_and_there_is_no_rate()
    {
        WaveEstimate wave = Wave(("a", null, [1, 2, 3, 4, 5]), ("b", 30, [5, 5, 4, 4, 5, 1])).Estimate();

        Assert.True(wave.DenominatorUnknown);
        Assert.Null(wave.ResponseRate);
        Assert.Null(wave.District.Eligible);
        Assert.Equal(39.0 / 11, wave.District.Measures[0].Points!.Value, 1e-15);
    }

    [Fact]
    public void A_silent_school_counts_for_the_rate_and_the_coverage_but_has_no_weight()
    {
        WaveEstimate wave = Wave(("a", 10, [1, 2, 3, 4, 5]), ("b", 15, [])).Estimate();

        Assert.Equal(3.0, wave.District.Measures[0].Points);
        Assert.Equal(5.0 / 25, wave.ResponseRate);
        Assert.Equal((1, 2), (wave.SchoolsAnswering, wave.SchoolsInWave));
        Assert.Equal(["a"], wave.Schools.Keys);
    }

    [Fact]
    public void A_silent_school_without_a_roster_leaves_the_weights_and_takes_the_rate()
    {
        WaveEstimate wave = Wave(("a", 10, [1, 2, 3, 4, 5]), ("b", null, [])).Estimate();

        Assert.False(wave.DenominatorUnknown);
        Assert.Null(wave.ResponseRate);
    }

    [Fact]
    public void More_answers_than_teachers_leave_no_rate()
    {
        WaveEstimate wave = Wave(("a", 4, [1, 2, 3, 4, 5]), ("b", 100, [5, 5, 4, 4, 5, 1])).Estimate();

        Assert.Null(wave.ResponseRate);
        Assert.False(wave.DenominatorUnknown);
        Assert.Equal((5, 4), (wave.Schools["a"].Responses, wave.Schools["a"].Eligible));
    }

    [Fact]
    public void A_roster_of_nobody_beside_answers_is_an_unknown_roster() =>
        Assert.True(Wave(("a", 0, [1, 2, 3, 4, 5])).Estimate().DenominatorUnknown);

    /// <summary>n* 2, 2, 6, 7: the small two have four scores together, so the next smallest joins; its weight is (10 + 10 + 20) / 80.</summary>
    [Fact]
    public void Small_schools_pool_until_they_have_five_scores()
    {
        WaveEstimate wave = Wave(("d", 40, [1, 2, 3, 4, 5, 1, 2]), ("c", 20, [3, 3, 3, 3, 3, 3]), ("b", 10, [1, 2]), ("a", 10, [4, 5])).Estimate();

        Assert.Equal(["a b c", "d"], wave.Strata.Select(stratum => string.Join(' ', stratum.Schools)));
        Assert.Equal([0.5, 0.5], wave.Strata.Select(stratum => stratum.Weight));

        // By hand: pooled mean (9 + 3 + 18) / 10 = 3, d 18 / 7.
        Assert.Equal((3 + 18.0 / 7) / 2, wave.District.Measures[0].Points!.Value, 1e-15);
        Assert.Equal(17 - 2, wave.District.Measures[0].DegreesOfFreedom);
    }

    [Fact]
    public void Ties_join_the_pool_in_the_order_of_the_text_ids() =>
        Assert.Equal(
            ["B a", "b"],
            Wave(("b", 10, [1, 2, 3, 4, 5]), ("B", 10, [1, 2, 3, 4, 5]), ("a", 10, [1])).Estimate().Strata.Select(stratum => string.Join(' ', stratum.Schools)));

    [Fact]
    public void One_stratum_left_is_no_stratification()
    {
        WaveEstimate wave = Wave(("a", 10, [1, 2, 3]), ("b", 90, [5])).Estimate();

        // By hand: all four together, mean 11/4, s² = (39 − 121/4)/3, whatever the rosters are.
        Assert.Equal(2.75, wave.District.Measures[0].Points);
        Assert.Equal(Math.Sqrt((39 - 121.0 / 4) / 3 / 4), wave.District.Measures[0].StandardError!.Value, 1e-15);
        Assert.Equal(3, wave.District.Measures[0].DegreesOfFreedom);
    }

    /// <summary>
    /// By hand: school means 3 and 4, W 1/4 and 3/4, X = 3.75; z = −3/16 and 3/16; Var = 2/1 x 2 x 9/256. Nothing is pooled although b has three answers.
    /// </summary>
    [Fact]
    public void Sampled_schools_are_clusters()
    {
        WaveEstimate wave = Wave(("a", 10, [1, 2, 3, 4, 5]), ("b", 30, [4, 4, 4])).Estimate(samplesSchools: true);

        Assert.Equal(3.75, wave.District.Measures[0].Points!.Value, 1e-15);
        Assert.Equal(Math.Sqrt(36.0 / 256), wave.District.Measures[0].StandardError!.Value, 1e-15);
        Assert.Equal(1, wave.District.Measures[0].DegreesOfFreedom);
        Assert.Equal(2, wave.Strata.Count);
    }

    [Fact]
    public void One_sampled_school_has_a_score_without_a_margin()
    {
        MeasureEstimate district = Wave(("a", 10, [1, 2, 3, 4, 5])).Estimate(samplesSchools: true).District.Measures[0];

        Assert.Equal((3.0, null, null), (district.Points, district.StandardError, district.DegreesOfFreedom));
    }

    [Fact]
    public void One_teacher_has_a_score_without_a_margin()
    {
        WaveEstimate wave = Wave(("a", 10, [4])).Estimate();

        Assert.Equal((4.0, null, null), (wave.District.Measures[0].Points, wave.District.Measures[0].StandardError, wave.District.Measures[0].DegreesOfFreedom));
        Assert.Null(wave.District.ComponentCovariances);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_component_nobody_answered_leaves_its_measures_empty_and_the_others_alone(bool samplesSchools)
    {
        WaveEstimate wave = new TestWave(TwoItems, [("a", 10, [[4, 0], [2, 0]]), ("b", 10, [[4, 0], [2, 0]])]).Estimate(samplesSchools);

        Assert.Equal([null, null, 3.0, null], wave.District.Measures.Select(measure => measure.Points));
        Assert.Equal([false, false, true, false], wave.District.Measures.Select(measure => measure.StandardError is not null));
        Assert.Null(wave.District.ComponentCovariances);
        Assert.Equal(0, wave.District.SmallestCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wave_without_answers_is_empty(bool samplesSchools)
    {
        WaveEstimate wave = Wave(("a", 10, [])).Estimate(samplesSchools);

        Assert.Null(wave.District.Measures[0].Points);
        Assert.Empty(wave.Strata);
        Assert.Empty(wave.Schools);
        Assert.Equal(0.0, wave.ResponseRate);
        Assert.Null(WaveEstimator.Estimate(OneItem, [], samplesSchools).ResponseRate);
    }

    /// <summary>Blank questionnaires count as responses, not as scores: the school has no weight of its own.</summary>
    [Fact]
    public void A_school_of_blank_answers_has_no_weight()
    {
        WaveEstimate wave = Wave(("a", 10, [1, 2, 3, 4, 5]), ("b", 30, [0, 0])).Estimate();

        Assert.Equal(3.0, wave.District.Measures[0].Points);
        Assert.Equal((7, 5, 2), (wave.District.Responses, wave.District.ScoredTeachers, wave.SchoolsAnswering));
        Assert.Single(wave.Strata);
    }

    /// <summary>Against an independent two-pass sum over teachers; 1e-9 relative is far above the rounding of either and far below any mistake.</summary>
    [Property(MaxTest = 100)]
    public void Estimates_agree_with_two_passes_over_the_teachers(int seed)
    {
        var wave = TestWave.Random(Seven, seed);
        WaveEstimate actual = wave.Estimate();

        foreach ((Measure measure, MeasureEstimate estimate) in Seven.Measures.Zip(actual.District.Measures))
        {
            (double? points, double? standardError, double? df) = TwoPassEstimate.Of(wave, [.. measure.Weights]);
            AssertClose(points, estimate.Points);
            AssertClose(standardError, estimate.StandardError);
            Assert.Equal(df, estimate.DegreesOfFreedom);
        }
    }

    /// <summary>The variance of every measure is a' V a with the covariances that are handed on.</summary>
    [Property]
    public void Component_covariances_give_the_standard_error_of_every_measure(int seed, bool samplesSchools)
    {
        UnitEstimate district = TestWave.Random(Seven, seed).Estimate(samplesSchools).District;
        if (district.ComponentCovariances is not { } covariances)
        {
            return;
        }

        foreach ((Measure measure, MeasureEstimate estimate) in Seven.Measures.Zip(district.Measures))
        {
            double variance = Enumerable.Range(0, 49).Sum(cell => measure.Weights[cell / 7] * measure.Weights[cell % 7] * covariances[cell]);
            Assert.Equal(Math.Sqrt(Math.Max(0, variance)), estimate.StandardError!.Value, 1e-6);
        }
    }

    /// <summary>Within sums over complete teachers, recomputed from scores: deviations from the school mean, schools apart.</summary>
    [Property]
    public void Within_sums_are_those_of_complete_teachers_by_school(int seed)
    {
        var wave = TestWave.Random(Seven, seed);
        WaveEstimate actual = wave.Estimate();

        for (int m = 0; m < Seven.Measures.Count; m++)
        {
            double[] weights = [.. Seven.Measures[m].Weights];
            double[][] schools = [.. wave.Schools.Select(school => school.Responses
                .Select(response => Seven.ComponentScores(response))
                .Where(scores => Enumerable.Range(0, 7).All(c => weights[c] == 0 || scores[c] is not null))
                .Select(scores => Enumerable.Range(0, 7).Sum(c => weights[c] * (scores[c] ?? 0))).ToArray())];
            MeasureEstimate estimate = actual.District.Measures[m];
            Assert.Equal(schools.Sum(school => school.Length), estimate.Respondents);
            Assert.Equal(schools.Sum(school => Math.Max(0, school.Length - 1)), estimate.WithinDegrees);
            AssertClose(schools.Sum(school => school.Sum(score => Math.Pow(score - school.Average(), 2))), estimate.WithinSumSquares);
        }
    }

    /// <summary>The same bits whatever the order of schools and rows, however the rows were spread over totals and threads.</summary>
    [Property]
    public void Order_and_threads_do_not_change_a_bit(int seed, bool samplesSchools)
    {
        var wave = TestWave.Random(Seven, seed);
        string expected = JsonSerializer.Serialize(wave.Estimate(samplesSchools));
        var random = new Random(seed);

        SchoolTotals[] shuffled = [.. wave.Schools.Select(school =>
        {
            byte[][] rows = [.. school.Responses];
            random.Shuffle(rows);
            UnitTotals totals = Seven.NewTotals();
            foreach (UnitTotals part in rows.Chunk(3).AsParallel().Select(wave.Add))
            {
                totals.Add(part);
            }

            return new SchoolTotals(school.Id, school.Eligible, totals);
        })];
        random.Shuffle(shuffled);

        Assert.Equal(expected, JsonSerializer.Serialize(WaveEstimator.Estimate(Seven, shuffled, samplesSchools)));
    }

    /// <summary>Everyone one option higher on five options from 200 to 1,000: all means 200 points higher, no margin changes.</summary>
    [Property]
    public void One_option_higher_is_200_points_more(int seed)
    {
        var wave = TestWave.Random(Seven, seed);
        TestWave low = Shift(wave, answer => Math.Min(answer, (byte)4));
        TestWave high = Shift(low, answer => (byte)(answer + 1));

        foreach ((MeasureEstimate before, MeasureEstimate after) in low.Estimate().District.Measures.Zip(high.Estimate().District.Measures))
        {
            AssertClose(before.Points + 200, after.Points);
            AssertClose(before.StandardError, after.StandardError);
        }

        static TestWave Shift(TestWave wave, Func<byte, byte> shift) => wave with
        {
            Schools = [.. wave.Schools.Select(school => (school.Id, school.Eligible,
                school.Responses.Select(response => response.Select(answer => answer == 0 ? answer : shift(answer)).ToArray()).ToArray()))],
        };
    }

    /// <summary>Every field by hand. a: four teachers of 10, one blank; b: silent; c: 5 of 20. Pool of one is no pool: n* 4 takes c along, one stratum left.</summary>
    [Fact]
    public void Every_count_of_a_wave_is_filled()
    {
        WaveEstimate wave = Wave(("c", 20, [3, 3, 4, 4, 1]), ("b", 30, []), ("a", 10, [5, 0, 4, 4, 3])).Estimate();

        Assert.Equal((10, 9, 9, 60), (wave.District.Responses, wave.District.ScoredTeachers, wave.District.SmallestCount, wave.District.Eligible));
        Assert.Equal((2, 3, false), (wave.SchoolsAnswering, wave.SchoolsInWave, wave.DenominatorUnknown));
        Assert.Equal(10.0 / 60, wave.ResponseRate);
        Stratum stratum = Assert.Single(wave.Strata);
        Assert.Equal(["a", "c"], stratum.Schools);
        Assert.Equal(1.0, stratum.Weight);

        // 5 4 4 3 of a, mean 4, squares 2; 3 3 4 4 1 of c, mean 3, squares 6; together mean 31/9.
        Assert.Equal(("c1", 31.0 / 9, 8.0, 9), (Measure(wave.District).Measure, Measure(wave.District).Points, Measure(wave.District).DegreesOfFreedom, Measure(wave.District).Respondents));
        Assert.Equal((7L, 8.0), (Measure(wave.District).WithinDegrees, Measure(wave.District).WithinSumSquares));

        Assert.Equal(["a", "c"], wave.Schools.Keys.Order(StringComparer.Ordinal));
        UnitEstimate a = wave.Schools["a"];
        Assert.Equal((5, 4, 4, 10), (a.Responses, a.ScoredTeachers, a.SmallestCount, a.Eligible));
        Assert.Equal(("c1", 4.0, 3.0, 4), (Measure(a).Measure, Measure(a).Points, Measure(a).DegreesOfFreedom, Measure(a).Respondents));
        Assert.Equal((3L, 2.0), (Measure(a).WithinDegrees, Measure(a).WithinSumSquares));
        Assert.Equal(Math.Sqrt(2.0 / 12), Measure(a).StandardError!.Value, 1e-15);
        Assert.Equal(2.0 / 12, Assert.Single(a.ComponentCovariances!), 1e-15);

        static MeasureEstimate Measure(UnitEstimate unit) => Assert.Single(unit.Measures);
    }

    /// <summary>At n* 5 a school stays alone; at 4 it is pooled, and the pool takes no more than it needs to reach 5.</summary>
    [Theory]
    [InlineData(5, 5, 6, "a|b|c")]
    [InlineData(4, 5, 6, "a b|c")]
    [InlineData(4, 4, 6, "a b|c")]
    [InlineData(1, 4, 6, "a b|c")]
    [InlineData(1, 3, 6, "a b c")]
    [InlineData(4, 7, 6, "a c|b")]
    [InlineData(4, 6, 6, "a b|c")]
    [InlineData(6, 6, 4, "a c|b")]
    public void Schools_are_pooled_by_their_smallest_count(int a, int b, int c, string strata)
    {
        WaveEstimate wave = Wave(("a", 10, Answers(a)), ("b", 10, Answers(b)), ("c", 10, Answers(c))).Estimate();

        Assert.Equal(strata, string.Join('|', wave.Strata.Select(stratum => string.Join(' ', stratum.Schools))));
        Assert.Equal(a + b + c - wave.Strata.Count, wave.District.Measures[0].DegreesOfFreedom);

        static byte[] Answers(int count) => [.. Enumerable.Range(0, count).Select(answer => (byte)(1 + answer % 5))];
    }

    /// <summary>n* is the smallest count of a component: 3 + 3 scores on one and 3 + 3 on the other are 6 each, though no school has 5 of both.</summary>
    [Fact]
    public void The_pool_counts_each_component_over_its_schools()
    {
        byte[] first = [4, 0], second = [0, 4], both = [3, 3];
        WaveEstimate wave = new TestWave(TwoItems,
        [
            ("a", 10, [first, first, first, second]),
            ("b", 10, [second, second, second, second, first, first]),
            ("c", 10, [both, both, both, both, both, both]),
        ]).Estimate();

        Assert.Equal(["a b", "c"], wave.Strata.Select(stratum => string.Join(' ', stratum.Schools)));
        Assert.Equal((16, 11), (wave.District.ScoredTeachers, wave.District.SmallestCount));
        Assert.Equal(14.0, wave.District.Measures[0].DegreesOfFreedom);

        // Of both components only c's teachers are respondents of the category.
        Assert.Equal([6, 6, 11, 11], wave.District.Measures.Select(measure => measure.Respondents));
    }

    /// <summary>By hand: without a roster of b, weights 5/8 and 3/8; X = 3 · 5/8 + 4 · 3/8 = 3.375, z = ∓ 0.234375, Var = 2 · 2 · z².</summary>
    [Fact]
    public void Sampled_schools_without_a_roster_are_weighted_by_answers()
    {
        WaveEstimate wave = Wave(("a", 10, [1, 2, 3, 4, 5]), ("b", null, [4, 4, 4])).Estimate(samplesSchools: true);

        Assert.Equal([0.625, 0.375], wave.Strata.Select(stratum => stratum.Weight));
        Assert.Equal(["a", "b"], wave.Strata.Select(stratum => Assert.Single(stratum.Schools)));
        Assert.Equal(3.375, wave.District.Measures[0].Points);
        Assert.Equal(0.46875, wave.District.Measures[0].StandardError!.Value, 1e-15);
    }

    /// <summary>Clusters against the survey design of the same teachers; schools without a component stay in m. 1e-9 relative is rounding.</summary>
    [Property(MaxTest = 30)]
    public void Sampled_schools_agree_with_the_survey_design_of_their_teachers(int seed)
    {
        var wave = TestWave.Random(Seven, seed);
        if (wave.Schools.Any(school => school.Eligible is null) || wave.Schools.All(school => school.Responses.Length == 0))
        {
            return;
        }

        WaveEstimate actual = wave.Estimate(samplesSchools: true);
        for (int c = 0; c < 7 && actual.Strata.Count > 0; c++)
        {
            (SurveyDesign design, double?[] values) = wave.Design((weight, row) => new SampledRow(weight) { Cluster = row.School }, scores => scores[c]);
            DesignEstimate? expected = design.Mean(values);
            MeasureEstimate estimate = actual.District.Measures[^(7 - c)];
            AssertClose(expected?.Value, estimate.Points);
            AssertClose(expected?.StandardError, estimate.StandardError);
            Assert.Equal(estimate.StandardError is null ? null : design.DegreesOfFreedom, (int?)estimate.DegreesOfFreedom);
        }
    }

    /// <summary>Two teachers, one degree of freedom: by hand s² = 2, SE = 1. Both of one opinion: no error.</summary>
    [Fact]
    public void Two_teachers_are_enough_for_a_margin()
    {
        MeasureEstimate two = Wave(("a", 10, [2, 4])).Estimate().District.Measures[0];

        Assert.Equal((3.0, 1.0, 1.0), (two.Points, two.StandardError, two.DegreesOfFreedom));
        Assert.Equal(0.0, Wave(("a", 10, [4, 4])).Estimate().District.Measures[0].StandardError);
    }

    /// <summary>Two scored teachers, but one each on two components: a degree of freedom, yet nothing to estimate an error from.</summary>
    [Fact]
    public void One_score_on_a_component_leaves_its_measures_without_a_margin()
    {
        UnitEstimate district = new TestWave(TwoItems, [("a", 10, [[4, 0], [2, 5]])]).Estimate().District;

        Assert.Equal([4.0, 4.0, 3.0, 5.0], district.Measures.Select(measure => measure.Points));
        Assert.Equal([false, false, true, false], district.Measures.Select(measure => measure.StandardError is not null));
        Assert.Equal([null, null, 1.0, null], district.Measures.Select(measure => measure.DegreesOfFreedom));
        Assert.Null(district.ComponentCovariances);
    }

    [Theory]
    [InlineData(5, 1.0)]
    [InlineData(4, null)]
    [InlineData(0, null)]
    public void A_rate_of_100_per_cent_is_a_rate_and_more_is_none(int eligible, double? rate) =>
        Assert.Equal(rate, Wave(("a", eligible, [1, 2, 3, 4, 5])).Estimate().ResponseRate);

    [Fact]
    public void Estimate_rejects_wrong_schools()
    {
        UnitTotals totals = OneItem.NewTotals();
        Assert.Equal("schools", Assert.Throws<ArgumentException>(() => WaveEstimator.Estimate(OneItem, [new("a", 1, totals), new("a", 1, totals)], false)).ParamName);
        Assert.Equal("schools", Assert.Throws<ArgumentException>(() => WaveEstimator.Estimate(OneItem, [new("a", -1, totals)], false)).ParamName);
        Assert.Equal("schools", Assert.Throws<ArgumentException>(() => WaveEstimator.Estimate(TwoItems, [new("a", 1, totals)], false)).ParamName);
        Assert.Throws<ArgumentNullException>("plan", () => WaveEstimator.Estimate(null!, [], false));
        Assert.Throws<ArgumentNullException>("schools", () => WaveEstimator.Estimate(OneItem, null!, false));
    }

    private static TestWave Wave(params (string Id, int? Eligible, byte[] Answers)[] schools) =>
        new(OneItem, [.. schools.Select(school => (school.Id, school.Eligible, school.Answers.Select(answer => new[] { answer }).ToArray()))]);

    private static void AssertClose(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } number)
        {
            Assert.Equal(number, actual!.Value, 1e-9 * Math.Max(1, Math.Abs(number)));
        }
    }
}
