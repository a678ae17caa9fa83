using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Synthesis;

/// <summary>The waves of the districts of one pattern at one stage: they share one level per component.</summary>
/// <param name="plan">The production scoring of the instrument.</param>
/// <param name="waves">The waves, one per district.</param>
internal sealed class Cell(ScoringPlan plan, IReadOnlyList<WaveDraw> waves)
{
    private const int Halvings = 26;

    private readonly int[] _measures = [.. ComponentModel.All.Select(model =>
        plan.Measures.Select(measure => measure.Code).ToList().IndexOf(model.Code))];

    /// <summary>The waves, one per district.</summary>
    public IReadOnlyList<WaveDraw> Waves => waves;

    /// <summary>
    /// Finds the levels at which the unweighted mean of the districts' scores, as the service computes them, equals the
    /// targets: bisection on [-3, 3], the upper end after 26 halvings. The mean never falls when a level rises, and a
    /// component's mean depends on its own level only (the strata depend on who answered, not on what), so all components are
    /// halved together.
    /// </summary>
    /// <param name="targets">Points; shape [components].</param>
    /// <returns>delta of every component, in units of y; shape [components].</returns>
    public double[] Centre(IReadOnlyList<double> targets)
    {
        double[] lower = [.. targets.Select(_ => -3.0)];
        double[] upper = [.. targets.Select(_ => 3.0)];
        for (int halving = 0; halving < Halvings; halving++)
        {
            double[] middle = [.. lower.Select((low, c) => (low + upper[c]) / 2)];
            double[] means = MeanPoints(middle);
            for (int c = 0; c < means.Length; c++)
            {
                if (means[c] >= targets[c])
                {
                    upper[c] = middle[c];
                }
                else
                {
                    lower[c] = middle[c];
                }
            }
        }

        return upper;
    }

    private double[] MeanPoints(double[] deltas)
    {
        double[] means = new double[deltas.Length];
        foreach (WaveDraw wave in waves)
        {
            UnitEstimate district = WaveEstimator.Estimate(plan, Totals(wave, deltas), samplesSchools: false).District;
            for (int c = 0; c < means.Length; c++)
            {
                means[c] += (district.Measures[_measures[c]].Points
                    ?? throw new InvalidOperationException($"Nobody in {wave.Wave.DistrictId} {wave.Wave.Wave} has a score on {ComponentModel.All[c].Code}."))
                    / waves.Count;
            }
        }

        return means;
    }

    private SchoolTotals[] Totals(WaveDraw wave, double[] deltas)
    {
        Span<byte> answers = stackalloc byte[ResponseLayout.Length(plan.Instrument)];
        var schools = new SchoolTotals[wave.Schools.Count];
        for (int index = 0; index < schools.Length; index++)
        {
            UnitTotals totals = plan.NewTotals();
            foreach (TeacherDraw teacher in wave.Schools[index])
            {
                teacher.Answer(deltas, answers);
                totals.Add(answers);
            }

            SchoolPlan school = wave.Plan.Schools[index];
            schools[index] = new SchoolTotals(school.Id, school.Eligible, totals);
        }

        return schools;
    }
}
