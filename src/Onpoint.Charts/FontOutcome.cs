namespace Onpoint.Charts;

/// <summary>What looking for a font can lead to. Closed: the private constructor lets no other case in.</summary>
public abstract record FontOutcome
{
    private FontOutcome()
    {
    }

    /// <summary>Charts are written in this family.</summary>
    /// <param name="Family">The name of the family.</param>
    public sealed record Found(string Family) : FontOutcome;

    /// <summary>No usable font: a chart would have no text at all, so none may be drawn.</summary>
    /// <param name="Reason">A sentence saying what was looked for.</param>
    /// <param name="Command">The one command that mends it.</param>
    public sealed record NoFont(string Reason, string Command) : FontOutcome;
}
