namespace Onpoint.Measurement.Growth;

/// <summary>Mean of one stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Districts">Districts seen there (count).</param>
/// <param name="Points">The mean. Points.</param>
/// <param name="MarginPoints">Half width of its 95 % interval. Points; null with one district.</param>
public sealed record StageMean(Stage Stage, int Districts, double Points, double? MarginPoints);

/// <summary>Growth between two stages.</summary>
/// <param name="From">The earlier stage.</param>
/// <param name="To">The later stage.</param>
/// <param name="Points">Later minus earlier. Points.</param>
/// <param name="MarginPoints">Half width of its 95 % interval. Points; null when it cannot be estimated.</param>
public sealed record StageStep(Stage From, Stage To, double Points, double? MarginPoints);

/// <summary>Growth of one measure by one estimate.</summary>
/// <param name="Districts">Districts behind it (count).</param>
/// <param name="Stages">In order.</param>
/// <param name="Steps">From each stage to the next one of <paramref name="Stages"/>.</param>
/// <param name="Total">From the first to the last; null with one stage.</param>
public sealed record GrowthCurve(int Districts, IReadOnlyList<StageMean> Stages, IReadOnlyList<StageStep> Steps, StageStep? Total);

/// <summary>Growth of one measure by both estimates, which are always shown together: docs/methodology.md section 7.</summary>
/// <param name="Measure">The measure's code.</param>
/// <param name="CrossSection">Means over the districts seen at each stage; null without any.</param>
/// <param name="Panel">Within-district growth of the districts seen at two or more stages; null without any.</param>
public sealed record GrowthTable(string Measure, GrowthCurve? CrossSection, GrowthCurve? Panel);

/// <summary>The part of a measure's growth that came by Year 1.</summary>
/// <param name="Last">L: the last stage. Unless it is Year 4+, say "of the growth so far".</param>
/// <param name="Share">(Planning to Year 1) / (Planning to L). Fraction; may exceed 1.</param>
/// <param name="Low">Lower end of the 95 % interval that is displayed: bootstrap percentile when each stage concerned has at least 30 districts, else the delta method; Fieller for own waves. Fraction; null when it cannot be estimated.</param>
/// <param name="High">Upper end. Fraction.</param>
/// <param name="DeltaLow">Lower end of the delta-method interval. Fraction; null for own waves.</param>
/// <param name="DeltaHigh">Upper end. Fraction.</param>
/// <param name="AllOfIt">True when the share exceeds 1: write "all of it".</param>
public sealed record GrowthShare(Stage Last, double Share, double? Low, double? High, double? DeltaLow, double? DeltaHigh, bool AllOfIt);
