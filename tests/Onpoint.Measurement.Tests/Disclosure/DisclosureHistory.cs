using System.Numerics;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Instruments;

namespace Onpoint.Measurement.Tests.Disclosure;

/// <summary>One teacher's answer as disclosure control knows it.</summary>
/// <param name="School">Position of the school.</param>
/// <param name="First">Whether it has a score on the first component.</param>
/// <param name="Second">Whether it has one on the second.</param>
/// <param name="Groups">The answers to the context questions; none in a wave without.</param>
internal sealed record TeacherAnswer(int School, bool First = true, bool Second = true, params string?[] Groups);

/// <summary>
/// A wave with late batches, published revision after revision as <see cref="DisclosureControl"/> and <see cref="ContextDisclosure"/> decide, and
/// everything its readers ever saw as rows over atoms (school x batch x context answers), one table per component.
/// </summary>
internal sealed class DisclosureHistory
{
    private const int Components = 2;

    private readonly ScoringPlan _plan = new(TestInstrument.Of([1, 1]));
    private readonly int?[] _rosters;
    private readonly string[] _questions;
    private readonly List<TeacherAnswer[]> _batches = [];
    private readonly Dictionary<string, (int Revision, RowBasis Row)> _own = [];
    private readonly Dictionary<string, int> _shown = [];
    private readonly HashSet<string> _withheld = [];
    private readonly List<PublishedRevision> _published = [];
    private readonly HashSet<ContextGroup> _withheldGroups = [];
    private Dictionary<string, RowBasis> _inDistrict = [];

    public DisclosureHistory(int?[] rosters, params string[] questions)
    {
        _rosters = rosters;
        _questions = questions;
    }

    public DisclosureHistory(params int[] rosters)
        : this(Array.ConvertAll(rosters, roster => (int?)roster))
    {
    }

    /// <summary>The decisions on context groups of the latest revision.</summary>
    public IReadOnlyList<ContextDecision> Groups { get; private set; } = [];

    /// <summary>How often the district was published.</summary>
    public int DistrictPublications => _published.Count(revision => revision.District);

    /// <summary>How often a group was published.</summary>
    public int GroupPublications => _published.Sum(revision => revision.Groups.Count);

    /// <summary>Changes a roster from the next revision on.</summary>
    public void Enrol(int school, int? roster) => _rosters[school] = roster;

    /// <summary>Adds a batch of complete answers, so many per school, decides and publishes.</summary>
    public IReadOnlyList<DisclosureDecision> Publish(params int[] answersPerSchool) =>
        Publish([.. answersPerSchool.SelectMany((count, school) => Enumerable.Repeat(new TeacherAnswer(school), count))]);

    /// <summary>Adds a batch, decides and publishes.</summary>
    public IReadOnlyList<DisclosureDecision> Publish(TeacherAnswer[] batch)
    {
        _batches.Add(batch);
        int revision = _batches.Count;
        WaveEstimate estimate = Estimate();
        DisclosureUnit[] units =
        [
            Unit(null, "", [.. _batches.SelectMany(answers => answers)], null),
            .. Enumerable.Range(0, _rosters.Length).Select(school => Unit(Name(school), Name(school), Of(school), _rosters[school])),
        ];
        IReadOnlyList<DisclosureDecision> decisions = DisclosureControl.Decide(revision, units);
        foreach ((DisclosureUnit unit, DisclosureDecision decision) in units.Zip(decisions))
        {
            string key = unit.UnitId ?? "";
            if (decision.ShownRevision == revision)
            {
                _own[key] = (revision, new RowBasis(unit.Counts, unit.Eligible));
            }

            if (decision.ShownRevision is { } shown)
            {
                _shown[key] = shown;
            }
            else
            {
                _shown.Remove(key);
            }

            if (decision.Code is not (null or WithheldCode.Pending))
            {
                _withheld.Add(key);
            }
        }

        var now = new PublishedRevision(
            revision, StratumSize.Of(estimate), decisions[0].ShownRevision == revision, [.. decisions.Skip(1).Where(school => school.ShownRevision == revision).Select(school => school.UnitId!)], []);
        if (_questions.Length > 0)
        {
            Groups = ContextDisclosure.Decide(_questions, Atoms(), [.. _published, now], _withheldGroups);
            _withheldGroups.UnionWith(Groups.Where(group => group.Code is not (null or WithheldCode.Pending)).Select(group => group.Group));
            now = now with { Groups = [.. Groups.Where(group => group.ShownRevision == revision).Select(group => group.Group)] };
        }

        if (now.District)
        {
            _inDistrict = units.Skip(1).Where(unit => unit.Responses > 0).ToDictionary(unit => unit.UnitId!, unit => new RowBasis(unit.Counts, unit.Eligible));
        }

        _published.Add(now);
        return decisions;

        DisclosureUnit Unit(string? id, string key, TeacherAnswer[] answers, int? roster) => new(
            id, Counts(answers), answers.Length, roster, _shown.TryGetValue(key, out int shown) ? shown : null,
            _own.TryGetValue(key, out var own) ? own.Row : null, _withheld.Contains(key), _inDistrict.GetValueOrDefault(key));
    }

