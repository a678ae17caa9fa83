namespace Onpoint.Benchmarks.Recovery;

/// <summary>A question about data whose truth is known.</summary>
internal abstract class RecoveryStudy
{
    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The question, a heading.</summary>
    public abstract string Title { get; }

    /// <summary>Draws, estimates and compares.</summary>
    /// <param name="replications">Per configuration (count).</param>
    public abstract IReadOnlyList<ReportTable> Run(int replications);
}
