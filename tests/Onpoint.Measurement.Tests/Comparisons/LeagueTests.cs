using MathNet.Numerics.Distributions;
using Onpoint.Measurement.Comparisons;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Tests.Norms;

namespace Onpoint.Measurement.Tests.Comparisons;

public sealed class LeagueTests
{
    private static DistrictEstimate District(string id, double points, double standardError) => new(id, points, standardError, 50, 40);

    /// <summary>
    /// The expected rank of a district is 1 + the sum over the others of the chance that they draw higher, Phi((X_j - X_i) / sqrt(SE_i² + SE_j²)) [GoldsteinSpiegelhalter1996]. Monte Carlo SD of a mean of 10,000 ranks of four: at most 1.5/100; five of them are .075.
    /// </summary>
    [Fact]
    public void Mean_ranks_match_their_formula()
    {
        IReadOnlyList<LeaguePosition> league = League.Positions(Districts.Four, null, 2026);

        Assert.Equal(League.Positions(Districts.Four, null, 2026, 10_000), league);
        Assert.Equal(["c", "a", "b", "d"], league.Select(position => position.DistrictId));
        Assert.Equal([1, 2, 3, 4], league.Select(position => position.Rank));
        Assert.Equal([660.0, 640, 585, 500], league.Select(position => position.Points));
        Assert.All(league, position => Assert.Equal(ExpectedRank(position.DistrictId, district => (district.Points, district.StandardErrorPoints)), position.MeanRank, 0.04));
    }

    /// <summary>With the cell draws are normal with mean 614 + lambda (X - 614) and SD 45 sqrt(1 - lambda), lambda = 45²/(45² + SE²).</summary>
    [Fact]
    public void With_a_cell_draws_are_of_true_scores() => Assert.All(
        League.Positions(Districts.Four, Districts.Cell, 2026, 4000),
        position => Assert.Equal(
            ExpectedRank(position.DistrictId, district =>
            {
                double lambda = 2025 / (2025 + district.StandardErrorPoints * district.StandardErrorPoints);
                return (614 + lambda * (district.Points - 614), 45 * Math.Sqrt(1 - lambda));
            }),
            position.MeanRank,
            0.04));

    private static double ExpectedRank(string id, Func<DistrictEstimate, (double Mean, double Sd)> distribution)
    {
        (double mean, double sd) = distribution(Districts.Four.Single(district => district.DistrictId == id));
        return 1 + Districts.Four.Where(district => district.DistrictId != id).Select(distribution)
            .Sum(other => Normal.CDF(0, 1, (other.Mean - mean) / Math.Sqrt(sd * sd + other.Sd * other.Sd)));
    }

    /// <summary>
    /// One uncertain district (604, SE 10) among 60 known ones 4 points apart, at 482 to 718. Its 2.5 % and 97.5 % points are 604 -/+ 19.6, that is 584.4 and 623.6. Above 623.6 lie 626, 630 .. 718, 24 of them; above 584.4 lie 586 .. 718, 34: ranks 25 to 35.
    /// The nearest scores are 1.6 points away, nearly four Monte Carlo SD of 4,000 draws (10 sqrt(.025 x .975 / 4,000) / .0584 = .42).
    /// </summary>
    [Fact]
    public void Interval_of_one_uncertain_district_is_that_of_its_score()
    {
        LeaguePosition position = League.Positions([District("x", 604, 10), .. Enumerable.Range(0, 60).Select(k => District($"k{k}", 482 + 4 * k, 0))], null, 5, 4000).Single(row => row.DistrictId == "x");

        Assert.Equal((30, 25, 35), (position.Rank, position.BestRank, position.WorstRank)); // 606 .. 718 are 29
    }

    [Fact]
    public void Known_scores_have_one_rank_and_equal_ones_share_the_better()
    {
        IReadOnlyList<LeaguePosition> league = League.Positions([District("b", 600, 0), District("c", 500, 0), District("a", 600, 0), District("d", 700, 0)], null, 1, 40);

        Assert.Equal([new("d", 700, 1, 1, 1, 1), new("a", 600, 2, 2, 2, 2), new("b", 600, 2, 2, 2, 2), new("c", 500, 4, 4, 4, 4)], league);
        Assert.Equal([new LeaguePosition("a", 600, 1, 1, 1, 1)], League.Positions([District("a", 600, 20)], null, 1, 40));
        Assert.Empty(League.Positions([], Districts.Cell, 1));
    }

    /// <summary>Nothing sets the districts apart but error: a tau of 0.</summary>
    [Fact]
    public void Without_true_differences_every_rank_is_open() => Assert.Equal(
        [("c", 1, 1, 4, 2.5), ("a", 2, 1, 4, 2.5), ("b", 3, 1, 4, 2.5), ("d", 4, 1, 4, 2.5)],
        League.Positions(Districts.Four, Districts.Cell with { TauPoints = 0 }, 1).Select(position => (position.DistrictId, position.Rank, position.BestRank, position.WorstRank, position.MeanRank)));

