using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Tests.Norms;

namespace Onpoint.Measurement.Tests.Growth;

public sealed class StageGrowthTests
{
    private static readonly (string District, int Stage, double Points)[] Panel =
    [
        ("a", 0, 644.3), ("a", 1, 756.8), ("a", 2, 822.2), ("b", 0, 506.4), ("b", 1, 617.0), ("b", 2, 670.6), ("c", 1, 639.2), ("c", 2, 648.8),
        ("d", 1, 638.9), ("d", 2, 673.4), ("d", 3, 706.3), ("e", 0, 493.8), ("e", 1, 631.8), ("e", 2, 670.8), ("e", 3, 648.4), ("e", 4, 700.3),
        ("f", 3, 672.9), ("f", 4, 693.4), ("g", 0, 558.8), ("h", 2, 670.6), ("h", 3, 699.2), ("i", 4, 713.0),
    ];

    /// <summary>Half a unit of the last of R's 10 digits, for numbers below 1,000.</summary>
    private const double PrintedDigits = 5e-8;

    /// <summary>Double precision on numbers near 1,000.</summary>
    private const double Rounding = 1e-9;

    private static GrowthTable Table(IEnumerable<(string District, int Stage, double Points)> rows, int smallestGroup = 1) => StageGrowth.Table(
        [.. rows.Select(row => SyntheticWaves.Wave(row.District, (Stage)row.Stage, row.Points))], "benchmark", smallestGroup);

    /// <summary>
    /// R 4.2.2 on the rows above as data frame d(id, s, x):
    /// <code>
    /// panel &lt;- function(d){n&lt;-table(d$id);p&lt;-d[d$id %in% names(n)[n>=2],];f&lt;-lm(x~factor(id)+factor(s),p);c(0,coef(f)[grep("factor\\(s\\)",names(coef(f)))])}
    /// b &lt;- panel(d); cs &lt;- tapply(d$x,d$s,mean); b-mean(b)+mean(cs)
    /// jk &lt;- function(th){D&lt;-length(th);sqrt((D-1)/D*sum((th-mean(th))^2))}     # th: the contrast without each district in turn
    /// qt(.975,length(th)-1)*jk(th)
    /// </code>
    /// printed to 10 digits. Districts that take part: panel districts (7) for panel steps, all (9) for panel levels, those at one of the two stages for cross-section steps.
    /// </summary>
    [Fact]
    public void Both_estimates_match_R()
    {
        GrowthTable table = Table(Panel);

        Assert.Equal(9, table.CrossSection!.Districts);
        Assert.Equal([4, 5, 6, 4, 3], table.CrossSection.Stages.Select(stage => stage.Districts)); // counted above
        Same([550.825, 656.74, 692.7333333, 681.7, 702.2333333], PrintedDigits, table.CrossSection.Stages.Select(stage => (double?)stage.Points));
        Same([108.8044816, 70.34657217, 67.23987831, 42.07714762, 24.6972933], PrintedDigits, table.CrossSection.Stages.Select(stage => stage.MarginPoints));
        Same([105.915, 35.99333333, -11.03333333, 20.53333333], PrintedDigits, table.CrossSection.Steps.Select(step => (double?)step.Points));
        Same([38.61827106, 20.16605112, 74.16585727, 38.07945043], PrintedDigits, table.CrossSection.Steps.Select(step => step.MarginPoints));

        Assert.Equal(7, table.Panel!.Districts);
        Same([524.2975977, 648.2029617, 686.9991303, 699.3608161, 725.3711609], PrintedDigits, table.Panel.Stages.Select(stage => (double?)stage.Points));
        Same([36.76570038, 35.21053984, 46.95461821, 60.57651161, 50.70592131], PrintedDigits, table.Panel.Stages.Select(stage => stage.MarginPoints));
        Same([123.905364, 38.79616858, 12.36168582, 26.01034483], PrintedDigits, table.Panel.Steps.Select(step => (double?)step.Points));
        Same([16.29848679, 23.58747608, 46.17403759, 18.42696114], PrintedDigits, table.Panel.Steps.Select(step => step.MarginPoints));
        Assert.Equal(201.0735632, table.Panel.Total!.Points, 5e-8);
        Assert.Equal(25.76090551, table.Panel.Total.MarginPoints!.Value, 5e-9);
    }

    /// <summary>X = district + stage exactly: the panel finds the steps whatever the mix of districts, and nothing is uncertain; the cross-section is off by who was seen.</summary>
    [Fact]
    public void Panel_is_exact_when_districts_differ_by_a_constant()
    {
        double[] level = [500, 560, 640, 700];
        double[] stage = [0, 140, 170, 188, 200];
        GrowthTable table = Table(
            from district in Enumerable.Range(0, 4)
            from seen in Enumerable.Range(district == 3 ? 1 : 0, district == 0 ? 3 : district == 3 ? 4 : 5) // the lowest district stops early, the highest starts late
            select ($"d{district}", seen, level[district] + stage[seen]));

        Same([140, 30, 18, 12], Rounding, table.Panel!.Steps.Select(step => (double?)step.Points));
        Assert.All(table.Panel.Steps, step => Assert.Equal(0, step.MarginPoints!.Value, 1e-9));
        Assert.NotEqual(18, table.CrossSection!.Steps[2].Points, 1.0);
        Assert.Equal(table.CrossSection.Stages.Average(mean => mean.Points), table.Panel.Stages.Average(mean => mean.Points), 1e-9);
    }

