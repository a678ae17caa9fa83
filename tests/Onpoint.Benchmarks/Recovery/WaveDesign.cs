using Onpoint.Measurement;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>The schools of a district and who of them answers.</summary>
/// <param name="Rosters">Shape [schools]: teachers (count).</param>
/// <param name="Respondents">Teachers who answer (count): any of all rosters, equally likely, unless <paramref name="Rates"/> says otherwise.</param>
/// <param name="Rates">Shape [schools]: how likely teachers of a school answer relative to those of others; null for the same everywhere.</param>
internal sealed record WaveDesign(int[] Rosters, int Respondents, double[]? Rates = null)
{
    /// <summary>The schools were drawn from many: the truth is the mean of all of them, not of these.</summary>
    public bool SamplesSchools { get; init; }

    /// <summary>Rosters in given proportions.</summary>
    /// <param name="respondents">Teachers who answer (count).</param>
    /// <param name="responseRate">Fraction.</param>
    /// <param name="shares">Shape [schools]: proportional to the rosters.</param>
    public static WaveDesign Of(int respondents, double responseRate, params IReadOnlyList<double> shares) => new(
        [.. shares.Select(share => (int)Math.Ceiling(respondents / responseRate * share / shares.Sum()))], respondents);

    /// <summary>Who answers.</summary>
    /// <returns>Shape [schools] (count).</returns>
    public int[] DrawRespondents(RandomStream random)
    {
        // A sequential draw without replacement: of each teacher in turn, from those not yet drawn.
        int[] counts = new int[Rosters.Length];
        double[] open = [.. Rosters.Select((roster, school) => roster * (Rates?[school] ?? 1))];
        for (int drawn = 0; drawn < Respondents; drawn++)
        {
            double uniform = random.Uniform() * open.Sum();
            int school = 0;
            while (school < open.Length - 1 && uniform >= open[school])
            {
                uniform -= open[school++];
            }

            counts[school]++;
            open[school] -= Rates?[school] ?? 1;
        }

        return counts;
    }
}

/// <summary>One district with its schools: draws its waves answer by answer.</summary>
/// <param name="model">How teachers answer.</param>
/// <param name="design">The schools.</param>
/// <param name="random">The random numbers.</param>
internal sealed class SimulatedDistrict(AnswerModel model, WaveDesign design, RandomStream random)
{
    /// <summary>SD of the schools' effects, as in the bundled dataset. Points.</summary>
    private const double SchoolSd = 40;

    private readonly double[][] _schools = SchoolEffects(model, design, random);

    /// <summary>New teachers, one list per school.</summary>
    public Person[][] DrawTeachers() => [.. design.DrawRespondents(random).Select(count => Enumerable.Range(0, count).Select(_ => model.DrawPerson(random)).ToArray())];

    /// <summary>One wave, through the service's scoring and estimation.</summary>
    /// <param name="truth">Shape [components]: the district's true scores, the roster-weighted mean of its schools'. Points.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="teachers">Who answers; new teachers when null.</param>
    /// <param name="districtId">The district's text id.</param>
    /// <returns>Null when a measure has no score or no margin.</returns>
    public DistrictWave? Draw(IReadOnlyList<double> truth, Stage stage, Person[][]? teachers = null, string districtId = "d")
    {
        Span<byte> answers = stackalloc byte[model.Plan.Instrument.Items.Count + model.Plan.Instrument.Context.Count];
        Span<double> levels = stackalloc double[truth.Count];
        teachers ??= DrawTeachers();
        var schools = new SchoolTotals[teachers.Length];
        for (int school = 0; school < schools.Length; school++)
        {
            for (int c = 0; c < levels.Length; c++)
            {
                levels[c] = model.Level(c, truth[c] + _schools[school][c]);
            }

            UnitTotals totals = model.Plan.NewTotals();
            foreach (Person teacher in teachers[school])
            {
                model.Answer(random, teacher, levels, answers);
                totals.Add(answers);
            }

            schools[school] = new SchoolTotals($"s{school}", design.Rosters[school], totals);
        }

        return DistrictWaveRecords.Of(
            districtId, $"{2022 + (int)stage}", stage, 2022 + (int)stage, WaveEstimator.Estimate(model.Plan, schools, design.SamplesSchools), model.Plan, design.SamplesSchools);
    }

    private static double[][] SchoolEffects(AnswerModel model, WaveDesign design, RandomStream random)
    {
        double[][] effects = [.. design.Rosters.Select(_ => model.Effects(random, SchoolSd))];
        double teachers = design.Rosters.Sum();
        for (int c = 0; !design.SamplesSchools && c < effects[0].Length; c++)
        {
            double mean = design.Rosters.Select((roster, school) => roster / teachers * effects[school][c]).Sum();
            foreach (double[] school in effects)
            {
                school[c] -= mean;
            }
        }

        return effects;
    }
}
