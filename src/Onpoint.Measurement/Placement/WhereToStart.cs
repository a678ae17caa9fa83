using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Placement;

/// <summary>Where a district could start. Closed: the private constructor lets no other case in.</summary>
public abstract record WhereToStart
{
    private WhereToStart()
    {
    }

    /// <summary>One category lies furthest below its stage mean.</summary>
    /// <param name="Category">Its code.</param>
    /// <param name="Component">Its component furthest below; null when none lies below, the lowest two cannot be told apart, or it has only one.</param>
    public sealed record Named(string Category, string? Component) : WhereToStart;

    /// <summary>No category lies below its stage mean.</summary>
    public sealed record NothingBelow : WhereToStart;

    /// <summary>The lowest two cannot be told apart.</summary>
    /// <param name="First">The category furthest below its stage mean.</param>
    /// <param name="Second">The next one.</param>
    public sealed record LowestTwoAlike(string First, string Second) : WhereToStart;

    /// <summary>The wave is not placed.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Withheld(PlacingReason Reason) : WhereToStart;

    /// <summary>Finds the category, and in it the component, furthest below its stage mean in units of tau.</summary>
    /// <param name="wave">A closed wave.</param>
    /// <param name="cells">The cells the wave is placed against.</param>
    /// <param name="measures">The plan's measures: they say which components a category has.</param>
    public static WhereToStart Find(DistrictWave wave, NormCells cells, IReadOnlyList<Measure> measures) => throw new NotImplementedException();
}
