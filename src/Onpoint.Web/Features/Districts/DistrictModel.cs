using Onpoint.Measurement;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Placement;
using Onpoint.Web.Features.Landmarks;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Districts;

/// <summary>What the district page shows. Every number has passed disclosure control.</summary>
public sealed record DistrictModel
{
    public required PageFrame Frame { get; init; }

    public required Guid Id { get; init; }

    /// <summary>The full name, such as "Cedar Valley School District".</summary>
    public required string Name { get; init; }

    /// <summary>All waves, the newest first. The one shown is <see cref="SurveyWave.Id"/> of the state's wave.</summary>
    public IReadOnlyList<SurveyWave> Waves { get; init; } = [];

    public required DistrictState State { get; init; }
}

/// <summary>How far the chosen wave has come.</summary>
public abstract record DistrictState
{
    private DistrictState()
    {
    }

    /// <summary>The district has no wave yet.</summary>
    /// <param name="PlanningYear">The ending year of the district's Planning year; null when unknown.</param>
    public sealed record NoWave(int? PlanningYear) : DistrictState;

    /// <summary>Set up; the survey has not opened yet.</summary>
    public sealed record Scheduled(SurveyWave Wave) : DistrictState;

    /// <summary>Answers are coming in: only counts are shown.</summary>
    public sealed record Open(SurveyWave Wave, Participation Participation) : DistrictState;

    /// <summary>Closed; the score is being computed.</summary>
    public sealed record Scoring(SurveyWave Wave, Participation Participation) : DistrictState;

    /// <summary>Closed; too few teachers answered to show anything.</summary>
    public sealed record Withheld(SurveyWave Wave, Participation Participation) : DistrictState;

    /// <summary>Closed and scored.</summary>
    public sealed record Scored(ScoredWave Result) : DistrictState;
}

/// <summary>One wave of a district.</summary>
/// <param name="Id">The wave's id.</param>
/// <param name="Term">The term as the sender wrote it, such as "spring"; empty when there is none.</param>
/// <param name="SchoolYear">Ending year of the school year.</param>
/// <param name="Stage">Stage of the district in it.</param>
public sealed record SurveyWave(Guid Id, string Term, int SchoolYear, Stage Stage);

/// <summary>How exactly readers may know a count of answers.</summary>
public enum TurnoutPrecision
{
    /// <summary>The count itself.</summary>
    Exact,

    /// <summary>A total that would give a small school away: "at least".</summary>
    AtLeast,

    /// <summary>A roster below 10: fewer than five answered.</summary>
    BelowFive,

    /// <summary>A roster below 10: five or more answered.</summary>
    FiveOrMore,
}

/// <summary>How many answered.</summary>
/// <param name="Answers">Count; the lower limit for <see cref="TurnoutPrecision.AtLeast"/>, without meaning for the two small ones.</param>
/// <param name="Precision">How exact the count is.</param>
/// <param name="Eligible">On the roster (count); null when unknown.</param>
/// <param name="Rate">Fraction; null when there is none: roster unknown, more answers than teachers, or a count that is not exact.</param>
public sealed record Turnout(int Answers, TurnoutPrecision Precision, int? Eligible, double? Rate);

/// <summary>Participation in a wave.</summary>
public sealed record Participation
{
    public required Turnout District { get; init; }

    /// <summary>Schools with at least one answer (count); null where that would give a school away.</summary>
    public int? SchoolsAnswered { get; init; }

    /// <summary>Schools of the wave (count).</summary>
    public required int Schools { get; init; }

    /// <summary>By school, while the wave is open and where nothing else shows them; in the order to be shown.</summary>
    public IReadOnlyList<SchoolTurnout> BySchool { get; init; } = [];
}

/// <summary>One school's turnout, or that of schools which share a line.</summary>
public sealed record SchoolTurnout(IReadOnlyList<string> Schools, Turnout Turnout);

/// <summary>A scored wave.</summary>
public sealed record ScoredWave
{
    public required SurveyWave Wave { get; init; }

    public required Participation Participation { get; init; }

    /// <summary>Answers came after the score was shown and wait until they are at least five.</summary>
    public bool LateAnswersPending { get; init; }

    /// <summary>The wave invited a sample of schools, not all.</summary>
    public bool SchoolsSampled { get; init; }

