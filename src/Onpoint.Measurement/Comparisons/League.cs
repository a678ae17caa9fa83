using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Comparisons;

/// <summary>The position of one district in a league, with what chance leaves open.</summary>
/// <param name="DistrictId">The district.</param>
/// <param name="Points">Its score. Points.</param>
/// <param name="Rank">1 is the highest score; equal scores share the better rank.</param>
/// <param name="BestRank">Lower end of the 95 % interval of its true rank.</param>
/// <param name="WorstRank">Upper end.</param>
/// <param name="MeanRank">Mean rank over the draws: what its true rank is expected to be.</param>
public sealed record LeaguePosition(string DistrictId, double Points, int Rank, int BestRank, int WorstRank, double MeanRank);

/// <summary>Ranks districts, never without the interval of the rank: docs/methodology.md section 6.</summary>
/// <remarks>
/// <para>Definition: in each of 10,000 draws every district gets a score at random, and the draw ranks them. The interval runs from the 250th smallest to the 250th largest rank of a district, widened where needed to hold the rank of its score.
/// With the edition's cell of the stage a draw is of true scores, normal with mean mu + lambda (X - mu) and SD tau sqrt(1 - lambda), lambda = tau²/(tau² + SE²), as for bands; without it, normal with mean X and SD SE.
/// Source: [GoldsteinSpiegelhalter1996, section 4].</para>
/// <para>Draws around X carry sampling error twice, so without a cell an interval holds the true rank less often than 95 %: of 50 simulated districts .93 at a reliability of .7 and .89 at .4, with the cell .96 to .97 throughout.
/// A tau of 0 means that nobody can be ranked: every interval is the whole league.</para>
/// <para>Every draw has its own stream of random numbers and districts are ordered by id in it, so neither threads nor the order of the input change a bit. Scores closer than a four-billionth of the range of all draws count as equal.</para>
/// </remarks>
public static class League
{
    private const int Draws = 10_000;

    /// <summary>Ranks districts by one measure.</summary>
    /// <param name="districts">Any order; one estimate per district, all of one measure.</param>
    /// <param name="cell">The edition's cell of the measure at the districts' stage, of the full edition for all; null (or without tau) when they are at several stages.</param>
    /// <param name="seed">Of the draws.</param>
    /// <returns>By rank, equal ranks by id (ordinal).</returns>
    /// <exception cref="ArgumentException">A district appears twice, or a number is outside its range.</exception>
    public static IReadOnlyList<LeaguePosition> Positions(IReadOnlyList<DistrictEstimate> districts, NormCell? cell, ulong seed) => Positions(districts, cell, seed, Draws);

    /// <summary>The same from another number of draws, a multiple of 40.</summary>
    internal static IReadOnlyList<LeaguePosition> Positions(IReadOnlyList<DistrictEstimate> districts, NormCell? cell, ulong seed, int draws)
    {
        DistrictEstimate[] arranged = DistrictEstimate.Arrange(districts);
        if (arranged.Length == 0)
        {
            return [];
        }

        RankInterval[] intervals = cell?.TauPoints == 0
            ? [.. Enumerable.Repeat(new RankInterval(1, arranged.Length, (arranged.Length + 1) / 2.0), arranged.Length)]
            : RankDraws.Intervals([.. arranged.Select(district => Distribution(district, cell))], seed, draws);
        double[] descending = [.. arranged.Select(district => district.Points).OrderDescending()];
        return
        [
            .. arranged.Zip(intervals, (district, interval) =>
            {
                int rank = Array.IndexOf(descending, district.Points) + 1;
                return new LeaguePosition(district.DistrictId, district.Points, rank, Math.Min(rank, interval.Best), Math.Max(rank, interval.Worst), interval.Mean);
            })
            .OrderBy(position => position.Rank), // stable: equal ranks stay ordered by id
        ];
    }

    private static (double Centre, double Spread) Distribution(DistrictEstimate district, NormCell? cell)
    {
        if (cell?.TauPoints is not { } tau)
        {
            return (district.Points, district.StandardErrorPoints);
        }

        double lambda = NormEditionBuilder.Lambda(tau * tau, district.StandardErrorPoints * district.StandardErrorPoints);
        return (cell.MeanPoints + lambda * (district.Points - cell.MeanPoints), tau * Math.Sqrt(1 - lambda));
    }
}
