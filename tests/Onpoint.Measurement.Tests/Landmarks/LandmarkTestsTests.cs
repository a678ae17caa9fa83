using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Tests.Norms;

namespace Onpoint.Measurement.Tests.Landmarks;

/// <summary>
/// Waves with 40 teachers and 60 df. With equal errors SE a contrast with weights w has SE sqrt(SUM w²) and Welch df (SUM w²)² / SUM w⁴ x 60; t by qt() of R 4.2.2:
/// qt(.975, 120) = 1.97993040508.
/// </summary>
public sealed class LandmarkTestsTests
{
    private const double T120 = 1.97993040508;

    private static LandmarkResult Own(Landmark landmark, string measure, double standardError, params double[] points) =>
        LandmarkTests.ForDistrict(SyntheticWaves.Path(measure, standardError, points)).Single(result => result.Landmark == landmark);

    /// <summary>
    /// 520, 660, 690, SE 8. Gate 690 - 520 = 170, SE sqrt(2) 8, df (2)²/2 x 60 = 120. Condition 140 - 85 = 55 with weights -1/2, 1, -1/2: SE sqrt(1.5) 8 = 9.798,
    /// df 1.5²/1.125 x 60 = 120.
    /// </summary>
    [Fact]
    public void Shared_understanding_is_seen_when_most_growth_comes_first()
    {
        LandmarkResult result = Own(Landmark.SharedUnderstanding, "strategy-communication", 8, 520, 660, 690);

        Assert.Equal((LandmarkVerdict.Seen, LandmarkBasis.OwnWaves, null, 1), (result.Verdict, result.Basis, result.Reason, result.Districts));
        Assert.Equal([Stage.Planning, Stage.Year1, Stage.Year2], result.Stages);
        LandmarkTest gate = Assert.Single(result.Gates);
        Assert.Equal((LandmarkQuantity.Growth, Stage.Planning, Stage.Year2, 170.0), (gate.Quantity, gate.From, gate.To, gate.Points));
        Assert.Equal(170 - T120 * Math.Sqrt(128), gate.Low, 1e-8);
        Assert.Equal(170 + T120 * Math.Sqrt(128), gate.High, 1e-8);
        LandmarkTest condition = Assert.Single(result.Conditions);
        Assert.Equal((LandmarkQuantity.FirstYearBeyondHalf, 55.0), (condition.Quantity, condition.Points));
        Assert.Equal(Math.Sqrt(96), condition.StandardErrorPoints, 1e-12);
        Assert.Equal(120, condition.DegreesOfFreedom, 1e-9);
        Assert.Equal(55 - T120 * Math.Sqrt(96), condition.Low, 1e-8);
        Assert.Equal(condition.Low, condition.RefutingLow, 1e-9); // one condition: level 1 - .05/1
    }

    /// <summary>
    /// Fieller in R 4.2.2: a=140, g=170, vaa=vgg=128, vag=64 (Planning is in both), t=qt(.975,120): roots of (g²-t²vgg) r² - 2 (a g - t²vag) r + a²-t²vaa are .706225221356 and .952266660044.
    /// </summary>
    [Fact]
    public void Share_of_one_district_has_Fiellers_interval()
    {
        GrowthShare share = Assert.Single(Own(Landmark.SharedUnderstanding, "strategy-communication", 8, 520, 660, 690).Shares);

        Assert.Equal((Stage.Year2, false, null), (share.Last, share.AllOfIt, share.DeltaLow));
        Assert.Equal(140.0 / 170, share.Share, 1e-12);
        Assert.Equal(0.706225221356, share.Low!.Value, 1e-9);
        Assert.Equal(0.952266660044, share.High!.Value, 1e-9);
    }

    [Fact]
    public void Share_is_flagged_above_one_and_absent_without_growth()
    {
        Assert.True(Own(Landmark.SharedUnderstanding, "strategy-communication", 8, 520, 700, 690).Shares.Single().AllOfIt); // 180/170
        Assert.Empty(Own(Landmark.SharedUnderstanding, "strategy-communication", 8, 600, 605, 610).Shares); // 10 +/- 22.4
        Assert.Equal(
            [Stage.Year2, Stage.Year3], Own(Landmark.SharedUnderstanding, "strategy-communication", 8, 520, 660, 690, 708).Shares.Select(share => share.Last));
    }

