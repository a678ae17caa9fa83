using System.Globalization;
using Microsoft.AspNetCore.Components;
using Onpoint.Measurement;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Landmarks;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Tests.Pages;

/// <summary>The synthetic edition's stage means (docs/methodology.md section 5) as the landmarks page shows them; margins are made up.</summary>
internal static class SampleLandmarks
{
    public static readonly DistrictLink Demo = new(new Guid("0d15ea5e-0000-4000-8000-000000000001"), "Cedar Valley");

    public static readonly EditionLabel Edition = new("2026.1", Synthetic: true);

    public static readonly NationalCurve Communication = Curve("strategy-communication", "Strategy Communication", 520, 660, 690, 708, 720);
    public static readonly NationalCurve Operations = Curve("operations", "Operations", 540, 578, 614, 648, 680);
    public static readonly NationalCurve Design = Curve("instructional-design", "Instructional Design", 470, 550, 598, 630.5, 655);
    public static readonly NationalCurve TeacherRole = Curve("TR", "Teacher role", 500, 600, 640, 655, 662);
    public static readonly NationalCurve StudentRole = Curve("SR", "Student role", 440, 500, 556, 606, 648);
    public static readonly NationalCurve Culture = Curve("culture-of-innovation", "Culture of Innovation", 560, 620, 650, 646, 644.67);

    private static readonly LandmarkOutcome Seen = new() { Verdict = LandmarkVerdict.Seen, Basis = LandmarkBasis.Panel };

    public static LandmarksModel National { get; } = new()
    {
        Frame = new PageFrame { Edition = Edition, Demo = Demo },
        Edition = Card,
        Landmarks =
        [
            new()
            {
                Landmark = Landmark.SharedUnderstanding,
                Curves = [Communication],
                Share = new ShareOfGrowth(0.70, 0.66, 0.74, Stage.Year4Plus),
                Test = Seen with
                {
                    Lines =
                    [
                        new(LandmarkQuantity.Growth, "Strategy Communication", Stage.Planning, Stage.Year4Plus, 200, 185, 215),
                        new(LandmarkQuantity.FirstYearBeyondHalf, "Strategy Communication", Stage.Planning, Stage.Year4Plus, 40, 31, 49),
                    ],
                },
                Chart = Drawing("n1", Communication),
            },
            new()
            {
                Landmark = Landmark.Operations,
                Curves = [Operations],
                Test = Seen with
                {
                    Lines =
                    [
                        new(LandmarkQuantity.Growth, "Operations", Stage.Planning, Stage.Year4Plus, 140, 126, 154),
                        new(LandmarkQuantity.StepBeyondThirdOfMean, "Operations", Stage.Planning, Stage.Year1, 26.3, 18, 35),
                        new(LandmarkQuantity.TwiceMeanBeyondStep, "Operations", Stage.Planning, Stage.Year1, 32, 22, 42),
                    ],
                },
                Chart = Drawing("n2", Operations),
            },
            new()
            {
                Landmark = Landmark.StudentAgency,
                Curves = [Design, TeacherRole, StudentRole],
                Test = Seen with
                {
                    Lines =
                    [
                        new(LandmarkQuantity.FirstYearBeyondLaterSteps, "Instructional Design", Stage.Planning, Stage.Year4Plus, 45, 36, 54),
                        new(LandmarkQuantity.TeacherBeyondStudent, "Instructional Design", Stage.Planning, Stage.Year1, 40, 31, 49),
                        new(LandmarkQuantity.StudentBeyondTeacher, "Instructional Design", Stage.Year1, Stage.Year4Plus, 86, 70, 102),
                    ],
                },
                Chart = Drawing("n3", TeacherRole, StudentRole),
            },
            new()
            {
                Landmark = Landmark.Culture,
                Curves = [Culture],
                Test = Seen with { Lines = [new(LandmarkQuantity.GrowthAfterYear2, "Culture of Innovation", Stage.Year2, Stage.Year4Plus, -5.33, -14, 4)] },
                Chart = Drawing("n4", Culture),
            },
        ],
    };

