using System.Diagnostics;
using Onpoint.Measurement;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Placement;
using Onpoint.Web.Features.Landmarks;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Districts;

/// <summary>A district's numbers in words.</summary>
internal static class DistrictSentences
{
    private static readonly string[] AnswerWords = ["Not at all", "A little", "Somewhat", "Quite a lot", "Completely"];

    private static readonly string[] KindsOfDistrict = [" Unified School District", " School District", " Public Schools", " School Division", " Schools"];

    /// <summary>The name as people say it: "Cedar Valley School District" is "Cedar Valley".</summary>
    public static string ShortName(string name)
    {
        string? kind = KindsOfDistrict.FirstOrDefault(kind => name.Length > kind.Length && name.EndsWith(kind, StringComparison.OrdinalIgnoreCase));
        return kind is null ? name : name[..^kind.Length];
    }

    /// <summary>"Spring 2026, Year 2".</summary>
    public static string Wave(SurveyWave wave) => $"{Display.Capital(Display.Term(wave.Term, wave.SchoolYear))}, {Display.StageName(wave.Stage)}";

    /// <summary>How many answered, for a table: "36 of 44", "at least 82 of 160", "37 answers, 35 on the roster".</summary>
    public static string Answered(Turnout turnout) => (turnout.Precision, turnout.Eligible) switch
    {
        (TurnoutPrecision.BelowFive, _) => $"below{Display.NoBreak}5",
        (TurnoutPrecision.FiveOrMore, _) => $"5{Display.NoBreak}or{Display.NoBreak}more",
        (TurnoutPrecision.AtLeast, { } eligible) => $"at least {Display.Count(turnout.Answers)} of {Display.Count(eligible)}",
        (TurnoutPrecision.AtLeast, null) => $"at least {Answers(turnout.Answers)}",
        (TurnoutPrecision.Exact, null) => Answers(turnout.Answers),
        (TurnoutPrecision.Exact, { } eligible) when turnout.Answers > eligible => $"{Answers(turnout.Answers)}, {Display.Count(eligible)} on the roster",
        (TurnoutPrecision.Exact, { } eligible) => $"{Display.Count(turnout.Answers)} of {Display.Count(eligible)}",
        _ => throw new UnreachableException(),
    };

    /// <summary>The rate for a table; where there is none, why.</summary>
    public static string Rate(Turnout turnout) =>
        turnout.Rate is { } rate ? Display.Percent(rate)
        : turnout.Eligible is null ? "roster unknown"
        : turnout.Precision != TurnoutPrecision.Exact ? "not shown"
        : "roster too short";

    /// <summary>The line under the title: "120 of 160 teachers answered (75 %)".</summary>
    public static string TurnoutLine(Turnout turnout)
    {
        string counted = (turnout.Precision, turnout.Eligible) switch
        {
            (TurnoutPrecision.Exact, { } eligible) when turnout.Answers <= eligible => $"{Answered(turnout)} teachers answered",
            (TurnoutPrecision.AtLeast, not null) => $"{Answered(turnout)} teachers answered",
            (TurnoutPrecision.BelowFive or TurnoutPrecision.FiveOrMore, _) => $"{Answered(turnout)} teachers answered",
            _ => Answered(turnout),
        };
        return turnout.Rate is { } rate ? $"{counted} ({Display.Percent(rate)})" : turnout.Eligible is null ? $"{counted}, number of teachers unknown" : counted;
    }

    /// <summary>"6 of 6 schools"; "6 schools" where the number that answered would give one away.</summary>
    public static string Coverage(Participation participation) => participation.SchoolsAnswered is { } answered
        ? $"{Display.Count(answered)} of {Schools(participation.Schools)}"
        : Schools(participation.Schools);

    /// <summary>The score inside a sentence: "at 636", "at about 640", "above 940".</summary>
    public static string At(PublishedMeasure score)
    {
        string text = Display.Score(score);
        return text.StartsWith("above", StringComparison.Ordinal) || text.StartsWith("below", StringComparison.Ordinal) ? text : $"at {text}";
    }

