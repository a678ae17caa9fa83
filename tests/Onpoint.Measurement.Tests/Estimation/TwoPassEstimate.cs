namespace Onpoint.Measurement.Tests.Estimation;

/// <summary>
/// The district estimate of docs/methodology.md section 3 as it is written there: floating-point scores of every teacher, strata, means, then
/// u_r summed over teachers in a second pass. Shares nothing with the estimator but the teachers' component scores.
/// </summary>
internal static class TwoPassEstimate
{
    public static (double? Points, double? StandardError, double? DegreesOfFreedom) Of(TestWave wave, double[] weights)
    {
        var schools = wave.Schools
            .Select(school => (school.Id, school.Eligible, Scores: school.Responses.Select(response => wave.Plan.ComponentScores(response)).ToArray()))
            .Where(school => school.Scores.Any(IsScored))
            .ToList();
        bool denominatorUnknown = wave.Schools.Any(school => school.Responses.Length > 0 && school.Eligible is null);
        double total = schools.Sum(Size);

        List<List<int>> strata = [];
        List<int> order = [.. Enumerable.Range(0, schools.Count).OrderBy(h => Smallest([h])).ThenBy(h => schools[h].Id, StringComparer.Ordinal)];
        List<int> pooled = [.. order.Where(h => Smallest([h]) < 5)];
        foreach (int school in order.Except(pooled).ToList())
        {
            if (pooled.Count > 0 && Smallest(pooled) < 5)
            {
                pooled.Add(school);
            }
            else
            {
                strata.Add([school]);
            }
        }

        if (pooled.Count > 0)
        {
            strata.Add(pooled);
        }

        double?[][][] scores = [.. strata.Select(stratum => stratum.SelectMany(h => schools[h].Scores).ToArray())];
        double[] w = [.. strata.Select(stratum => stratum.Sum(h => Size(schools[h])) / total)];
        int[] members = [.. Enumerable.Range(0, weights.Length).Where(c => weights[c] > 0)];
        if (strata.Count == 0 || scores.Any(stratum => members.Any(c => Have(stratum, c).Length == 0)))
        {
            return (null, null, null);
        }

        double points = Enumerable.Range(0, w.Length).Sum(h => w[h] * members.Sum(c => weights[c] * Have(scores[h], c).Average()));
        int df = scores.Sum(stratum => stratum.Count(IsScored)) - strata.Count;
        if (df < 1 || scores.Any(stratum => members.Any(c => Have(stratum, c).Length == 1)))
        {
            return (points, null, null);
        }

        double variance = 0;
        for (int h = 0; h < w.Length; h++)
        {
            double[] means = [.. Enumerable.Range(0, weights.Length).Select(c => Have(scores[h], c).DefaultIfEmpty().Average())];
            double[] n = [.. Enumerable.Range(0, weights.Length).Select(c => (double)Have(scores[h], c).Length)];
            foreach (double?[] teacher in scores[h])
            {
                double u = members.Where(c => teacher[c] is not null).Sum(c => weights[c] * w[h] * (teacher[c]!.Value - means[c]) / Math.Sqrt(n[c] * (n[c] - 1)));
                variance += u * u;
            }
        }

        return (points, Math.Sqrt(variance), df);

        double Size((string Id, int? Eligible, double?[][] Scores) school) => denominatorUnknown ? school.Scores.Count(IsScored) : school.Eligible!.Value;

        int Smallest(List<int> of) => Enumerable.Range(0, weights.Length).Min(c => of.Sum(h => Have(schools[h].Scores, c).Length));
    }

    private static bool IsScored(double?[] teacher) => teacher.Any(score => score is not null);

    private static double[] Have(double?[][] teachers, int component) => [.. teachers.Select(teacher => teacher[component]).OfType<double>()];
}
