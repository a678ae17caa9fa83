using System.Diagnostics;
using Onpoint.Measurement;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Landmarks;

/// <summary>The landmarks in words. Growth is the difference of the printed points, so that a reader's own subtraction agrees.</summary>
internal static class LandmarkSentences
{
    /// <summary>The growth after Year 2 below which culture counts as flat. Points; docs/methodology.md section 7.</summary>
    private const double FlatBelowPoints = 10;

    public static string Name(Landmark landmark) => landmark switch
    {
        Landmark.SharedUnderstanding => "shared understanding",
        Landmark.Operations => "iterating on operations",
        Landmark.StudentAgency => "student agency",
        Landmark.Culture => "stalling culture",
        _ => throw new UnreachableException(),
    };

    public static string Statement(Landmark landmark) => landmark switch
    {
        Landmark.SharedUnderstanding => "Shared understanding comes first",
        Landmark.Operations => "Operations improve a step at a time",
        Landmark.StudentAgency => "Teachers change their practice, then students do",
        Landmark.Culture => $"Culture levels off after {Display.StageName(Stage.Year2)}",
        _ => throw new UnreachableException(),
    };

    /// <summary>What the chart shows: "Operations, score by stage".</summary>
    public static string ChartSubject(Landmark landmark) => landmark switch
    {
        Landmark.SharedUnderstanding => "Strategy Communication, score by stage",
        Landmark.Operations => "Operations, score by stage",
        Landmark.StudentAgency => "Instructional Design by role, score by stage",
        Landmark.Culture => "Culture of Innovation, score by stage",
        _ => throw new UnreachableException(),
    };

    public static string Dataset(bool synthetic) => synthetic ? "the synthetic national dataset" : "the national dataset";

