namespace Onpoint.Charts;

/// <summary>Scores over the stages of implementation: curves of the national dataset, and of a district drawn over them.</summary>
/// <remarks>Numbers come in as points of the Onpoint scale; every text comes in formatted and in the reader's language. Only the tick labels of the value axis are formatted here.</remarks>
public sealed record StageChart
{
    /// <summary>What the chart shows, as a headline. Written into the standalone drawing and read out as its name.</summary>
    public required string Title { get; init; }

    /// <summary>Measure and unit, such as "Strategy Communication, score by stage, with 95 % margins". Standalone only.</summary>
    public required string Subtitle { get; init; }

    /// <summary>The sentence that carries the numbers. Standalone only: a page prints it beside the chart.</summary>
    public required string Sentence { get; init; }

    /// <summary>Where the numbers come from; contains the word "synthetic" when the edition is. Standalone only.</summary>
    public required string Caption { get; init; }

    /// <summary>What somebody who cannot see the chart is told: the course of each curve, with its numbers.</summary>
    public required string AltText { get; init; }

    /// <summary>The names of the stages, from left to right; at least two.</summary>
    public required IReadOnlyList<string> Stages { get; init; }

    /// <summary>The curves: at most two of each kind. Within a kind the first has filled marks, the second hollow ones.</summary>
    public required IReadOnlyList<StageSeries> Series { get; init; }

    /// <summary>The one remark drawn above the data; null when there is nothing to point at.</summary>
    public StageAnnotation? Annotation { get; init; }

    /// <summary>Lower end of the value axis in points, a whole hundred. Lowered by hundreds when an interval reaches below it.</summary>
    public int LowestPoints { get; init; } = 400;

    /// <summary>Upper end of the value axis in points, a whole hundred. Raised by hundreds when an interval reaches above it. 400 to 800 for all four landmarks, so that slopes compare.</summary>
    public int HighestPoints { get; init; } = 800;
}

/// <summary>Whose curve it is. It decides colour, shape and how the interval is drawn.</summary>
public enum SeriesKind
{
    /// <summary>Districts in the dataset: blue, circles, the interval as a band.</summary>
    Nation,

    /// <summary>The district of the page: vermillion, squares a little to the right, the interval as error bars.</summary>
    District,
}

/// <summary>One curve.</summary>
/// <param name="Kind">Whose curve it is.</param>
/// <param name="Name">Its label at its last point, in bold, such as "Dataset" or "Cedar Valley". Empty when the value alone says enough. A long name is broken between words.</param>
/// <param name="EndValue">The formatted value of its last point, such as "720".</param>
/// <param name="Points">One entry per stage; null where the stage was not seen or is not published. A line passes over such a stage, a band does not.</param>
public sealed record StageSeries(SeriesKind Kind, string Name, string EndValue, IReadOnlyList<StagePoint?> Points)
{
    /// <summary>The name in the standalone drawing, where no legend of a page helps: "Cedar Valley, teacher role". Null: <see cref="Name"/>.</summary>
    public string? StandaloneName { get; init; }
}

/// <summary>A value with its interval, both in points.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Margin">Half the width of its 95 % interval; null when it has none.</param>
public sealed record StagePoint(double Value, double? Margin);

/// <summary>A remark above the data.</summary>
/// <param name="Lines">Its lines of text; the caller breaks them.</param>
/// <param name="FromStage">Index of the stage where its bracket begins; null for no bracket.</param>
/// <param name="ToStage">Index of the stage where its bracket ends; null for no bracket.</param>
public sealed record StageAnnotation(IReadOnlyList<string> Lines, int? FromStage = null, int? ToStage = null);