    /// <summary>Margins from above: gate +/- 22.4, condition +/- 19.4.</summary>
    [Theory]
    [InlineData(new double[] { 520, 540, 690 }, LandmarkVerdict.NotSeen, null)] // 20 - 85 = -65: wholly below 0
    [InlineData(new double[] { 690, 660, 520 }, LandmarkVerdict.NotSeen, null)] // growth -170: the gate is lost
    [InlineData(new double[] { 600, 605, 610 }, LandmarkVerdict.CannotTell, LandmarkReason.GrowthNotEstablished)] // growth 10
    [InlineData(new double[] { 600, 500, 610 }, LandmarkVerdict.CannotTell, LandmarkReason.GrowthNotEstablished)] // condition -105, but growth 10 is not there to share out
    [InlineData(new double[] { 520, 610, 690 }, LandmarkVerdict.CannotTell, LandmarkReason.MarginsTooWide)] // 90 - 85 = 5
    [InlineData(new double[] { 520, 660 }, LandmarkVerdict.CannotTell, LandmarkReason.TooFewWaves)] // no later stage
    public void Shared_understanding_can_be_refuted_or_open(double[] points, LandmarkVerdict verdict, LandmarkReason? reason)
    {
        LandmarkResult result = Own(Landmark.SharedUnderstanding, "strategy-communication", 8, points);

        Assert.Equal((verdict, reason), (result.Verdict, result.Reason));
    }

    /// <summary>Condition 5 +/- 1.97993 x 9.79796 with 40 teachers: 40 x (19.3993/5)² = 602.1, in whole tens upward 610. Condition 0.5: 60,213, no realistic number. Condition -10: 40 x 1.93993² = 150.5, 160 would refute it.</summary>
    [Theory]
    [InlineData(610, 610)]
    [InlineData(605.5, null)]
    [InlineData(595, 160)]
    public void Teachers_needed_shrink_the_margin_to_the_distance(double year1, int? expected) =>
        Assert.Equal(expected, Own(Landmark.SharedUnderstanding, "strategy-communication", 8, 520, year1, 690).TeachersNeeded);

    /// <summary>
    /// 540, 578, 614, 648, SE 2: G = 108, m = 3. Step - G/9: 26, 24, 22; 2G/3 - step: 34, 36, 38. R 4.2.2, v &lt;- 4*w^2; sqrt(sum(v)); sum(v)^2/sum(v^2/60): SE 2.68512132747 with 120 df at either end,
    /// 2.84583299441 with 122.962511429 in the middle; 2.49443825785 and 3.3993463424 for the second kind. q = 6: qt(1-.05/12, 120) = 2.68269930463.
    /// </summary>
    [Fact]
    public void Operations_are_seen_when_every_step_is_near_the_mean_step()
    {
        LandmarkResult result = Own(Landmark.Operations, "operations", 2, 540, 578, 614, 648);

        Assert.Equal(LandmarkVerdict.Seen, result.Verdict);
        Assert.Equal([26, 34, 24, 36, 22, 38], result.Conditions.Select(condition => Math.Round(condition.Points, 9)));
        Assert.Equal(
            [2.685121327, 2.494438258, 2.845832994, 3.399346342, 2.685121327, 2.494438258], result.Conditions.Select(condition => Math.Round(condition.StandardErrorPoints, 9)));
        Assert.Equal(122.962511429, result.Conditions[2].DegreesOfFreedom, 1e-9);
        Assert.Equal(26 - T120 * 2.68512132747, result.Conditions[0].Low, 1e-8);
        Assert.Equal(26 - 2.68269930463 * 2.68512132747, result.Conditions[0].RefutingLow, 1e-8);
    }

    /// <summary>Condition of the first step: step - 108/9. Its 95 % margin is 5.316, its refuting margin (level 1 - .05/6) 7.203.</summary>
    [Theory]
    [InlineData(541, LandmarkVerdict.NotSeen)] // 1 - 12 = -11
    [InlineData(546, LandmarkVerdict.CannotTell)] // -6: between the two margins
    [InlineData(560, LandmarkVerdict.Seen)] // 8, and 72 - 20 = 52
    public void A_flat_step_refutes_only_at_the_stricter_level(double year1, LandmarkVerdict expected) =>
        Assert.Equal(expected, Own(Landmark.Operations, "operations", 2, 540, year1, (year1 + 648) / 2, 648).Verdict);

