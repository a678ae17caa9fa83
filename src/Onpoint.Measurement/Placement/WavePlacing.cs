namespace Onpoint.Measurement.Placement;

/// <summary>Why there is no placing. Closed list; each has a heading in docs/methodology.md.</summary>
public enum PlacingReason
{
    /// <summary>Fewer than 40 % of the roster answered.</summary>
    LowResponse,

    /// <summary>n* below 10, or reliability below .7 that 100 answers could mend.</summary>
    TooFewAnswers,

    /// <summary>Districts at this stage differ too little to rank: even 100 answers would not reach .7.</summary>
    DistrictsDifferTooLittle,

    /// <summary>The edition publishes no norms for this measure and stage, or too few districts for a spread.</summary>
    NoNorm,

    /// <summary>No band, and no two neighbouring bands, are likely enough (.8).</summary>
    NoLikelyBand,
}

/// <summary>A placing, or why there is none. Closed: the private constructor lets no other case in.</summary>
public abstract record Placing<T>
{
    private Placing()
    {
    }

    /// <summary>There is one.</summary>
    /// <param name="Value">The placing.</param>
    public sealed record Made(T Value) : Placing<T>;

    /// <summary>There is none.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Withheld(PlacingReason Reason) : Placing<T>;
}

/// <summary>A position among 100 districts of the dataset.</summary>
/// <param name="Value">1 to 99, not rounded.</param>
/// <param name="Low">Lower end of its interval, always printed with it. 1 to 99.</param>
/// <param name="High">Upper end. 1 to 99.</param>
public sealed record Percentile(double Value, double Low, double High);

/// <summary>The five bands, cut at -1.5, -0.5, +0.5 and +1.5 tau around the stage mean.</summary>
public enum Band
{
    /// <summary>Below -1.5 tau.</summary>
    WellBelowTypical,

    /// <summary>From -1.5 to below -0.5 tau.</summary>
    BelowTypical,

    /// <summary>From -0.5 to below +0.5 tau.</summary>
    Typical,

    /// <summary>From +0.5 to below +1.5 tau.</summary>
    AboveTypical,

    /// <summary>From +1.5 tau on.</summary>
    WellAboveTypical,
}

/// <summary>One band, or two neighbours.</summary>
/// <param name="Lowest">The band, or the lower of the two.</param>
/// <param name="Highest">The band, or the upper of the two.</param>
/// <param name="Probability">Posterior probability of the one or the two together, at least .8. Fraction.</param>
public sealed record LikelyBand(Band Lowest, Band Highest, double Probability);

/// <summary>Where a score lies on the curve of stage means.</summary>
public enum StagePosition
{
    /// <summary>The range lies on the curve.</summary>
    Between,

    /// <summary>Before the Planning average.</summary>
    BeforePlanning,

    /// <summary>Above the Year 4+ average.</summary>
    AboveYear4Plus,
}

/// <summary>The stages at which districts average a score like this one. Not a target and not a forecast.</summary>
/// <param name="Position">On the curve or outside it.</param>
/// <param name="Low">Start of the range: 0 Planning to 4 Year 4+, in halves, nothing between 3 and 4; null outside the curve.</param>
/// <param name="High">End of the range; null outside the curve.</param>
/// <param name="Point">A single point on the same grid, only when the range spans at most one stage.</param>
/// <param name="Plateau">The range holds a stretch of a stage or more on which the curve rises less than 10 points: scores cannot tell these stages apart.</param>
public sealed record StageEquivalent(StagePosition Position, double? Low, double? High, double? Point, bool Plateau);

/// <summary>One measure of a wave placed against an edition.</summary>
public sealed record MeasurePlacing
{
    /// <summary>The measure's code.</summary>
    public required string Measure { get; init; }

    /// <summary>X. Points.</summary>
    public required double Points { get; init; }

    /// <summary>Half width of its 95 % interval. Points.</summary>
    public required double MarginPoints { get; init; }

    /// <summary>Mean of the districts at the stage. Points; null without a cell.</summary>
    public required double? StageMeanPoints { get; init; }

    /// <summary>tau at the stage. Points; null without a cell of 10 districts.</summary>
    public required double? StageTauPoints { get; init; }

    /// <summary>lambda at the stage. Fraction; null without tau.</summary>
    public required double? Reliability { get; init; }

    /// <summary>Among districts at the same stage.</summary>
    public required Placing<Percentile> StagePercentile { get; init; }

    /// <summary>Among all districts, each with its latest wave.</summary>
    public required Placing<Percentile> AllStagesPercentile { get; init; }

    /// <summary>In words, among districts at the same stage.</summary>
    public required Placing<LikelyBand> Band { get; init; }

    /// <summary>The stage equivalent.</summary>
    public required Placing<StageEquivalent> StageEquivalent { get; init; }
}
