using Onpoint.Measurement;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Placement;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Landmarks;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Tests.Pages;

/// <summary>Every state a district page can be in, by the name of its address. The numbers are those of the design's mock pages.</summary>
internal static class SampleDistricts
{
    private static readonly SurveyWave Planning = new(new Guid("0d15ea5e-0000-4000-8000-000000000010"), "spring", 2024, Stage.Planning);
    private static readonly SurveyWave Year1 = new(new Guid("0d15ea5e-0000-4000-8000-000000000011"), "spring", 2025, Stage.Year1);
    private static readonly SurveyWave Year2 = new(new Guid("0d15ea5e-0000-4000-8000-000000000012"), "spring", 2026, Stage.Year2);

    private static readonly PageFrame Frame = new() { Edition = SampleLandmarks.Edition, Demo = SampleLandmarks.Demo, ShowsDemo = true };

    private static readonly Participation AllSchools = new() { District = Exact(120, 160), SchoolsAnswered = 6, Schools = 6 };

    private static readonly Placing Placed = new()
    {
        Edition = SampleLandmarks.Edition,
        Districts = 78,
        StageMeanPoints = 638,
        TauPoints = 35,

        // A logistic distribution with standard deviation 35: 35 * sqrt(3) / pi = 19.3 points per unit of log odds.
        Quantiles = [.. Enumerable.Range(1, 99).Select(percent => 638 + (19.3 * Math.Log(percent / (100.0 - percent))))],
        Stage = new PlaceAmong100(48, 23, 74),
        AllStages = new PlaceAmong100(57, 38, 76),
        Bands = [Band.Typical],
        Equivalent = new EquivalentStage.Range(1.5, 3, null, null, null),
    };

    private static readonly ScoredWave CedarValley = new()
    {
        Wave = Year2,
        Participation = AllSchools,
        Benchmark = new PublishedMeasure("benchmark", 636, 21, 120, 1),
        Categories =
        [
            new(Row("Strategy Communication", 694, 27, 690, Band.Typical), []),
            new(Row("Operations", 588, 27, 614, Band.BelowTypical, Band.Typical), []),
            new(Row("Instructional Design", 598, 26, 598, Band.Typical), [Row("Teacher role", 645, 28, 640), Row("Student role", 551, 28, 556)]),
            new(
                Row("Culture of Innovation", 664, 25, 650, Band.Typical, Band.AboveTypical),
                [Row("Buy-in", 676, 29, 660), Row("Innovation and risk-taking", 655, 28, 650), Row("Supportive environment", 661, 28, 640)]),
        ],
        Placing = new PlacingState.Placed(Placed),
        Start = new StartingPoint.Found(Row("Operations", 588, 27, 614), null),
        Landmarks =
        [
            new()
            {
                Landmark = Landmark.SharedUnderstanding,
                National = [SampleLandmarks.Communication],
                District = [SampleLandmarks.Own("strategy-communication", "Strategy Communication", 517, 664, 694)],
                Share = new ShareOfGrowth(0.83, 0.55, 1.12, Stage.Year2),
                NationalShare = new ShareOfGrowth(0.82, 0.77, 0.88, Stage.Year2),
                Test = new LandmarkOutcome
                {
                    Verdict = LandmarkVerdict.Seen,
                    Basis = LandmarkBasis.OwnWaves,
                    Lines = [new(LandmarkQuantity.FirstYearBeyondHalf, "Strategy Communication", Stage.Planning, Stage.Year2, 58, 24, 92)],
                },
                Chart = Chart("d1", [SampleLandmarks.Communication], SampleLandmarks.Own("strategy-communication", "Strategy Communication", 517, 664, 694)),
            },
            new()
            {
                Landmark = Landmark.Operations,
                National = [SampleLandmarks.Operations],
                District = [SampleLandmarks.Own("operations", "Operations", 522, 561, 588)],
                Test = new LandmarkOutcome { Verdict = LandmarkVerdict.CannotTell, Reason = LandmarkReason.TooFewWaves, NextStage = Stage.Year3 },
                Chart = Chart("d2", [SampleLandmarks.Operations], SampleLandmarks.Own("operations", "Operations", 522, 561, 588)),
            },
            new()
            {
                Landmark = Landmark.StudentAgency,
                National = [SampleLandmarks.Design, SampleLandmarks.TeacherRole, SampleLandmarks.StudentRole],
                District =
                [
                    SampleLandmarks.Own("instructional-design", "Instructional Design", 470, 564, 598),
                    SampleLandmarks.Own("TR", "Teacher role", 501, 608, 645),
                    SampleLandmarks.Own("SR", "Student role", 439, 520, 551),
                ],
                Test = new LandmarkOutcome
                {
                    Verdict = LandmarkVerdict.CannotTell,
                    Basis = LandmarkBasis.OwnWaves,
                    Reason = LandmarkReason.MarginsTooWide,
                    TeachersNeeded = 250,
                    Lines = [new(LandmarkQuantity.TeacherBeyondStudent, "Instructional Design", Stage.Planning, Stage.Year1, 26, -30, 82)],
                },
                Chart = Chart("d3", [SampleLandmarks.TeacherRole, SampleLandmarks.StudentRole], SampleLandmarks.Own("TR", "Teacher role", 501, 608, 645)),
            },
            new()
            {
                Landmark = Landmark.Culture,
                National = [SampleLandmarks.Culture],
                District = [SampleLandmarks.Own("culture-of-innovation", "Culture of Innovation", 570, 631, 664)],
                Test = new LandmarkOutcome { Verdict = LandmarkVerdict.CannotTell, Reason = LandmarkReason.TooFewWaves, NextStage = Stage.Year3 },
                Chart = Chart("d4", [SampleLandmarks.Culture], SampleLandmarks.Own("culture-of-innovation", "Culture of Innovation", 570, 631, 664)),
            },
        ],
        Change = new ChangeTable
        {
            Before = Year1,
            AnswersBefore = Exact(117, 160),
            Benchmark = Change("Benchmark score", 605, 636, 30, ChangeVerdict.Up, 43),
            Parts =
            [
                Change("Strategy Communication", 664, 694, 54, ChangeVerdict.NoDetectableChange, 60),
                Change("Operations", 561, 588, 55, ChangeVerdict.NoDetectableChange, 61),
                Change("Instructional Design", 564, 598, 52, ChangeVerdict.NoDetectableChange, 57),
                Change("Teacher role", 608, 645, 57, ChangeVerdict.NoDetectableChange, 63) with { IsComponent = true },
                Change("Student role", 520, 551, 57, ChangeVerdict.NoDetectableChange, 63) with { IsComponent = true },
                Change("Culture of Innovation", 631, 664, 50, ChangeVerdict.NoDetectableChange, 55),
            ],
        },
        Schools = new SchoolTable
        {
            Schools =
            [
                School("Cedar Valley High School", Exact(36, 44), 618, 41, 668, 583, 574, 646),
                School("Riverside Elementary School", Exact(29, 36), 652, 46, 709, 602, 622, 675),
                School("Cedar Valley Middle School", Exact(25, 30), 607, 50, 671, 560, 566, 631),
                School("Hillcrest Elementary School", Exact(21, 26), 671, 55, 725, 619, 640, 700),
            ],
            Withheld = new SchoolTurnout(["Old Mill School", "North Fork School"], Exact(9, 24)),
        },
    };

