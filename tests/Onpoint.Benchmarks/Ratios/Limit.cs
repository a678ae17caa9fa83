using System.Globalization;

namespace Onpoint.Benchmarks.Ratios;

/// <summary>Which figure of a row a limit holds.</summary>
internal enum LimitedFigure
{
    /// <summary>Ours over theirs.</summary>
    Ratio,

    /// <summary>Our own time or rate, whatever the opponent does.</summary>
    Ours,

    /// <summary>What else it costs: memory or bytes.</summary>
    Size,
}

/// <summary>One part of a row's goal: a figure that must not be above, or not below, a value.</summary>
/// <param name="Figure">What is limited.</param>
/// <param name="AtLeast">True: not below. False: not above.</param>
/// <param name="Value">In the row's unit.</param>
/// <param name="Unit">Such as "ms"; empty for a ratio.</param>
internal sealed record Limit(LimitedFigure Figure, bool AtLeast, double Value, string Unit = "")
{
    /// <summary>Null when there is no such figure, because there was no opponent.</summary>
    public bool? IsMetBy(Figures figures) => Of(figures) is { } figure ? AtLeast ? figure >= Value : figure <= Value : null;

    /// <summary>"&lt;= 20 ms", "&gt;= 1.0".</summary>
    public override string ToString() =>
        $"{(AtLeast ? ">=" : "<=")} {Value.ToString(Unit.Length == 0 ? "0.0" : "0", CultureInfo.InvariantCulture)} {Unit}".TrimEnd();

    private double? Of(Figures figures) => Figure switch
    {
        LimitedFigure.Ratio => figures.Ratio,
        LimitedFigure.Ours => figures.Ours,
        LimitedFigure.Size => figures.Size,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
