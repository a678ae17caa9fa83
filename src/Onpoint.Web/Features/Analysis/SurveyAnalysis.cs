using Onpoint.Measurement;
using Onpoint.Measurement.Comparisons;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Reliability;

namespace Onpoint.Web.Features.Analysis;

/// <summary>Everything the measurement says about a person's own files: what <c>onpoint analyze --format json</c> prints.</summary>
/// <remarks>Numbers are not rounded, but for units of five to nine teachers while disclosure control is on. The shape is published in docs/analysis.schema.json.</remarks>
internal sealed record SurveyAnalysis
{
    /// <summary>Raised when a member changes its meaning or goes.</summary>
    public const int CurrentSchemaVersion = 1;

    public required int SchemaVersion { get; init; }

    public required AnalysedInstrument Instrument { get; init; }

    public required AnalysisSettings Settings { get; init; }

    public required AnalysisCounts Counts { get; init; }

    public required IReadOnlyList<ComponentReport> Components { get; init; }

    public required IReadOnlyList<WaveReport> Waves { get; init; }

    public required IReadOnlyList<ComparisonReport> Comparisons { get; init; }

    public required IReadOnlyList<ChangeReport> Changes { get; init; }

    public required IReadOnlyList<GrowthTable> Growth { get; init; }

    public required IReadOnlyList<LandmarkReport> Landmarks { get; init; }
}

/// <summary>The instrument of the answers.</summary>
internal sealed record AnalysedInstrument(string Code, string Version, ScoreScale Scale);

/// <summary>How it was computed.</summary>
/// <param name="Design">As the waves declare it, or what --design said.</param>
/// <param name="PopulationSchools">Schools of the population; null when there is no finite population correction.</param>
/// <param name="DisclosureControl">False: every unit is shown.</param>
/// <param name="Edition">The norms; null without.</param>
internal sealed record AnalysisSettings(AnalysisDesign Design, int? PopulationSchools, bool DisclosureControl, AnalysedEdition? Edition);

/// <summary>The norms that placings are made against.</summary>
/// <param name="Id">The edition's id.</param>
/// <param name="Kind">Where its districts come from.</param>
/// <param name="Sha256">Of the edition.</param>
/// <param name="WithoutDistrict">The one district analysed, which contributed to the edition: the norms are those without its waves. Else null.</param>
internal sealed record AnalysedEdition(string Id, EditionKind Kind, string Sha256, string? WithoutDistrict);

/// <summary>How schools enter the estimates.</summary>
internal enum AnalysisDesign
{
    /// <summary>Strata, or clusters where waves.csv says that schools were sampled.</summary>
    AsDeclared,

    /// <summary>All schools were invited.</summary>
    Strata,

    /// <summary>The schools are a sample.</summary>
    Clusters,
}

/// <summary>What was read (counts).</summary>
internal sealed record AnalysisCounts(int Responses, int Districts, int Waves, int Schools, bool Synthetic);

/// <summary>One component as an instrument: docs/methodology.md section 4.</summary>
/// <param name="Component">Its code.</param>
/// <param name="Withheld">Fewer than ten teachers: no item statistics.</param>
/// <param name="Reliability">Over all answers of the files; null when withheld.</param>
/// <param name="Items">In the component's order; null when withheld.</param>
/// <param name="Schools">Teachers' scores in the schools of every district's latest wave; null when withheld.</param>
/// <param name="Variances">Teachers in schools in districts, or in schools; null when withheld or when it cannot be fitted.</param>
internal sealed record ComponentReport(
    string Component, bool Withheld, ScaleReliability? Reliability, IReadOnlyList<ItemReport>? Items, OneWayAnova? Schools, VarianceReport? Variances);

/// <summary>One item. Statistics are null when all, or all but one, of the teachers agree.</summary>
internal sealed record ItemReport(string Item, bool Withheld, ItemStatistics? Statistics);