    /// <summary>What the score can be recomputed from may be downloaded.</summary>
    public bool Reproducible { get; init; }

    /// <summary>The single number.</summary>
    public required PublishedMeasure Benchmark { get; init; }

    /// <summary>In the instrument's order.</summary>
    public required IReadOnlyList<CategoryRow> Categories { get; init; }

    public required PlacingState Placing { get; init; }

    /// <summary>Null when the wave is not placed.</summary>
    public StartingPoint? Start { get; init; }

    /// <summary>In the order of <see cref="Landmark"/>; empty without an edition or for another instrument.</summary>
    public IReadOnlyList<DistrictLandmark> Landmarks { get; init; } = [];

    /// <summary>Since the wave before; null for a first wave, which is a baseline.</summary>
    public ChangeTable? Change { get; init; }

    public required SchoolTable Schools { get; init; }
}

/// <summary>A category with its components.</summary>
public sealed record CategoryRow(MeasureRow Category, IReadOnlyList<MeasureRow> Components);

/// <summary>One measure beside its stage.</summary>
/// <param name="Name">Such as "Operations".</param>
/// <param name="Score">The district's.</param>
/// <param name="StageMeanPoints">Mean of the districts at this stage; null when the wave is not placed or the cell is not published.</param>
/// <param name="StageMarginPoints">Half of its 95 % interval.</param>
/// <param name="Bands">One band, two neighbours, or none.</param>
public sealed record MeasureRow(string Name, PublishedMeasure Score, double? StageMeanPoints, double? StageMarginPoints, IReadOnlyList<Band> Bands);

/// <summary>Whether a wave stands beside the national dataset.</summary>
public abstract record PlacingState
{
    private PlacingState()
    {
    }

    /// <summary>No edition of the instrument is frozen yet.</summary>
    public sealed record NoEdition : PlacingState;

    /// <summary>Fewer than 40 % answered: the score stands alone.</summary>
    public sealed record LowResponse : PlacingState;

    /// <summary>Beside the dataset, as far as the answers allow.</summary>
    public sealed record Placed(Placing Placing) : PlacingState;
}

/// <summary>Where the benchmark lies among the districts at its stage.</summary>
public sealed record Placing
{
    public required EditionLabel Edition { get; init; }

    /// <summary>Districts of the edition at the stage (count).</summary>
    public required int Districts { get; init; }

    /// <summary>The cell has fewer than 20 districts or under 1,000 responses.</summary>
    public bool Provisional { get; init; }

    /// <summary>Mean of the stage; null when the cell is not published.</summary>
    public double? StageMeanPoints { get; init; }

    /// <summary>tau of the stage; null below 10 districts.</summary>
    public double? TauPoints { get; init; }

    /// <summary>Noise-corrected quantiles of the stage at 1..99 per cent, in points; empty below 10 districts.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [];

    /// <summary>Among the districts of the stage; null with <see cref="NoPlace"/>.</summary>
    public PlaceAmong100? Stage { get; init; }

    /// <summary>Why <see cref="Stage"/> is null.</summary>
    public PlacingReason? NoPlace { get; init; }

    /// <summary>Among the districts of all stages, each at its latest; null when it has none.</summary>
    public PlaceAmong100? AllStages { get; init; }

    /// <summary>One band, two neighbours, or none that is likely enough.</summary>
    public IReadOnlyList<Band> Bands { get; init; } = [];

    public EquivalentStage? Equivalent { get; init; }
}

/// <summary>A place among 100 districts, counted from the lowest. Whole numbers, 1 to 99; low and high are the 95 % interval.</summary>
public sealed record PlaceAmong100(int Value, int Low, int High);

/// <summary>The stages whose average a score is typical of.</summary>
public abstract record EquivalentStage
{
    private EquivalentStage()
    {
    }

    /// <summary>Below the Planning average, margin included.</summary>
    public sealed record BeforePlanning : EquivalentStage;

    /// <summary>Above the Year 4+ average, margin included.</summary>
    public sealed record AboveYear4Plus : EquivalentStage;