    /// <summary>
    /// A set of atoms with fewer than five teachers on which some combination of published rows rests alone; null when there is none. What was isolated once
    /// stays so, because rows are only added: looking at the end is enough.
    /// </summary>
    public string? Isolated()
    {
        DisclosureAtom[] atoms = Atoms();
        for (int component = 0; component < Components; component++)
        {
            int[] teachers = Array.ConvertAll(atoms, atom => atom.Counts[component]);
            if (ExactRows.Isolated(_published.SelectMany(revision => Rows(revision, atoms, teachers)), teachers) is { } isolated)
            {
                return $"component {component + 1}: " + string.Join(" + ", isolated.Select(atom =>
                    $"school {atoms[atom].SchoolId} batch {atoms[atom].Revision} {string.Join(' ', atoms[atom].Groups.Select(group => group ?? "-"))}: {teachers[atom]}"));
            }
        }

        return null;
    }

    /// <summary>Scores on each component in one group of a question; null for those who did not answer it.</summary>
    public int[] GroupCounts(int question, string? option) => Counts(Group(question, option));

    /// <summary>Responses in one group of a question.</summary>
    public int GroupResponses(int question, string? option) => Group(question, option).Length;

    public override string ToString() => string.Join('\n', _batches.Select((batch, revision) =>
        $"{revision + 1}: {string.Join(' ', batch.Select(answer => $"{Name(answer.School)}{(answer.First ? 1 : 0)}{(answer.Second ? 1 : 0)}{string.Concat(answer.Groups.Select(group => group ?? "-"))}"))}"
        + $" -> {(_published[revision].District ? "district " : "")}{string.Join(' ', _published[revision].Schools)} {string.Join(' ', _published[revision].Groups.Select(group => group.Option))}"));

    private static string Name(int school) => ((char)('a' + school)).ToString();

    private static int[] Counts(TeacherAnswer[] answers) => [answers.Count(answer => answer.First), answers.Count(answer => answer.Second)];

    private TeacherAnswer[] Group(int question, string? option) => [.. _batches.SelectMany(batch => batch).Where(answer => answer.Groups[question] == option)];

    private TeacherAnswer[] Of(int school) => [.. _batches.SelectMany(batch => batch).Where(answer => answer.School == school)];

    private DisclosureAtom[] Atoms() =>
    [
        .. _batches.SelectMany((batch, revision) => batch
            .GroupBy(answer => (answer.School, Key: string.Join('\t', answer.Groups.Select(group => group ?? "-"))))
            .Select(group => new DisclosureAtom(Name(group.Key.School), revision + 1, group.First().Groups, group.Count(), Counts([.. group])))),
    ];

    private WaveEstimate Estimate() => WaveEstimator.Estimate(_plan, [.. Enumerable.Range(0, _rosters.Length).Select(school =>
    {
        UnitTotals totals = _plan.NewTotals();
        foreach (TeacherAnswer answer in Of(school))
        {
            totals.Add([answer.First ? (byte)1 : (byte)0, answer.Second ? (byte)1 : (byte)0]);
        }

        return new SchoolTotals(Name(school), _rosters[school], totals);
    })], samplesSchools: false);

    /// <summary>Coefficients of each atom's teachers, times a whole number: 1 in a school's row, W_h / n_h in the district's and in a group's.</summary>
    private IEnumerable<BigInteger[]> Rows(PublishedRevision revision, DisclosureAtom[] atoms, int[] teachers)
    {
        int[] scores = [.. revision.Strata.Select(stratum => Held().Where(atom => stratum.Schools.Contains(atoms[atom].SchoolId)).Sum(atom => teachers[atom]))];
        BigInteger common = scores.Where(count => count > 0).Aggregate(BigInteger.One, (product, count) => product * count);
        var weights = new BigInteger[atoms.Length];
        foreach (int atom in Held())
        {
            int stratum = revision.Strata.Index().First(entry => entry.Item.Schools.Contains(atoms[atom].SchoolId)).Index;
            weights[atom] = revision.Strata[stratum].Size * common / scores[stratum];
        }

        return
        [
            .. revision.District ? new[] { weights } : [],
            .. revision.Schools.Select(school => Select(atom => atoms[atom].SchoolId == school && atoms[atom].Revision <= revision.Revision, _ => BigInteger.One)),
            .. revision.Groups.Select(group => Select(atom => atoms[atom].Groups[Array.IndexOf(_questions, group.Question)] == group.Option, atom => weights[atom])),
        ];

        IEnumerable<int> Held() => Enumerable.Range(0, atoms.Length).Where(atom => atoms[atom].Revision <= revision.Revision && teachers[atom] > 0);

        BigInteger[] Select(Predicate<int> holds, Func<int, BigInteger> value) => [.. Enumerable.Range(0, atoms.Length).Select(atom => holds(atom) ? value(atom) : BigInteger.Zero)];
    }
}