    /// <summary>An edition in which nothing can be told: every reason once.</summary>
    public static LandmarksModel Undecided { get; } = National with
    {
        Edition = Card with { Kind = EditionKind.Contributed, DownloadPath = null },
        Frame = new PageFrame { Edition = new EditionLabel("2027.1", Synthetic: false) },
        Landmarks =
        [
            National.Landmarks[0] with { Share = null, Test = Open(LandmarkReason.GrowthNotEstablished, LandmarkBasis.CrossSection) },
            National.Landmarks[1] with { Test = Open(LandmarkReason.MarginsTooWide, LandmarkBasis.CrossSection) },
            National.Landmarks[2] with { Test = new LandmarkOutcome { Verdict = LandmarkVerdict.NotSeen, Basis = LandmarkBasis.Panel } },
            National.Landmarks[3] with { Test = Open(LandmarkReason.TooFewWaves, null) with { NextStage = Stage.Year3 } },
        ],
    };

    public static LandmarksModel None { get; } = new() { Frame = PageFrame.Bare };

    private static EditionCard Card => new()
    {
        Id = "2026.1",
        Kind = EditionKind.Synthetic,
        Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        Districts = 142,
        Waves = 316,
        Responses = 14_812,
        DownloadPath = "/api/v1/editions/2026.1",
    };

    public static LandmarkOutcome Open(LandmarkReason reason, LandmarkBasis? basis) => new() { Verdict = LandmarkVerdict.CannotTell, Reason = reason, Basis = basis };

    /// <summary>A plain drawing with the roles of the real charts, so that colours and accessible names can be judged.</summary>
    public static ChartMarkup Drawing(string id, params NationalCurve[] national) => Drawing(id, national, []);

    public static ChartMarkup Drawing(string id, IReadOnlyList<NationalCurve> national, IReadOnlyList<DistrictCurve> district) =>
        new(Svg($"{id}s", 420, 300, national, district), Svg($"{id}w", 640, 400, national, district));

    public static MarkupString Svg(string id, int width, int height, IReadOnlyList<NationalCurve> national, IReadOnlyList<DistrictCurve> district)
    {
        double X(Stage stage) => 60 + ((int)stage * (width - 160) / 4.0);
        double Y(double points) => height - 34 - ((points - 400) * (height - 50) / 400);
        string Line(IEnumerable<(double X, double Y)> points) => "M" + string.Join(' ', points.Select(point => FormattableString.Invariant($"{point.X:0.#} {point.Y:0.#}")));
        IEnumerable<string> grid = [.. Enumerable.Range(4, 5).Select(hundred => FormattableString.Invariant(
            $"<path class=\"s-grid\" d=\"M38 {Y(hundred * 100):0.#}H{width - 92}\"/><text class=\"f-muted\" font-size=\"13\" text-anchor=\"end\" x=\"30\" y=\"{Y(hundred * 100) + 4:0.#}\">{hundred * 100}</text>"))];
        IEnumerable<string> stages = Enum.GetValues<Stage>().Select(stage => FormattableString.Invariant(
            $"<text class=\"f-muted\" font-size=\"13\" text-anchor=\"middle\" x=\"{X(stage):0.#}\" y=\"{height - 10}\">{(stage == Stage.Planning ? "Plan" : stage == Stage.Year4Plus ? "Y4+" : "Y" + (int)stage)}</text>"));
        IEnumerable<string> nation = national.Select(curve => FormattableString.Invariant(
            $"<path class=\"s-nation\" fill=\"none\" stroke-width=\"2.5\" d=\"{Line(curve.Points.Select(point => (X(point.Stage), Y(point.CrossSectionPoints))))}\"/><text class=\"f-nationtext halo\" font-size=\"14\" font-weight=\"600\" x=\"{width - 86}\" y=\"{Y(curve.Points[^1].CrossSectionPoints) + 5:0.#}\">Dataset</text>"));
        IEnumerable<string> own = district.Select(curve =>
            $"<path class=\"s-district\" fill=\"none\" stroke-width=\"2.5\" d=\"{Line(curve.Points.Select(point => (X(point.Stage) + 5, Y(point.Score.Points!.Value))))}\"/>");
        return new MarkupString(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"chart\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}t {id}d\"><title id=\"{id}t\">{national[0].Name} by stage</title><desc id=\"{id}d\">A sample drawing.</desc>{string.Concat(grid.Concat(stages).Concat(nation).Concat(own))}</svg>"));
    }

    private static NationalCurve Curve(string measure, string name, params double[] points) =>
        new(measure, name, [.. points.Select((value, stage) => new NationalPoint((Stage)stage, value, 12, value, 7, 50 + stage))]);

    public static DistrictCurve Own(string measure, string name, params double[] points) =>
        new(measure, name, [.. points.Select((value, stage) => new DistrictPoint((Stage)stage, new PublishedMeasure(measure, value, 27, 118, 1)))]);
}