    /// <summary>The answer that a score is closest to: 636 is "Somewhat". A score half-way takes the higher one.</summary>
    public static string AnswerWord(double points) =>
        AnswerWords[Math.Clamp((int)Math.Round(points / 200, MidpointRounding.AwayFromZero), 1, AnswerWords.Length) - 1];

    public static string BandName(Band band) => band switch
    {
        Band.WellBelowTypical => "well below typical",
        Band.BelowTypical => "below typical",
        Band.Typical => "typical",
        Band.AboveTypical => "above typical",
        Band.WellAboveTypical => "well above typical",
        _ => throw new UnreachableException(),
    };

    /// <summary>"typical or above typical"; empty when no band is named.</summary>
    public static string Bands(IReadOnlyList<Band> bands) => string.Join(" or ", bands.Select(BandName));

    /// <summary>The second sentence of the page; null when no band is named.</summary>
    public static string? BandSentence(Placing placing, Stage stage) => placing.Bands.Count == 0
        ? null
        : $"That is {Bands(placing.Bands)} for {Display.StageName(stage)} districts in {LandmarkSentences.Dataset(placing.Edition.Synthetic)}.";

    /// <summary>What a band means; null without the numbers of the stage.</summary>
    public static string BandMeaning(Placing placing, Stage stage)
    {
        string mean = placing.StageMeanPoints is { } points ? $"the {Display.StageName(stage)} mean, {Display.Points(points)}" : $"the {Display.StageName(stage)} mean";
        const string rule = "We name one band, or two neighbours, when that is at least 80\u00A0% likely.";
        return placing.Bands switch
        {
            [] => $"The margin reaches across several bands around {mean}. {rule}",
            [Band.WellBelowTypical] => $"More than one and a half standard deviations of districts below {mean}. {rule}",
            [Band.BelowTypical] => $"Half to one and a half standard deviations of districts below {mean}. {rule}",
            [Band.Typical] => $"Within half a standard deviation of districts from {mean}. {rule}",
            [Band.AboveTypical] => $"Half to one and a half standard deviations of districts above {mean}. {rule}",
            [Band.WellAboveTypical] => $"More than one and a half standard deviations of districts above {mean}. {rule}",
            _ => $"Measured from {mean}. {rule}",
        };
    }

    /// <summary>"Counted from the lowest score; somewhere between the 23rd and the 74th of 100 districts in the synthetic national dataset."</summary>
    public static string PlaceRange(PlaceAmong100 place, bool synthetic) =>
        $"Counted from the lowest score; somewhere between the {Display.Ordinal(place.Low)} and the {Display.Ordinal(place.High)} of 100 districts in {LandmarkSentences.Dataset(synthetic)}.";

    /// <summary>The same among all stages.</summary>
    public static string AllStagesPlace(PlaceAmong100 place) =>
        $"Among districts of all stages: about the {Display.Ordinal(place.Value)}, somewhere between the {Display.Ordinal(place.Low)} and the {Display.Ordinal(place.High)}.";

    public static string NoPlace(PlacingReason? reason, Stage stage) => reason switch
    {
        PlacingReason.TooFewAnswers => "Too few answers to place: a place would say more about chance than about you. You will see your change over time.",
        PlacingReason.DistrictsDifferTooLittle => $"Districts in {Display.StageName(stage)} differ too little to rank. Even 100 answers would not be enough.",
        PlacingReason.NoNorm or null => $"The dataset has too few districts in {Display.StageName(stage)} to place anyone among them.",
        _ => throw new UnreachableException(),
    };

    public static string EquivalentName(EquivalentStage equivalent) => equivalent switch
    {
        EquivalentStage.BeforePlanning => "Before the Planning average",
        EquivalentStage.AboveYear4Plus => $"Above the {Display.StageName(Stage.Year4Plus)} average",
        EquivalentStage.Range { Point: { } point } => $"About {Display.HalfStage(point)}",
        EquivalentStage.Range(var from, var to, _, _, _) when from == to => Display.HalfStage(from),
        EquivalentStage.Range(var from, var to, _, _, _) => $"{Display.HalfStage(from)} to {Display.HalfStage(to)}",
        _ => throw new UnreachableException(),
    };

