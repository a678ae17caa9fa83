using Onpoint.Measurement;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Districts;

/// <summary>Brings a published district into the form that its page shows. Numbers come from the kernel; nothing is computed here.</summary>
internal static class DistrictLoader
{
    public static SurveyWave Survey(PublishedWave wave) => new(wave.Wave.WaveId.Value, wave.Wave.Term ?? "", wave.Wave.SchoolYear, wave.Wave.Stage);

    public static DistrictState State(PublishedDistrict district, PublishedWave wave, IReadOnlyList<DistrictLandmark> landmarks) => wave.Status switch
    {
        WaveStatus.Scheduled => new DistrictState.Scheduled(Survey(wave)),
        WaveStatus.Open => new DistrictState.Open(Survey(wave), Participation(wave)),
        WaveStatus.Scoring => new DistrictState.Scoring(Survey(wave), Participation(wave)),
        WaveStatus.Scored when wave.Unit?.Find(ScoringPlan.Benchmark) is { Points: not null } benchmark => new DistrictState.Scored(Scored(district, wave, benchmark, landmarks)),
        WaveStatus.Scored => new DistrictState.Withheld(Survey(wave), Participation(wave)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The bands of a placing: one, two neighbours, or none.</summary>
    public static IReadOnlyList<Band> Bands(MeasurePlacing? placing) => placing?.Band is Placing<LikelyBand>.Made(var band)
        ? band.Lowest == band.Highest ? [band.Lowest] : [band.Lowest, band.Highest]
        : [];

    /// <summary>The change since the wave before; null for a first wave, and where nothing may be compared.</summary>
    public static ChangeTable? Change(PublishedDistrict district, PublishedWave wave)
    {
        if (!district.Changes.TryGetValue(wave.Wave.WaveId, out WaveComparison? comparison))
        {
            return null;
        }

        Dictionary<string, string> names = MeasureNames.Of(wave.Instrument.Definition);
        Dictionary<string, MeasureChange> changes = comparison.Measures.ToDictionary(change => change.Measure, StringComparer.Ordinal);

        ChangeRow? Row(string measure, bool isComponent) =>
            changes.TryGetValue(measure, out MeasureChange? change) && comparison.Earlier.Unit?.Find(measure) is { Points: not null } before && wave.Unit?.Find(measure) is { Points: not null } after
                ? new ChangeRow
                {
                    Name = names[measure],
                    IsComponent = isComponent,
                    Before = before,
                    After = after,
                    Points = change.Points,
                    MarginPoints = change.MarginPoints,
                    Verdict = change.Verdict,
                    SmallestChangePoints = change.MarginPoints,
                    FoundFourInFivePoints = change.FoundFourInFivePoints,
                }
                : null;

        return Row(ScoringPlan.Benchmark, false) is { } benchmark
            ? new ChangeTable
            {
                Before = Survey(comparison.Earlier),
                AnswersBefore = Turnout(comparison.Earlier.Counts.Total, isTotal: true),
                Benchmark = benchmark,
                Parts = [.. Families(wave.Instrument.Definition).SelectMany(family => family.Components.Select(code => Row(code, true)).Prepend(Row(family.Category, false))).OfType<ChangeRow>()],
            }
            : null;
    }

    private static ScoredWave Scored(PublishedDistrict district, PublishedWave wave, PublishedMeasure benchmark, IReadOnlyList<DistrictLandmark> landmarks) => new()
    {
        Wave = Survey(wave),
        Participation = Participation(wave),
        LateAnswersPending = wave.Unit!.Code == WithheldCode.Pending,
        Reproducible = wave.Reproducible,
        SchoolsSampled = wave.Wave.SamplesSchools,
        Benchmark = benchmark,
        Categories = [.. Families(wave.Instrument.Definition).Select(family => new CategoryRow(Row(wave, family.Category), [.. family.Components.Select(code => Row(wave, code))]))],
        Placing = Placing(wave),
        Start = wave.LowResponse ? null : Start(wave),
        Landmarks = wave.LowResponse ? [] : landmarks,
        Change = wave.LowResponse ? null : Change(district, wave),
        Schools = Schools(wave),
    };

    /// <summary>Categories with their components; a category that is one component has none of its own.</summary>
    private static IEnumerable<(string Category, IReadOnlyList<string> Components)> Families(Instrument instrument) =>
        instrument.Categories.Select(category => (category.Code, category.Components.Count > 1 ? category.Components : []));

    private static MeasureRow Row(PublishedWave wave, string measure)
    {
        NormCell? cell = wave.LowResponse ? null : Cell(wave, measure);
        return new MeasureRow(
            MeasureNames.Of(wave.Instrument.Definition)[measure],
            wave.Unit!.Find(measure)!,
            cell?.MeanPoints,
            wave.LowResponse ? null : wave.Edition?.Edition.Growth.FirstOrDefault(table => table.Measure == measure)?.CrossSection?.Stages.FirstOrDefault(stage => stage.Stage == wave.Wave.Stage)?.MarginPoints,
            wave.LowResponse ? [] : Bands(wave.FindPlacing(measure)));
    }

    private static NormCell? Cell(PublishedWave wave, string measure) => wave.Edition?.Edition.NormCells().Find(measure, wave.Wave.Stage);

    private static PlacingState Placing(PublishedWave wave)
    {
        if (wave.LowResponse)
        {
            return new PlacingState.LowResponse();
        }

        if (wave.Edition is not { } edition || wave.FindPlacing(ScoringPlan.Benchmark) is not { } placing)
        {
            return new PlacingState.NoEdition();
        }

        NormCell? cell = Cell(wave, ScoringPlan.Benchmark);
        return new PlacingState.Placed(new Placing
        {
            Edition = new EditionLabel(edition.Edition.Id, edition.Synthetic),
            Districts = cell?.Districts ?? 0,
            Provisional = cell?.Provisional ?? false,
            StageMeanPoints = placing.StageMeanPoints,
            TauPoints = placing.StageTauPoints,
            Quantiles = cell?.Quantiles ?? [],
            Stage = Place(placing.StagePercentile),
            NoPlace = placing.StagePercentile is Placing<Percentile>.Withheld(var reason) ? reason : null,
            AllStages = Place(placing.AllStagesPercentile),
            Bands = Bands(placing),
            Equivalent = placing.StageEquivalent is Placing<StageEquivalent>.Made(var stage) ? Equivalent(stage) : null,
        });
    }

    private static PlaceAmong100? Place(Placing<Percentile> percentile) => percentile is Placing<Percentile>.Made(var place)
        ? new PlaceAmong100(Display.Place(place.Value), Display.Place(place.Low), Display.Place(place.High))
        : null;

    private static EquivalentStage Equivalent(StageEquivalent stage) => stage switch
    {
        { Position: StagePosition.BeforePlanning } => new EquivalentStage.BeforePlanning(),
        { Position: StagePosition.AboveYear4Plus } => new EquivalentStage.AboveYear4Plus(),
        { Low: { } low, High: { } high } => new EquivalentStage.Range(
            low, high, stage.Point,
            stage.Plateau ? (Stage)Math.Ceiling(low) : null,
            stage.Plateau ? (Stage)Math.Floor(high) : null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static StartingPoint? Start(PublishedWave wave) => wave.Start switch
    {
        WhereToStart.Named(var category, var component) => new StartingPoint.Found(Row(wave, category), component is null || component == category ? null : Row(wave, component)),
        WhereToStart.NothingBelow => new StartingPoint.NothingBelow(),
        WhereToStart.LowestTwoAlike(var first, var second) => new StartingPoint.CannotTellApart(Row(wave, first), Row(wave, second)),
        _ => null,
    };

    private static Participation Participation(PublishedWave wave) => new()
    {
        District = Turnout(wave.Counts.Total, isTotal: true),
        SchoolsAnswered = wave.Counts.Lines.All(line => line.Count.Precision == CountPrecision.Exact) ? wave.Counts.Lines.Sum(line => line.Schools.Count) : null,
        Schools = wave.Counts.SchoolsInWave,
        BySchool = [.. wave.Counts.Lines.Select(Line)],
    };

    private static SchoolTable Schools(PublishedWave wave)
    {
        HashSet<string> withheld = wave.Schools.Where(school => school.Withheld).Select(school => school.Name).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<string> categories = [.. wave.Instrument.Definition.Categories.Select(category => category.Code)];
        return new SchoolTable
        {
            Schools =
            [
                .. wave.Schools.Where(school => !school.Withheld).Select(school => new SchoolRow(
                    school.Name,
                    Turnout(wave.Counts.Lines.First(line => line.Schools is [var name] && name == school.Name).Count, isTotal: false),
                    school.Find(ScoringPlan.Benchmark)!,
                    [.. categories.Select(category => school.Find(category)!)])),
            ],
            Withheld = wave.Counts.Lines.FirstOrDefault(line => line.Schools.Any(withheld.Contains)) is { } together ? Line(together) : null,
            Silent = wave.Counts.Silent,
        };
    }

    private static SchoolTurnout Line(CountLine line) => new(line.Schools, Turnout(line.Count, isTotal: false));

    private static Turnout Turnout(PublishedCount count, bool isTotal) => new(
        count.Responses,
        count.Precision switch
        {
            CountPrecision.Exact => TurnoutPrecision.Exact,
            CountPrecision.AtLeast => isTotal ? TurnoutPrecision.AtLeast : TurnoutPrecision.FiveOrMore,
            CountPrecision.Below => TurnoutPrecision.BelowFive,
            _ => throw new System.Diagnostics.UnreachableException(),
        },
        count.Eligible,
        count.Rate);
}