    /// <summary>The sentence of the national page.</summary>
    public static string National(NationalLandmark landmark)
    {
        bool panel = landmark.Test.Basis == LandmarkBasis.Panel;
        bool seen = landmark.Test.Verdict == LandmarkVerdict.Seen;
        return landmark.Landmark switch
        {
            Landmark.SharedUnderstanding => NationalUnderstanding(Path(landmark, 0, panel), landmark.Share),
            Landmark.Operations => NationalOperations(Path(landmark, 0, panel), seen),
            Landmark.StudentAgency => NationalAgency(Path(landmark, 0, panel), Path(landmark, 1, panel), Path(landmark, 2, panel), seen),
            Landmark.Culture => NationalCulture(Path(landmark, 0, panel), seen),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The chip under a landmark: "Seen in the synthetic national dataset".</summary>
    public static string NationalVerdict(LandmarkOutcome test, bool synthetic) => test.Verdict switch
    {
        LandmarkVerdict.Seen => $"Seen in {Dataset(synthetic)}",
        LandmarkVerdict.NotSeen => $"Not seen in {Dataset(synthetic)}",
        LandmarkVerdict.CannotTell => $"Cannot tell: {Why(test)}",
        _ => throw new UnreachableException(),
    };

    /// <summary>The mark before a verdict: a shape, never a colour, because "seen" is good news for three landmarks and bad for one.</summary>
    public static string Mark(LandmarkVerdict verdict) => verdict switch
    {
        LandmarkVerdict.Seen => "verdict--seen",
        LandmarkVerdict.NotSeen => "verdict--not",
        LandmarkVerdict.CannotTell => "verdict--open",
        _ => throw new UnreachableException(),
    };

    /// <summary>Why a test cannot tell, as a part of a sentence.</summary>
    public static string Why(LandmarkOutcome test) => test.Reason switch
    {
        LandmarkReason.TooFewWaves => test.NextStage is { } stage ? $"needs a wave in {Display.StageName(stage)}" : "too few waves",
        LandmarkReason.GrowthNotEstablished => "growth is not established",
        LandmarkReason.MarginsTooWide => test.TeachersNeeded is { } teachers ? $"needs about {Display.Count(teachers)} teachers a wave" : "margins are too wide",
        null => "no reason recorded",
        _ => throw new UnreachableException(),
    };

    /// <summary>One line of a test with its interval and the side on which the whole interval must lie.</summary>
    public static string Line(TestLine line)
    {
        string from = Display.StageName(line.From);
        string to = Display.StageName(line.To);
        string subject = line.Quantity switch
        {
            LandmarkQuantity.Growth => $"Growth of {line.Measure} from {from} to {to}",
            LandmarkQuantity.FirstYearBeyondHalf => $"First-year growth of {line.Measure} minus half of its growth to {to}",
            LandmarkQuantity.StepBeyondThirdOfMean => $"Step of {line.Measure} from {from} to {to} minus a third of the average step",
            LandmarkQuantity.TwiceMeanBeyondStep => $"Twice the average step of {line.Measure} minus its step from {from} to {to}",
            LandmarkQuantity.FirstYearBeyondLaterSteps => $"First-year growth of {line.Measure} minus its mean later step",
            LandmarkQuantity.TeacherBeyondStudent => $"Growth of the teacher role minus that of the student role, {from} to {to}",
            LandmarkQuantity.StudentBeyondTeacher => $"Growth of the student role minus that of the teacher role, {from} to {to}",
            LandmarkQuantity.GrowthAfterYear2 => $"Growth of {line.Measure} from {from} to {to}",
            _ => throw new UnreachableException(),
        };
        string side = line.Quantity == LandmarkQuantity.GrowthAfterYear2 ? $"below {Display.Points(FlatBelowPoints)}" : "above 0";
        return $"{subject}: {Display.Signed(line.Points)} points (interval {Display.Signed(line.LowPoints)} to {Display.Signed(line.HighPoints)}; to lie {side}).";
    }

    public static string Basis(LandmarkBasis? basis) => basis switch
    {
        LandmarkBasis.Panel => "Basis: the same districts over time.",
        LandmarkBasis.CrossSection => "Basis: the districts seen at each stage, which are not the same ones.",
        LandmarkBasis.OwnWaves => "Basis: the district’s own waves, with the sampling errors of its teachers only.",
        null => "There is nothing to test yet.",
        _ => throw new UnreachableException(),
    };

    /// <summary>Where the districts of an edition come from.</summary>
    public static string Origin(EditionCard edition) => edition.Kind switch
    {
        EditionKind.Synthetic => $"Edition {edition.Id} is synthetic: made by a published generator so that anybody can check it.",
        EditionKind.Contributed => $"Edition {edition.Id} comes from districts that agreed to contribute.",
        EditionKind.ProbabilitySample => $"Edition {edition.Id} comes from a probability sample of districts.",
        _ => throw new UnreachableException(),
    };

    /// <summary>The differences of neighbouring printed points.</summary>
    public static IReadOnlyList<double> Steps(IReadOnlyList<double> points) => [.. points.Skip(1).Select((point, step) => Printed(point) - Printed(points[step]))];

    private static string NationalUnderstanding(List<(Stage Stage, double Points)> path, ShareOfGrowth? share)
    {
        double total = Printed(path[^1].Points) - Printed(path[0].Points);
        string growth = $"Strategy Communication {Grows(total)} from {Display.StageName(path[0].Stage)} to {Display.StageName(path[^1].Stage)}.";
        double firstYear = Printed(path[1].Points) - Printed(path[0].Points);
        return share is null
            ? growth
            : $"{growth} {Display.Points(firstYear)} of them, {Display.Share(share.Share)}, come by {Display.StageName(Stage.Year1)} ({ShareInterval(share)}).";
    }

    private static string NationalOperations(List<(Stage Stage, double Points)> path, bool seen)
    {
        IReadOnlyList<double> steps = Steps([.. path.Select(point => point.Points)]);
        string growth = $"Operations grow by {Display.List([.. steps.Select(Display.Points)])} points a year.";
        return seen ? $"{growth} No year brings a leap and none stands still." : growth;
    }

    private static string NationalAgency(
        List<(Stage Stage, double Points)> design, List<(Stage Stage, double Points)> teacher, List<(Stage Stage, double Points)> student, bool seen)
    {
        double Growth(List<(Stage Stage, double Points)> path, int from, int to) => Printed(path[to].Points) - Printed(path[from].Points);
        string last = Display.StageName(design[^1].Stage);
        string first = $"{Display.Points(Growth(design, 0, 1))} points, against {Display.Points(Growth(design, 1, 2))} a year later";
        string lead = $"{Display.Points(Growth(teacher, 0, 1))} points against {Display.Points(Growth(student, 0, 1))}";
        string later = $"{Display.Points(Growth(student, 1, student.Count - 1))} against {Display.Points(Growth(teacher, 1, teacher.Count - 1))}";
        return seen
            ? $"Instructional Design grows most in the first year: {first}. The teacher role leads ({lead}), then the student role catches up ({later} by {last})."
            : $"Instructional Design in the first year: {first}. Teacher role against student role: {lead} in the first year; afterwards the student role {later} by {last}.";
    }

    private static string NationalCulture(List<(Stage Stage, double Points)> path, bool seen)
    {
        List<(Stage Stage, double Points)> after = [.. path.Where(point => point.Stage >= Stage.Year2)];
        double before = Printed(after[0].Points) - Printed(path[0].Points);
        string year2 = Display.StageName(Stage.Year2);
        return seen
            ? $"Culture {Grows(before)} to {year2} and then stops: {string.Join(", ", after.Select(point => Display.Points(point.Points)))}. On average, nothing is added after the second year."
            : $"Culture {Grows(before)} to {year2}; from there on it is at {Display.List([.. after.Select(point => Display.Points(point.Points))])}.";
    }

    private static string Grows(double points) => points >= 0 ? $"grows by {Display.Points(points)} points" : $"falls by {Display.Points(-points)} points";

    /// <summary>"between 66 % and 74 %"; an upper end above the whole is "all of it".</summary>
    public static string ShareInterval(ShareOfGrowth share) => $"between {Display.Share(Math.Max(0, share.Low))} and {Display.Share(share.High)}";

    private static List<(Stage Stage, double Points)> Path(NationalLandmark landmark, int curve, bool panel) =>
        [.. landmark.Curves[curve].Points.Select(point => (point.Stage, panel ? point.PanelPoints ?? point.CrossSectionPoints : point.CrossSectionPoints))];

    private static double Printed(double points) => Math.Round(points, MidpointRounding.AwayFromZero);
}