    [Fact]
    public void Operations_need_four_stages_from_Planning()
    {
        DistrictWave[] waves = SyntheticWaves.Path("operations", 2, 540, 578, 614, 648, 680);

        LandmarkResult Operations(params int[] stages) => LandmarkTests.ForDistrict([.. stages.Select(stage => waves[stage])])[1];
        Assert.Equal(LandmarkReason.TooFewWaves, Operations(0, 1, 2).Reason);
        Assert.Equal(LandmarkReason.TooFewWaves, Operations(1, 2, 3, 4).Reason);
        Assert.Equal(LandmarkReason.TooFewWaves, Operations(0, 1, 3, 4).Reason);
        Assert.Equal(4, Operations(0, 1, 2, 3).Stages.Count);
        Assert.Equal(8, Operations(0, 1, 2, 3, 4).Conditions.Count); // two per step
    }

    private static DistrictWave[] Roles(double covariance, params (double Design, double Teacher, double Student)[] points) =>
    [
        .. points.Select((p, stage) => SyntheticWaves.Wave("d", (Stage)stage, standardError: 5, except: [("instructional-design", p.Design), ("TR", p.Teacher), ("SR", p.Student)]) with
        {
            ComponentCovariances = [.. Enumerable.Range(0, 49).Select(cell => cell / 7 == cell % 7 ? 25 : covariance)],
        }),
    ];

    /// <summary>
    /// Design 470, 550, 598; teacher 500, 600, 640; student 440, 500, 556; SE 5, covariance of the roles 15. Gates 80 and 48. Conditions: 80 - 48/1 = 32; (100 - 60) = 40; (56 - 40) = 16.
    /// A role difference has variance 25 + 25 - 2 x 15 = 20 per wave: SE sqrt(40). Without covariances 100.
    /// </summary>
    [Fact]
    public void Student_agency_compares_the_roles_with_their_covariance()
    {
        LandmarkResult result = LandmarkTests.ForDistrict(Roles(15, (470, 500, 440), (550, 600, 500), (598, 640, 556)))[2];

        Assert.Equal(LandmarkVerdict.Seen, result.Verdict);
        Assert.Equal([80, 48], result.Gates.Select(gate => gate.Points));
        Assert.Equal([32, 40, 16], result.Conditions.Select(condition => condition.Points));
        Assert.Equal(Math.Sqrt(40), result.Conditions[1].StandardErrorPoints, 1e-12);
        Assert.Equal(Math.Sqrt(40), result.Conditions[2].StandardErrorPoints, 1e-12);
        Assert.Equal(5 * Math.Sqrt(6), result.Conditions[0].StandardErrorPoints, 1e-12); // weights -1, 2, -1

        DistrictWave[] blind = [.. Roles(15, (470, 500, 440), (550, 600, 500), (598, 640, 556)).Select(wave => wave with { ComponentCovariances = [] })];
        Assert.Equal(10, LandmarkTests.ForDistrict(blind)[2].Conditions[1].StandardErrorPoints, 1e-12);
    }

    /// <summary>Student role first (60 against 100): teacher minus student -40, refuting margin 2.428 x 6.32 = 15.4 (qt(1-.05/6, 120) = 2.42800409407).</summary>
    [Fact]
    public void Student_agency_is_not_seen_when_students_lead() =>
        Assert.Equal(LandmarkVerdict.NotSeen, LandmarkTests.ForDistrict(Roles(15, (470, 500, 440), (550, 560, 540), (598, 640, 556)))[2].Verdict);

    /// <summary>Both gates count: growth 80, then none.</summary>
    [Fact]
    public void Student_agency_needs_growth_after_Year_1_too() => Assert.Equal(
        (LandmarkVerdict.CannotTell, (LandmarkReason?)LandmarkReason.GrowthNotEstablished),
        LandmarkTests.ForDistrict(Roles(15, (470, 500, 440), (550, 600, 500), (552, 604, 520)))[2] is var result ? (result.Verdict, result.Reason) : default);

