using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Tests.Estimation;

/// <summary>A wave for tests: schools with their rosters and responses.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Schools">Id, roster, responses.</param>
internal sealed record TestWave(ScoringPlan Plan, IReadOnlyList<(string Id, int? Eligible, byte[][] Responses)> Schools)
{
    public WaveEstimate Estimate(bool samplesSchools = false) => WaveEstimator.Estimate(Plan, Totals(), samplesSchools);

    public SchoolTotals[] Totals() => [.. Schools.Select(school => new SchoolTotals(school.Id, school.Eligible, Add(school.Responses)))];

    public UnitTotals Add(IEnumerable<byte[]> responses)
    {
        UnitTotals totals = Plan.NewTotals();
        foreach (byte[] response in responses)
        {
            totals.Add(response);
        }

        return totals;
    }

    /// <summary>1 to 7 schools of 0 to 14 teachers; a good share of the answers is missing, so that components are.</summary>
    public static TestWave Random(ScoringPlan plan, int seed)
    {
        var random = new Random(seed);
        bool rosterKnown = random.Next(4) > 0;
        double missing = random.Next(3) * 0.2;
        byte options = (byte)plan.Instrument.Formats[0].Options.Count;
        return new TestWave(plan, [.. Enumerable.Range(0, random.Next(1, 8)).Select(school =>
        {
            int low = random.Next(1, options);
            byte[][] responses = [.. Enumerable.Range(0, random.Next(15)).Select(_ => plan.Instrument.Items
                .Select(_ => random.NextDouble() < missing ? (byte)0 : (byte)random.Next(low, options + 1)).ToArray())];
            return ($"s{random.Next(1_000_000)}-{school}", rosterKnown ? responses.Length + random.Next(1, 20) : (int?)null, responses);
        })]);
    }
}
