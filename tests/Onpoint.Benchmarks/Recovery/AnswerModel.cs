using MathNet.Numerics.Distributions;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Synthesis;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>A teacher before any question: what stays the same from wave to wave when the same teachers answer.</summary>
/// <param name="Traits">Shape [components]: z, standard normal.</param>
/// <param name="Care">How the teacher answers.</param>
/// <param name="Constant">The one answer of a teacher who always gives it.</param>
/// <param name="Specialist">Leaves out most of what is about a classroom.</param>
/// <param name="Pages">Components before breaking off (count).</param>
internal sealed record Person(double[] Traits, Care Care, byte Constant, bool Specialist, int Pages);

/// <summary>How a teacher answers.</summary>
internal enum Care
{
    /// <summary>By the model.</summary>
    Careful,

    /// <summary>The same answer everywhere.</summary>
    Constant,

    /// <summary>Any answer, all equally likely.</summary>
    Random,
}

/// <summary>
/// How simulated teachers answer the Onpoint teacher survey, and the score that a level of answers truly has.
/// </summary>
/// <remarks>
/// <para>The answers are those of the bundled dataset (sample-surveys/national-2026-synthetic/README.md): the same items, traits, careless answers and missing answers, drawn from another stream.</para>
/// <para>Truth: the expected component score of a teacher who has one, over the teachers the model can draw at a school's level. It is exact: item by item the expected answer is
/// 1 + SUM_j Phi((level + e_i - threshold_j) / sqrt(1 + sigma²)), and the items that a teacher leaves out are summed over all 2^k patterns with at least the required answers. The
/// district's truth is the roster-weighted mean over its schools. Levels are found from true points by linear interpolation in a table with steps of 0.002, which is off by less than 0.001 points.</para>
/// </remarks>
internal sealed class AnswerModel
{
    // The rates and effects of the bundled dataset's README.
    private const double CarelessRate = 0.03;
    private const double SpecialistRate = 0.07;
    private const double SpecialistNotMyRole = 0.45;
    private const double SkipRate = 0.006;
    private const double BreakOffRate = 0.025;
    private static readonly double[] ConstantAnswers = [0.05, 0.05, 0.5, 0.3, 0.1];
    private static readonly double GeneralWeight = Math.Sqrt(0.60);
    private static readonly double CategoryWeight = Math.Sqrt(0.15);
    private static readonly double OwnWeight = Math.Sqrt(0.25);

    private const double LowestLevel = -6;
    private const double LevelStep = 0.002;
    private const int Levels = 6001;

    private readonly int[] _categories;
    private readonly double[][] _truth;

    public AnswerModel(Instrument instrument)
    {
        ComponentModel.Check(instrument);
        Plan = new ScoringPlan(instrument);
        _categories = [.. instrument.Components.Select(component =>
            instrument.Categories.TakeWhile(category => !category.Components.Contains(component.Code)).Count())];
        _truth = [.. ComponentModel.All.Select(model => TruePoints(model, instrument.RequiredPercent))];
    }

    /// <summary>The service's scoring.</summary>
    public ScoringPlan Plan { get; }

    /// <summary>The level at which a component's true score is this.</summary>
    /// <param name="component">Position.</param>
    /// <param name="points">True score; beyond about 220 and 980, which careless answers keep it from, the end counts.</param>
    public double Level(int component, double points)
    {
        double[] truth = _truth[component];
        int above = Array.BinarySearch(truth, points);
        above = Math.Clamp(above < 0 ? ~above : above, 1, Levels - 1);
        double part = (points - truth[above - 1]) / (truth[above] - truth[above - 1]);
        return LowestLevel + LevelStep * (above - 1 + Math.Clamp(part, 0, 1));
    }

    /// <summary>Effects of all components: correlations .75 within and .60 between categories.</summary>
    /// <param name="random">The random numbers.</param>
    /// <param name="sd">Their standard deviation.</param>
    public double[] Effects(RandomStream random, double sd)
    {
        double general = random.Normal();
        double[] categories = new double[_categories[^1] + 1];
        for (int category = 0; category < categories.Length; category++)
        {
            categories[category] = random.Normal();
        }

        double[] effects = new double[_categories.Length];
        for (int c = 0; c < effects.Length; c++)
        {
            effects[c] = sd * (GeneralWeight * general + CategoryWeight * categories[_categories[c]] + OwnWeight * random.Normal());
        }

        return effects;
    }

    /// <summary>The standard deviation of a weighted sum of effects of standard deviation 1.</summary>
    /// <param name="weights">Shape [components].</param>
    public double EffectSd(IReadOnlyList<double> weights)
    {
        double variance = 0;
        for (int c = 0; c < weights.Count; c++)
        {
            for (int d = 0; d < weights.Count; d++)
            {
                double correlation = c == d ? 1 : _categories[c] == _categories[d] ? 0.75 : 0.60;
                variance += weights[c] * weights[d] * correlation;
            }
        }

        return Math.Sqrt(variance);
    }

