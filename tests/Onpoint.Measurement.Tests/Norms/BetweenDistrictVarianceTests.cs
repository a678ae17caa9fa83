using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Tests.Norms;

/// <summary>
/// Reference values by R 4.2.2, from the score of the restricted likelihood (independent of our scoring steps):
/// <code>
/// remlU &lt;- function(y,v,upper) uniroot(function(t2){w&lt;-1/(t2+v);m&lt;-sum(w*y)/sum(w)
///   sum(w^2*(y-m)^2)-sum(w)+sum(w^2)/sum(w)},c(0,upper),tol=1e-13)$root
/// dl &lt;- function(y,v){w&lt;-1/v;Q&lt;-sum(w*(y-sum(w*y)/sum(w))^2);(Q-length(y)+1)/(sum(w)-sum(w^2)/sum(w))}
/// </code>
/// and checked with optimize() on the restricted likelihood itself.
/// </summary>
public sealed class BetweenDistrictVarianceTests
{
    private static readonly double[] Points = [612, 587, 640.5, 655, 601, 598.25, 623, 570, 634, 618, 629.5, 552];
    private static readonly double[] Variances = [.. new double[] { 18, 22, 15, 30, 25, 17, 19, 24, 16, 21, 28, 20 }.Select(error => error * error)];

    /// <summary>Log risk ratios of the 13 BCG vaccine trials and their variances, from the counts in [Colditz1994].</summary>
    private static (double[] Points, double[] Variances) Vaccine()
    {
        (int Cases, int Others, int ControlCases, int ControlOthers)[] trials =
        [
            (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619),
            (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
        ];
        return (
            [.. trials.Select(t => Math.Log((double)t.Cases / (t.Cases + t.Others) / ((double)t.ControlCases / (t.ControlCases + t.ControlOthers))))],
            [.. trials.Select(t => 1.0 / t.Cases - 1.0 / (t.Cases + t.Others) + 1.0 / t.ControlCases - 1.0 / (t.ControlCases + t.ControlOthers))]);
    }

    /// <summary>0.3132 is printed in [Viechtbauer2010] (REML); the script gives 0.313243258136. The DerSimonian-Laird value is the script's 0.308760262862.</summary>
    [Fact]
    public void Estimates_match_the_vaccine_trials()
    {
        (double[] points, double[] variances) = Vaccine();

        Assert.Equal(0.313243258136, BetweenDistrictVariance.Reml(points, variances), 1e-11);
        Assert.Equal(0.308760262862, BetweenDistrictVariance.DerSimonianLaird(points, variances), 1e-11);
    }

    /// <summary>remlU(y, se^2, 1e5) = 421.73837352 and dl = 423.345021261.</summary>
    [Fact]
    public void Estimates_match_R_for_twelve_districts()
    {
        Assert.Equal(421.73837352, BetweenDistrictVariance.Reml(Points, Variances), 1e-7);
        Assert.Equal(423.345021261, BetweenDistrictVariance.DerSimonianLaird(Points, Variances), 1e-8);
    }

    /// <summary>With equal variances REML is the sample variance minus the sampling variance: here 1,000 - 400.</summary>
    [Fact]
    public void Equal_variances_have_a_closed_form()
    {
        double root = Math.Sqrt(1000); // deviations -root, -root, 0, root, root: sum of squares 4,000, over 4

        Assert.Equal(600, BetweenDistrictVariance.Reml([600 - root, 600 - root, 600, 600 + root, 600 + root], [400, 400, 400, 400, 400]), 1e-9);
        Assert.Equal(600, BetweenDistrictVariance.DerSimonianLaird([600 - root, 600 - root, 600, 600 + root, 600 + root], [400, 400, 400, 400, 400]), 1e-9);
    }

    /// <summary>Sample variance 7.3 is below the sampling variance 400: the score is negative everywhere.</summary>
    [Fact]
    public void Districts_closer_than_their_errors_have_no_variance() => Assert.Equal(0, BetweenDistrictVariance.Reml([600, 605, 598, 603, 601], [400, 400, 400, 400, 400]));

    /// <summary>Without sampling error it is the sample variance: deviations -10, 0, 10.</summary>
    [Fact]
    public void Exact_scores_leave_the_sample_variance() => Assert.Equal(100, BetweenDistrictVariance.Reml([590, 600, 610], [0, 0, 0]), 1e-4);

    [Fact]
    public void The_estimate_ignores_the_level_and_squares_the_scale()
    {
        double expected = BetweenDistrictVariance.Reml(Points, Variances);

        Assert.Equal(expected, BetweenDistrictVariance.Reml([.. Points.Select(x => x + 100)], Variances), 1e-8);
        Assert.Equal(9 * expected, BetweenDistrictVariance.Reml([.. Points.Select(x => 3 * x)], [.. Variances.Select(v => 9 * v)]), 1e-7);
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        Assert.Throws<ArgumentNullException>("points", () => BetweenDistrictVariance.Reml(null!, [400, 400]));
        Assert.Throws<ArgumentNullException>("samplingVariances", () => BetweenDistrictVariance.Reml([600, 610], null!));
        Assert.Throws<ArgumentException>("points", () => BetweenDistrictVariance.Reml([600], [400]));
        Assert.Throws<ArgumentException>("points", () => BetweenDistrictVariance.Reml([600, double.NaN], [400, 400]));
        Assert.Throws<ArgumentException>("samplingVariances", () => BetweenDistrictVariance.Reml([600, 610], [400]));
        Assert.Throws<ArgumentException>("samplingVariances", () => BetweenDistrictVariance.DerSimonianLaird([600, 610], [400, -1]));
    }
}
