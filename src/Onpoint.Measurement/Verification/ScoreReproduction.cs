using System.Globalization;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Verification;

/// <summary>An exact weight.</summary>
/// <param name="Component">Position of the component.</param>
/// <param name="Numerator">Above 0.</param>
/// <param name="Denominator">Above 0.</param>
public sealed record WeightFraction(int Component, long Numerator, long Denominator);

/// <summary>A component with the worth of one whole number of its totals.</summary>
/// <param name="Code">The component's code.</param>
/// <param name="UnitNumerator">Points per whole number, numerator.</param>
/// <param name="UnitDenominator">Points per whole number, denominator.</param>
public sealed record ReproducedComponent(string Code, long UnitNumerator, long UnitDenominator);

/// <summary>A measure with its components' weights a_c.</summary>
/// <param name="Code">The measure's code.</param>
/// <param name="Weights">The components that take part; they sum to 1.</param>
public sealed record ReproducedMeasure(string Code, IReadOnlyList<WeightFraction> Weights);

/// <summary>What of the instrument a score rests on.</summary>
/// <param name="Code">The instrument's code.</param>
/// <param name="Version">Its version.</param>
/// <param name="Scale">The published scale.</param>
/// <param name="Components">In the instrument's order.</param>
/// <param name="Measures">Benchmark, categories, components.</param>
public sealed record ReproducedInstrument(
    string Code, string Version, ScoreScale Scale, IReadOnlyList<ReproducedComponent> Components, IReadOnlyList<ReproducedMeasure> Measures);

/// <summary>The wave.</summary>
/// <param name="District">The sender's text id of the district.</param>
/// <param name="Wave">The sender's text id of the wave.</param>
/// <param name="Stage">Stage of the district.</param>
/// <param name="SchoolYear">Ending year of the school year.</param>
/// <param name="Revision">The revision whose values are shown.</param>
/// <param name="ScoringVersion">The version of the scoring rules.</param>
public sealed record ReproducedWave(string District, string Wave, Stage Stage, int SchoolYear, int Revision, int ScoringVersion);

/// <summary>The norms that the wave was placed with.</summary>
/// <param name="Id">The edition's id.</param>
/// <param name="Kind">Where its districts come from.</param>
/// <param name="Sha256">Of the edition's file.</param>
/// <param name="WithoutDistrict">True when the district contributes: then the cells are those without any of its waves.</param>
/// <param name="Cells">The cells used: the stage's and all stages' of every measure, and all stages of the benchmark.</param>
public sealed record ReproducedNorms(string Id, EditionKind Kind, string Sha256, bool WithoutDistrict, IReadOnlyList<NormCell> Cells);

