using Onpoint.Measurement.Comparisons;

namespace Onpoint.Measurement.Tests.Comparisons;

public sealed class TTestTests
{
    /// <summary>R prints 15 digits; numbers below 1,000.</summary>
    private const double Printed = 1e-9;

    /// <summary>The quantile of t is good to about 10 digits, and margins here are below 500.</summary>
    private const double Margin = 1e-7;

    private static readonly double[] First = [640, 600, 655, 710, 580];
    private static readonly double[] Second = [500, 620, 615];

    /// <summary>R 4.2.2: a&lt;-c(640,600,655,710,580); b&lt;-c(500,620,615); t.test(a,b).</summary>
    [Fact]
    public void Welch_matches_R() => Same(
        new(637 - 1735 / 3.0, 45.2781526910177, 1.29569479274063, 3.3735168345143, 0.276614717191579, -76.8102545211625, 194.1435878544958),
        TTest.Welch(SampleSummary.Of(First), SampleSummary.Of(Second)));

    /// <summary>The same through each sample's SE: sd(a)/sqrt(5) = 50.6951674225463/sqrt(5), sd(b)/sqrt(3) = 67.8847061813877/sqrt(3).</summary>
    [Fact]
    public void Welch_of_estimates_is_Welch_of_their_samples()
    {
        TTestResult expected = TTest.Welch(SampleSummary.Of(First), SampleSummary.Of(Second))!;

        Same(expected, TTest.Welch(new MeanEstimate(637, 50.6951674225463 / Math.Sqrt(5), 4), new MeanEstimate(1735 / 3.0, 67.8847061813877 / Math.Sqrt(3), 2)));
        Same(expected, TTest.Welch(new SampleSummary(5, 637, 50.6951674225463), SampleSummary.FromStandardError(3, 1735 / 3.0, 67.8847061813877 / Math.Sqrt(3))));
    }

    /// <summary>R 4.2.2, same a and b: t.test(a,b,var.equal=TRUE,conf.level=.9).</summary>
    [Fact]
    public void Student_matches_R() => Same(
        new(637 - 1735 / 3.0, 41.6297614338232, 1.4092482071973, 6, 0.208424164658258, -22.2274648340951, 139.5607981674284),
        TTest.Student(SampleSummary.Of(First), SampleSummary.Of(Second), 0.9));

    /// <summary>R 4.2.2: t.test(5,b,var.equal=TRUE): one value has a mean, the other sample tells the spread.</summary>
    [Fact]
    public void Student_takes_a_sample_of_one() => Same(
        new(5 - 1735 / 3.0, 78.3865067753656, -7.31418399567607, 2, 0.0181842318072702, -910.603250685885, -236.063415980782),
        TTest.Student(SampleSummary.Of([5]), SampleSummary.Of(Second)));

    /// <summary>R 4.2.2: t.test(a[1:3],b,paired=TRUE,conf.level=.99). Differences 140, -20, 40.</summary>
    [Fact]
    public void Paired_matches_R() => Same(
        new(160 / 3.0, 46.6666666666667, 1.14285714285714, 2, 0.371460638945291, -409.826016042853, 516.492682709520),
        TTest.Paired(First[..3], Second, 0.99));

    /// <summary>One-sample t of the differences, by another road: the paired test is unchanged when the same number is added to both values of a pair.</summary>
    [Fact]
    public void Paired_rests_on_differences_only()
    {
        TTestResult plain = TTest.Paired(First[..3], Second)!;
        TTestResult shifted = TTest.Paired([640 + 64, 600 - 128, 655 + 32], [500 + 64, 620 - 128, 615 + 32])!;

        Assert.Equal(plain, shifted);
    }

    [Fact]
    public void Swapping_the_samples_turns_the_sign()
    {
        (SampleSummary first, SampleSummary second) = (SampleSummary.Of(First), SampleSummary.Of(Second));
        foreach ((TTestResult one, TTestResult other) in new[] { (TTest.Welch(first, second)!, TTest.Welch(second, first)!), (TTest.Student(first, second)!, TTest.Student(second, first)!) })
        {
            Same(one with { Difference = -one.Difference, T = -one.T, Low = -one.High, High = -one.Low }, other);
        }
    }

