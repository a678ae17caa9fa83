using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Onpoint.Measurement;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Tests.Demo;

/// <summary>What readers are told of the demonstration district, from the kernel and without a database, as expected.json holds it.</summary>
internal sealed record PublishedDemo(string About, string Edition, IReadOnlyList<PublishedDemo.DemoWave> Waves, IReadOnlyList<PublishedDemo.Change> Changes, IReadOnlyList<PublishedDemo.Verdict> Landmarks)
{
    private const string Purpose =
        "Regression baseline: the published numbers of the demonstration district as the program gave them, district points and margins checked against R. A change here is a change of published numbers.";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>A score in points with its margin.</summary>
    internal sealed record Score(string Measure, double? Points, double? Margin);

    /// <summary>A school: its scores, or why it is withheld.</summary>
    internal sealed record School(string Id, WithheldCode? Withheld, IReadOnlyList<Score> Scores);

    /// <summary>Where a measure lies: each a placing in whole numbers, or the reason why there is none.</summary>
    internal sealed record Position(string Measure, string Percentile, string PercentileOfAllStages, string Band, string StageEquivalent);

    internal sealed record DemoWave(
        string Wave, Stage Stage, int Responses, int? Eligible, IReadOnlyList<Score> District, IReadOnlyList<School> Schools, IReadOnlyList<Position> Placings, string Start);

    internal sealed record Change(string From, string To, IReadOnlyList<MeasureVerdict> Measures);

    /// <summary>Margins after Holm, in whole points.</summary>
    internal sealed record MeasureVerdict(string Measure, int Points, int Margin, ChangeVerdict Verdict);

    /// <summary>A landmark; shares of growth in whole per cent.</summary>
    internal sealed record Verdict(Landmark Landmark, LandmarkVerdict Result, LandmarkReason? Reason, int? TeachersNeeded, IReadOnlyList<string> Shares);

    public static PublishedDemo Make()
    {
        SurveyFolder folder = SurveyFolder.Read(BundledSurvey.PathOf("demo-district"));
        ScoringPlan plan = new(folder.Instrument);
        NormEdition edition = BundledSurvey.Edition;
        var waves = BundledSurvey.Estimate(folder, plan);
        return new PublishedDemo(
            Purpose,
            edition.Id,
            [.. waves.Select(wave => Wave(wave.Wave, wave.Estimate, wave.Record, plan, edition.NormCells()))],
            [.. waves.Zip(waves.Skip(1), (earlier, later) => Compare(earlier.Record, later.Record))],
            [.. LandmarkTests.ForDistrict([.. waves.Select(wave => wave.Record)]).Select(result => new Verdict(
                result.Landmark, result.Verdict, result.Reason, result.TeachersNeeded, [.. result.Shares.Select(Text)]))]);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Options) + "\n";

    private static DemoWave Wave(FolderWave wave, WaveEstimate estimate, DistrictWave record, ScoringPlan plan, NormCells cells)
    {
        IReadOnlyList<DisclosureDecision> decisions = DisclosureControl.Decide(
            1, [.. estimate.Schools.OrderBy(school => school.Key, StringComparer.Ordinal).Select(school => DisclosureUnit.New(school.Key, school.Value, plan)).Prepend(DisclosureUnit.New(null, estimate.District, plan))]);
        IReadOnlyList<Score> Scores(UnitEstimate unit) =>
        [
            .. unit.Measures
                .Select(measure => DisclosureControl.Publish(measure, unit.SmallestCount, cells.Find(measure.Measure, wave.Stage)!.WithinSdPoints, plan.Instrument.Scale))
                .Select(published => new Score(published.Measure, published.Points, published.MarginPoints)),
        ];
        return new DemoWave(
            wave.Id, wave.Stage, estimate.District.Responses, estimate.District.Eligible,
            Scores(estimate.District),
            [.. decisions.Skip(1).Select(decision => new School(decision.UnitId!, decision.Code, decision.ShownRevision is null ? [] : Scores(estimate.Schools[decision.UnitId!])))],
            [.. DistrictPlacement.Place(record, cells).Select(Place)],
            Text(WhereToStart.Find(record, cells, plan.Measures)));
    }

    private static Position Place(MeasurePlacing placing) => new(
        placing.Measure,
        Text(placing.StagePercentile, Text),
        Text(placing.AllStagesPercentile, Text),
        Text(placing.Band, band => band.Lowest == band.Highest ? Word(band.Lowest) : $"{Word(band.Lowest)} or {Word(band.Highest)}"),
        Text(placing.StageEquivalent, stage => $"{Word(stage.Position)} {Half(stage.Low)} to {Half(stage.High)}, point {Half(stage.Point)}{(stage.Plateau ? ", plateau" : "")}"));

    private static Change Compare(DistrictWave earlier, DistrictWave later) => new(
        earlier.Wave,
        later.Wave,
        [.. Assert.IsType<Placing<IReadOnlyList<MeasureChange>>.Made>(WaveChange.Compare(earlier, later)).Value
            .Select(change => new MeasureVerdict(change.Measure, Whole(change.Points), Whole(change.MarginPoints), change.Verdict))]);

    private static string Text<T>(Placing<T> placing, Func<T, string> made) => placing switch
    {
        Placing<T>.Made(var value) => made(value),
        Placing<T>.Withheld(var reason) => Word(reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Text(Percentile percentile) => $"{Display.Place(percentile.Value)} ({Display.Place(percentile.Low)} to {Display.Place(percentile.High)})";

    private static string Text(WhereToStart start) => start switch
    {
        WhereToStart.Named(var category, var component) => component is null ? category : $"{category}: {component}",
        WhereToStart.NothingBelow => "nothing-below",
        WhereToStart.LowestTwoAlike(var first, var second) => $"{first} or {second}",
        WhereToStart.Withheld(var reason) => Word(reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Text(GrowthShare share) => $"{Word(share.Last)}: {Whole(100 * share.Share)} ({Whole(100 * share.Low!.Value)} to {Whole(100 * share.High!.Value)})";

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Half(double? stage) => stage?.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) ?? "none";

    private static int Whole(double value) => (int)Math.Round(value, MidpointRounding.AwayFromZero);
}
