namespace Onpoint.Benchmarks.Recovery;

/// <summary>Runs one configuration many times.</summary>
internal static class Replications
{
    /// <summary>The outcome of every replication, in order; the same for any number of threads.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The configuration's seed.</param>
    /// <param name="replicate">One replication. Called from several threads at once.</param>
    public static T[] Run<T>(int count, ulong seed, Func<RandomStream, T> replicate)
    {
        var outcomes = new T[count];
        Parallel.For(0, count, replication => outcomes[replication] = replicate(new RandomStream(seed, replication)));
        return outcomes;
    }

    /// <summary>The share of outcomes of which something is true; not a number of none.</summary>
    public static double Share<T>(this IReadOnlyCollection<T> outcomes, Func<T, bool> holds) => (double)outcomes.Count(holds) / outcomes.Count;
}

/// <summary>An interval beside the truth.</summary>
/// <param name="Error">Estimate minus truth. Points, or a fraction of a share.</param>
/// <param name="Margin">Half width of the interval, in the same unit.</param>
internal readonly record struct Recovered(double Error, double Margin)
{
    public bool Covers => Math.Abs(Error) <= Margin;
}
