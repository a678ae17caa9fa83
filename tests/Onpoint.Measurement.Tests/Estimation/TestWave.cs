using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Tests.Estimation;

/// <summary>A wave for tests: schools with their rosters and responses.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Schools">Id, roster, responses.</param>
internal sealed record TestWave(ScoringPlan Plan, IReadOnlyList<(string Id, int? Eligible, byte[][] Responses)> Schools)
{
    public WaveEstimate Estimate(bool samplesSchools = false, PopulationCorrection? correction = null) =>
        WaveEstimator.Estimate(Plan, Totals(), samplesSchools, correction);

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

    /// <summary>2 to 7 schools of <paramref name="fewest"/> to 14 teachers who answer everything; rosters hold 0 to 9 teachers more.</summary>
    public static TestWave Complete(ScoringPlan plan, int seed, int fewest)
    {
        var random = new Random(seed);
        return new TestWave(plan, [.. Enumerable.Range(0, random.Next(2, 8)).Select(school =>
        {
            byte[][] responses = [.. Enumerable.Range(0, random.Next(fewest, 15)).Select(_ => plan.Instrument.Items.Select(_ => (byte)random.Next(1, 6)).ToArray())];
            return ($"s{school}", (int?)(responses.Length + random.Next(10)), responses);
        })]);
    }

    /// <summary>The teachers with a score as rows of a survey design, school by school: weight N_h over the school's teachers with a value.</summary>
    /// <param name="row">The row of a weight, school, roster and position of the teacher.</param>
    /// <param name="value">What is measured of a teacher.</param>
    public (SurveyDesign Design, double?[] Values) Design(Func<double, SchoolRow, SampledRow> row, Func<double?[], double?> value)
    {
        List<SampledRow> rows = [];
        List<double?> values = [];
        foreach ((string id, int? eligible, byte[][] responses) in Schools)
        {
            double?[][] scores = [.. responses.Select(response => Plan.ComponentScores(response)).Where(scores => scores.Any(score => score is not null))];
            int having = scores.Count(teacher => value(teacher) is not null);
            for (int teacher = 0; teacher < scores.Length; teacher++)
            {
                rows.Add(row((double)eligible!.Value / Math.Max(1, having), new SchoolRow(id, eligible.Value, teacher)));
                values.Add(value(scores[teacher]));
            }
        }

        return (new SurveyDesign(rows), [.. values]);
    }
}

/// <summary>Where a row of <see cref="TestWave.Design"/> comes from.</summary>
internal sealed record SchoolRow(string School, int Eligible, int Teacher);