    public static IReadOnlyDictionary<string, DistrictModel> All { get; } = new Dictionary<string, DistrictModel>
    {
        ["district"] = Scored(CedarValley),
        ["district-baseline"] = Scored(CedarValley with { Wave = Planning, Change = null, Landmarks = [], Start = new StartingPoint.NothingBelow() }, Planning),
        ["district-no-edition"] = Scored(Unplaced(new PlacingState.NoEdition())) with { Frame = PageFrame.Bare },
        ["district-low-response"] = Scored(Unplaced(new PlacingState.LowResponse()) with
        {
            LateAnswersPending = true,
            Change = null,
            Participation = new Participation { District = Exact(50, 160), SchoolsAnswered = 5, Schools = 6 },
            Schools = CedarValley.Schools with { Withheld = null, Silent = ["North Fork School"] },
        }),
        ["district-unknown-roster"] = Scored(CedarValley with
        {
            Participation = new Participation { District = new Turnout(120, TurnoutPrecision.Exact, null, null), SchoolsAnswered = null, Schools = 6 },
            Schools = new SchoolTable { Schools = [School("Cedar Valley High School", new Turnout(37, TurnoutPrecision.Exact, 35, null), 618, 41, 668, 583, 574, 646)] },
        }),
        ["district-small"] = Scored(Small(), Year2),
        ["district-alike"] = Scored(CedarValley with
        {
            Placing = new PlacingState.Placed(Placed with
            {
                Stage = null,
                AllStages = null,
                NoPlace = PlacingReason.DistrictsDifferTooLittle,
                Bands = [],
                Provisional = true,
                Districts = 12,
                Equivalent = new EquivalentStage.Range(2, 4, null, Stage.Year3, Stage.Year4Plus),
            }),
            Start = new StartingPoint.CannotTellApart(Row("Operations", 588, 27, 614), Row("Instructional Design", 590, 26, 598)),
            Change = CedarValley.Change! with { CommonItemsOnly = true, Benchmark = Change("Benchmark score", 640, 636, 30, ChangeVerdict.NoDetectableChange, 43) },
        }),
        ["district-none"] = new() { Frame = Frame with { ShowsDemo = false }, Id = Guid.Empty, Name = "Pine Hollow Schools", State = new DistrictState.NoWave(2024) },
        ["district-scheduled"] = InState(new DistrictState.Scheduled(Year2)),
        ["district-open"] = InState(new DistrictState.Open(Year2, Counting)),
        ["district-scoring"] = InState(new DistrictState.Scoring(Year2, Counting)),
        ["district-withheld"] = InState(new DistrictState.Withheld(Year2, new Participation
        {
            District = new Turnout(0, TurnoutPrecision.BelowFive, 8, null),
            Schools = 1,
            BySchool = [new(["Pine Hollow School"], new Turnout(0, TurnoutPrecision.BelowFive, 8, null))],
        })),
    };