    /// <summary>SE 3: growth after Year 2 has SE sqrt(18), df 120, margin 8.400.</summary>
    [Theory]
    [InlineData(new double[] { 560, 620, 650, 646 }, LandmarkVerdict.Seen, null)] // -4 + 8.4 < 10
    [InlineData(new double[] { 560, 620, 650, 652 }, LandmarkVerdict.CannotTell, LandmarkReason.MarginsTooWide)] // 2 + 8.4 > 10
    [InlineData(new double[] { 560, 620, 650, 670 }, LandmarkVerdict.NotSeen, null)] // 20 - 8.4 > 10
    [InlineData(new double[] { 560, 620, 650, 690, 640 }, LandmarkVerdict.Seen, null)] // L is Year 4+: -10
    [InlineData(new double[] { 650, 645, 652, 640 }, LandmarkVerdict.CannotTell, LandmarkReason.GrowthNotEstablished)] // 2 to Year 2
    [InlineData(new double[] { 560, 620, 650 }, LandmarkVerdict.CannotTell, LandmarkReason.TooFewWaves)]
    public void Culture_is_flat_when_growth_after_Year_2_is_below_ten(double[] points, LandmarkVerdict verdict, LandmarkReason? reason)
    {
        LandmarkResult result = Own(Landmark.Culture, "culture-of-innovation", 3, points);

        Assert.Equal((verdict, reason), (result.Verdict, result.Reason));
    }

    [Fact]
    public void Culture_may_start_in_Year_1_but_not_skip_it()
    {
        DistrictWave[] waves = SyntheticWaves.Path("culture-of-innovation", 3, 560, 620, 650, 646);

        LandmarkResult late = LandmarkTests.ForDistrict(waves[1..])[3];
        Assert.Equal((LandmarkVerdict.Seen, Stage.Year1, 30.0), (late.Verdict, late.Stages[0], late.Gates.Single().Points));
        LandmarkResult gap = LandmarkTests.ForDistrict([waves[0], waves[2], waves[3]])[3];
        Assert.Equal(LandmarkReason.TooFewWaves, gap.Reason);
    }

    [Fact]
    public void Landmarks_without_their_measures_are_left_out()
    {
        DistrictWave[] waves = [.. SyntheticWaves.Path("operations", 2, 540, 578, 614, 648)
            .Select(wave => wave with { Measures = [.. wave.Measures.Where(summary => summary.Measure is "operations" or "instructional-design" or "TR")] })];

        Assert.Equal([Landmark.Operations], LandmarkTests.ForDistrict(waves).Select(result => result.Landmark));
        Assert.Empty(LandmarkTests.ForDistrict([]));
    }

    /// <summary>The basis by counts alone: pairs of neighbours in 10 districts, else 20 districts at each stage, else members seen at all.</summary>
    [Theory]
    [InlineData(10, 0, LandmarkBasis.Panel, 10)]
    [InlineData(9, 0, LandmarkBasis.OwnWaves, 9)]
    [InlineData(9, 10, LandmarkBasis.OwnWaves, 9)]
    [InlineData(9, 11, LandmarkBasis.CrossSection, 42)] // 9 + 3 x 11: each stage has 20
    [InlineData(0, 19, null, 0)]
    public void Basis_follows_the_number_of_districts(int panel, int once, LandmarkBasis? basis, int districts)
    {
        double[] points = [520, 660, 690];
        DistrictWave[] waves =
        [
            .. from district in Enumerable.Range(0, panel) from stage in Enumerable.Range(0, 3) select SyntheticWaves.Wave($"p{district}", (Stage)stage, points[stage] + district % 3),
            .. from district in Enumerable.Range(0, once) from stage in Enumerable.Range(0, 3) select SyntheticWaves.Wave($"s{district}-{stage}", (Stage)stage, points[stage] + district % 3),
        ];

        LandmarkResult result = LandmarkTests.ForDataset([.. waves.Select(wave => wave with { Measures = [.. wave.Measures.Select(summary => summary with { Points = wave.Find("benchmark")!.Points })] })], 1)[0];

        Assert.Equal((basis, districts), (result.Basis, result.Districts));
        Assert.Equal(basis is null ? LandmarkReason.TooFewWaves : null, result.Reason);
    }

