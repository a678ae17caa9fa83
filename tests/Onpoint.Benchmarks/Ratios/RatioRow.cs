namespace Onpoint.Benchmarks.Ratios;

/// <summary>One line of the table: what is measured, against whom, and what it should reach.</summary>
internal abstract class RatioRow
{
    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>All of them must hold.</summary>
    public abstract IReadOnlyList<Limit> Goal { get; }

    /// <summary>The unit of ours and theirs.</summary>
    public abstract string Unit { get; }

    /// <summary>Runs ours and, where there is one, the opponent.</summary>
    public abstract Task<Measured> MeasureAsync(CancellationToken cancellationToken);
}

/// <summary>What a row found.</summary>
/// <param name="Figures">The medians.</param>
/// <param name="Reason">Why there is no ratio although an opponent is named, or a remark on the figures; null for none.</param>
/// <param name="OpponentMissing">The row names an opponent that this machine lacks: it says nothing of its goal.</param>
internal sealed record Measured(Figures Figures, string? Reason = null, bool OpponentMissing = false);

/// <summary>A row as the JSON file holds it.</summary>
internal sealed record RatioResult(string Row, double Ours, double? Theirs, double? Ratio, string Goal, bool? Met, string? Reason)
{
    public static RatioResult Of(RatioRow row, Measured measured)
    {
        bool?[] met = [.. row.Goal.Select(limit => limit.IsMetBy(measured.Figures))];
        return new RatioResult(
            row.Name,
            measured.Figures.Ours,
            measured.Figures.Theirs,
            measured.Figures.Ratio,
            string.Join(" and ", row.Goal),
            measured.OpponentMissing ? null : met.Contains(false) ? false : met.Contains(null) ? null : true,
            measured.Reason);
    }
}
