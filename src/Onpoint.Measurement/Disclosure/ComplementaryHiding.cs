namespace Onpoint.Measurement.Disclosure;

/// <summary>A school, or a group of a context question, that may have to be hidden.</summary>
/// <param name="Id">Ordinal order decides ties.</param>
/// <param name="SmallestCount">n* (count).</param>
/// <param name="Responses">Count, above 0.</param>
/// <param name="Eligible">Roster (count); null when unknown.</param>
/// <param name="WasWithheld">Hidden in an earlier revision: hidden for good.</param>
/// <param name="NeverShown">Never published, whatever its size, so the first to cover another.</param>
internal sealed record HidingCandidate(string Id, int SmallestCount, int Responses, int? Eligible, bool WasWithheld, bool NeverShown = false);

/// <summary>Primary and complementary hiding: docs/methodology.md section 8.</summary>
/// <remarks>
/// A candidate with n* below 5 is hidden; then the next smallest (n*, id) until at least two are hidden, together they have 5 teachers, and none
/// with fewer than 5 holds more than 80 % of their joint roster (of their responses when a roster is unknown). Then those hidden in an
/// earlier revision are added, and the same is seen to again. In this order, so that the strata of the estimate, which pool the
/// smallest first, pool hidden schools only. Source: after [Hundepool2012]; 80 % is ours.
/// </remarks>
internal static class ComplementaryHiding
{
    private const int HighestSharePercent = 80;

    /// <param name="candidates">Each id once, in any order.</param>
    /// <returns>The ids of the hidden ones.</returns>
    public static HashSet<string> Hide(IEnumerable<HidingCandidate> candidates)
    {
        HidingCandidate[] ordered = [.. candidates
            .OrderByDescending(candidate => candidate.NeverShown)
            .ThenBy(candidate => candidate.SmallestCount)
            .ThenBy(candidate => candidate.Id, StringComparer.Ordinal)];
        HashSet<HidingCandidate> hidden = [.. ordered.Where(candidate => candidate.SmallestCount < DisclosureControl.SmallestShown)];
        Complete(hidden, ordered);
        hidden.UnionWith(ordered.Where(candidate => candidate.WasWithheld));
        Complete(hidden, ordered);
        return [.. hidden.Select(candidate => candidate.Id)];
    }

    private static void Complete(HashSet<HidingCandidate> hidden, HidingCandidate[] ordered)
    {
        foreach (HidingCandidate next in ordered)
        {
            if (hidden.Count == 0 || CoverEachOther(hidden))
            {
                return;
            }

            hidden.Add(next);
        }
    }

    private static bool CoverEachOther(HashSet<HidingCandidate> hidden)
    {
        bool rosterKnown = hidden.All(candidate => candidate.Eligible is not null);
        long joint = hidden.Sum(Size);
        return hidden.Count >= 2
            && hidden.Sum(candidate => candidate.SmallestCount) >= DisclosureControl.SmallestShown
            && !hidden.Any(candidate => candidate.SmallestCount < DisclosureControl.SmallestShown && 100 * Size(candidate) > HighestSharePercent * joint);

        long Size(HidingCandidate candidate) => rosterKnown ? candidate.Eligible!.Value : candidate.Responses;
    }
}