    /// <summary>Ten districts to Year 2, nine of them to Year 3: L is Year 2, the last stage the panel reaches.</summary>
    [Fact]
    public void Last_stage_is_the_latest_that_the_basis_carries()
    {
        DistrictWave[] waves =
        [
            .. from district in Enumerable.Range(0, 10)
               from stage in Enumerable.Range(0, district < 9 ? 4 : 3)
               select SyntheticWaves.Wave($"p{district}", (Stage)stage, 600 + 20 * stage),
        ];

        LandmarkResult result = LandmarkTests.ForDataset(waves, 1)[0];

        Assert.Equal((LandmarkBasis.Panel, Stage.Year2), (result.Basis, result.Stages[^1]));
    }

    /// <summary>Mean of two members: growth (170 + 150)/2 = 160; variance (8² + 8²) x 2 / 2² = 64.</summary>
    [Fact]
    public void A_small_group_is_the_mean_of_its_members()
    {
        DistrictWave[] first = SyntheticWaves.Path("strategy-communication", 8, 520, 660, 690);
        DistrictWave[] second = [.. SyntheticWaves.Path("strategy-communication", 8, 500, 640, 650).Select(wave => wave with { DistrictId = "e" })];

        LandmarkResult result = LandmarkTests.ForDataset([.. first, .. second], 1)[0];

        Assert.Equal((LandmarkBasis.OwnWaves, 2), (result.Basis, result.Districts));
        Assert.Equal(160, result.Gates.Single().Points, 1e-9);
        Assert.Equal(8, result.Gates.Single().StandardErrorPoints, 1e-9);
        Assert.Equal(240, result.Gates.Single().DegreesOfFreedom, 1e-9); // four equal terms of 60 df
        Assert.Null(LandmarkTests.ForDataset([.. first, .. second], 1, smallestGroup: 3)[0].Basis);
    }

    /// <summary>The panel fits of the table are the landmark's: a gate is growth, with its margin, and t has D - 1 = 61 df for the 62 panel districts of the bundled design.</summary>
    [Fact]
    public void Panel_verdict_uses_the_growth_table()
    {
        DistrictWave[] waves = SyntheticWaves.National(5);
        LandmarkTest gate = LandmarkTests.ForDataset(waves, 1)[0].Gates.Single();
        StageStep total = StageGrowth.Table(waves, "strategy-communication").Panel!.Total!;

        Assert.Equal(total.Points, gate.Points, 1e-9);
        Assert.Equal(total.MarginPoints!.Value, gate.High - gate.Points, 1e-9);
        Assert.Equal(61, gate.DegreesOfFreedom);
    }

    /// <summary>Truth: 140 of 200 points by Year 1. Bootstrap and delta intervals of 62 panel districts hold it and agree to a tenth of their width or so: both estimate the same spread.</summary>
    [Fact]
    public void National_share_holds_the_truth_in_both_intervals()
    {
        LandmarkResult result = LandmarkTests.ForDataset(SyntheticWaves.National(5), 2026)[0];
        GrowthShare share = result.Shares[^1];

        Assert.Equal([Stage.Year2, Stage.Year3, Stage.Year4Plus], result.Shares.Select(s => s.Last));
        Assert.InRange(0.7, share.Low!.Value, share.High!.Value);
        Assert.InRange(0.7, share.DeltaLow!.Value, share.DeltaHigh!.Value);
        Assert.InRange((share.High.Value - share.Low.Value) / (share.DeltaHigh.Value - share.DeltaLow.Value), 0.8, 1.2);
        Assert.All(result.Shares, s => Assert.InRange(s.Share, s.Low!.Value, s.High!.Value));
    }

    private static GrowthShare PanelShare(int districts, Func<int, double> first, Func<int, double> total) => LandmarkTests.ForDataset(
    [
        .. from district in Enumerable.Range(0, districts)
           from stage in Enumerable.Range(0, 3)
           let points = 500 + 5 * district + (stage == 0 ? 0 : stage == 1 ? first(district) : total(district))
           select SyntheticWaves.Wave($"d{district}", (Stage)stage, except: [("strategy-communication", points)]),
    ], 1)[0].Shares.Single();

