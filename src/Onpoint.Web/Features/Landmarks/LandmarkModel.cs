using Microsoft.AspNetCore.Components;
using Onpoint.Measurement;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Landmarks;

/// <summary>One gate or condition with its 95 % interval.</summary>
/// <param name="Quantity">What is compared.</param>
/// <param name="Measure">The name of the measure, such as "Operations".</param>
/// <param name="From">Start of the growth or step.</param>
/// <param name="To">Its end.</param>
/// <param name="Points">The estimate.</param>
/// <param name="LowPoints">Lower limit.</param>
/// <param name="HighPoints">Upper limit.</param>
public sealed record TestLine(LandmarkQuantity Quantity, string Measure, Stage From, Stage To, double Points, double LowPoints, double HighPoints);

/// <summary>A test and its outcome.</summary>
public sealed record LandmarkOutcome
{
    public required LandmarkVerdict Verdict { get; init; }

    /// <summary>Null when too few waves leave nothing to test.</summary>
    public LandmarkBasis? Basis { get; init; }

    /// <summary>Set when, and only when, the verdict is <see cref="LandmarkVerdict.CannotTell"/>.</summary>
    public LandmarkReason? Reason { get; init; }

    /// <summary>The first stage that still has to be surveyed; set with <see cref="LandmarkReason.TooFewWaves"/> when a later wave can supply it.</summary>
    public Stage? NextStage { get; init; }

    /// <summary>Teachers a wave that would settle it (count); null when unknown or when no number would.</summary>
    public int? TeachersNeeded { get; init; }

    /// <summary>Gates first; empty when too few waves leave nothing to test.</summary>
    public IReadOnlyList<TestLine> Lines { get; init; } = [];
}

/// <summary>A share of growth with its 95 % interval. Fractions; above 1 means more than all of it.</summary>
public sealed record ShareOfGrowth(double Share, double Low, double High, Stage LastStage);

/// <summary>The national dataset at one stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="CrossSectionPoints">Mean over the districts seen at the stage.</param>
/// <param name="CrossSectionMarginPoints">Half of its 95 % interval.</param>
/// <param name="PanelPoints">The same districts over time; null when too few were seen twice.</param>
/// <param name="PanelMarginPoints">Half of its 95 % interval.</param>
/// <param name="Districts">Seen at the stage (count).</param>
public sealed record NationalPoint(
    Stage Stage, double CrossSectionPoints, double? CrossSectionMarginPoints, double? PanelPoints, double? PanelMarginPoints, int Districts);

/// <summary>One measure of the national dataset over the stages.</summary>
/// <param name="Measure">The measure's code: <c>strategy-communication</c>, <c>operations</c>, <c>instructional-design</c>, <c>culture-of-innovation</c>, <c>TR</c>, <c>SR</c>.</param>
/// <param name="Name">Such as "Teacher role".</param>
/// <param name="Points">By stage, ascending.</param>
public sealed record NationalCurve(string Measure, string Name, IReadOnlyList<NationalPoint> Points);

/// <summary>The two drawings of one chart: 420 x 300 for cards and phones, 640 x 400 from 44 rem.</summary>
/// <remarks>Each is a whole <c>svg</c> element with role, title and description, and ids of its own.</remarks>
public sealed record ChartMarkup(MarkupString Slim, MarkupString Wide);

/// <summary>One landmark of the national dataset.</summary>
public sealed record NationalLandmark
{
    public required Landmark Landmark { get; init; }

    /// <summary>The measures it speaks of; for student agency Instructional Design, teacher role and student role.</summary>
    public required IReadOnlyList<NationalCurve> Curves { get; init; }

    public required LandmarkOutcome Test { get; init; }

    /// <summary>Of shared understanding, when its growth is established.</summary>
    public ShareOfGrowth? Share { get; init; }

    public required ChartMarkup Chart { get; init; }
}

/// <summary>A frozen norm edition, as a reader can check it.</summary>
public sealed record EditionCard
{
    public required string Id { get; init; }

    public required EditionKind Kind { get; init; }

    /// <summary>SHA-256 of the edition file, in hexadecimal.</summary>
    public required string Hash { get; init; }

    public required int Districts { get; init; }

    public required int Waves { get; init; }

    public required int Responses { get; init; }

    /// <summary>The path of the edition file; null where it cannot be downloaded.</summary>
    public string? DownloadPath { get; init; }
}

/// <summary>What the landmarks page shows.</summary>
public sealed record LandmarksModel
{
    public required PageFrame Frame { get; init; }

    /// <summary>Null as long as no edition is frozen: then there are no landmarks either.</summary>
    public EditionCard? Edition { get; init; }

    /// <summary>In the order of <see cref="Landmark"/>.</summary>
    public IReadOnlyList<NationalLandmark> Landmarks { get; init; } = [];
}
