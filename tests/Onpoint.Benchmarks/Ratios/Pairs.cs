using System.Diagnostics;

namespace Onpoint.Benchmarks.Ratios;

/// <summary>The medians of one row.</summary>
/// <param name="Ours">Our time or rate, in the row's unit.</param>
/// <param name="Theirs">The opponent's, in the same unit; null without one.</param>
/// <param name="Ratio">Median of ours over theirs, pair by pair; null without an opponent.</param>
/// <param name="Size">What else it costs, in the unit of its limit; null when the row has none.</param>
internal sealed record Figures(double Ours, double? Theirs, double? Ratio, double? Size = null);

/// <summary>Ours and theirs in turn: the clock of a shared machine drifts by a factor of two, and a pair drifts together.</summary>
internal static class Pairs
{
    private const int Fewest = 5;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    // Short runs are repeated for so long: five runs of some milliseconds would give a median of chance.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(3);

    /// <summary>Warms up, then runs at least five pairs.</summary>
    /// <param name="ours">One run; returns its time or rate.</param>
    /// <param name="theirs">One run of the opponent; null when there is none.</param>
    /// <param name="cancellationToken">Ends between two runs.</param>
    public static async Task<Figures> RunAsync(Func<Task<double>> ours, Func<Task<double>>? theirs, CancellationToken cancellationToken)
    {
        await RepeatAsync(ours, theirs, WarmUp, fewest: 1, cancellationToken);
        List<(double Ours, double? Theirs)> pairs = await RepeatAsync(ours, theirs, Shortest, Fewest, cancellationToken);
        return new Figures(
            Median(pairs.Select(pair => pair.Ours)),
            theirs is null ? null : Median(pairs.Select(pair => pair.Theirs!.Value)),
            theirs is null ? null : Median(pairs.Select(pair => pair.Ours / pair.Theirs!.Value)));
    }

    /// <summary>The time of one run in milliseconds.</summary>
    public static async Task<double> MillisecondsAsync(Func<Task> run)
    {
        long start = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<List<(double Ours, double? Theirs)>> RepeatAsync(
        Func<Task<double>> ours, Func<Task<double>>? theirs, TimeSpan shortest, int fewest, CancellationToken cancellationToken)
    {
        List<(double, double?)> pairs = [];
        long start = Stopwatch.GetTimestamp();
        while (pairs.Count < fewest || Stopwatch.GetElapsedTime(start) < shortest)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pairs.Add((await ours(), theirs is null ? null : await theirs()));
        }

        return pairs;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
