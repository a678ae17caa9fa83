namespace Onpoint.Measurement.Disclosure;

/// <summary>Answers of one school so far.</summary>
/// <param name="SchoolId">The sender's text id.</param>
/// <param name="Responses">Count.</param>
/// <param name="Eligible">Roster (count); null when unknown.</param>
public sealed record SchoolCount(string SchoolId, int Responses, int? Eligible);

/// <summary>How a published count of responses is meant.</summary>
public enum CountPrecision
{
    /// <summary>Exactly this many.</summary>
    Exact,

    /// <summary>This many or more.</summary>
    AtLeast,

    /// <summary>Fewer than this.</summary>
    Below,
}

/// <summary>A count of responses fit for readers.</summary>
/// <param name="SchoolIds">The schools of the line: one, several withheld together, or all.</param>
/// <param name="Responses">Count, to be read with <paramref name="Precision"/>.</param>
/// <param name="Precision">How it is meant.</param>
/// <param name="Eligible">Their roster (count); null when that of any is unknown.</param>
public sealed record PublishedCount(IReadOnlyList<string> SchoolIds, int Responses, CountPrecision Precision, int? Eligible)
{
    /// <summary>Responses / eligible. Fraction, 0 to 1; null when the roster is unknown or too short, or the count is not exact.</summary>
    public double? Rate => Precision == CountPrecision.Exact && Eligible is > 0 and { } eligible && Responses <= eligible ? (double)Responses / eligible : null;
}

/// <summary>Response counts that readers may see while a wave is open and afterwards.</summary>
/// <remarks>
/// <para>
/// Definition. A line of a roster below 10 (or unknown) says "below 5" or "5 or more" only: in a staff of six "five of six answered" nearly
/// names the silent one. When any line is so coarse, the total is the exact lines' total, "at least": an exact
/// total would give the coarse line away. Schools withheld together share one line.
/// </para>
/// <para>Source: ours (docs/methodology.md 8).</para>
/// </remarks>
public static class ResponseCounts
{
    /// <summary>Smallest roster whose exact count is shown (count).</summary>
    public const int SmallestExactRoster = 10;

    /// <summary>Makes the lines and their total.</summary>
    /// <param name="schools">Every school of the wave once.</param>
    /// <param name="withheldTogether">Ids of the schools that disclosure control withholds; empty while the wave is open.</param>
    /// <returns>The lines by text id, ordinal, that of the withheld schools last; and the total over all schools.</returns>
    public static (IReadOnlyList<PublishedCount> Lines, PublishedCount Total) Publish(IReadOnlyList<SchoolCount> schools, IReadOnlySet<string> withheldTogether)
    {
        ArgumentNullException.ThrowIfNull(schools);
        ArgumentNullException.ThrowIfNull(withheldTogether);
        SchoolCount[] ordered = [.. schools.OrderBy(school => school.SchoolId, StringComparer.Ordinal)];
        SchoolCount[] withheld = [.. ordered.Where(school => withheldTogether.Contains(school.SchoolId))];
        PublishedCount[] lines = [.. ordered.Except(withheld).Select(school => Line([school])), .. withheld.Length == 0 ? [] : new[] { Line(withheld) }];

        bool exact = lines.All(line => line.Precision == CountPrecision.Exact);
        int total = lines.Where(line => line.Precision == CountPrecision.Exact).Sum(line => line.Responses);
        return (lines, new PublishedCount([.. ordered.Select(school => school.SchoolId)], total, exact ? CountPrecision.Exact : CountPrecision.AtLeast, Roster(ordered)));
    }

    private static PublishedCount Line(SchoolCount[] schools)
    {
        string[] ids = [.. schools.Select(school => school.SchoolId)];
        int responses = schools.Sum(school => school.Responses);
        int? roster = Roster(schools);
        return roster >= SmallestExactRoster
            ? new PublishedCount(ids, responses, CountPrecision.Exact, roster)
            : new PublishedCount(
                ids, DisclosureControl.SmallestShown, responses < DisclosureControl.SmallestShown ? CountPrecision.Below : CountPrecision.AtLeast, roster);
    }

    private static int? Roster(SchoolCount[] schools) => schools.Any(school => school.Eligible is null) ? null : schools.Sum(school => school.Eligible);
}
