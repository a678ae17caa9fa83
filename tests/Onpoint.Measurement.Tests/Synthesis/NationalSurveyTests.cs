using MathNet.Numerics.LinearAlgebra;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Synthesis;

namespace Onpoint.Measurement.Tests.Synthesis;

/// <summary>
/// What the national dataset must show. Expected numbers are the design's (sample-surveys/national-2026-synthetic/README.md);
/// the ranges are those in which every seed lies.
/// </summary>
public sealed class NationalSurveyTests
{
    private static readonly Stage[] Stages = Enum.GetValues<Stage>();

    private static readonly Lazy<List<(SurveyWave Wave, UnitEstimate District)>> Estimates = new(() => BundledSurveys.Estimates(BundledSurveys.National));

    private static readonly Lazy<List<(SurveyResponse Response, double?[] Scores)>> Scores = new(() =>
    {
        var plan = new ScoringPlan(BundledSurveys.TeacherSurvey);
        return [.. BundledSurveys.National.Responses.Select(response => (response, plan.ComponentScores(response.Answers.Span)))];
    });

    /// <summary>Components by column, target means by stage: the table of stage means in the dataset's README.</summary>
    public static TheoryData<string, double[]> Targets => new()
    {
        { "SC", [520, 660, 690, 708, 720] },
        { "OP", [540, 578, 614, 648, 680] },
        { "TR", [500, 600, 640, 655, 662] },
        { "SR", [440, 500, 556, 606, 648] },
        { "BI", [570, 640, 660, 652, 650] },
        { "IR", [540, 610, 650, 646, 645] },
        { "PS", [570, 610, 640, 640, 639] },
    };

    public static TheoryData<int> Components => [.. Enumerable.Range(0, 7)];

    [Fact]
    public void It_has_142_districts_and_316_waves_in_the_planned_cells()
    {
        Survey survey = BundledSurveys.National;
        ILookup<string, Stage> stages = survey.Waves.ToLookup(wave => wave.DistrictId, wave => wave.Stage);

        Assert.Equal(142, survey.Districts.Count);
        Assert.Equal(316, survey.Waves.Count);
        Assert.Equal([50, 68, 78, 68, 52], Stages.Select(stage => survey.Waves.Count(wave => wave.Stage == stage)));
        Assert.Equal(
            [34, 52, 52, 36],
            Stages.SkipLast(1).Select(stage => stages.Count(district => district.Contains(stage) && district.Contains(stage + 1))));
        Assert.Equal(62, stages.Count(district => district.Count() > 1));
    }

    [Fact]
    public void A_district_has_one_wave_in_a_school_year_and_its_stage_counts_from_the_launch()
    {
        Survey survey = BundledSurveys.National;
        var launches = survey.Districts.ToDictionary(district => district.Id, district => district.LaunchYear);

        Assert.All(survey.Waves, wave => Assert.Equal((int)wave.Stage, wave.SchoolYear - launches[wave.DistrictId]));
        Assert.Equal(survey.Waves.Count, survey.Waves.DistinctBy(wave => (wave.DistrictId, wave.SchoolYear)).Count());
        Assert.Equal([2025, 2026], survey.Waves.GroupBy(wave => wave.DistrictId).Select(waves => waves.Max(wave => wave.SchoolYear)).Distinct().Order());
    }

    [Fact]
    public void Schools_keep_their_roster_over_the_waves_and_stay_within_the_limits()
    {
        Survey survey = BundledSurveys.National;

        Assert.All(survey.Roster.GroupBy(row => row.SchoolId), rows => Assert.Single(rows.Select(row => row.EligibleTeachers).Distinct()));
        Assert.All(survey.Roster, row => Assert.True(row.EligibleTeachers >= 4));
        Assert.All(survey.Roster.GroupBy(row => (row.DistrictId, row.Wave)), rows => Assert.InRange(rows.Count(), 1, 8));
    }

