namespace Onpoint.Web.Platform;

/// <summary>What a page shows around its content.</summary>
public sealed record PageFrame
{
    /// <summary>A page made without the database, such as the one after a failure.</summary>
    public static readonly PageFrame Bare = new();

    /// <summary>The edition the page draws on; null when it draws on none. A synthetic one puts the strip on the page.</summary>
    public EditionLabel? Edition { get; init; }

    /// <summary>The made-up district of the demonstration, when it is loaded.</summary>
    public DistrictLink? Demo { get; init; }

    /// <summary>The page shows numbers of the made-up district itself.</summary>
    public bool ShowsDemo { get; init; }

    /// <summary>What on this page is made up, in one sentence; null when nothing is.</summary>
    internal string? SyntheticStrip => (Edition, Demo, ShowsDemo) switch
    {
        ({ Synthetic: true } edition, { } demo, true) => $"The national dataset (edition {edition.Id}) and {demo.Name} are made up, to show how Onpoint works.",
        ({ Synthetic: true } edition, _, _) => $"The national dataset (edition {edition.Id}) is made up, to show how Onpoint works.",
        (_, { } demo, true) => $"{demo.Name} is made up, to show how Onpoint works.",
        _ => null,
    };
}

/// <summary>The name of a norm edition and where its districts come from.</summary>
/// <param name="Id">Such as <c>2026.1</c>.</param>
/// <param name="Synthetic">Made by the published generator.</param>
public sealed record EditionLabel(string Id, bool Synthetic);

/// <summary>A district that can be opened.</summary>
/// <param name="Id">The district's id.</param>
/// <param name="Name">As people say it, such as "Cedar Valley".</param>
public sealed record DistrictLink(Guid Id, string Name);
