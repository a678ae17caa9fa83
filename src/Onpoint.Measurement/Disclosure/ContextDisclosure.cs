namespace Onpoint.Measurement.Disclosure;

/// <summary>Disclosure control of context breakdowns: the district's teachers by their answer to one context question, never crossed with anything.</summary>
/// <remarks>
/// <para>
/// Definition. A group's row is the mean of its teachers, each weighted as in the district, W_h / n_h of the teacher's stratum. Groups of a question are
/// hidden as schools are (<see cref="ComplementaryHiding"/>), with responses for rosters. Teachers who did not answer the question are never shown, but they are a group to be
/// protected: the district less the groups shown is theirs. A group hidden once stays hidden. A group's row is renewed only together with the district's, and when
/// each component has 0 or at least 5 new scores, and some component has them.
/// </para>
/// <para>
/// Groups overlap with schools and late answers, so these rules alone are not enough. Questions are therefore admitted one after the other, in the
/// order given, and the new rows of each only if no combination of all rows ever published, theirs included, rests on fewer than five teachers (<see cref="IsolationCheck"/>, component by component);
/// while one does, the smallest new group (n*, then code, ordinal) is hidden, or waits if it was shown before.
/// </para>
/// <para>Source: ours (docs/methodology.md 8). Assumes that answers are only added.</para>
/// </remarks>
public static class ContextDisclosure
{
    /// <summary>Decides which context groups of a wave readers see in this revision.</summary>
    /// <param name="questions">Codes of the context questions: earlier ones are admitted first.</param>
    /// <param name="atoms">All responses of the wave in any order; an atom may be given in parts.</param>
    /// <param name="history">
    /// Every revision that published something, in their order. The last is this one: its schools and district as
    /// <see cref="DisclosureControl.Decide"/> decided, and no groups yet.
    /// </param>
    /// <param name="withheldBefore">Groups that a decision of an earlier revision withheld with a code other than <see cref="WithheldCode.Pending"/>.</param>
    /// <returns>One decision per group with responses, by question in the order given, then by code, ordinal.</returns>
    /// <exception cref="ArgumentException">
    /// An atom has not one answer per question or not the same components as the others; the history is empty, not in order, has groups in its last revision, or a stratum misses.
    /// </exception>
    public static IReadOnlyList<ContextDecision> Decide(
        IReadOnlyList<string> questions, IReadOnlyList<DisclosureAtom> atoms, IReadOnlyList<PublishedRevision> history, IReadOnlyCollection<ContextGroup> withheldBefore)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(atoms);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(withheldBefore);
        if (atoms.Any(atom => atom.Groups.Count != questions.Count || atom.Counts.Count != atoms[0].Counts.Count))
        {
            throw new ArgumentException("An atom has one answer per context question, and every atom counts the same components.", nameof(atoms));
        }

        if (history is not [.., { Groups.Count: 0 }] || history.Zip(history.Skip(1)).Any(pair => pair.First.Revision >= pair.Second.Revision))
        {
            throw new ArgumentException("The history is in order and ends with this revision, without groups.", nameof(history));
        }

        foreach (PublishedRevision revision in history)
        {
            HashSet<string> known = [.. revision.Strata.SelectMany(stratum => stratum.Schools)];
            if (atoms.FirstOrDefault(atom => atom.Revision <= revision.Revision && atom.Counts.Any(count => count > 0) && !known.Contains(atom.SchoolId)) is { } homeless)
            {
                throw new ArgumentException($"Revision {revision.Revision} has no stratum of school {homeless.SchoolId}.", nameof(history));
            }
        }

