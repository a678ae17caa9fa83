using System.Numerics;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Instruments;

namespace Onpoint.Measurement.Tests.Disclosure;

/// <summary>
/// A wave with late batches, published revision after revision as <see cref="DisclosureControl"/> decides, and everything its readers
/// ever saw as rows over atoms (school x batch): the safety property of docs/methodology.md section 8, checked by exact elimination.
/// </summary>
internal sealed class DisclosureHistory
{
    private readonly ScoringPlan _plan = new(TestInstrument.Of([1]));
    private readonly int[] _rosters;
    private readonly List<int[]> _batches = [];
    private readonly Dictionary<string, int> _shownRevision = [];
    private readonly Dictionary<string, int> _shownResponses = [];
    private readonly HashSet<string> _withheld = [];
    private readonly List<BigInteger[]> _rows = [];
    private int[] _responsesInShownDistrict;

    public DisclosureHistory(int[] rosters)
    {
        _rosters = rosters;
        _responsesInShownDistrict = new int[rosters.Length];
    }

    /// <summary>How often the district was published.</summary>
    public int DistrictPublications { get; private set; }

    /// <summary>Adds a batch (answers per school; every answer is complete), decides and publishes.</summary>
    public IReadOnlyList<DisclosureDecision> Publish(params int[] answersPerSchool)
    {
        _batches.Add(answersPerSchool);
        int revision = _batches.Count;
        int[] responses = [.. Enumerable.Range(0, _rosters.Length).Select(school => _batches.Sum(batch => batch[school]))];
        IReadOnlyList<DisclosureDecision> decisions = DisclosureControl.Decide(revision,
        [
            Unit(null, "", responses.Sum(), null, null),
            .. responses.Select((count, school) => Unit(Name(school), Name(school), count, _rosters[school], _responsesInShownDistrict[school])),
        ]);

        for (int unit = 0; unit < decisions.Count; unit++)
        {
            string key = decisions[unit].UnitId ?? "";
            if (decisions[unit].ShownRevision == revision)
            {
                _rows.Add(unit == 0 ? DistrictRow(responses) : SchoolRow(unit - 1));
                _shownRevision[key] = revision;
                _shownResponses[key] = unit == 0 ? responses.Sum() : responses[unit - 1];
            }
            else if (decisions[unit].ShownRevision is null)
            {
                _shownRevision.Remove(key);
            }

            if (decisions[unit].Code is not (null or WithheldCode.Pending))
            {
                _withheld.Add(key);
            }
        }

        if (decisions[0].ShownRevision == revision)
        {
            _responsesInShownDistrict = responses;
            DistrictPublications++;
        }

        return decisions;

        DisclosureUnit Unit(string? id, string key, int count, int? roster, int? inShownDistrict) => new(
            id, count, count, roster, _shownRevision.TryGetValue(key, out int shown) ? shown : null,
            _shownResponses.GetValueOrDefault(key), _withheld.Contains(key), inShownDistrict);
    }

    /// <summary>A set of atoms with fewer than five answers on which some combination of published rows rests alone; null when there is none.</summary>
    public string? Isolated()
    {
        int[] counts = [.. _batches.SelectMany(batch => batch)];
        int[] small = [.. Enumerable.Range(0, counts.Length).Where(atom => counts[atom] is > 0 and < DisclosureControl.SmallestShown)];
        BigInteger[][] rows = [.. _rows.Select(row => row.Concat(new BigInteger[counts.Length - row.Length]).ToArray())];
        int rank = Rank(rows, []);
        return Subsets(small, counts, 0, 0).FirstOrDefault(set => Rank(rows, set) < rank) is { } isolated
            ? string.Join(" + ", isolated.Select(atom => $"school {Name(atom % _rosters.Length)} batch {atom / _rosters.Length + 1}: {counts[atom]}"))
            : null;
    }

    private static string Name(int school) => ((char)('a' + school)).ToString();

    /// <summary>The district mean, times a whole number: atom coefficients W_h / n_h times their answers; strata as the estimator forms them.</summary>
    private BigInteger[] DistrictRow(int[] responses)
    {
        SchoolTotals[] schools = [.. responses.Select((count, school) =>
        {
            UnitTotals totals = _plan.NewTotals();
            for (int answer = 0; answer < count; answer++)
            {
                totals.Add([1]);
            }

            return new SchoolTotals(Name(school), _rosters[school], totals);
        })];
        var row = new BigInteger[_batches.Count * _rosters.Length];
        IReadOnlyList<Stratum> strata = WaveEstimator.Estimate(_plan, schools, samplesSchools: false).Strata;
        var sizes = strata.Select(stratum => stratum.Schools.Select(name => name[0] - 'a').ToArray()).ToArray();
        BigInteger common = sizes.Select(stratum => (BigInteger)stratum.Sum(school => responses[school])).Aggregate(BigInteger.One, BigInteger.Multiply);
        foreach (int[] stratum in sizes)
        {
            BigInteger weight = stratum.Sum(school => _rosters[school]) * common / stratum.Sum(school => responses[school]);
            foreach (int school in stratum)
            {
                FillSchool(row, school, weight);
            }
        }

        return row;
    }

    private BigInteger[] SchoolRow(int school)
    {
        var row = new BigInteger[_batches.Count * _rosters.Length];
        FillSchool(row, school, BigInteger.One);
        return row;
    }

    private void FillSchool(BigInteger[] row, int school, BigInteger weight)
    {
        for (int batch = 0; batch < _batches.Count; batch++)
        {
            row[batch * _rosters.Length + school] = weight * _batches[batch][school];
        }
    }

    private static IEnumerable<int[]> Subsets(int[] atoms, int[] counts, int from, int total)
    {
        for (int i = from; i < atoms.Length; i++)
        {
            if (total + counts[atoms[i]] < DisclosureControl.SmallestShown)
            {
                yield return [atoms[i]];
                foreach (int[] rest in Subsets(atoms, counts, i + 1, total + counts[atoms[i]]))
                {
                    yield return [atoms[i], .. rest];
                }
            }
        }
    }

    /// <summary>Rank without the given columns, by fraction-free elimination.</summary>
    private static int Rank(BigInteger[][] rows, int[] without)
    {
        BigInteger[][] matrix = [.. rows.Select(row => row.Where((_, column) => !without.Contains(column)).ToArray())];
        int rank = 0;
        for (int column = 0; matrix.Length > 0 && column < matrix[0].Length && rank < matrix.Length; column++)
        {
            int pivot = Array.FindIndex(matrix, rank, row => !row[column].IsZero);
            if (pivot < 0)
            {
                continue;
            }

            (matrix[rank], matrix[pivot]) = (matrix[pivot], matrix[rank]);
            for (int other = rank + 1; other < matrix.Length; other++)
            {
                BigInteger factor = matrix[other][column];
                BigInteger head = matrix[rank][column];
                matrix[other] = [.. matrix[other].Zip(matrix[rank], (a, b) => a * head - b * factor)];
                BigInteger divisor = matrix[other].Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor);
                if (divisor > 1)
                {
                    matrix[other] = [.. matrix[other].Select(value => value / divisor)];
                }
            }

            rank++;
        }

        return rank;
    }
}