    private static Participation Counting => new()
    {
        District = new Turnout(82, TurnoutPrecision.AtLeast, 160, null),
        Schools = 6,
        BySchool =
        [
            new(["Cedar Valley High School"], Exact(30, 44)),
            new(["Hillcrest Elementary School"], Exact(12, 26)),
            new(["North Fork School"], new Turnout(0, TurnoutPrecision.FiveOrMore, 8, null)),
        ],
    };

    public static ChangeRow Change(string name, double before, double after, double margin, ChangeVerdict verdict, double foundFourInFive) => new()
    {
        Name = name,
        Before = new PublishedMeasure(name, before, 21, 117, 1),
        After = new PublishedMeasure(name, after, 21, 120, 1),
        Points = after - before,
        MarginPoints = margin,
        Verdict = verdict,
        SmallestChangePoints = margin,
        FoundFourInFivePoints = foundFourInFive,
    };

    public static Turnout Exact(int answers, int eligible) => new(answers, TurnoutPrecision.Exact, eligible, (double)answers / eligible);

    public static MeasureRow Row(string name, double points, double margin, double stageMean, params Band[] bands) =>
        new(name, new PublishedMeasure(name, points, margin, 118, 1), stageMean, 11, bands);

    private static SchoolRow School(string name, Turnout turnout, double points, double margin, params double[] categories) => new(
        name,
        turnout,
        new PublishedMeasure("benchmark", points, margin, turnout.Answers, 1),
        [.. categories.Select(category => new PublishedMeasure("category", category, margin, turnout.Answers, 1))]);

    private static ChartMarkup Chart(string id, IReadOnlyList<NationalCurve> national, params DistrictCurve[] own) => SampleLandmarks.Drawing(id, national, own);

    private static DistrictModel Scored(ScoredWave wave, params SurveyWave[] waves) => InState(new DistrictState.Scored(wave)) with
    {
        Waves = waves.Length > 0 ? waves : [Year2, Year1, Planning],
    };

    private static DistrictModel InState(DistrictState state) => new()
    {
        Frame = Frame,
        Id = SampleLandmarks.Demo.Id,
        Name = "Cedar Valley School District",
        Waves = [Year2, Year1, Planning],
        State = state,
    };

    private static ScoredWave Unplaced(PlacingState state)
    {
        MeasureRow Bare(MeasureRow row) => row with { StageMeanPoints = null, StageMarginPoints = null, Bands = [] };
        return CedarValley with
        {
            Placing = state,
            Start = null,
            Landmarks = [],
            Categories = [.. CedarValley.Categories.Select(row => new CategoryRow(Bare(row.Category), [.. row.Components.Select(Bare)]))],
        };
    }

    /// <summary>Seven teachers in one school: rounded to tens, at the upper end of the scale, no place.</summary>
    private static ScoredWave Small()
    {
        static PublishedMeasure Rounded(double points, PublishedBound bound = PublishedBound.None) => new("benchmark", points, 118, 7, 10, bound);
        return CedarValley with
        {
            Participation = new Participation { District = Exact(7, 10), SchoolsAnswered = 1, Schools = 1 },
            Benchmark = Rounded(640),
            Categories =
            [
                new(new MeasureRow("Strategy Communication", Rounded(940, PublishedBound.Above), 690, 11, []), []),
                new(new MeasureRow("Operations", Rounded(580), 614, 11, []), []),
            ],
            Placing = new PlacingState.Placed(Placed with { Stage = null, AllStages = null, NoPlace = PlacingReason.TooFewAnswers, Bands = [], Equivalent = null }),
            Start = new StartingPoint.CannotTellApart(new MeasureRow("Operations", Rounded(580), 614, 11, []), new MeasureRow("Culture of Innovation", Rounded(620), 650, 11, [])),
            Landmarks = [],
            Change = null,
            Schools = new SchoolTable { Schools = [new("Pine Hollow School", Exact(7, 10), Rounded(640), [Rounded(940, PublishedBound.Above), Rounded(580)])] },
        };
    }
}
