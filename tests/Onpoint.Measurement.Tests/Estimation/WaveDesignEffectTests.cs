using FsCheck.Xunit;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Instruments;

namespace Onpoint.Measurement.Tests.Estimation;

public sealed class WaveDesignEffectTests
{
    private static readonly ScoringPlan OneItem = new(TestInstrument.Of([1], scale: ScoreScale.Mean));
    private static readonly ScoringPlan Four = new(TestInstrument.Of([3, 2, 4, 1], [[1, 2], [3, 4]]));

    /// <summary>
    /// By hand: X = 3.75, Var = 0.25625. Weighted spread: a 1/4 (2 + .75²), b 3/4 (2 + .25²), in all 2.1875; V = 2.1875 / 10.
    /// </summary>
    [Fact]
    public void Two_schools_by_hand()
    {
        TestWave wave = new(OneItem, [("a", 10, Rows(1, 2, 3, 4, 5)), ("b", 30, Rows(5, 5, 4, 4, 5, 1))]);

        Assert.Equal(0.25625 / 0.21875, Assert.Single(Effects(wave))!.Value, 1e-14);
    }

    [Property(MaxTest = 20)]
    public void One_stratum_is_a_simple_random_sample(int seed)
    {
        var wave = TestWave.Random(Four, seed);
        wave = wave with { Schools = [.. wave.Schools.Take(1)] };

        Assert.All(Effects(wave), effect => Assert.Equal(1, effect ?? 1, 1e-9));
    }

    /// <summary>Every measure of teachers who answered everything against the design effect of the survey design with their teachers' measure as outcome.</summary>
    [Property(MaxTest = 25)]
    public void Effects_agree_with_the_survey_design_of_the_teachers(int seed, bool samplesSchools)
    {
        var wave = TestWave.Complete(Four, seed, fewest: 5);

        foreach ((Measure measure, double? effect) in Four.Measures.Zip(Effects(wave, samplesSchools)))
        {
            (SurveyDesign design, double?[] values) = wave.Design(
                (weight, row) => samplesSchools ? new SampledRow(weight) { Cluster = row.School } : new SampledRow(weight) { Stratum = row.School },
                scores => measure.Weights.Zip(scores, (weight, score) => weight * score!.Value).Sum());
            double expected = design.Mean(values)!.DesignEffect!.Value;
            Assert.Equal(expected, effect!.Value, 1e-9 * Math.Max(1, expected));
        }
    }

    /// <summary>With missing components, every component of a sample of schools against the survey design, and all measures against a sum over teachers.</summary>
    [Property(MaxTest = 25)]
    public void Missing_components_are_left_out_teacher_by_teacher(int seed, bool samplesSchools)
    {
        var wave = TestWave.Random(Four, seed);
        WaveEstimate estimate = wave.Estimate(samplesSchools);
        IReadOnlyList<double?> effects = Effects(wave, samplesSchools);
        double?[][][] strata = [.. estimate.Strata.Select(stratum => wave.Schools
            .Where(school => stratum.Schools.Contains(school.Id))
            .SelectMany(school => school.Responses.Select(response => Four.ComponentScores(response))).ToArray())];
        double[] w = [.. estimate.Strata.Select(stratum => stratum.Weight)];
        double[] raised = [.. Enumerable.Range(0, 4).Select(c => w.Where((_, h) => Have(h, c) > 0).Sum())];
        double[] means = [.. Enumerable.Range(0, 4).Select(c => Enumerable.Range(0, w.Length).Where(h => Have(h, c) > 0).Sum(h => w[h] / raised[c] * strata[h].Average(scores => scores[c])!.Value))];
        for (int m = 0; m < effects.Count; m++)
        {
            MeasureEstimate district = estimate.District.Measures[m];
            IReadOnlyList<double> a = Four.Measures[m].Weights;
            double random = 0;
            for (int h = 0; h < w.Length; h++)
            {
                random += strata[h].Sum(scores => Math.Pow(
                    Enumerable.Range(0, 4).Where(c => a[c] > 0 && scores[c] is not null).Sum(c =>
                        a[c] * Math.Sqrt(w[h] / raised[c] / Have(h, c) / (Enumerable.Range(0, w.Length).Sum(k => Have(k, c)) - 1)) * (scores[c]!.Value - means[c])),
                    2));
            }

            Assert.Equal(district.StandardError is null || random < 1e-9, effects[m] is null);
            Assert.Equal(effects[m] is null ? 0 : district.StandardError!.Value * district.StandardError.Value / random, effects[m] ?? 0, 1e-9 * Math.Max(1, effects[m] ?? 0));
        }

        int Have(int h, int c) => strata[h].Count(scores => scores[c] is not null);
    }