    /// <summary>A range of stages.</summary>
    /// <param name="From">In half stages: 0 is Planning, 1.5 is Year 1½, 4 is Year 4+.</param>
    /// <param name="To">In half stages, at least <paramref name="From"/>.</param>
    /// <param name="Point">In half stages; null when the range is longer than one stage.</param>
    /// <param name="PlateauFrom">Start of a stretch that scores cannot tell apart; null when there is none.</param>
    /// <param name="PlateauTo">Its end; set together with <paramref name="PlateauFrom"/>.</param>
    public sealed record Range(double From, double To, double? Point, Stage? PlateauFrom, Stage? PlateauTo) : EquivalentStage;
}

/// <summary>The part that stands furthest below its stage.</summary>
public abstract record StartingPoint
{
    private StartingPoint()
    {
    }

    /// <summary>A category, and the component within it.</summary>
    public sealed record Found(MeasureRow Category, MeasureRow? Component) : StartingPoint;

    /// <summary>No category lies below its stage mean.</summary>
    public sealed record NothingBelow : StartingPoint;

    /// <summary>The two lowest cannot be told apart.</summary>
    public sealed record CannotTellApart(MeasureRow First, MeasureRow Second) : StartingPoint;
}

/// <summary>One landmark with this district drawn on the national curve.</summary>
public sealed record DistrictLandmark
{
    public required Landmark Landmark { get; init; }

    public required IReadOnlyList<NationalCurve> National { get; init; }

    /// <summary>The same measures of the district, in the same order.</summary>
    public required IReadOnlyList<DistrictCurve> District { get; init; }

    public required LandmarkOutcome Test { get; init; }

    /// <summary>Of shared understanding, when the district's growth is established.</summary>
    public ShareOfGrowth? Share { get; init; }

    /// <summary>The national share over the same stages; set together with <see cref="Share"/>.</summary>
    public ShareOfGrowth? NationalShare { get; init; }

    public required ChartMarkup Chart { get; init; }
}

/// <summary>One measure of the district over its waves.</summary>
public sealed record DistrictCurve(string Measure, string Name, IReadOnlyList<DistrictPoint> Points);

/// <summary>One wave on the curve.</summary>
public sealed record DistrictPoint(Stage Stage, PublishedMeasure Score);

/// <summary>What changed since the wave before.</summary>
public sealed record ChangeTable
{
    public required SurveyWave Before { get; init; }

    public required Turnout AnswersBefore { get; init; }

    /// <summary>The instrument's version differs: only common items are compared.</summary>
    public bool CommonItemsOnly { get; init; }

    public required ChangeRow Benchmark { get; init; }

    /// <summary>Categories, each followed by its components: adjusted together (Holm).</summary>
    public required IReadOnlyList<ChangeRow> Parts { get; init; }
}

/// <summary>One measure's change. Points.</summary>
public sealed record ChangeRow
{
    public required string Name { get; init; }

    public bool IsComponent { get; init; }

    public required PublishedMeasure Before { get; init; }

    public required PublishedMeasure After { get; init; }

    public required double Points { get; init; }

    /// <summary>The adjusted one, so that picture and verdict agree.</summary>
    public required double MarginPoints { get; init; }

    public required ChangeVerdict Verdict { get; init; }

    /// <summary>The smallest change we would call a change.</summary>
    public required double SmallestChangePoints { get; init; }

    /// <summary>The true change found four times in five.</summary>
    public required double FoundFourInFivePoints { get; init; }
}

/// <summary>The schools of a wave.</summary>
public sealed record SchoolTable
{
    /// <summary>The shown ones, in the order to be shown.</summary>
    public IReadOnlyList<SchoolRow> Schools { get; init; } = [];

    /// <summary>The withheld ones, which share one line; null when none is.</summary>
    public SchoolTurnout? Withheld { get; init; }

    /// <summary>Schools without an answer.</summary>
    public IReadOnlyList<string> Silent { get; init; } = [];
}

/// <summary>One shown school.</summary>
/// <param name="Name">The school's name.</param>
/// <param name="Turnout">How many answered.</param>
/// <param name="Benchmark">Its benchmark.</param>
/// <param name="Categories">In the order of the district's categories.</param>
public sealed record SchoolRow(string Name, Turnout Turnout, PublishedMeasure Benchmark, IReadOnlyList<PublishedMeasure> Categories);