    /// <summary>
    /// Districts seen at all three stages, so that the panel is the mean of their growth. Each made 70 % of its own growth (150 and more) by Year 1: whichever districts are drawn, the share is .7. Second, 130 or 150 of 200:
    /// of ten, the growth to Year 1 has SE 10 sqrt(10/9)/sqrt(10) = 10/3, so the delta margin is qt(.975, 9) (R 4.2.2: 2.2621571628) x 10/3 / 200.
    /// </summary>
    [Fact]
    public void Share_of_a_panel_is_as_uncertain_as_the_districts_differ()
    {
        foreach (int districts in new[] { 10, 30 })
        {
            GrowthShare same = PanelShare(districts, district => 0.7 * (150 + 10 * district), district => 150 + 10 * district);
            Assert.All(new[] { same.Share, same.Low!.Value, same.High!.Value, same.DeltaLow!.Value, same.DeltaHigh!.Value }, end => Assert.Equal(0.7, end, 1e-9));
        }

        GrowthShare mixed = PanelShare(10, district => 140 + (district % 2 == 0 ? 10 : -10), _ => 200);
        Assert.Equal(0.7 - 2.2621571628 / 60, mixed.DeltaLow!.Value, 1e-9);
        Assert.Equal(0.7 + 2.2621571628 / 60, mixed.DeltaHigh!.Value, 1e-9);
    }

    /// <summary>
    /// The resamples' percentiles are too short for few districts; a mean of thirty draws of +/- 10 has SD 10/sqrt(30), .95 of it 3.58, in units of 200. A last stage with too few districts does
    /// not change the interval of an earlier one.
    /// </summary>
    [Fact]
    public void Share_shows_the_delta_interval_when_a_stage_concerned_has_fewer_than_thirty_districts()
    {
        GrowthShare[] Shares(int districts, int seenLater) =>
        [
            .. LandmarkTests.ForDataset(
                [
                    .. from district in Enumerable.Range(0, districts)
                       from stage in Enumerable.Range(0, district < seenLater ? 4 : 3)
                       let points = 500 + 5 * district + (stage == 0 ? 0 : stage == 1 ? 140 + (district % 2 == 0 ? 10 : -10) : 200)
                       select SyntheticWaves.Wave($"d{district}", (Stage)stage, except: [("strategy-communication", points)]),
                ], 1)[0].Shares,
        ];

        GrowthShare fewer = Assert.Single(Shares(29, 0));
        Assert.Equal((fewer.DeltaLow, fewer.DeltaHigh), (fewer.Low, fewer.High));

        GrowthShare enough = Assert.Single(Shares(30, 0));
        Assert.True(enough.DeltaLow != enough.Low && enough.DeltaHigh != enough.High);
        Assert.InRange((enough.High!.Value - enough.Low!.Value) / (2 * 1.96 * Math.Sqrt(100 / 30.0) / 200), 0.9, 1.1);

        GrowthShare[] later = Shares(40, 20);
        Assert.Equal([Stage.Year2, Stage.Year3], later.Select(share => share.Last));
        Assert.NotEqual(later[0].DeltaLow, later[0].Low);
        Assert.Equal((later[1].DeltaLow, later[1].DeltaHigh), (later[1].Low, later[1].High));
    }

    [Fact]
    public void Resamples_depend_on_the_seed_only()
    {
        DistrictWave[] waves = SyntheticWaves.National(5);

        GrowthShare[] Shares(IReadOnlyList<DistrictWave> rows, ulong seed) => [.. LandmarkTests.ForDataset(rows, seed)[0].Shares];
        Assert.Equal(Shares(waves, 3), Shares(SyntheticWaves.Shuffle(waves, 9), 3));
        Assert.NotEqual(Shares(waves, 3)[0].Low, Shares(waves, 4)[0].Low);
    }

    [Fact]
    public void Waves_of_two_districts_are_not_one_district() =>
        Assert.Throws<ArgumentException>("waves", () => LandmarkTests.ForDistrict([SyntheticWaves.Wave("a", Stage.Planning), SyntheticWaves.Wave("b", Stage.Year1)]));
}