    /// <summary>Schools of one opinion each, far apart, drawn as schools: by hand 2 · 2 · (1/4) over (1/4 · 4) 10/9 / 10 = 9.</summary>
    [Fact]
    public void Clusters_that_agree_within_are_worth_one_answer_each()
    {
        TestWave wave = new(OneItem, [("a", 10, Rows(2, 2, 2, 2, 2)), ("b", 10, Rows(4, 4, 4, 4, 4))]);

        Assert.Equal(9.0, Assert.Single(Effects(wave, samplesSchools: true))!.Value, 1e-14);
        Assert.Equal(0.0, Assert.Single(Effects(wave)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_varies_or_nothing_is_known_and_there_is_no_effect(bool samplesSchools)
    {
        // In doubles 0.2 · 3 + 0.8 · 3 is a little more than 3.
        byte[][] agreeing = Rows(3, 3, 3, 3, 3);
        Assert.Null(Assert.Single(Effects(new TestWave(OneItem, [("a", 5, agreeing), ("b", 20, agreeing)]), samplesSchools)));
        Assert.Null(Assert.Single(Effects(new TestWave(OneItem, [("a", 10, Rows(4))]), samplesSchools)));
        Assert.Null(Assert.Single(Effects(new TestWave(OneItem, [("a", 10, [])]), samplesSchools)));
    }

    /// <summary>Components vary and their mean does not: every teacher's two answers are 6 together.</summary>
    [Fact]
    public void Components_that_cancel_leave_the_category_without_an_effect()
    {
        ScoringPlan two = new(TestInstrument.Of([1, 1], [[1, 2]], scale: ScoreScale.Mean));
        IReadOnlyList<double?> effects = Effects(new TestWave(two, [("a", 10, [[1, 5], [5, 1], [2, 4], [4, 2]])]));

        Assert.Equal([null, null, 1.0, 1.0], effects);
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        TestWave wave = new(OneItem, [("a", 10, Rows(1, 2, 3, 4, 5))]);
        WaveEstimate estimate = wave.Estimate();
        SchoolTotals[] totals = wave.Totals();

        Assert.Throws<ArgumentException>("schools", () => WaveDesignEffect.Of(OneItem, [], estimate));
        Assert.Throws<ArgumentException>("schools", () => WaveDesignEffect.Of(Four, totals, estimate));
        Assert.Throws<ArgumentNullException>("plan", () => WaveDesignEffect.Of(null!, totals, estimate));
        Assert.Throws<ArgumentNullException>("schools", () => WaveDesignEffect.Of(OneItem, null!, estimate));
        Assert.Throws<ArgumentNullException>("estimate", () => WaveDesignEffect.Of(OneItem, totals, null!));
    }

    private static IReadOnlyList<double?> Effects(TestWave wave, bool samplesSchools = false)
    {
        SchoolTotals[] totals = wave.Totals();
        Array.Reverse(totals);
        return WaveDesignEffect.Of(wave.Plan, totals, wave.Estimate(samplesSchools));
    }

    private static byte[][] Rows(params byte[] answers) => [.. answers.Select(answer => new[] { answer })];
}