    [Fact]
    public void Welch_is_Student_when_sizes_and_spreads_agree()
    {
        (SampleSummary first, SampleSummary second) = (new(10, 600, 50), new(10, 640, 50));

        Same(TTest.Student(first, second)!, TTest.Welch(first, second)); // SE 50 sqrt(.2), 18 df either way
    }

    [Fact]
    public void Bits_do_not_depend_on_the_order()
    {
        double[] values = [0.1, 1e9, -0.7, 3.3, 1e-9, 0.1, -1e9];
        double[] other = [1, 2, 3, 4, 5, 6, 7.7];

        Assert.Equal(SampleSummary.Of(values), SampleSummary.Of([.. values.Reverse()]));
        Assert.Equal(TTest.Paired(values, other), TTest.Paired([.. values.Reverse()], [.. other.Reverse()]));
    }

    /// <summary>Far from 0: 10^9 + {4, 7, 13, 16} has mean 10^9 + 10 and sample variance (36 + 9 + 9 + 36)/3 = 30.</summary>
    [Fact]
    public void A_summary_keeps_its_digits_far_from_zero()
    {
        var summary = SampleSummary.Of([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);

        Assert.Equal((4, 1e9 + 10), (summary.Count, summary.Mean));
        Assert.Equal(Math.Sqrt(30), summary.StandardDeviation!.Value, 1e-12);
    }

    /// <summary>The data set NumAcc4 of the NIST Statistical Reference Datasets: certified mean 10,000,000.2 and SD .1. The values themselves carry 9 digits after the point, so does the SD.</summary>
    [Fact]
    public void A_summary_matches_the_certified_values()
    {
        var summary = SampleSummary.Of([10_000_000.2, .. Enumerable.Repeat(10_000_000.1, 500), .. Enumerable.Repeat(10_000_000.3, 500)]);

        Assert.Equal(10_000_000.2, summary.Mean);
        Assert.Equal(0.1, summary.StandardDeviation!.Value, 1e-8);
    }

    [Fact]
    public void Without_any_spread_a_difference_is_certain_or_none()
    {
        (SampleSummary low, SampleSummary high) = (SampleSummary.Of([2, 2]), SampleSummary.Of([3, 3, 3]));

        Assert.Equal(new TTestResult(-1, 0, null, 3, 0, -1, -1), TTest.Welch(low, high)); // no variance: the df add up
        Assert.Equal(new TTestResult(-1, 0, null, 3, 0, -1, -1), TTest.Student(low, high));
        Assert.Equal(new TTestResult(0, 0, null, 2, 1, 0, 0), TTest.Student(low, low));
        Assert.Equal(new TTestResult(0, 0, null, 1, 1, 0, 0), TTest.Paired([1, 5], [1, 5]));
    }

    [Fact]
    public void Single_values_tell_no_spread()
    {
        var one = SampleSummary.Of([4]);

        Assert.Equal((1, 4, null), (one.Count, one.Mean, one.StandardDeviation));
        Assert.Null(TTest.Student(one, one));
        Assert.Null(TTest.Welch(one, SampleSummary.Of(Second)));
        Assert.Null(TTest.Welch(SampleSummary.Of(Second), one));
        Assert.Null(TTest.Paired([1], [2]));
        Assert.NotNull(TTest.Welch(SampleSummary.Of([1, 2]), SampleSummary.Of([1, 3])));
    }

    /// <summary>The more certain the wider, and 95 % when nothing is said.</summary>
    [Fact]
    public void Intervals_widen_with_their_level()
    {
        double Width(double level) => TTest.Paired(First[..3], Second, level) is { } test ? test.High - test.Low : 0;

        Assert.True(Width(0.5) < Width(0.9) && Width(0.9) < Width(0.99));
        Assert.Equal(TTest.Paired(First[..3], Second, 0.95), TTest.Paired(First[..3], Second));
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        var sample = SampleSummary.Of(Second);
        var estimate = new MeanEstimate(1, 1, 1);
        foreach (double level in new[] { 0, 1, -0.1, 1.5, double.NaN, Math.BitDecrement(1) })
        {
            Assert.Throws<ArgumentOutOfRangeException>("level", () => TTest.Student(sample, sample, level));
            Assert.Throws<ArgumentOutOfRangeException>("level", () => TTest.Welch(sample, sample, level));
            Assert.Throws<ArgumentOutOfRangeException>("level", () => TTest.Welch(estimate, estimate, level));
            Assert.Throws<ArgumentOutOfRangeException>("level", () => TTest.Paired(Second, Second, level));
        }

        foreach (MeanEstimate wrong in new MeanEstimate[] { new(double.NaN, 1, 1), new(1, -1, 1), new(1, double.PositiveInfinity, 1), new(1, 1, 0.5), new(1, 1, double.PositiveInfinity) })
        {
            Assert.Throws<ArgumentOutOfRangeException>("first", () => TTest.Welch(wrong, estimate));
            Assert.Throws<ArgumentOutOfRangeException>("second", () => TTest.Welch(estimate, wrong));
        }

        Assert.Throws<ArgumentNullException>("first", () => TTest.Student(null!, sample));
        Assert.Throws<ArgumentNullException>("second", () => TTest.Student(sample, null!));
        Assert.Throws<ArgumentNullException>("first", () => TTest.Welch(null!, sample));
        Assert.Throws<ArgumentNullException>("second", () => TTest.Welch(sample, null!));
        Assert.Throws<ArgumentNullException>("first", () => TTest.Paired(null!, Second));
        Assert.Throws<ArgumentNullException>("second", () => TTest.Paired(Second, null!));
        Assert.Throws<ArgumentException>("first", () => TTest.Paired([], []));
        Assert.Throws<ArgumentException>("first", () => TTest.Paired([1, double.NaN], [1, 2]));
        Assert.Throws<ArgumentException>("second", () => TTest.Paired([1, 2], [1]));
        Assert.Throws<ArgumentException>("second", () => TTest.Paired([1, 2], [1, double.NegativeInfinity]));
    }

    [Fact]
    public void A_summary_must_make_sense()
    {
        Assert.Throws<ArgumentException>("values", () => SampleSummary.Of([]));
        Assert.Throws<ArgumentException>("values", () => SampleSummary.Of([1, double.PositiveInfinity]));
        Assert.Throws<ArgumentNullException>("values", () => SampleSummary.Of(null!));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => new SampleSummary(0, 1, null));
        Assert.Throws<ArgumentOutOfRangeException>("mean", () => new SampleSummary(1, double.NaN, null));
        Assert.Throws<ArgumentException>("standardDeviation", () => new SampleSummary(1, 1, 2));
        Assert.Throws<ArgumentException>("standardDeviation", () => new SampleSummary(2, 1, null));
        Assert.Throws<ArgumentOutOfRangeException>("standardDeviation", () => new SampleSummary(2, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("standardDeviation", () => new SampleSummary(2, 1, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => SampleSummary.FromStandardError(1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("standardError", () => SampleSummary.FromStandardError(2, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("standardError", () => SampleSummary.FromStandardError(2, 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("standardError", () => SampleSummary.FromStandardError(2, 1, double.PositiveInfinity));
    }

    private static void Same(TTestResult expected, TTestResult? actual)
    {
        Assert.Equal(expected.Difference, actual!.Difference, Printed);
        Assert.Equal(expected.StandardError, actual.StandardError, Printed);
        Assert.Equal(expected.T!.Value, actual.T!.Value, Printed);
        Assert.Equal(expected.DegreesOfFreedom, actual.DegreesOfFreedom, Printed);
        Assert.Equal(expected.P, actual.P, Printed);
        Assert.Equal(expected.Low, actual.Low, Margin);
        Assert.Equal(expected.High, actual.High, Margin);
    }
}
