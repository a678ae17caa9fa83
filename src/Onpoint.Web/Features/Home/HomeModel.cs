using Microsoft.AspNetCore.Components;
using Onpoint.Measurement;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Placement;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Home;

/// <summary>What the home page shows.</summary>
public sealed record HomeModel
{
    public required PageFrame Frame { get; init; }

    /// <summary>The demonstration district's newest score, when there is one.</summary>
    public Specimen? Specimen { get; init; }
}

/// <summary>One score as an example of what a district sees.</summary>
public sealed record Specimen
{
    public required DistrictLink District { get; init; }

    public required Stage Stage { get; init; }

    public required PublishedMeasure Benchmark { get; init; }

    /// <summary>Empty when no band is likely enough, or without an edition.</summary>
    public IReadOnlyList<Band> Bands { get; init; } = [];

    /// <summary>The change of the benchmark since the wave before; null for a first wave.</summary>
    public ChangeRow? Change { get; init; }

    /// <summary>The stage of the wave before; set together with <see cref="Change"/>.</summary>
    public Stage? ChangeSince { get; init; }

    /// <summary>An <c>svg</c> element of the benchmark by stage, 420 x 230; null without an edition.</summary>
    public MarkupString? Chart { get; init; }
}