        var rows = new PublishedRows(questions, atoms, history);
        PublishedRevision now = history[^1];
        List<ContextGroup> admitted = [];
        List<ContextDecision> decisions = [];
        for (int question = 0; question < questions.Count; question++)
        {
            Group[] groups = [.. Groups(questions[question], question, atoms, history, withheldBefore)];
            HashSet<string> hidden = [];
            HashSet<string> renewed = [];
            if (now.District)
            {
                (hidden, renewed) = Admit(groups, candidates => rows.AreSafeWith([.. admitted, .. candidates.Select(group => group.Key!)]));
            }

            foreach (Group group in groups.Where(group => group.Key is not null))
            {
                ContextDecision decision = group.WasWithheld || hidden.Contains(group.Id) ? new ContextDecision(group.Key!, null, group.HiddenCode)
                    : renewed.Contains(group.Id) ? new ContextDecision(group.Key!, now.Revision, null)
                    : new ContextDecision(group.Key!, group.ShownRevision, group is { ShownRevision: not null, Changed: false } ? null : WithheldCode.Pending);
                decisions.Add(decision);
                admitted.AddRange(renewed.Contains(group.Id) ? [group.Key!] : []);
            }
        }

        return decisions;
    }

    private static (HashSet<string> Hidden, HashSet<string> Renewed) Admit(Group[] groups, Func<IEnumerable<Group>, bool> areSafe)
    {
        HashSet<string> dropped = [];
        while (true)
        {
            HashSet<string> hidden = ComplementaryHiding.Hide(groups.Select(group => new HidingCandidate(
                group.Id, group.SmallestCount, group.Responses, null,
                WasWithheld: group.WasWithheld || (group.ShownRevision is null && dropped.Contains(group.Id)),
                NeverShown: group.Key is null)));
            Group[] candidates = [.. groups.Where(group => group is { Key: not null, MayBeRenewed: true } && !hidden.Contains(group.Id) && !dropped.Contains(group.Id))];
            if (candidates.Length == 0 || areSafe(candidates))
            {
                return (hidden, [.. candidates.Select(group => group.Id)]);
            }

            dropped.Add(candidates.OrderBy(group => group.SmallestCount).ThenBy(group => group.Id, StringComparer.Ordinal).First().Id);
        }
    }

    private static IEnumerable<Group> Groups(
        string code, int question, IReadOnlyList<DisclosureAtom> atoms, IReadOnlyList<PublishedRevision> history, IReadOnlyCollection<ContextGroup> withheldBefore)
    {
        foreach (IGrouping<string?, DisclosureAtom> members in atoms.Where(atom => atom.Responses > 0).GroupBy(atom => atom.Groups[question]).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            ContextGroup? key = members.Key is { } option ? new ContextGroup(code, option) : null;
            int? lastRow = key is null ? null : history.LastOrDefault(revision => revision.Groups.Contains(key))?.Revision;
            int[] counts = Sum(members);
            int[] shown = Sum(members.Where(atom => atom.Revision <= lastRow));
            bool withheld = key is not null && withheldBefore.Contains(key);
            yield return new Group(key, counts, members.Sum(atom => atom.Responses), withheld ? null : lastRow, withheld, [.. counts.Zip(shown, (all, then) => all - then)]);
        }

        int[] Sum(IEnumerable<DisclosureAtom> some) => [.. atoms[0].Counts.Select((_, component) => some.Sum(atom => atom.Counts[component]))];
    }

    /// <param name="Key">Null for those who did not answer the question.</param>
    /// <param name="Counts">Shape [components] (count).</param>
    /// <param name="Responses">Count.</param>
    /// <param name="ShownRevision">Readers see it; null when they see none.</param>
    /// <param name="WasWithheld">In an earlier revision.</param>
    /// <param name="Added">Shape [components]: scores that came since its last row (count).</param>
    private sealed record Group(ContextGroup? Key, int[] Counts, int Responses, int? ShownRevision, bool WasWithheld, int[] Added)
    {
        public string Id => Key?.Option ?? "";

        public int SmallestCount => Counts.Min();

        public bool Changed => Added.Any(added => added > 0);

        public bool MayBeRenewed => Changed && Added.All(added => added is 0 or >= DisclosureControl.SmallestShown);

        public WithheldCode HiddenCode => SmallestCount < DisclosureControl.SmallestShown ? WithheldCode.TooFew : WasWithheld ? WithheldCode.Sticky : WithheldCode.Complementary;
    }

    /// <summary>The rows that a wave's readers ever saw, as coefficients of its atoms.</summary>
    private sealed class PublishedRows
    {
        private readonly IReadOnlyList<string> _questions;
        private readonly DisclosureAtom[] _atoms;
        private readonly PublishedRevision _now;
        private readonly List<Component> _components = [];

        public PublishedRows(IReadOnlyList<string> questions, IReadOnlyList<DisclosureAtom> atoms, IReadOnlyList<PublishedRevision> history)
        {
            _questions = questions;
            _atoms = [.. atoms];
            _now = history[^1];
            for (int component = 0; component < (atoms.Count == 0 ? 0 : atoms[0].Counts.Count); component++)
            {
                int[] teachers = Array.ConvertAll(_atoms, atom => atom.Counts[component]);

                // Where nobody skips a question, all components have the same rows.
                if (_components.Any(known => known.Teachers.SequenceEqual(teachers)))
                {
                    continue;
                }

                List<ulong[]> rows = [];
                ulong[] weights = [];
                foreach (PublishedRevision revision in history)
                {
                    weights = Weights(revision, teachers);
                    rows.AddRange(revision.District ? [weights] : []);
                    rows.AddRange(revision.Schools.Select(school => Row(atom => _atoms[atom].SchoolId == school && _atoms[atom].Revision <= revision.Revision, 1)));
                    rows.AddRange(revision.Groups.Select(group => GroupRow(group, weights)));
                }

                _components.Add(new Component(teachers, rows, weights));
            }
        }

        public bool AreSafeWith(IReadOnlyList<ContextGroup> groups) =>
            _components.TrueForAll(component => IsolationCheck.IsSafe([.. component.Rows, .. groups.Select(group => GroupRow(group, component.Weights))], component.Teachers));

        private ulong[] Row(Predicate<int> holds, ulong coefficient) => [.. Enumerable.Range(0, _atoms.Length).Select(atom => holds(atom) ? coefficient : 0)];

        private ulong[] GroupRow(ContextGroup group, ulong[] weights)
        {
            int question = _questions.Index().First(known => known.Item == group.Question).Index;
            return [.. weights.Select((weight, atom) => _atoms[atom].Groups[question] == group.Option ? weight : 0)];
        }

        /// <summary>W_h / n_h of each atom's stratum; 0 for atoms that came later or have no score.</summary>
        private ulong[] Weights(PublishedRevision revision, int[] teachers)
        {
            Dictionary<string, StratumSize> strata = revision.Strata.SelectMany(stratum => stratum.Schools, (stratum, school) => (stratum, school)).ToDictionary(pair => pair.school, pair => pair.stratum);
            Dictionary<StratumSize, long> counts = new(ReferenceEqualityComparer.Instance);
            foreach ((int position, DisclosureAtom atom) in _atoms.Index().Where(entry => entry.Item.Revision <= revision.Revision && teachers[entry.Index] > 0))
            {
                StratumSize stratum = strata[atom.SchoolId];
                counts[stratum] = counts.GetValueOrDefault(stratum) + teachers[position];
            }

            var perTeacher = counts.ToDictionary<KeyValuePair<StratumSize, long>, StratumSize, ulong>(
                pair => pair.Key, pair => PrimeField.Multiply(PrimeField.Of(pair.Key.Size), PrimeField.Inverse(PrimeField.Of(pair.Value))), ReferenceEqualityComparer.Instance);
            return [.. _atoms.Select((atom, position) => atom.Revision <= revision.Revision && teachers[position] > 0 ? perTeacher[strata[atom.SchoolId]] : 0)];
        }

        private sealed record Component(int[] Teachers, List<ulong[]> Rows, ulong[] Weights);
    }
}