    /// <summary>Two groups of districts that share no stage: the larger one (4 district-waves against 2) is used.</summary>
    [Fact]
    public void Panel_uses_the_largest_connected_group()
    {
        GrowthTable table = Table([("a", 0, 500), ("a", 1, 600), ("b", 0, 520), ("b", 1, 620), ("c", 3, 640), ("c", 4, 650)]);

        Assert.Equal([Stage.Planning, Stage.Year1], table.Panel!.Stages.Select(mean => mean.Stage));
        Assert.Equal(2, table.Panel.Districts);
        Assert.Equal(100, table.Panel.Steps.Single().Points, 1e-9); // both grew by 100
    }

    [Fact]
    public void Growth_ignores_the_level_and_the_order_of_rows()
    {
        GrowthTable table = Table(Panel);
        GrowthTable higher = Table(Panel.Select(row => (row.District, row.Stage, row.Points + 50)));
        GrowthTable reversed = Table(Panel.Reverse());

        Same([.. table.Panel!.Steps.Select(step => step.MarginPoints!.Value)], Rounding, higher.Panel!.Steps.Select(step => step.MarginPoints));
        Same([.. table.Panel.Stages.Select(mean => mean.Points + 50)], Rounding, higher.Panel.Stages.Select(mean => (double?)mean.Points));
        Assert.Equal(table.Panel.Stages, reversed.Panel!.Stages);
        Assert.Equal(table.CrossSection!.Steps, reversed.CrossSection!.Steps);
    }

    [Fact]
    public void Small_groups_are_left_out()
    {
        GrowthTable table = Table(Panel, smallestGroup: 4);

        Assert.Equal([0, 1, 2, 3], table.CrossSection!.Stages.Select(mean => (int)mean.Stage)); // 4, 5, 6, 4 districts; Year 4+ has 3
        Assert.Equal([1, 2], table.Panel!.Stages.Select(mean => (int)mean.Stage)); // panel districts at Planning a, b, e; at Year 3 d, e, h
    }

    [Fact]
    public void One_district_has_growth_but_no_margin_over_districts()
    {
        GrowthTable table = Table([("a", 0, 500), ("a", 1, 600)]);

        Assert.Equal(100, table.Panel!.Total!.Points, 1e-9);
        Assert.Null(table.Panel.Total.MarginPoints);
        Assert.All(table.CrossSection!.Stages, mean => Assert.Null(mean.MarginPoints));
    }

    [Fact]
    public void No_waves_have_no_growth() => Assert.Equal(new GrowthTable("benchmark", null, null), Table([]));

    [Fact]
    public void Of_two_waves_at_a_stage_the_later_counts()
    {
        DistrictWave early = SyntheticWaves.Wave("a", Stage.Year4Plus, 600);
        DistrictWave late = SyntheticWaves.Wave("a", Stage.Year4Plus, 640) with { SchoolYear = 2027, Wave = "2027" };

        Assert.Equal(640, StageGrowth.Table([late, early], "benchmark").CrossSection!.Stages.Single().Points);
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        DistrictWave wave = SyntheticWaves.Wave("a", Stage.Planning);

        Assert.Throws<ArgumentException>("measure", () => StageGrowth.Table([wave], "XX"));
        Assert.Throws<ArgumentException>("waves", () => StageGrowth.Table([wave, wave], "benchmark"));
        Assert.Throws<ArgumentException>("waves", () => StageGrowth.Table([wave, SyntheticWaves.Wave("b", Stage.Planning) with { Measures = [wave.Measures[0]] }], "benchmark"));
        Assert.Throws<ArgumentOutOfRangeException>("smallestGroup", () => StageGrowth.Table([wave], "benchmark", 0));
    }

    /// <summary>
    /// Known truth: 12 districts, of which the high ones stay longer (level correlated with the last stage seen); growth to Year 1 is 140. Over 400 seeded draws the 95 % intervals must hold 140 in
    /// 92 to 98 % (binomial SE 1.1 %), and the mean estimate must be within 3 Monte Carlo SE; the cross-section, by design of the drift, must not be.
    /// </summary>
    [Fact]
    public void Panel_intervals_hold_the_truth_although_the_high_districts_stay()
    {
        int covered = 0;
        var estimates = new List<double>();
        var crossSection = new List<double>();
        for (int draw = 0; draw < 400; draw++)
        {
            var random = SplitMix64.ForStream(11, draw);
            var rows = new List<(string, int, double)>();
            for (int district = 0; district < 12; district++)
            {
                double level = 500 + 10 * district + 30 * SyntheticWaves.Normal(ref random);
                for (int stage = district < 6 ? 0 : 1; stage <= (district < 3 ? 1 : 2); stage++)
                {
                    rows.Add(($"d{district:00}", stage, level + new double[] { 0, 140, 170 }[stage] + 25 * SyntheticWaves.Normal(ref random)));
                }
            }

            GrowthTable table = Table(rows);
            StageStep first = table.Panel!.Steps[0];
            covered += Math.Abs(first.Points - 140) <= first.MarginPoints ? 1 : 0;
            estimates.Add(first.Points);
            crossSection.Add(table.CrossSection!.Steps[0].Points);
        }

        double error = Math.Sqrt(estimates.Sum(x => (x - 140) * (x - 140))) / 400;
        Assert.InRange(covered, 368, 392);
        Assert.InRange(estimates.Average(), 140 - 3 * error, 140 + 3 * error);
        Assert.True(crossSection.Average() > 140 + 20);
    }

    private static void Same(double[] expected, double tolerance, IEnumerable<double?> actual)
    {
        Assert.Equal(expected.Length, actual.Count());
        foreach ((double value, double? got) in expected.Zip(actual))
        {
            Assert.Equal(value, got!.Value, tolerance);
        }
    }
}