    [Fact]
    public void A_cell_without_tau_is_no_cell() =>
        Assert.Equal(League.Positions(Districts.Four, null, 1, 400), League.Positions(Districts.Four, Districts.Cell with { TauPoints = null }, 1, 400));

    /// <summary>The highest of 60 scores that differ by chance alone (SE 45 against points 10 apart at most): its draws rarely come first, its score does.</summary>
    [Fact]
    public void Interval_holds_the_rank_of_the_score()
    {
        DistrictEstimate[] districts = [.. Enumerable.Range(0, 60).Select(k => District($"d{k:00}", k == 7 ? 640 : k == 8 ? 560 : 600, k is 7 or 8 ? 15 : 90))];
        IReadOnlyList<LeaguePosition> league = League.Positions(districts, null, 3, 400);

        Assert.Equal(("d07", 1, 1), (league[0].DistrictId, league[0].Rank, league[0].BestRank));
        Assert.True(league[0].MeanRank > 10);
        Assert.Equal(("d08", 60, 60), (league[^1].DistrictId, league[^1].Rank, league[^1].WorstRank));
        Assert.True(league[^1].MeanRank < 50);
    }

    [Fact]
    public void Bits_depend_on_the_seed_only()
    {
        var random = new SplitMix64(1);
        DistrictEstimate[] districts = [.. Enumerable.Range(0, 150).Select(k => District($"d{k}", 600 + 40 * SyntheticWaves.Normal(ref random), 10 + random.Next(20)))];
        IReadOnlyList<LeaguePosition> league = League.Positions(districts, null, 9, 800);

        Assert.Equal(league, League.Positions([.. districts.Reverse()], null, 9, 800));
        Assert.NotEqual(league, League.Positions(districts, null, 10, 800));
    }

    /// <summary>
    /// Ranks by plain sorting on one thread, from the same streams: of 80 draws the second smallest and second largest (80/40) of each unit, of 320 the eighth, and the mean. 70 units and 320 draws make two parts of the work either way.
    /// </summary>
    [Fact]
    public void Ranks_are_those_of_plain_sorting()
    {
        (double Centre, double Spread)[] units = [.. Enumerable.Range(0, 70).Select(k => (500.0 + 3 * (k * 37 % 70), 5.0 + k % 9))];
        int[][] ranks =
        [
            .. Enumerable.Range(0, 320).Select(draw =>
            {
                var random = SplitMix64.ForStream(6, draw);
                double[] values = [.. units.Select(unit => unit.Centre + unit.Spread * Normal.InvCDF(0, 1, ((random.Next() >> 12) + 0.5) * double.Exp2(-52)))];
                return values.Select(value => 1 + values.Count(other => other > value)).ToArray();
            }),
        ];

        foreach (int draws in new[] { 80, 320 })
        {
            Assert.Equal(
                units.Select((_, unit) => ranks.Take(draws).Select(row => row[unit]).Order().ToArray() is var sorted
                    ? new RankInterval(sorted[(draws / 40) - 1], sorted[^(draws / 40)], sorted.Average()) : default),
                RankDraws.Intervals(units, 6, draws));
        }
    }

    /// <summary>
    /// Known truth: 40 districts at a reliability of .7, as the cell says (45² / (45² + 29.5²)). Over 40 seeded draws of the nation 95 % intervals must hold the true rank in 93 to 98 % (1,600 ranks; ranks of one nation are dependent, so twice the binomial SE of .54 % and more is allowed).
    /// </summary>
    [Fact]
    public void Intervals_hold_the_true_ranks()
    {
        int held = 0;
        for (int nation = 0; nation < 40; nation++)
        {
            var random = SplitMix64.ForStream(8, nation);
            double[] truth = [.. Enumerable.Range(0, 40).Select(_ => 614 + 45 * SyntheticWaves.Normal(ref random))];
            DistrictEstimate[] districts = [.. truth.Select((score, k) => District($"{k}", score + 29.5 * SyntheticWaves.Normal(ref random), 29.5))];
            foreach (LeaguePosition position in League.Positions(districts, Districts.Cell, 1, 200))
            {
                int rank = 1 + truth.Count(other => other > truth[int.Parse(position.DistrictId, System.Globalization.CultureInfo.InvariantCulture)]);
                held += position.BestRank <= rank && rank <= position.WorstRank ? 1 : 0;
            }
        }

        Assert.InRange(held, 0.93 * 1600, 0.98 * 1600);
    }

    [Fact]
    public void Wrong_calls_name_the_parameter() => Assert.Throws<ArgumentNullException>("districts", () => League.Positions(null!, null, 1));
}
