using Onpoint.Measurement.Comparisons;

namespace Onpoint.Measurement.Tests.Comparisons;

public sealed class ShareIntervalTests
{
    /// <summary>[Newcombe1998, table I], method 3, 95 %: four decimals, so half a unit of the fourth.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_matches_Newcombe(int counted, int answers, double low, double high)
    {
        ShareEstimate share = ShareInterval.Wilson(counted, answers);

        Assert.Equal((double)counted / answers, share.Share);
        Assert.Equal(low, share.Low, 0.00005);
        Assert.Equal(high, share.High, 0.00005);
    }

    /// <summary>R 4.2.2: prop.test(k, n, conf.level = level, correct = FALSE)$conf.int, printed to 15 digits.</summary>
    [Theory]
    [InlineData(0, 20, 0.95, 0, 0.161125158052819)]
    [InlineData(20, 20, 0.95, 0.838874841947181, 1)]
    [InlineData(1, 1, 0.95, 0.206549314377238, 1)]
    [InlineData(5, 10, 0.5, 0.395699915424688, 0.604300084575312)]
    [InlineData(81, 263, 0.9, 0.263313617188481, 0.356566349608488)]
    [InlineData(999, 1000, 0.99, 0.991539433780018, 0.999882583646382)]
    [InlineData(300_000, 1_000_000, 0.95, 0.299102601353496, 0.300898935224130)]
    [InlineData(1, 1_000_000, 0.95, 1.76524576745372e-07, 5.66491180431144e-06)]
    public void Wilson_matches_R(int counted, int answers, double level, double low, double high) => Same(low, high, ShareInterval.Wilson(counted, answers, level));

    /// <summary>R 4.2.2: binom.test(k, n, conf.level = level)$conf.int, printed to 15 digits. One of one: the lower limit is .025 itself.</summary>
    [Theory]
    [InlineData(0, 20, 0.95, 0, 0.168433470983085)]
    [InlineData(20, 20, 0.95, 0.831566529016915, 1)]
    [InlineData(1, 1, 0.95, 0.025, 1)]
    [InlineData(5, 10, 0.5, 0.350680814156244, 0.649319185843756)]
    [InlineData(81, 263, 0.9, 0.261055746009112, 0.358178495575784)]
    [InlineData(999, 1000, 0.99, 0.992593713061647, 0.999994987470739)]
    [InlineData(300_000, 1_000_000, 0.95, 0.299101911933582, 0.300899246642254)]
    [InlineData(1, 1_000_000, 0.95, 2.53178076637942e-08, 5.57163065517224e-06)]
    public void Clopper_Pearson_matches_R(int counted, int answers, double level, double low, double high) => Same(low, high, ShareInterval.ClopperPearson(counted, answers, level));

    /// <summary>What is not counted has the mirrored interval; the share lies inside; the exact interval holds Wilson's; ends are exact.</summary>
    [Fact]
    public void Intervals_mirror_and_hold_the_share()
    {
        foreach ((long counted, long answers) in new (long, long)[] { (0, 1), (1, 1), (3, 7), (50, 50), (81, 263), (1, 1000) })
        {
            foreach (Func<long, long, ShareEstimate> interval in new Func<long, long, ShareEstimate>[] { (k, n) => ShareInterval.Wilson(k, n), (k, n) => ShareInterval.ClopperPearson(k, n) })
            {
                ShareEstimate share = interval(counted, answers);
                Assert.Equal(share.High, 1 - interval(answers - counted, answers).Low);
                Assert.InRange(share.Share, share.Low, share.High);
                Assert.Equal(counted == 0, share.Low == 0);
                Assert.Equal(counted == answers, share.High == 1);
            }

            Assert.True(ShareInterval.ClopperPearson(counted, answers).High >= ShareInterval.Wilson(counted, answers, 0.9).High);
        }
    }

    /// <summary>The definition of Wilson's limits: |p - p0| = z sqrt(p0 (1 - p0) / n) at both, z = 1.959963984540054 (R: qnorm(.975)).</summary>
    [Fact]
    public void Wilson_limits_solve_their_equation()
    {
        ShareEstimate share = ShareInterval.Wilson(15, 56);

        Assert.All([share.Low, share.High], p0 => Assert.Equal(1.959963984540054 * Math.Sqrt(p0 * (1 - p0) / 56), Math.Abs(share.Share - p0), 1e-12));
    }

    [Fact]
    public void Certainty_asked_for_or_not_never_gives_more_than_a_share()
    {
        Assert.Equal(new ShareEstimate(0, 0, 0), ShareInterval.Wilson(0, 5, double.Epsilon)); // z rounds to 0
        ShareEstimate widest = ShareInterval.Wilson(2, 5, 1 - 1e-15);
        Assert.True(widest.Low > 0 && widest.High < 1);
    }

    [Theory]
    [InlineData(0, 0, 0.95, "answers")]
    [InlineData(-1, 5, 0.95, "counted")]
    [InlineData(6, 5, 0.95, "counted")]
    [InlineData(1, 5, 0.0, "level")]
    [InlineData(1, 5, 1.0, "level")]
    [InlineData(1, 5, double.NaN, "level")]
    public void Wrong_calls_name_the_parameter(int counted, int answers, double level, string parameter)
    {
        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => ShareInterval.Wilson(counted, answers, level));
        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => ShareInterval.ClopperPearson(counted, answers, level));
    }

    private static void Same(double low, double high, ShareEstimate share)
    {
        Assert.Equal(low, share.Low, Math.Max(1e-14, 1e-8 * low)); // limits of a millionth: 8 digits
        Assert.Equal(high, share.High, Math.Max(1e-14, 1e-8 * high));
    }
}