/// <summary>Random intercepts by restricted maximum likelihood. Points.</summary>
/// <param name="MeanPoints">The mean.</param>
/// <param name="MeanStandardErrorPoints">Its standard error.</param>
/// <param name="BetweenDistrictsSdPoints">Null with one district.</param>
/// <param name="BetweenSchoolsSdPoints">Between the schools of a district.</param>
/// <param name="WithinSchoolsSdPoints">Between the teachers of a school.</param>
/// <param name="Districts">Empirical-Bayes estimates; empty with one district.</param>
internal sealed record VarianceReport(
    double MeanPoints,
    double MeanStandardErrorPoints,
    double? BetweenDistrictsSdPoints,
    double BetweenSchoolsSdPoints,
    double WithinSchoolsSdPoints,
    IReadOnlyList<DistrictEffect> Districts);

/// <summary>A district's empirical-Bayes estimate. Points.</summary>
internal sealed record DistrictEffect(string District, double EstimatePoints, double StandardErrorPoints);

/// <summary>One wave.</summary>
internal sealed record WaveReport
{
    public required string District { get; init; }

    public required string Wave { get; init; }

    public required short? SchoolYear { get; init; }

    public required Stage? Stage { get; init; }

    public required bool SamplesSchools { get; init; }

    public required double? ResponseRate { get; init; }

    public required bool DenominatorUnknown { get; init; }

    public required int SchoolsAnswering { get; init; }

    public required int SchoolsInWave { get; init; }

    public required int Strata { get; init; }

    public required UnitReport Total { get; init; }

    public required IReadOnlyList<UnitReport> Schools { get; init; }

    /// <summary>Null without norms or a stage, and when the district is withheld or has no margin.</summary>
    public required IReadOnlyList<MeasurePlacing>? Placing { get; init; }

    /// <summary>Null with <see cref="Placing"/>.</summary>
    public required WhereToStart? WhereToStart { get; init; }
}

/// <summary>A district or a school in a wave.</summary>
/// <param name="School">The sender's text id; null for the district.</param>
/// <param name="Responses">Answers (count); null when they are not told.</param>
/// <param name="Eligible">Teachers on the roster (count); null when unknown or not told.</param>
/// <param name="Protected">Disclosure control withholds it.</param>
/// <param name="Measures">Empty when withheld.</param>
internal sealed record UnitReport(string? School, int? Responses, int? Eligible, bool Protected, IReadOnlyList<MeasureReport> Measures);

/// <summary>One measure of a unit.</summary>
/// <param name="Measure">Its code.</param>
/// <param name="Points">The score; null when nobody has one.</param>
/// <param name="StandardErrorPoints">Null when it cannot be estimated, and for five to nine teachers.</param>
/// <param name="DegreesOfFreedom">Of the standard error.</param>
/// <param name="MarginPoints">Half width of the 95 % interval.</param>
/// <param name="DesignEffect">Variance over that of a simple random sample of as many teachers; of districts only.</param>
/// <param name="Teachers">With a score (count).</param>
/// <param name="RoundedTo">10 for five to nine teachers while disclosure control is on; null when not rounded.</param>
/// <param name="Bound">Above or below: the points are an end of the scale.</param>
internal sealed record MeasureReport(
    string Measure, double? Points, double? StandardErrorPoints, double? DegreesOfFreedom, double? MarginPoints, double? DesignEffect, int Teachers, int? RoundedTo, PublishedBound Bound);

/// <summary>The districts of one stage beside each other, at least five of them.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Measure">The benchmark or a category.</param>
/// <param name="Funnel">Each district against the edition's stage mean; null without norms.</param>
/// <param name="League">Positions with their 95 % intervals.</param>
/// <param name="Pairs">Every pair, Benjamini-Hochberg adjusted together; of the benchmark only, else null.</param>
internal sealed record ComparisonReport(
    Stage Stage, string Measure, IReadOnlyList<FunnelPlace>? Funnel, IReadOnlyList<LeaguePosition> League, IReadOnlyList<DistrictDifference>? Pairs);

/// <summary>A district's change between two of its waves that follow each other.</summary>
internal sealed record ChangeReport(string District, string From, string To, Placing<IReadOnlyList<MeasureChange>> Changes);

/// <summary>The landmarks of all districts together, or of one.</summary>
/// <param name="District">Null for all districts together.</param>
/// <param name="Results">One per landmark whose measures the instrument has.</param>
internal sealed record LandmarkReport(string? District, IReadOnlyList<LandmarkResult> Results);
