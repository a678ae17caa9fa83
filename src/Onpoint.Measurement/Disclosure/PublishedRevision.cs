using Onpoint.Measurement.Estimation;

namespace Onpoint.Measurement.Disclosure;

/// <summary>Responses that everything published about a wave treats alike: one school, one revision, one answer to each context question.</summary>
/// <param name="SchoolId">The sender's text id of the school.</param>
/// <param name="Revision">The first revision that held these responses.</param>
/// <param name="Groups">Shape [context questions]: the option's code; null when the question was not answered.</param>
/// <param name="Responses">Count.</param>
/// <param name="Counts">Shape [components]: those with a score on each component (count).</param>
public sealed record DisclosureAtom(string SchoolId, int Revision, IReadOnlyList<string?> Groups, int Responses, IReadOnlyList<int> Counts);

/// <summary>One option of a context question: the teachers who chose it.</summary>
/// <param name="Question">The question's code.</param>
/// <param name="Option">The option's code.</param>
public sealed record ContextGroup(string Question, string Option);

/// <summary>A stratum with its exact weight.</summary>
/// <param name="Schools">Text ids.</param>
/// <param name="Size">Roster or answers of its schools together (count): the weights W_h are these sizes divided by their sum.</param>
public sealed record StratumSize(IReadOnlyList<string> Schools, long Size)
{
    /// <summary>The strata of an estimate, or its clusters, with their sizes as whole numbers.</summary>
    public static IReadOnlyList<StratumSize> Of(WaveEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return [.. estimate.Strata.Select(stratum => new StratumSize(stratum.Schools, stratum.Schools.Sum(
            school => estimate.DenominatorUnknown ? estimate.Schools[school].ScoredTeachers : (long)estimate.Schools[school].Eligible!)))];
    }
}

/// <summary>What one revision of a wave published.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Strata">The strata of its estimate; every school with a score is in one.</param>
/// <param name="District">Whether it published the district's row.</param>
/// <param name="Schools">The schools whose rows it published, text ids.</param>
/// <param name="Groups">The context groups whose rows it published.</param>
public sealed record PublishedRevision(
    int Revision, IReadOnlyList<StratumSize> Strata, bool District, IReadOnlyCollection<string> Schools, IReadOnlyCollection<ContextGroup> Groups);

/// <summary>What readers see of a context group.</summary>
/// <param name="Group">The group.</param>
/// <param name="ShownRevision">The revision whose values readers see; null when the group is withheld, or waits for its first row.</param>
/// <param name="Code">Null when the shown revision holds every score of the newest.</param>
public sealed record ContextDecision(ContextGroup Group, int? ShownRevision, WithheldCode? Code);