    /// <summary>
    /// 14,400 to 16,200 responses, at least 2,230 a stage. A wave has at least the ten that norms need and at most the largest
    /// roster: 120, and half a teacher more for the rounding of each of eight schools.
    /// </summary>
    [Fact]
    public void Responses_are_as_many_as_planned()
    {
        Survey survey = BundledSurveys.National;
        var stages = survey.Waves.ToDictionary(wave => (wave.DistrictId, wave.Wave), wave => wave.Stage);

        Assert.InRange(survey.Responses.Count, 14_400, 16_200);
        Assert.All(survey.Responses.CountBy(response => stages[(response.DistrictId, response.Wave)]), stage => Assert.True(stage.Value >= 2_230));
        Assert.All(Estimates.Value, wave => Assert.InRange(wave.District.Responses, 10, 124));
        Assert.All(Estimates.Value, wave => Assert.True(wave.District.SmallestCount >= 10));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Stage_means_over_the_districts_meet_the_targets(string component, double[] targets)
    {
        double[] means = CrossSection(component);

        Assert.All(Stages, stage => Assert.Equal(targets[(int)stage], means[(int)stage], 0.5));
    }

    /// <summary>Least squares on district and stage effects over the districts seen twice or more, level as in docs/methodology.md section 7.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void Stage_means_within_the_districts_meet_the_targets(string component, double[] targets)
    {
        List<(SurveyWave Wave, UnitEstimate District)> panel =
            [.. Estimates.Value.GroupBy(wave => wave.Wave.DistrictId).Where(waves => waves.Count() > 1).SelectMany(waves => waves)];
        List<string> districts = [.. panel.Select(wave => wave.Wave.DistrictId).Distinct()];
        Matrix<double> design = Matrix<double>.Build.Dense(panel.Count, districts.Count + 4, (row, column) =>
            column < districts.Count
                ? districts[column] == panel[row].Wave.DistrictId ? 1 : 0
                : (int)panel[row].Wave.Stage == column - districts.Count + 1 ? 1 : 0);
        Vector<double> effects = design.QR().Solve(Vector<double>.Build.Dense([.. panel.Select(wave => wave.District.Points(component))]));
        double[] curve = [0, .. effects.Skip(districts.Count)];
        double level = CrossSection(component).Average() - curve.Average();

        Assert.All(Stages, stage => Assert.Equal(targets[(int)stage], curve[(int)stage] + level, 0.5));
    }

    /// <summary>Landmark 1 as published: 70 per cent of the growth in shared understanding by Year 1, (660 - 520) / (720 - 520).</summary>
    [Fact]
    public void Seventy_per_cent_of_the_growth_in_communication_comes_by_Year_1()
    {
        double[] means = CrossSection("SC");

        Assert.Equal(0.700, (means[1] - means[0]) / (means[4] - means[0]), 0.003);
    }

    /// <summary>Cronbach's alpha from item covariances pooled over the waves, complete answers only.</summary>
    [Theory]
    [MemberData(nameof(Components))]
    public void Alpha_pooled_within_waves_is_about_80(int component)
    {
        Instrument instrument = BundledSurveys.TeacherSurvey;
        int first = instrument.Components.Take(component).Sum(earlier => earlier.Items.Count);
        int items = instrument.Components[component].Items.Count;
        double[] itemSquares = new double[items];
        double totalSquares = 0;
        foreach (var wave in BundledSurveys.National.Responses.GroupBy(response => (response.DistrictId, response.Wave)))
        {
            List<int[]> complete = [.. wave
                .Select(response => response.Answers.Slice(first, items).ToArray().Select(answer => (int)answer).ToArray())
                .Where(answers => answers.All(answer => answer is >= 1 and <= 5))];
            for (int item = 0; item < items; item++)
            {
                itemSquares[item] += SquaredDeviations([.. complete.Select(answers => (double)answers[item])]);
            }

            totalSquares += SquaredDeviations([.. complete.Select(answers => (double)answers.Sum())]);
        }

        Assert.InRange(items / (items - 1.0) * (1 - (itemSquares.Sum() / totalSquares)), 0.78, 0.84);
    }

    [Theory]
    [MemberData(nameof(Components))]
    public void Teachers_of_a_district_spread_by_145_to_152_points(int component)
    {
        List<double[]> waves = [.. Scores.Value
            .Where(teacher => teacher.Scores[component] is not null)
            .GroupBy(teacher => (teacher.Response.DistrictId, teacher.Response.Wave), teacher => teacher.Scores[component]!.Value)
            .Select(wave => wave.ToArray())];

        Assert.InRange(Math.Sqrt(waves.Sum(SquaredDeviations) / waves.Sum(wave => wave.Length - 1)), 145, 152);
    }

    /// <summary>
    /// By hand: traits correlate .60 between and .75 within categories; an alpha of .80 on both sides makes .48 and .60 of it. Careless teachers, who
    /// answer all components alike or at random, move that by a little: tolerance .035.
    /// </summary>
    [Fact]
    public void Components_correlate_as_their_traits_do()
    {
        Instrument instrument = BundledSurveys.TeacherSurvey;
        List<double[][]> waves = [.. Scores.Value
            .Where(teacher => teacher.Scores.All(score => score is not null))
            .GroupBy(teacher => (teacher.Response.DistrictId, teacher.Response.Wave), teacher => teacher.Scores.Select(score => score!.Value).ToArray())
            .Select(wave => wave.ToArray())];
        for (int a = 0; a < 7; a++)
        {
            for (int b = 0; b < a; b++)
            {
                bool sameCategory = instrument.Categories.Any(category =>
                    category.Components.Contains(instrument.Components[a].Code) && category.Components.Contains(instrument.Components[b].Code));
                double correlation = waves.Sum(wave => ProductsOfDeviations(wave, a, b))
                    / Math.Sqrt(waves.Sum(wave => ProductsOfDeviations(wave, a, a)) * waves.Sum(wave => ProductsOfDeviations(wave, b, b)));
                Assert.Equal(sameCategory ? 0.60 : 0.48, correlation, 0.035);
            }
        }
    }

    [Fact]
    public void Missing_answers_are_as_many_as_planned()
    {
        List<byte> answers = [.. BundledSurveys.National.Responses.SelectMany(response => response.Answers[..40].ToArray())];
        double notMyRole = answers.Count(answer => answer == ResponseLayout.NotMyRole) / (double)answers.Count;
        double blank = answers.Count(answer => answer == ResponseLayout.NotAnswered) / (double)answers.Count;

        Assert.InRange(notMyRole + blank, 0.035, 0.048);
        Assert.Equal(0.025, notMyRole, 0.002);
    }

    /// <summary>Shares of teachers with a score, by component and on all seven, from the README; half a per cent.</summary>
    [Fact]
    public void Scores_are_present_as_often_as_planned()
    {
        double[] present = [.. Enumerable.Range(0, 7).Select(component => Share(teacher => teacher[component] is not null))];
        double[] planned = [1, 0.995, 0.94, 0.94, 0.98, 0.98, 0.975];

        Assert.All(present.Zip(planned), pair => Assert.Equal(pair.Second, pair.First, 0.006));
        Assert.Equal(0.91, Share(teacher => teacher.All(score => score is not null)), 0.006);
    }

    /// <summary>Property of addressed draws: the number of threads makes no difference. The dataset of the other tests is made on one.</summary>
    [Fact]
    public void It_is_the_same_on_any_number_of_threads()
    {
        Survey again = SyntheticSurveys.National(BundledSurveys.TeacherSurvey, BundledSurveys.Seed, threads: 4);

        Assert.Equal(BundledSurveys.National.Responses.Select(Text), again.Responses.Select(Text));
        Assert.Equal(BundledSurveys.National.Roster, again.Roster);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void National_rejects_an_impossible_number_of_threads(int threads) => Assert.Equal(
        "threads",
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticSurveys.National(BundledSurveys.TeacherSurvey, 1, threads)).ParamName);

    [Fact]
    public void National_rejects_another_questionnaire()
    {
        Instrument other = BundledSurveys.TeacherSurvey with { Components = [.. BundledSurveys.TeacherSurvey.Components.Skip(1)] };

        Assert.Equal("instrument", Assert.Throws<ArgumentException>(() => SyntheticSurveys.National(other, 1)).ParamName);
    }

    private static double[] CrossSection(string component) =>
        [.. Stages.Select(stage => Estimates.Value.Where(wave => wave.Wave.Stage == stage).Average(wave => wave.District.Points(component)))];

    private static double Share(Func<double?[], bool> condition) => Scores.Value.Count(teacher => condition(teacher.Scores)) / (double)Scores.Value.Count;

    private static double SquaredDeviations(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }

    private static double ProductsOfDeviations(double[][] teachers, int a, int b)
    {
        double meanA = teachers.Average(scores => scores[a]);
        double meanB = teachers.Average(scores => scores[b]);
        return teachers.Sum(scores => (scores[a] - meanA) * (scores[b] - meanB));
    }

    private static string Text(SurveyResponse response) => $"{response.SchoolId} {response.Wave} {Convert.ToHexString(response.Answers.Span)}";
}
