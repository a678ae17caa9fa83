using Onpoint.Charts;
using Onpoint.Measurement;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Landmarks;

/// <summary>The four landmark charts as chart records: what is drawn, and every text on them.</summary>
internal static class LandmarkCharts
{
    private static readonly Stage[] Stages = Enum.GetValues<Stage>();

    /// <summary>The national curve alone.</summary>
    public static StageChart National(NationalLandmark landmark, NormEdition edition) =>
        Chart(landmark.Landmark, landmark.Curves, [], "", edition, LandmarkSentences.National(landmark), Annotation(landmark));

    /// <summary>A district's waves over the national curve.</summary>
    public static StageChart District(DistrictLandmark landmark, NationalLandmark national, string district, NormEdition edition) =>
        Chart(
            landmark.Landmark, landmark.National, landmark.District, district, edition, DistrictSentences.OwnGrowth(district, landmark),
            landmark.Share is { } share && share.LastStage != Stage.Year4Plus
                ? new StageAnnotation([$"{Display.Share(share.Share)} of its growth", $"so far, by {Display.StageName(Stage.Year1)}"], 0, 1)
                : Annotation(national));

    /// <summary>The benchmark over the stages, for the home page.</summary>
    public static StageChart Benchmark(NationalCurve national, DistrictCurve own, string district, NormEdition edition) =>
        Chart(null, [national], [own], district, edition, "", null) with { LowestPoints = 500, HighestPoints = 700 };

    private static StageChart Chart(
        Landmark? landmark, IReadOnlyList<NationalCurve> national, IReadOnlyList<DistrictCurve> own, string district,
        NormEdition edition, string sentence, StageAnnotation? annotation)
    {
        // Student agency is drawn by its two roles; Instructional Design itself stands in the table and the test.
        NationalCurve[] curves = [.. national.Where(curve => national.Count == 1 || curve.Measure != LandmarkLoader.Design)];
        DistrictCurve[] paths = [.. own.Where(curve => (own.Count == 1 || curve.Measure != LandmarkLoader.Design) && curve.Points.Count > 0)];
        string subject = landmark is { } known ? LandmarkSentences.ChartSubject(known) : "Benchmark score by stage";
        return new StageChart
        {
            Title = landmark is { } named ? LandmarkSentences.Statement(named) : subject,
            Subtitle = $"{subject}, with 95{Display.NoBreak}% margins",
            Sentence = sentence,
            Caption = $"{Display.Capital(edition.Kind == EditionKind.Synthetic ? "synthetic national dataset" : "national dataset")}, edition {edition.Id}: "
                + $"{Display.Count(edition.Districts)} districts, {Display.Count(edition.DistrictWaves)} surveys. Different districts at each stage.",
            AltText = string.Join(" ", curves.Select(curve => $"{curve.Name} in the dataset: {Course(curve.Points.Select(point => (point.Stage, point.CrossSectionPoints)))}.")
                .Concat(paths.Select(curve => $"{curve.Name} of {district}: {Course(curve.Points.Where(point => point.Score.Points is not null).Select(point => (point.Stage, point.Score.Points!.Value)))}."))),
            Stages = [.. Stages.Select(Display.StageName)],
            Series = [.. curves.Select(curve => Series(curve, curves.Length > 1)), .. paths.Select(curve => Series(curve, district, paths.Length > 1))],
            Annotation = annotation,
        };
    }

    private static string Course(IEnumerable<(Stage Stage, double Points)> points) =>
        Display.List([.. points.Select(point => $"{Display.Points(point.Points)} in {Display.StageName(point.Stage)}")]);

    private static StageSeries Series(NationalCurve curve, bool several) => new(
        SeriesKind.Nation,
        several ? curve.Name : "Dataset",
        Display.Points(curve.Points[^1].CrossSectionPoints),
        [.. Stages.Select(stage => curve.Points.FirstOrDefault(point => point.Stage == stage) is { } point ? new StagePoint(point.CrossSectionPoints, point.CrossSectionMarginPoints) : null)]);

    private static StageSeries Series(DistrictCurve curve, string district, bool several) => new(
        SeriesKind.District,
        several ? "" : district,
        curve.Points.LastOrDefault(point => point.Score.Points is not null) is { } last ? Display.Score(last.Score) : "",
        [.. Stages.Select(stage => curve.Points.FirstOrDefault(point => point.Stage == stage)?.Score is { Points: not null } score ? Drawn(score) : null)])
    {
        StandaloneName = several ? $"{district}, {curve.Name.ToLowerInvariant()}" : null,
    };

    private static StagePoint Drawn(PublishedMeasure score)
    {
        (double? points, double? margin) = Display.Drawn(score);
        return new StagePoint(points!.Value, margin);
    }

    private static StageAnnotation? Annotation(NationalLandmark landmark)
    {
        bool seen = landmark.Test.Verdict == LandmarkVerdict.Seen;
        return landmark.Landmark switch
        {
            Landmark.SharedUnderstanding => landmark.Share is { } share
                ? new StageAnnotation([$"{Display.Share(share.Share)} of the growth", $"by {Display.StageName(Stage.Year1)}"], 0, 1) : null,
            Landmark.Operations => seen ? new StageAnnotation([Steps(landmark.Curves[0]), "at every step"]) : null,
            Landmark.StudentAgency => seen ? new StageAnnotation(["Teachers first, then students"]) : null,
            Landmark.Culture => seen ? new StageAnnotation([$"flat after {Display.StageName(Stage.Year2)}"], 2, 4) : null,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string Steps(NationalCurve curve)
    {
        IReadOnlyList<double> steps = LandmarkSentences.Steps([.. curve.Points.Select(point => point.PanelPoints ?? point.CrossSectionPoints)]);
        return $"{Display.Points(steps.Min())} to {Display.Points(steps.Max())} points";
    }
}