/// <summary>What readers see of one measure.</summary>
/// <param name="Measure">The measure's code.</param>
/// <param name="Points">Rounded; null when there is no estimate.</param>
/// <param name="MarginPoints">Rounded.</param>
/// <param name="Reliability">lambda at the stage, to two decimals; null when not placed.</param>
/// <param name="Band">Such as <c>typical</c> or <c>typical or above-typical</c>, or the reason why there is none; null when not placed.</param>
/// <param name="StagePercentile">Such as <c>47 (26 to 69)</c>, or the reason; of the benchmark only.</param>
/// <param name="AllStagesPercentile">The same among all stages.</param>
/// <param name="StageEquivalent">Such as <c>between 1 and 1.5</c>, or the reason; of the benchmark only.</param>
public sealed record PublishedResult(
    string Measure, double? Points, double? MarginPoints, double? Reliability, string? Band, string? StagePercentile, string? AllStagesPercentile, string? StageEquivalent)
{
    /// <summary>What readers see of a measure and its placing.</summary>
    /// <param name="measure">As <see cref="DisclosureControl.Publish"/> made it.</param>
    /// <param name="placing">Null when the wave is not placed.</param>
    public static PublishedResult Of(PublishedMeasure measure, MeasurePlacing? placing)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return Of(measure.Measure, measure.Points, measure.MarginPoints, placing);
    }

    internal static PublishedResult Of(string measure, double? points, double? margin, MeasurePlacing? placing)
    {
        bool benchmark = measure == ScoringPlan.Benchmark;
        return new PublishedResult(
            measure, points, margin,
            placing?.Reliability is { } lambda ? Math.Round(lambda, 2, MidpointRounding.AwayFromZero) : null,
            placing is null ? null : Text(placing.Band, band => band.Lowest == band.Highest ? Word(band.Lowest) : $"{Word(band.Lowest)} or {Word(band.Highest)}"),
            placing is null || !benchmark ? null : Text(placing.StagePercentile, Place),
            placing is null || !benchmark ? null : Text(placing.AllStagesPercentile, Place),
            placing is null || !benchmark ? null : Text(placing.StageEquivalent, Position));
    }

    private static string Text<T>(Placing<T> placing, Func<T, string> made) => placing switch
    {
        Placing<T>.Made(var value) => made(value),
        Placing<T>.Withheld(var reason) => Word(reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Place(Percentile place) => $"{Whole(place.Value)} ({Whole(place.Low)} to {Whole(place.High)})";

    private static string Position(StageEquivalent stage) => stage.Position == StagePosition.Between
        ? string.Create(CultureInfo.InvariantCulture, $"between {stage.Low} and {stage.High}{(stage.Plateau ? ", plateau" : "")}")
        : Word(stage.Position);

    private static string Whole(double place) => Math.Round(place, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture);

    private static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

/// <summary>Everything one published score rests on, in one file: docs/methodology.md section 8. <see cref="ScoreVerification"/> recomputes it.</summary>
/// <remarks>Written as <see cref="CanonicalJson"/>: the same revision and edition always give the same bytes.</remarks>
public sealed record ScoreReproduction
{
    /// <summary>The version of this form.</summary>
    public const string CurrentSchema = "onpoint-reproduction-1";

    /// <summary>How the published numbers follow from the totals.</summary>
    public static IReadOnlyList<string> FormulaInWords { get; } =
    [
        "A line's mean of a component is its sum times the component's unit, divided by its count.",
        "W is a line's eligible teachers divided by those of all lines. A component is the sum of W times mean over the lines.",
        "A measure is the sum of its weights times components.",
        "A line's covariance of two components c, d is the sum over the teachers with both of (y_c - mean_c)(y_d - mean_d), divided by the root of n_c (n_c - 1) n_d (n_d - 1); the joint line gives its own summand, where so said rounded to multiples of a step.",
        "The variance of a measure is the sum over components c, d of weight_c times weight_d times (the sum over lines of W squared times covariance, plus the joint line's summand).",
        "The margin is the 0.975 quantile of Student's t with the degrees of freedom, times the root of the variance. Points and margin are rounded, halves away from zero.",
        "Reliability, percentile, band and stage equivalent follow from these, the counts and the cells: docs/methodology.md, section 6.",
    ];

    /// <summary><see cref="CurrentSchema"/>.</summary>
    public required string Schema { get; init; }

    /// <summary><see cref="FormulaInWords"/>.</summary>
    public required IReadOnlyList<string> Formula { get; init; }

    /// <summary>The instrument.</summary>
    public required ReproducedInstrument Instrument { get; init; }

    /// <summary>The wave.</summary>
    public required ReproducedWave Wave { get; init; }

    /// <summary>The totals.</summary>
    public required ReproductionTotals Totals { get; init; }

    /// <summary>The norms; null when the wave is not placed.</summary>
    public required ReproducedNorms? Norms { get; init; }

    /// <summary>What readers see, in the order of the instrument's measures.</summary>
    public required IReadOnlyList<PublishedResult> Published { get; init; }

    /// <summary>Puts a file together.</summary>
    /// <param name="plan">The instrument's plan.</param>
    /// <param name="wave">The wave.</param>
    /// <param name="totals">As <see cref="ReproductionLines.Make"/> made them for this revision.</param>
    /// <param name="norms">The norms of the placing; null when the wave is not placed.</param>
    /// <param name="published">What readers see of each measure.</param>
    public static ScoreReproduction Compose(ScoringPlan plan, ReproducedWave wave, ReproductionTotals totals, ReproducedNorms? norms, IReadOnlyList<PublishedResult> published)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Instrument instrument = plan.Instrument;
        ReproducedComponent[] components = [.. instrument.Components.Zip(plan.Components.ToArray(), (component, compiled) =>
            new ReproducedComponent(component.Code, compiled.Unit.Numerator, compiled.Unit.Denominator))];
        IEnumerable<ReproducedMeasure> composites = instrument.Categories.Count == 0
            ? []
            : instrument.Categories.Select(category => Weighted(category.Code, ScoringUnits.CategoryWeights(instrument, category)))
                .Prepend(Weighted(ScoringPlan.Benchmark, ScoringUnits.BenchmarkWeights(instrument)));
        return new ScoreReproduction
        {
            Schema = CurrentSchema,
            Formula = FormulaInWords,
            Instrument = new ReproducedInstrument(instrument.Code, instrument.Version, instrument.Scale, components,
                [.. composites, .. instrument.Components.Select((component, position) => new ReproducedMeasure(component.Code, [new WeightFraction(position, 1, 1)]))]),
            Wave = wave,
            Totals = totals,
            Norms = norms,
            Published = published,
        };
    }

    /// <summary>The bytes of the download.</summary>
    public byte[] ToCanonicalJson() => CanonicalJson.Write(this);

    private static ReproducedMeasure Weighted(string code, Fraction[] weights) =>
        new(code, [.. weights.Index().Where(weight => !weight.Item.Numerator.IsZero).Select(weight => new WeightFraction(weight.Index, (long)weight.Item.Numerator, (long)weight.Item.Denominator))]);
}
