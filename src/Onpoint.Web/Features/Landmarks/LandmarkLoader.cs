using System.Collections.Concurrent;
using Onpoint.Measurement;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Norms;
using Onpoint.Web.Features.Scoring;

namespace Onpoint.Web.Features.Landmarks;

/// <summary>Brings the landmarks of an edition, and of a district, into the form that pages and charts show.</summary>
internal sealed class LandmarkLoader(InstrumentLibrary instruments, DrawnCharts charts)
{
    public const string Design = "instructional-design";

    // An edition is frozen, so what it shows is made once.
    private readonly ConcurrentDictionary<string, IReadOnlyList<NationalLandmark>> _national = new(StringComparer.Ordinal);

    /// <summary>The landmarks of an edition with their drawings; empty for an instrument that has none.</summary>
    public async Task<IReadOnlyList<NationalLandmark>> NationalAsync(OnpointDb db, FrozenEdition edition, CancellationToken cancellationToken)
    {
        if (_national.TryGetValue(edition.Edition.Id, out IReadOnlyList<NationalLandmark>? known))
        {
            return known;
        }

        Dictionary<string, string> names = await NamesAsync(db, edition, cancellationToken);
        return _national.GetOrAdd(edition.Edition.Id, [.. edition.Edition.Landmarks.Select(result => National(edition.Edition, result, names))]);
    }

    /// <summary>A district's landmarks beside those of its edition, as its waves up to the shown one have them.</summary>
    public async Task<IReadOnlyList<DistrictLandmark>> DistrictAsync(OnpointDb db, PublishedDistrict district, PublishedWave shown, CancellationToken cancellationToken)
    {
        if (shown.Edition is not { } edition || district.Landmarks.Count == 0)
        {
            return [];
        }

        string name = DistrictSentences.ShortName(district.District.Name);
        IReadOnlyList<NationalLandmark> national = await NationalAsync(db, edition, cancellationToken);
        Dictionary<string, string> names = await NamesAsync(db, edition, cancellationToken);
        return
        [
            .. district.Landmarks.Join(national, own => own.Landmark, nation => nation.Landmark, (own, nation) =>
            {
                ShareOfGrowth? share = Share(own, null);
                DistrictLandmark landmark = new()
                {
                    Landmark = own.Landmark,
                    National = nation.Curves,
                    District = [.. nation.Curves.Select(curve => Own(district, shown, curve.Measure, curve.Name))],
                    Test = Outcome(own, names, [.. Seen(district, shown)]),
                    Share = share,
                    NationalShare = share is null ? null : Share(edition.Edition.Landmarks.First(result => result.Landmark == own.Landmark), share.LastStage),
                    Chart = new ChartMarkup(default, default),
                };
                return landmark with { Chart = charts.Inline(LandmarkCharts.District(landmark, nation, name, edition.Edition), $"d{(int)own.Landmark}") };
            }),
        ];
    }

    /// <summary>A measure of the edition over the stages; null when it has none.</summary>
    public static NationalCurve? Curve(NormEdition edition, string measure, string name) =>
        edition.Growth.FirstOrDefault(table => table.Measure == measure) is { CrossSection: { } cross } growth
            ? new NationalCurve(measure, name, [.. cross.Stages.Select(stage => Point(stage, growth.Panel))])
            : null;

    /// <summary>A measure of a district over the waves up to the shown one, the newest wave of each stage.</summary>
    public static DistrictCurve Own(PublishedDistrict district, PublishedWave shown, string measure, string name) => new(measure, name,
    [
        .. Until(district, shown).DistinctBy(wave => wave.Wave.Stage).OrderBy(wave => wave.Wave.Stage)
            .Select(wave => (wave.Wave.Stage, Score: wave.Unit?.Find(measure)))
            .Where(point => point.Score is not null)
            .Select(point => new DistrictPoint(point.Stage, point.Score!)),
    ]);

