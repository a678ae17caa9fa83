using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Tests.Norms;

namespace Onpoint.Measurement.Tests.Placement;

/// <summary>Both waves SE 15 and 80 df: SE_d = sqrt(450) = 21.2132, Welch df 160. t by qt() of R 4.2.2.</summary>
public sealed class WaveChangeTests
{
    private const double T160 = 1.97490156;
    private const double Error = 21.213203435596427;

    private static IReadOnlyList<MeasureChange> Compare(params (string Measure, double Points)[] later) => Made(
        SyntheticWaves.Wave("d", Stage.Year1, standardError: 15, degreesOfFreedom: 80),
        SyntheticWaves.Wave("d", Stage.Year2, standardError: 15, degreesOfFreedom: 80, except: later));

    private static IReadOnlyList<MeasureChange> Made(DistrictWave earlier, DistrictWave later) =>
        Assert.IsType<Placing<IReadOnlyList<MeasureChange>>.Made>(WaveChange.Compare(earlier, later)).Value;

    /// <summary>+48 of the benchmark: margin 1.97490156 x 21.2132 = 41.9; found four times in five: (1.97490156 + .84387351101) x 21.2132 = 59.8.</summary>
    [Fact]
    public void The_benchmark_stands_alone()
    {
        MeasureChange change = Compare(("benchmark", 648))[0];

        Assert.Equal((48, ChangeVerdict.Up), (change.Points, change.Verdict));
        Assert.Equal(160, change.DegreesOfFreedom, 1e-9);
        Assert.Equal(T160 * Error, change.MarginPoints, 1e-6); // the quantile has 9 digits
        Assert.Equal((T160 + 0.84387351101) * Error, change.FoundFourInFivePoints, 1e-6);
        Assert.Equal(0.0249968640922, change.AdjustedP, 1e-12); // 2*pt(-48/sqrt(450),160)
    }

    /// <summary>
    /// +70, +66 and -48 among eleven. R: p = .00119266475205, .00220649917297, .0249968640922; p.adjust(c(p, rep(1, 8)), "holm") = .0131193122725, .0220649917297, .22497177683. The margins use .05/11, .05/10 and, from
    /// the first failure on, .05/9: qt = 2.87826279527, 2.84648586058, 2.81104878977. So -48 +/- 59.6 is not detectable although 48 exceeds 41.9.
    /// </summary>
    [Fact]
    public void Categories_and_components_share_one_error_rate()
    {
        IReadOnlyList<MeasureChange> changes = Compare(("operations", 670), ("SC", 666), ("TR", 552));

        MeasureChange Of(string measure) => changes.Single(change => change.Measure == measure);
        Assert.Equal([ChangeVerdict.Up, ChangeVerdict.Up, ChangeVerdict.NoDetectableChange], [Of("operations").Verdict, Of("SC").Verdict, Of("TR").Verdict]);
        Assert.Equal(0.0131193122725, Of("operations").AdjustedP, 1e-12);
        Assert.Equal(0.0220649917297, Of("SC").AdjustedP, 1e-12);
        Assert.Equal(0.22497177683, Of("TR").AdjustedP, 1e-10);
        Assert.Equal(2.87826279527 * Error, Of("operations").MarginPoints, 1e-8);
        Assert.Equal(2.84648586058 * Error, Of("SC").MarginPoints, 1e-8);
        Assert.Equal(2.81104878977 * Error, Of("TR").MarginPoints, 1e-8);
        Assert.Equal(Of("TR").MarginPoints, Of("BI").MarginPoints, 1e-12);
        Assert.Equal(ChangeVerdict.NoDetectableChange, changes[0].Verdict);
    }

    /// <summary>Picture and verdict agree: the margin leaves 0 out exactly when Holm's p is at most .05.</summary>
    [Fact]
    public void Margins_and_verdicts_agree()
    {
        for (ulong draw = 0; draw < 200; draw++)
        {
            var random = new Measurement.Growth.SplitMix64(draw);
            IReadOnlyList<MeasureChange> changes = Compare([.. SyntheticWaves.Measures.Select(measure => (measure, 540 + (double)random.Next(121)))]);
            Assert.All(changes, change => Assert.Equal(change.AdjustedP <= 0.05, Math.Abs(change.Points) > change.MarginPoints));
            Assert.All(changes, change => Assert.Equal(change.Verdict != ChangeVerdict.NoDetectableChange, change.AdjustedP <= 0.05));
        }
    }

    /// <summary>R: (20²+10²)²/(20⁴/30+10⁴/90) = 45.9183673469.</summary>
    [Fact]
    public void Degrees_of_freedom_are_Welchs() => Assert.Equal(
        45.9183673469,
        Made(SyntheticWaves.Wave("d", Stage.Year1, standardError: 20, degreesOfFreedom: 30), SyntheticWaves.Wave("d", Stage.Year2, standardError: 10, degreesOfFreedom: 90))[0].DegreesOfFreedom,
        1e-9);

    [Fact]
    public void Swapping_the_waves_turns_the_sign()
    {
        DistrictWave earlier = SyntheticWaves.Wave("d", Stage.Year1);
        DistrictWave later = SyntheticWaves.Wave("d", Stage.Year2, 700);

        Assert.All(Made(earlier, later).Zip(Made(later, earlier)), pair =>
        {
            Assert.Equal((ChangeVerdict.Up, ChangeVerdict.Down), (pair.First.Verdict, pair.Second.Verdict));
            Assert.Equal((pair.First.Points, pair.First.MarginPoints), (-pair.Second.Points, pair.Second.MarginPoints));
        });
    }

    [Fact]
    public void Waves_without_any_error_change_or_do_not()
    {
        DistrictWave wave = SyntheticWaves.Wave("d", Stage.Year1, standardError: 0);

        Assert.All(Made(wave, wave), change => Assert.Equal((ChangeVerdict.NoDetectableChange, 1.0), (change.Verdict, change.AdjustedP)));
        Assert.All(Made(wave, SyntheticWaves.Wave("d", Stage.Year2, 601, 0)), change => Assert.Equal(ChangeVerdict.Up, change.Verdict));
    }

    [Fact]
    public void Low_response_in_either_wave_withholds_the_comparison()
    {
        DistrictWave wave = SyntheticWaves.Wave("d", Stage.Year1);

        foreach ((DistrictWave earlier, DistrictWave later) in new[] { (wave with { ResponseRate = 0.3 }, wave), (wave, wave with { ResponseRate = 0.3 }) })
        {
            Assert.Equal(new Placing<IReadOnlyList<MeasureChange>>.Withheld(PlacingReason.LowResponse), WaveChange.Compare(earlier, later));
        }
    }

    [Fact]
    public void Neither_wave_may_be_missing()
    {
        DistrictWave wave = SyntheticWaves.Wave("d", Stage.Year1);

        Assert.Throws<ArgumentNullException>("earlier", () => WaveChange.Compare(null!, wave));
        Assert.Throws<ArgumentNullException>("later", () => WaveChange.Compare(wave, null!));
    }

    /// <summary>40 % of the roster is enough: only fewer withhold.</summary>
    [Fact]
    public void Exactly_forty_per_cent_are_compared()
    {
        DistrictWave wave = SyntheticWaves.Wave("d", Stage.Year1) with { ResponseRate = 0.40 };

        Assert.Equal(12, Made(wave, wave).Count); // the benchmark, 4 categories, 7 components
    }
}
