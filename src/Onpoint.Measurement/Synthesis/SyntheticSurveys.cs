using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Synthesis;

/// <summary>
/// Makes the bundled surveys: the synthetic national dataset and the demonstration district. No person or district stands
/// behind any number.
/// </summary>
/// <remarks>
/// Source: ours. The generator is specified in sample-surveys/national-2026-synthetic/README.md so closely that another
/// program can draw the same numbers. The result depends on the instrument and the seed only, not on threads.
/// </remarks>
public static class SyntheticSurveys
{
    /// <summary>Makes the national dataset: 142 districts, 316 waves.</summary>
    /// <param name="instrument">The Onpoint teacher survey.</param>
    /// <param name="seed">Any number; the bundled dataset has 2026.</param>
    /// <param name="threads">Most threads used at a time (count), at least 1; -1 for as many as there are processors.</param>
    /// <exception cref="ArgumentException">It is another instrument.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is 0 or below -1.</exception>
    public static Survey National(Instrument instrument, ulong seed, int threads = -1)
    {
        ArgumentOutOfRangeException.ThrowIfZero(threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, -1);
        var draws = new Draws(seed);
        var patterns = new List<DistrictPlan[]>();
        foreach (PanelPattern pattern in PanelPattern.National)
        {
            patterns.Add(DistrictPlans.OfPattern(draws, pattern, 1 + patterns.Sum(districts => districts.Length)));
        }

        return Make(instrument, seed, draws, patterns, threads, _ => 0);
    }

    /// <summary>Makes the demonstration district: one district outside the national dataset, three waves, six schools.</summary>
    /// <param name="instrument">The Onpoint teacher survey.</param>
    /// <param name="seed">Any number; the bundled district has 2026.</param>
    /// <exception cref="ArgumentException">It is another instrument.</exception>
    public static Survey Demo(Instrument instrument, ulong seed) =>
        Make(instrument, seed, new Draws(seed), [[DistrictPlans.Demo()]], threads: 1, code => code switch
        {
            "OP" => -20,
            "BI" or "IR" or "PS" => 10,
            _ => 0,
        });

    private static Survey Make(
        Instrument instrument, ulong seed, Draws draws, IReadOnlyList<DistrictPlan[]> patterns, int threads, Func<string, double> pointsAboveNational)
    {
        ComponentModel.Check(instrument);
        (DistrictPlan[] Districts, Stage Stage)[] cells = [.. patterns.SelectMany(districts =>
            Enumerable.Range((int)districts[0].First, districts[0].Last - districts[0].First + 1).Select(stage => (districts, (Stage)stage)))];
        var plan = new ScoringPlan(instrument);
        var drawer = new WaveDrawer(instrument, draws);
        var answered = new (WaveDraw Wave, double[] Deltas)[cells.Length][];
        Parallel.For(0, cells.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, index =>
        {
            (DistrictPlan[] districts, Stage stage) = cells[index];
            var cell = new Cell(plan, [.. districts.Select(district => drawer.Draw(district, stage))]);
            double[] deltas = cell.Centre([.. ComponentModel.All.Select(model => model.Targets[(int)stage] + pointsAboveNational(model.Code))]);
            answered[index] = [.. cell.Waves.Select(wave => (wave, deltas))];
        });

        (WaveDraw Wave, double[] Deltas)[] waves = [.. answered.SelectMany(cell => cell)
            .OrderBy(answered => answered.Wave.Plan.Key).ThenBy(answered => answered.Wave.Wave.Stage)];
        return new Survey
        {
            Instrument = instrument,
            Seed = seed,
            Districts = [.. patterns.SelectMany(districts => districts).Select(district => district.District)],
            Waves = [.. waves.Select(answered => answered.Wave.Wave)],
            Roster = [.. waves.SelectMany(answered => Roster(answered.Wave))],
            Responses = [.. waves.SelectMany(answered => Responses(answered.Wave, answered.Deltas))],
        };
    }

    private static IEnumerable<RosterRow> Roster(WaveDraw wave) =>
        wave.Plan.Schools.Select(school => new RosterRow(wave.Wave.DistrictId, wave.Wave.Wave, school.Id, school.Name, school.Eligible));

    private static IEnumerable<SurveyResponse> Responses(WaveDraw wave, double[] deltas) =>
        wave.Schools.SelectMany((teachers, index) => teachers.Select(teacher =>
        {
            byte[] answers = new byte[teacher.Settled.Length];
            teacher.Answer(deltas, answers);
            return new SurveyResponse(wave.Wave.DistrictId, wave.Plan.Schools[index].Id, wave.Wave.Wave, answers);
        }));
}
