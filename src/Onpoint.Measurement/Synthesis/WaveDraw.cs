using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Synthesis;

/// <summary>A wave with everything drawn; only the components' overall level (delta) is still open.</summary>
/// <param name="Plan">The district.</param>
/// <param name="Wave">The wave.</param>
/// <param name="Schools">Respondents by school, in roster order; shape [schools][respondents].</param>
internal sealed record WaveDraw(DistrictPlan Plan, SurveyWave Wave, IReadOnlyList<TeacherDraw[]> Schools);

/// <summary>One respondent before the level is set.</summary>
/// <param name="Settled">The stored response, with <see cref="FromLatent"/> where the answer depends on the level.</param>
/// <param name="Latent">y without delta of those items; shape [items], unused elsewhere.</param>
internal sealed record TeacherDraw(byte[] Settled, double[] Latent)
{
    /// <summary>Marks an answer that depends on the level: a byte no stored response contains.</summary>
    public const byte FromLatent = ResponseLayout.HighestPosition + 1;

    /// <summary>Fills in the answers that depend on the level.</summary>
    /// <param name="deltas">The level of every component, in units of y; shape [components].</param>
    /// <param name="answers">Receives the response in the layout of <see cref="ResponseLayout"/>.</param>
    public void Answer(ReadOnlySpan<double> deltas, Span<byte> answers)
    {
        Settled.CopyTo(answers);
        int item = 0;
        for (int component = 0; component < ComponentModel.All.Count; component++)
        {
            ComponentModel model = ComponentModel.All[component];
            for (int end = item + model.Easiness.Length; item < end; item++)
            {
                if (Settled[item] == FromLatent)
                {
                    answers[item] = model.Answer(deltas[component] + Latent[item]);
                }
            }
        }
    }
}

/// <summary>Draws who answers and how: effects, careless and missing answers.</summary>
internal sealed class WaveDrawer(Instrument instrument, Draws draws)
{
    // Seven-vectors of effects correlate .60 between and .75 within categories: .60 + .15 + .25 = 1.
    private static readonly double GeneralWeight = Math.Sqrt(0.60);
    private static readonly double CategoryWeight = Math.Sqrt(0.15);
    private static readonly double OwnWeight = Math.Sqrt(0.25);

    // SDs of the effects, in points.
    private const double DistrictSd = 42;
    private const double WaveSd = 24;
    private const double SchoolSd = 40;

    private readonly int[] _categories = [.. instrument.Components.Select(component =>
        instrument.Categories.TakeWhile(category => !category.Components.Contains(component.Code)).Count())];

    /// <summary>Draws one wave of a district.</summary>
    public WaveDraw Draw(DistrictPlan plan, Stage stage)
    {
        var address = new DrawAddress(plan.Key, 1 + (int)stage);
        double[] district = Effects(Purpose.DistrictEffect, address with { Wave = 0 }, DistrictSd);
        double[] wave = Effects(Purpose.WaveEffect, address, WaveSd);
        double[][] schools = SchoolEffects(plan);
        double rate = Math.Clamp(0.74 + (0.08 * draws.Normal(Purpose.WaveRate, address)), 0.48, 0.95);

        var respondents = new TeacherDraw[plan.Schools.Count][];
        for (int index = 0; index < plan.Schools.Count; index++)
        {
            SchoolPlan school = plan.Schools[index];
            DrawAddress at = address with { School = index + 1 };
            double[] unit = [.. district.Select((points, c) => (points + wave[c] + schools[index][c]) / ComponentModel.All[c].PointsPerUnit)];
            respondents[index] = [.. Responding(at, school, rate, plan.RespondentCounts?[stage][index])
                .Select(teacher => Teacher(at with { Teacher = teacher }, stage, school.GradeSpan, unit))];
        }

        return new WaveDraw(plan, plan.Wave(stage), respondents);
    }

    // Persistent, and without a roster-weighted mean: otherwise they would add to the spread of the districts.
    private double[][] SchoolEffects(DistrictPlan plan)
    {
        double teachers = plan.Schools.Sum(school => school.Eligible);
        double[][] effects = [.. plan.Schools.Select((_, index) => Effects(Purpose.SchoolEffect, new DrawAddress(plan.Key, School: index + 1), SchoolSd))];
        for (int c = 0; c < ComponentModel.All.Count; c++)
        {
            double mean = 0;
            for (int index = 0; index < effects.Length; index++)
            {
                mean += plan.Schools[index].Eligible / teachers * effects[index][c];
            }

            foreach (double[] school in effects)
            {
                school[c] -= mean;
            }
        }

        return effects;
    }