    public static string EquivalentMeaning(EquivalentStage equivalent)
    {
        const string notATarget = "It is not a target or a forecast.";
        return equivalent switch
        {
            EquivalentStage.BeforePlanning => $"The score and its margin lie below the average of districts in Planning. {notATarget}",
            EquivalentStage.AboveYear4Plus => $"The score and its margin lie above the average of districts in {Display.StageName(Stage.Year4Plus)}. {notATarget}",
            EquivalentStage.Range range => $"Districts averaging this score are typically {Between(range)}. {notATarget}{Plateau(range)}",
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The heading over the categories.</summary>
    public static string CategoriesHeading(IReadOnlyList<CategoryRow> categories)
    {
        List<MeasureRow> rows = [.. categories.Select(row => row.Category).Where(row => row.Score.Points is not null).OrderBy(row => row.Score.Points)];
        bool ordered = rows.Count > 1 && rows[0].Score.Points < rows[1].Score.Points && rows[^2].Score.Points < rows[^1].Score.Points;
        return ordered ? $"{rows[^1].Name} stands highest, {rows[0].Name} lowest" : "What is behind the score";
    }

    /// <summary>The sentence under it: the highest and the lowest with their margins.</summary>
    public static string CategoriesSentence(IReadOnlyList<CategoryRow> categories, Stage stage)
    {
        List<MeasureRow> rows = [.. categories.Select(row => row.Category).Where(row => row.Score.Points is not null).OrderByDescending(row => row.Score.Points)];
        string intro = $"The benchmark is the mean of {Display.CountInWords(categories.Count)} categories.";
        return rows.Count < 2 ? intro : $"{intro} {Standing(rows[0], stage)} {Standing(rows[^1], stage)}";
    }

    public static string StartHeading(StartingPoint start) => start switch
    {
        StartingPoint.Found found => $"Where to start: {found.Category.Name}",
        StartingPoint.NothingBelow or StartingPoint.CannotTellApart => "Where to start",
        _ => throw new UnreachableException(),
    };

    public static string StartSentence(StartingPoint start, Stage stage)
    {
        string year = Display.StageName(stage);
        return start switch
        {
            StartingPoint.Found { Component: null, Category: var category } =>
                $"{category.Name} is the category furthest below its {year} mean ({Against(category)}).",
            StartingPoint.Found { Component: { } component, Category: var category } =>
                $"{category.Name} is the category furthest below its {year} mean ({Against(category)}). Within it, {component.Name} lies furthest below ({Against(component)}).",
            StartingPoint.NothingBelow => $"No category lies below the mean of districts in {year}. The numbers name no place to start; your teachers may.",
            StartingPoint.CannotTellApart(var first, var second) =>
                $"{first.Name} stands lowest beside its {year} mean ({Against(first)}), but the answers cannot tell it apart from the next, {second.Name} ({Against(second)}).",
            _ => throw new UnreachableException(),
        };
    }

    public static string ChangeHeading(ChangeTable change)
    {
        string since = SinceName(change.Before.Stage);
        return change.Benchmark.Verdict switch
        {
            ChangeVerdict.Up => $"The benchmark went up by {Display.Points(change.Benchmark.Points)} points since {since}",
            ChangeVerdict.Down => $"The benchmark went down by {Display.Points(-change.Benchmark.Points)} points since {since}",
            ChangeVerdict.NoDetectableChange => $"No detectable change of the benchmark since {since}",
            _ => throw new UnreachableException(),
        };
    }

    public static string ChangeSentence(ChangeTable change)
    {
        ChangeRow benchmark = change.Benchmark;
        List<ChangeRow> moved = [.. change.Parts.Where(row => row.Verdict != ChangeVerdict.NoDetectableChange)];
        string parts = moved.Count == 0
            ? "No single category or component moved far enough to call it a change on its own."
            : $"On their own: {Display.List([.. moved.Select(row => $"{row.Name} {(row.Verdict == ChangeVerdict.Up ? "up" : "down")}")])}.";
        string smallest = benchmark.Verdict == ChangeVerdict.NoDetectableChange
            ? $" The smallest change we would call a change is {Display.Points(benchmark.SmallestChangePoints)} points."
            : "";
        return $"It was {Display.Score(benchmark.Before)} and is {Display.Score(benchmark.After)}, a change of {Display.SignedWithMargin(benchmark.Points, benchmark.MarginPoints)}. "
            + $"{parts}{smallest} Smaller changes may be there: a true change of {Display.Points(benchmark.FoundFourInFivePoints)} points in the benchmark would be found four times in five.";
    }

    public static string ChangeName(ChangeVerdict verdict) => verdict switch
    {
        ChangeVerdict.Up => "Up",
        ChangeVerdict.Down => "Down",
        ChangeVerdict.NoDetectableChange => "No detectable change",
        _ => throw new UnreachableException(),
    };

    /// <summary>"Year 1", and for Planning "the Planning year".</summary>
    public static string SinceName(Stage stage) => stage == Stage.Planning ? "the Planning year" : Display.StageName(stage);

    /// <summary>The heading over the four landmarks.</summary>
    public static string LandmarksHeading(IReadOnlyList<DistrictLandmark> landmarks) => landmarks.Count(landmark => landmark.Test.Verdict == LandmarkVerdict.Seen) switch
    {
        0 => $"The {Display.CountInWords(landmarks.Count)} landmarks",
        1 => $"One of the {Display.CountInWords(landmarks.Count)} landmarks is already visible",
        int seen => $"{Display.Capital(Display.CountInWords(seen))} of the {Display.CountInWords(landmarks.Count)} landmarks are already visible",
    };

    /// <summary>What the waves show, and once, with the reasons, what they cannot tell.</summary>
    public static string LandmarksSentence(string district, IReadOnlyList<DistrictLandmark> landmarks)
    {
        List<string> sentences = [$"Districts pass {Display.CountInWords(landmarks.Count)} landmarks on the way."];
        List<DistrictLandmark> seen = [.. landmarks.Where(landmark => landmark.Test.Verdict == LandmarkVerdict.Seen)];
        List<DistrictLandmark> notSeen = [.. landmarks.Where(landmark => landmark.Test.Verdict == LandmarkVerdict.NotSeen)];
        List<LandmarkOutcome> open = [.. landmarks.Select(landmark => landmark.Test).Where(test => test.Verdict == LandmarkVerdict.CannotTell)];
        if (seen.Count > 0)
        {
            sentences.Add($"{district}’s waves show {Named(seen)}.");
        }

        if (notSeen.Count > 0)
        {
            sentences.Add($"They do not show {Named(notSeen)}.");
        }

        if (open.Count > 0)
        {
            string subject = open.Count == landmarks.Count ? $"For all {Display.CountInWords(open.Count)}"
                : open.Count == 1 ? "For the remaining one"
                : $"For the other {Display.CountInWords(open.Count)}";
            sentences.Add($"{subject} we cannot tell yet: {string.Join("; ", Reasons(open))}.");
        }

        return string.Join(" ", sentences);
    }

    /// <summary>The chip under a landmark of the district.</summary>
    public static string OwnVerdict(string district, LandmarkOutcome test) => test.Verdict switch
    {
        LandmarkVerdict.Seen => $"Seen in {district}",
        LandmarkVerdict.NotSeen => $"Not seen in {district}",
        LandmarkVerdict.CannotTell => Display.Capital(LandmarkSentences.Why(test)),
        _ => throw new UnreachableException(),
    };

    /// <summary>The sentence under one landmark's chart.</summary>
    public static string OwnGrowth(string district, DistrictLandmark landmark)
    {
        string own = landmark switch
        {
            { Landmark: Landmark.SharedUnderstanding, Share: { } share } => Understanding(district, share, landmark.NationalShare),
            { District: [.., { Points: { Count: > 1 } points }] } => Growth(district, landmark, points[0].Stage, points[^1].Stage),
            { District: [.., { Points: [var only] }] } => $"{district} has one wave on this chart, in {Display.StageName(only.Stage)}: a level, not yet a growth.",
            _ => $"{district} has no wave on this chart yet.",
        };
        return landmark switch
        {
            { Landmark: Landmark.SharedUnderstanding, Test.Verdict: LandmarkVerdict.NotSeen } => $"{own} Growth came later: the first year brought less than half of it.",
            { Landmark: Landmark.Culture, Test.Verdict: LandmarkVerdict.Seen } => $"{own} From there on it has not grown by as much as 10 points.",
            _ => own,
        };
    }

    public static string SchoolsHeading(Participation participation) => participation.SchoolsAnswered switch
    {
        null => "The schools",
        int answered when answered == participation.Schools && answered == 1 => "The school answered",
        int answered when answered == participation.Schools => "Every school answered",
        int answered => $"{Display.Capital(Display.CountInWords(answered))} of {Schools(participation.Schools)} answered",
    };

    /// <summary>Who is behind the score, and what the margins of schools mean.</summary>
    public static string SchoolsSentence(ScoredWave result)
    {
        Turnout turnout = result.Participation.District;
        string rate = turnout.Rate is { } known ? $"{Display.Percent(known)} of teachers took part."
            : turnout.Eligible is null ? $"{Answers(turnout.Answers)} came in. How many teachers could have answered is not known, so there is no response rate and every school counts by its answers."
            : $"{Display.Capital(TurnoutLine(turnout))}.";
        string silent = result.Schools.Silent.Count == 0 ? "" : $" No answers came from {Display.List(result.Schools.Silent)}; the score is that of the other schools.";
        string weight = turnout.Eligible is null || result.SchoolsSampled ? "" : " Each school counts by its roster, however many of its teachers answered.";
        return rate + silent + weight;
    }

    public static string WithheldReason(int schools) => schools == 1
        ? "Too few teachers answered to show this school without pointing at people. Their answers count in the district’s score."
        : $"Too few teachers answered to show these {Display.CountInWords(schools)} schools without pointing at people. Their answers count in the district’s score.";

    public static string LowResponse(Turnout turnout) => turnout.Rate is { } rate
        ? $"{Display.Percent(rate)} of teachers answered. We show the score, but below 40\u00A0% we do not compare it with other districts."
        : "We show the score, but with so few answers we do not compare it with other districts.";

    /// <summary>The small print under the number: the margin, rounding to tens, the edition.</summary>
    public static string Fine(ScoredWave result)
    {
        string rounding = result.Benchmark.Rounding > 1 ? " Scores of fewer than ten teachers are rounded to tens, so that nobody’s answers can be worked out." : "";
        string edition = result.Placing is PlacingState.Placed({ Edition: var label }) ? $" Norm edition {label.Id}{(label.Synthetic ? " (synthetic)" : "")}." : "";
        return MarginMeaning(result) + rounding + edition;
    }

    // What the margin covers and what it does not.
    private static string MarginMeaning(ScoredWave result)
    {
        Turnout turnout = result.Participation.District;
        return result.Benchmark.MarginPoints is null
            ? "There are too few answers or schools to give a margin."
            : turnout is { Precision: TurnoutPrecision.Exact, Eligible: { } eligible } && turnout.Answers == eligible
                ? "The margin is a 95\u00A0% interval. Even if everybody answered, another year’s staff and day would give other answers."
                : "The margin is a 95\u00A0% interval. It covers who happened to answer, not who stayed silent.";
    }

    private static string Answers(int count) => count == 1 ? "1 answer" : $"{Display.Count(count)} answers";

    private static string Schools(int count) => count == 1 ? "1 school" : $"{Display.Count(count)} schools";

    private static string Standing(MeasureRow row, Stage stage)
    {
        string margin = Display.Margin(row.Score);
        string own = $"{row.Name} is {At(row.Score)}{(margin.Length == 0 ? "" : $"{Display.NoBreak}{margin}")}";
        return row.StageMeanPoints is { } mean ? $"{own}, where districts in {Display.StageName(stage)} average {Display.Points(mean)}." : $"{own}.";
    }

    private static string Against(MeasureRow row) => row.StageMeanPoints is { } mean
        ? $"{Display.WithMargin(row.Score)} against {Display.Points(mean)}"
        : Display.WithMargin(row.Score);

    private static string Between(EquivalentStage.Range range) => range.From == range.To
        ? $"in {Display.HalfStage(range.From)}"
        : $"between {Display.HalfStage(range.From)} and {Display.HalfStage(range.To)}";

    private static string Plateau(EquivalentStage.Range range) => (range.PlateauFrom, range.PlateauTo) switch
    {
        ({ } from, { } to) => $" Scores cannot tell {Display.StageName(from)} and {Display.StageName(to)} apart: districts at both average nearly the same.",
        _ => "",
    };

    private static string Named(IReadOnlyList<DistrictLandmark> landmarks) => Display.List([.. landmarks.Select(landmark => LandmarkSentences.Name(landmark.Landmark))]);

    private static IEnumerable<string> Reasons(IReadOnlyList<LandmarkOutcome> open)
    {
        int waves = open.Count(test => test.Reason == LandmarkReason.TooFewWaves);
        if (waves > 0)
        {
            yield return $"{Display.CountInWords(waves)} {(waves == 1 ? "needs" : "need")} a later wave";
        }

        int growth = open.Count(test => test.Reason == LandmarkReason.GrowthNotEstablished);
        if (growth > 0)
        {
            yield return $"for {Display.CountInWords(growth)} it is not established that there is growth";
        }

        foreach (LandmarkOutcome test in open.Where(test => test.Reason == LandmarkReason.MarginsTooWide))
        {
            yield return test.TeachersNeeded is { } teachers
                ? $"one needs about {Display.Count(teachers)} teachers a wave to settle"
                : "for one the margins are too wide";
        }
    }

    private static string Understanding(string district, ShareOfGrowth share, ShareOfGrowth? national)
    {
        string soFar = share.LastStage == Stage.Year4Plus ? "" : " so far";
        string made = share.Share > 1 ? "all" : Display.Share(share.Share);
        string own = $"By {Display.StageName(Stage.Year1)}, {district} had made {made} of its growth{soFar} (somewhere {LandmarkSentences.ShareInterval(share)}).";
        return national is null ? own : $"{own} Districts in the dataset made {Display.Share(national.Share)} over the same stages.";
    }

    private static string Growth(string district, DistrictLandmark landmark, Stage from, Stage to)
    {
        IEnumerable<string> curves = landmark.District.Select((curve, place) => $"{curve.Name} {Moved(curve.Points)}{InDataset(landmark.National[place], from, to)}");
        return $"From {Display.StageName(from)} to {Display.StageName(to)}, {district}’s {Display.List([.. curves])}.";
    }

    private static string InDataset(NationalCurve curve, Stage from, Stage to)
    {
        NationalPoint? first = curve.Points.FirstOrDefault(point => point.Stage == from);
        NationalPoint? last = curve.Points.FirstOrDefault(point => point.Stage == to);
        return first is null || last is null ? "" : $" (dataset: {Display.Signed(Printed(last.CrossSectionPoints) - Printed(first.CrossSectionPoints))})";
    }

    // Scores rounded to tens differ by tens at best: the words say so.
    private static string Moved(IReadOnlyList<DistrictPoint> points)
    {
        if (points[0].Score.Points is not { } first || points[^1].Score.Points is not { } last)
        {
            return "is withheld";
        }

        double growth = Printed(last) - Printed(first);
        string about = points.Any(point => point.Score.Rounding > 1) ? "about " : "";
        return growth == 0 ? "did not move" : $"{(growth > 0 ? "grew" : "fell")} by {about}{Display.Points(Math.Abs(growth))} points";
    }

    private static double Printed(double points) => Math.Round(points, MidpointRounding.AwayFromZero);
}
