using Onpoint.Measurement.Growth;

namespace Onpoint.Measurement.Landmarks;

/// <summary>The four published growth patterns.</summary>
public enum Landmark
{
    /// <summary>Communication: most of the growth by Year 1.</summary>
    SharedUnderstanding = 1,

    /// <summary>Operations: steady growth.</summary>
    Operations = 2,

    /// <summary>Instructional design: most growth at the outset, the teacher role first, the student role later.</summary>
    StudentAgency = 3,

    /// <summary>Culture: flat after Year 2.</summary>
    Culture = 4,
}

/// <summary>Whether data show a landmark.</summary>
public enum LandmarkVerdict
{
    /// <summary>Every gate and condition lies on its side with its whole interval.</summary>
    Seen,

    /// <summary>Growth is lost, or a condition is refuted.</summary>
    NotSeen,

    /// <summary>Neither; <see cref="LandmarkResult.Reason"/> says why.</summary>
    CannotTell,
}

/// <summary>What a verdict rests on.</summary>
public enum LandmarkBasis
{
    /// <summary>Within-district growth of districts seen at two or more stages.</summary>
    Panel,

    /// <summary>Means over the districts seen at each stage.</summary>
    CrossSection,

    /// <summary>The mean of the members seen at every stage concerned, with teachers' sampling errors only.</summary>
    OwnWaves,
}

/// <summary>Why a verdict is "cannot tell".</summary>
public enum LandmarkReason
{
    /// <summary>The stages needed were not seen, or in too few districts.</summary>
    TooFewWaves,

    /// <summary>A gate's interval holds 0.</summary>
    GrowthNotEstablished,

    /// <summary>All gates hold, but some condition's interval reaches both sides.</summary>
    MarginsTooWide,
}

/// <summary>The side of a threshold.</summary>
public enum ThresholdSide
{
    /// <summary>Above it.</summary>
    Above,

    /// <summary>Below it.</summary>
    Below,
}

/// <summary>What one gate or condition compares.</summary>
public enum LandmarkQuantity
{
    /// <summary>Gate: growth from <see cref="LandmarkTest.From"/> to <see cref="LandmarkTest.To"/>.</summary>
    Growth,

    /// <summary>Landmark 1: growth to Year 1 minus half of all growth.</summary>
    FirstYearBeyondHalf,

    /// <summary>Landmark 2: a step minus a third of the mean step.</summary>
    StepBeyondThirdOfMean,

    /// <summary>Landmark 2: twice the mean step minus a step.</summary>
    TwiceMeanBeyondStep,

    /// <summary>Landmark 3: design growth to Year 1 minus the mean later step.</summary>
    FirstYearBeyondLaterSteps,

    /// <summary>Landmark 3: growth of the teacher role minus growth of the student role, to Year 1.</summary>
    TeacherBeyondStudent,

    /// <summary>Landmark 3: growth of the student role minus growth of the teacher role, after Year 1.</summary>
    StudentBeyondTeacher,

    /// <summary>Landmark 4: growth after Year 2.</summary>
    GrowthAfterYear2,
}

/// <summary>One gate or condition with its intervals.</summary>
public sealed record LandmarkTest
{
    /// <summary>What is compared.</summary>
    public required LandmarkQuantity Quantity { get; init; }

    /// <summary>Where the growth or step begins.</summary>
    public required Stage From { get; init; }

    /// <summary>Where it ends.</summary>
    public required Stage To { get; init; }

    /// <summary>The threshold. Points.</summary>
    public required double ThresholdPoints { get; init; }

    /// <summary>The side on which the landmark wants the quantity.</summary>
    public required ThresholdSide Wanted { get; init; }

    /// <summary>The estimate. Points.</summary>
    public required double Points { get; init; }

    /// <summary>Its standard error. Points.</summary>
    public required double StandardErrorPoints { get; init; }

    /// <summary>Its degrees of freedom.</summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>Lower end of the 95 % interval. Points.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of the 95 % interval. Points.</summary>
    public required double High { get; init; }

    /// <summary>Lower end of the interval that can refute: level 1 - .05/q for one of q conditions, 95 % for a gate. Points.</summary>
    public required double RefutingLow { get; init; }

    /// <summary>Upper end of the interval that can refute. Points.</summary>
    public required double RefutingHigh { get; init; }

    /// <summary>The whole 95 % interval lies on the wanted side.</summary>
    public bool Holds => Wanted == ThresholdSide.Above ? Low > ThresholdPoints : High < ThresholdPoints;

    /// <summary>The whole refuting interval lies on the other side.</summary>
    public bool Refuted => Wanted == ThresholdSide.Above ? RefutingHigh < ThresholdPoints : RefutingLow > ThresholdPoints;
}

/// <summary>The test of one landmark.</summary>
public sealed record LandmarkResult
{
    /// <summary>Which landmark.</summary>
    public required Landmark Landmark { get; init; }

    /// <summary>The verdict.</summary>
    public required LandmarkVerdict Verdict { get; init; }

    /// <summary>What it rests on; null when there were too few waves for any basis.</summary>
    public required LandmarkBasis? Basis { get; init; }

    /// <summary>Why it is "cannot tell"; null for the other verdicts.</summary>
    public required LandmarkReason? Reason { get; init; }

    /// <summary>Teachers per wave at which the present estimates would give a verdict (count, whole tens upward); null unless margins are too wide on own waves, and when no realistic number (10,000) would do.</summary>
    public required int? TeachersNeeded { get; init; }

    /// <summary>Districts behind the verdict (count).</summary>
    public required int Districts { get; init; }

    /// <summary>The stages concerned, consecutive; empty when there were too few waves.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>The gates: growth that must be there.</summary>
    public required IReadOnlyList<LandmarkTest> Gates { get; init; }

    /// <summary>The conditions: the pattern of that growth.</summary>
    public required IReadOnlyList<LandmarkTest> Conditions { get; init; }

    /// <summary>
    /// Landmark 1 only: the part of the growth that came by Year 1, for each last stage from Year 2 to that of <see cref="Stages"/>, in this order (a district is
    /// compared with the nation over its own stages). A last stage up to which the growth is not significantly positive is left out.
    /// </summary>
    public required IReadOnlyList<GrowthShare> Shares { get; init; }
}