    private static IEnumerable<PublishedWave> Until(PublishedDistrict district, PublishedWave shown) => district.Waves
        .SkipWhile(wave => wave.Wave.WaveId != shown.Wave.WaveId)
        .Where(wave => wave.Status == WaveStatus.Scored && wave.Instrument.Id == shown.Instrument.Id);

    private static IEnumerable<Stage> Seen(PublishedDistrict district, PublishedWave shown) => Until(district, shown).Select(wave => wave.Wave.Stage);

    private async Task<Dictionary<string, string>> NamesAsync(OnpointDb db, FrozenEdition edition, CancellationToken cancellationToken)
    {
        ReadyInstrument instrument = await instruments.GetAsync(db, edition.InstrumentId, cancellationToken);
        return MeasureNames.Of(instrument.Definition);
    }

    private NationalLandmark National(NormEdition edition, LandmarkResult result, Dictionary<string, string> names)
    {
        NationalLandmark landmark = new()
        {
            Landmark = result.Landmark,
            Curves = [.. Measures(result.Landmark).Select(measure => Curve(edition, measure, names[measure])).OfType<NationalCurve>()],
            Test = Outcome(result, names, []),
            Share = Share(result, null),
            Chart = new ChartMarkup(default, default),
        };
        return landmark with { Chart = charts.Inline(LandmarkCharts.National(landmark, edition), $"n{(int)result.Landmark}") };
    }

    private static string[] Measures(Landmark landmark) => landmark switch
    {
        Landmark.SharedUnderstanding => ["strategy-communication"],
        Landmark.Operations => ["operations"],
        Landmark.StudentAgency => [Design, "TR", "SR"],
        Landmark.Culture => ["culture-of-innovation"],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static NationalPoint Point(StageMean stage, GrowthCurve? panel)
    {
        StageMean? same = panel?.Stages.FirstOrDefault(point => point.Stage == stage.Stage);
        return new NationalPoint(stage.Stage, stage.Points, stage.MarginPoints, same?.Points, same?.MarginPoints, stage.Districts);
    }

    private static ShareOfGrowth? Share(LandmarkResult result, Stage? last) =>
        result.Shares.LastOrDefault(share => last is null || share.Last == last) is { Low: { } low, High: { } high } share
            ? new ShareOfGrowth(share.Share, low, high, share.Last)
            : null;

    private static LandmarkOutcome Outcome(LandmarkResult result, Dictionary<string, string> names, IReadOnlyCollection<Stage> seen) => new()
    {
        Verdict = result.Verdict,
        Basis = result.Basis,
        Reason = result.Reason,
        NextStage = result.Reason == LandmarkReason.TooFewWaves ? NextStage(result.Landmark, seen) : null,
        TeachersNeeded = result.TeachersNeeded,
        Lines = [.. result.Gates.Concat(result.Conditions).Select(test => new TestLine(test.Quantity, names[Measures(result.Landmark)[0]], test.From, test.To, test.Points, test.Low, test.High))],
    };

    /// <summary>The first stage that a later wave can still supply; null when an earlier one is missing, for it will not come again.</summary>
    private static Stage? NextStage(Landmark landmark, IReadOnlyCollection<Stage> seen)
    {
        Stage[] needed = landmark switch
        {
            Landmark.SharedUnderstanding or Landmark.StudentAgency => [Stage.Planning, Stage.Year1, Stage.Year2],
            Landmark.Operations => [Stage.Planning, Stage.Year1, Stage.Year2, Stage.Year3],
            Landmark.Culture => [seen.Contains(Stage.Planning) ? Stage.Planning : Stage.Year1, Stage.Year2, Stage.Year3],
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        Stage[] missing = [.. needed.Where(stage => !seen.Contains(stage))];
        return missing.Length > 0 && seen.Count > 0 && missing[0] > seen.Max() ? missing[0] : null;
    }
}