    /// <summary>Draws a teacher.</summary>
    public Person DrawPerson(RandomStream random)
    {
        double[] traits = Effects(random, 1);
        Care care = random.Uniform() >= CarelessRate ? Care.Careful : random.Uniform() < 0.5 ? Care.Constant : Care.Random;
        double uniform = random.Uniform();
        byte constant = 1;
        for (double sum = ConstantAnswers[0]; constant < ConstantAnswers.Length && uniform >= sum; constant++)
        {
            sum += ConstantAnswers[constant];
        }

        bool specialist = random.Uniform() < SpecialistRate;
        int pages = random.Uniform() < BreakOffRate ? 1 + random.Index(_categories.Length - 1) : _categories.Length;
        return new Person(traits, care, constant, specialist, pages);
    }

    /// <summary>Draws the answers of a teacher.</summary>
    /// <param name="random">The random numbers.</param>
    /// <param name="person">The teacher.</param>
    /// <param name="levels">Shape [components]: the level of the teacher's school.</param>
    /// <param name="answers">Receives the response in the layout of <see cref="ResponseLayout"/>; context questions stay unanswered.</param>
    public void Answer(RandomStream random, Person person, ReadOnlySpan<double> levels, Span<byte> answers)
    {
        answers.Clear();
        int item = 0;
        for (int c = 0; c < person.Pages; c++)
        {
            ComponentModel model = ComponentModel.All[c];
            double mean = levels[c] + model.Sigma * person.Traits[c];
            for (int i = 0; i < model.Easiness.Length; i++, item++)
            {
                double notMyRole = person.Care != Care.Careful ? 0 : person.Specialist && model.IsClassroom ? SpecialistNotMyRole : model.NotMyRole[i];
                double uniform = random.Uniform();
                answers[item] = uniform < notMyRole ? ResponseLayout.NotMyRole
                    : uniform < notMyRole + (1 - notMyRole) * SkipRate ? ResponseLayout.NotAnswered
                    : person.Care switch
                    {
                        Care.Careful => model.Answer(mean + model.Easiness[i] + random.Normal()),
                        Care.Constant => person.Constant,
                        _ => (byte)(1 + random.Index(ConstantAnswers.Length)),
                    };
            }
        }
    }

    /// <summary>Shape [levels]: the true score at each level of the table.</summary>
    private static double[] TruePoints(ComponentModel model, int requiredPercent)
    {
        int items = model.Easiness.Length;
        int required = ScoringUnits.RequiredItems(items, requiredPercent);
        double[] noReason = new double[items];
        double[] specialist = [.. Enumerable.Repeat(SpecialistNotMyRole, items)];
        (double Share, double Present, double[] Weights) careful = Having((1 - CarelessRate) * (1 - SpecialistRate), model.NotMyRole);
        (double Share, double Present, double[] Weights) special = Having((1 - CarelessRate) * SpecialistRate, model.IsClassroom ? specialist : model.NotMyRole);
        (double Share, double Present, double[] _) careless = Having(CarelessRate, noReason);
        double constant = ConstantAnswers.Select((probability, position) => probability * (position + 1)).Sum();
        double carelessMean = (constant + (1 + ConstantAnswers.Length) / 2.0) / 2;
        double having = careful.Share * careful.Present + special.Share * special.Present + careless.Share * careless.Present;
        double spread = Math.Sqrt(1 + model.Sigma * model.Sigma);
        return
        [
            .. Enumerable.Range(0, Levels).Select(step =>
            {
                double sum = careless.Share * careless.Present * carelessMean;
                for (int i = 0; i < items; i++)
                {
                    double answer = 1;
                    for (int threshold = 1; threshold <= 4; threshold++)
                    {
                        answer += Normal.CDF(0, spread, LowestLevel + LevelStep * step + model.Easiness[i] - model.Step * (threshold - 2.5));
                    }

                    sum += (careful.Share * careful.Weights[i] + special.Share * special.Weights[i]) * answer;
                }

                return 200 * sum / having;
            }),
        ];

        // The probability of a score, and the expected weight of each item in it.
        (double Share, double Present, double[] Weights) Having(double share, double[] notMyRole)
        {
            double present = 0;
            double[] weights = new double[items];
            for (int pattern = 0; pattern < 1 << items; pattern++)
            {
                int answered = int.PopCount(pattern);
                double probability = answered < required ? 0 : 1;
                for (int i = 0; i < items; i++)
                {
                    double missing = notMyRole[i] + (1 - notMyRole[i]) * SkipRate;
                    probability *= (pattern >> i & 1) != 0 ? 1 - missing : missing;
                }

                present += probability;
                for (int i = 0; i < items; i++)
                {
                    weights[i] += (pattern >> i & 1) != 0 ? probability / answered : 0;
                }
            }

            return (share, present, weights);
        }
    }
}
