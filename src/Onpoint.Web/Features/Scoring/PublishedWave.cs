using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Placement;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Norms;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Scoring;

/// <summary>How far a wave has come, for readers.</summary>
internal enum WaveStatus
{
    /// <summary>Not open yet.</summary>
    Scheduled,

    /// <summary>Answers come in; only counts are shown.</summary>
    Open,

    /// <summary>Closed, and the scores are on their way.</summary>
    Scoring,

    /// <summary>Closed and scored.</summary>
    Scored,
}

/// <summary>A unit as readers may see it.</summary>
/// <param name="Id">The district's or the school's id.</param>
/// <param name="Name">For a person.</param>
/// <param name="Code">Why it is not shown, or not in its newest revision; for logs and wording, the readers' word is "protected".</param>
/// <param name="Measures">In the plan's order; empty when withheld.</param>
internal sealed record PublishedUnit(Guid Id, string Name, WithheldCode? Code, IReadOnlyList<PublishedMeasure> Measures)
{
    public bool Withheld => Measures.Count == 0;

    public PublishedMeasure? Find(string measure) => Measures.FirstOrDefault(published => published.Measure == measure);
}

/// <summary>A wave after disclosure control. The only form in which scores leave the database.</summary>
internal sealed record PublishedWave
{
    public required Wave Wave { get; init; }

    public required District District { get; init; }

    public required ReadyInstrument Instrument { get; init; }

    public required WaveStatus Status { get; init; }

    /// <summary>The revision whose district values are shown; null when none is.</summary>
    public int? Revision { get; init; }

    /// <summary>The district; null until the wave is scored.</summary>
    public PublishedUnit? Unit { get; init; }

    /// <summary>The schools that answered, by name; empty until the wave is scored.</summary>
    public IReadOnlyList<PublishedUnit> Schools { get; init; } = [];

    public required WaveCounts Counts { get; init; }

    /// <summary>The edition the wave is placed in, else the newest of its instrument; null when there is none.</summary>
    public FrozenEdition? Edition { get; init; }

    /// <summary>The placing of each measure; empty when the wave is not placed.</summary>
    public IReadOnlyList<MeasurePlacing> Placings { get; init; } = [];

    /// <summary>Fewer than 40 % of the roster answered.</summary>
    public bool LowResponse { get; init; }

    /// <summary>Whether what the shown revision can be recomputed from may be downloaded.</summary>
    public bool Reproducible { get; init; }

    /// <summary>Where to start; null when the wave is not placed.</summary>
    public WhereToStart? Start { get; init; }

    public MeasurePlacing? FindPlacing(string measure) => Placings.FirstOrDefault(placing => placing.Measure == measure);
}

/// <summary>A district and all its waves, the newest first, after disclosure control.</summary>
/// <param name="District">The district.</param>
/// <param name="Waves">Of all instruments.</param>
/// <param name="Landmarks">What its own waves show; empty when nothing may be compared or the instrument has no landmarks.</param>
/// <param name="Changes">By the later wave's id: the change since the wave before it.</param>
internal sealed record PublishedDistrict(
    District District, IReadOnlyList<PublishedWave> Waves, IReadOnlyList<LandmarkResult> Landmarks, IReadOnlyDictionary<WaveId, WaveComparison> Changes);

/// <summary>Two neighbouring waves of one district compared.</summary>
internal sealed record WaveComparison(PublishedWave Earlier, IReadOnlyList<MeasureChange> Measures);
