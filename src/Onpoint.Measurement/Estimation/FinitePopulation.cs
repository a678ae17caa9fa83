namespace Onpoint.Measurement.Estimation;

/// <summary>How large the population is from which one stage of a sample was drawn, without replacement.</summary>
/// <remarks>
/// As the <c>fpc</c> of the R package survey, [Lumley2004]: a number of units, or the share of them that was drawn. A stage without one
/// was drawn with replacement, or from so many that it makes no difference.
/// </remarks>
public sealed record FinitePopulation
{
    private FinitePopulation(double? size, double? share)
    {
        Size = size;
        Share = share;
    }

    private double? Size { get; }

    private double? Share { get; }

    /// <summary>A population of so many units.</summary>
    /// <param name="size">Units (count), at least 1; an estimated count need not be whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1 or not finite.</exception>
    public static FinitePopulation OfSize(double size) =>
        size >= 1 && double.IsFinite(size)
            ? new FinitePopulation(size, null)
            : throw new ArgumentOutOfRangeException(nameof(size), size, "A population has at least one unit, and a finite number.");

    /// <summary>A population of which this share was drawn.</summary>
    /// <param name="share">Fraction, above 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 or above 1.</exception>
    public static FinitePopulation OfShare(double share) =>
        share is > 0 and <= 1
            ? new FinitePopulation(null, share)
            : throw new ArgumentOutOfRangeException(nameof(share), share, "Must be above 0 and at most 1.");

    /// <summary>n / N. Fraction; above 1 when more units were drawn than there are.</summary>
    internal double SampledShare(int drawn) => Share ?? drawn / Size!.Value;
}