    private IEnumerable<int> Responding(DrawAddress at, SchoolPlan school, double rate, int? count)
    {
        double[] uniforms = [.. Enumerable.Range(1, school.Eligible).Select(teacher => draws.Uniform(Purpose.Responding, at with { Teacher = teacher }))];
        double schoolRate = count is int fixedCount
            ? uniforms.Order().Append(1).ElementAt(fixedCount)
            : Math.Clamp(rate + (0.06 * draws.Normal(Purpose.SchoolRate, at)), 0.35, 1);
        return Enumerable.Range(1, school.Eligible).Where(teacher => uniforms[teacher - 1] < schoolRate);
    }

    private TeacherDraw Teacher(DrawAddress at, Stage stage, int gradeSpan, double[] unit)
    {
        double[] trait = Effects(Purpose.TeacherEffect, at, 1);
        bool careless = draws.Uniform(Purpose.Careless, at) < 0.03;
        byte? constant = careless && draws.Uniform(Purpose.CarelessKind, at) < 0.5 ? ConstantAnswer(draws.Uniform(Purpose.ConstantAnswer, at)) : null;
        bool specialist = draws.Uniform(Purpose.Specialist, at) < 0.07;
        bool breaksOff = draws.Uniform(Purpose.BreakOff, at) < 0.025;
        int pages = breaksOff ? 1 + draws.Index(ComponentModel.All.Count - 1, Purpose.LastPage, at) : ComponentModel.All.Count;

        byte[] settled = new byte[ResponseLayout.Length(instrument)];
        double[] latent = new double[instrument.Items.Count];
        int item = 0;
        for (int c = 0; c < pages; c++)
        {
            ComponentModel model = ComponentModel.All[c];
            for (int i = 0; i < model.Easiness.Length; i++, item++)
            {
                double notMyRole = specialist && model.IsClassroom ? 0.45 : model.NotMyRole[i];
                if (!careless && draws.Uniform(Purpose.NotMyRole, at, item + 1) < notMyRole)
                {
                    settled[item] = ResponseLayout.NotMyRole;
                }
                else if (draws.Uniform(Purpose.Skip, at, item + 1) < 0.006)
                {
                    settled[item] = ResponseLayout.NotAnswered;
                }
                else if (careless)
                {
                    settled[item] = constant ?? (byte)(1 + draws.Index(5, Purpose.RandomAnswer, at, item + 1));
                }
                else
                {
                    settled[item] = TeacherDraw.FromLatent;
                    latent[item] = unit[c] + (model.Sigma * trait[c]) + model.Easiness[i] + draws.Normal(Purpose.AnswerNoise, at, item + 1);
                }
            }
        }

        if (!breaksOff)
        {
            settled[item] = Context(at, item + 1, gradeSpan);
            settled[item + 1] = Context(at, item + 2, 1 + Math.Min(3, draws.Index(1 + (int)stage, Purpose.YearsPersonalizing, at)));
        }

        return new TeacherDraw(settled, latent);
    }

    private byte Context(DrawAddress at, int item, int position) =>
        draws.Uniform(Purpose.ContextSkip, at, item) < 0.05 ? ResponseLayout.NotAnswered : (byte)position;

    // Answers 1 to 5 with probabilities .05, .05, .5, .3, .1.
    private static byte ConstantAnswer(double uniform) => uniform switch
    {
        < 0.05 => 1,
        < 0.10 => 2,
        < 0.60 => 3,
        < 0.90 => 4,
        _ => 5,
    };

    // Item key 0 is the part all components have in common, then the categories, then the components.
    private double[] Effects(Purpose purpose, DrawAddress at, double sd)
    {
        double general = draws.Normal(purpose, at);
        return [.. _categories.Select((category, c) => sd * (
            (GeneralWeight * general)
            + (CategoryWeight * draws.Normal(purpose, at, 1 + category))
            + (OwnWeight * draws.Normal(purpose, at, 1 + instrument.Categories.Count + c))))];
    }
}
