using Onpoint.Measurement;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>
/// Draws the record of a district-wave (scores, standard errors, degrees of freedom) from its sampling distribution instead of answer by answer: a hundred times faster, for
/// studies of many districts.
/// </summary>
/// <remarks>
/// X = truth + Normal(0, V/n), its estimated covariance V/n times a Wishart matrix with n - strata degrees of freedom over those degrees, independent of X. V, one teacher's contribution with its
/// missing scores, is the covariance that the service itself estimates from one simulated school of 40,000 teachers at the published mean of the stage. The study of single waves shows
/// how far this approximation holds; studies that use it repeat one configuration answer by answer.
/// </remarks>
internal sealed class RecordModel
{
    private const int CalibrationTeachers = 40_000;

    private const ulong CalibrationSeed = 20260;

    private readonly ScoringPlan _plan;
    private readonly string[] _components;
    private readonly StageErrors[] _stages;
    private readonly Dictionary<string, int> _positions;

    public RecordModel(AnswerModel answers)
    {
        _plan = answers.Plan;
        _components = [.. _plan.Instrument.Components.Select(component => component.Code)];
        _positions = _plan.Measures.Index().ToDictionary(measure => measure.Item.Code, measure => measure.Index);
        _stages = new StageErrors[TrueCurves.StageCount];
        Parallel.For(0, _stages.Length, stage => _stages[stage] = Calibrate(answers, stage));
        Effects = answers;
    }

    /// <summary>Draws effects of districts and waves.</summary>
    public AnswerModel Effects { get; }

    /// <summary>The measures with these codes, or all.</summary>
    public IReadOnlyList<Measure> Measures(params IReadOnlyList<string> codes) => [.. _plan.Measures.Where(measure => codes.Count == 0 || codes.Contains(measure.Code))];

    /// <summary>The mean squared error of a measure with this many teachers in one stratum. Points squared.</summary>
    public double SamplingVariance(Measure measure, Stage stage, int teachers) => Quadratic(measure.Weights, _stages[(int)stage].Covariance) / teachers;

    /// <summary>Draws one record.</summary>
    /// <param name="random">The random numbers.</param>
    /// <param name="districtId">The district's text id.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="truth">Shape [components]. Points.</param>
    /// <param name="teachers">Answers (count), at least 10.</param>
    /// <param name="strata">Strata behind the degrees of freedom (count).</param>
    /// <param name="measures">The measures to keep.</param>
    public DistrictWave Draw(RandomStream random, string districtId, Stage stage, IReadOnlyList<double> truth, int teachers, int strata, IReadOnlyList<Measure> measures)
    {
        StageErrors errors = _stages[(int)stage];
        int degrees = teachers - strata;
        double[] points = Add(truth, errors.Root, random, Math.Sqrt(1.0 / teachers));
        double[] covariance = Wishart(errors.Root, random, degrees, 1.0 / degrees / teachers);
        int[] counts = [.. errors.Having.Select(share => (int)Math.Round(share * teachers))];
        return new DistrictWave
        {
            DistrictId = districtId,
            Wave = $"{2022 + (int)stage}",
            Stage = stage,
            SchoolYear = 2022 + (int)stage,
            Responses = teachers,
            SmallestCount = counts.Min(),
            Measures =
            [
                .. measures.Select(measure =>
                {
                    double variance = Quadratic(measure.Weights, covariance);
                    int respondents = Smallest(measure, counts);
                    double within = errors.WithinVariances[_positions[measure.Code]] * variance * teachers / Quadratic(measure.Weights, errors.Covariance);
                    return new MeasureSummary(
                        measure.Code, TrueCurves.Weighted(measure.Weights, points), Math.Sqrt(variance), degrees, respondents, respondents - strata, (respondents - strata) * within);
                }),
            ],
            Components = _components,
            ComponentCovariances = covariance,
            Strata = [new WaveStratum(1, [.. measures.Select(measure => Smallest(measure, counts))])],
        };
    }

    private static int Smallest(Measure measure, int[] counts) => counts.Where((_, component) => measure.Weights[component] > 0).Min();

    private static StageErrors Calibrate(AnswerModel answers, int stage)
    {
        var random = new RandomStream(CalibrationSeed, stage);
        double[] truth = TrueCurves.At(TrueCurves.Published(), stage);
        double[] levels = [.. truth.Select((points, component) => answers.Level(component, points))];
        byte[] response = new byte[answers.Plan.Instrument.Items.Count + answers.Plan.Instrument.Context.Count];
        UnitTotals totals = answers.Plan.NewTotals();
        for (int teacher = 0; teacher < CalibrationTeachers; teacher++)
        {
            answers.Answer(random, answers.DrawPerson(random), levels, response);
            totals.Add(response);
        }

        UnitEstimate unit = WaveEstimator.Estimate(answers.Plan, [new SchoolTotals("s", CalibrationTeachers, totals)], samplesSchools: false).District;
        int components = truth.Length;
        double[] covariance = [.. unit.ComponentCovariances!.Select(value => value * CalibrationTeachers)];
        return new StageErrors(
            covariance,
            Cholesky(covariance),
            [.. unit.Measures.Select(measure => measure.WithinSumSquares / measure.WithinDegrees)],
            [.. unit.Measures.TakeLast(components).Select(measure => (double)measure.Respondents / CalibrationTeachers)]);
    }

    // Square matrices row by row; roots are lower triangles.
    private static double Quadratic(IReadOnlyList<double> weights, double[] matrix)
    {
        double sum = 0;
        for (int row = 0; row < weights.Count; row++)
        {
            for (int column = 0; weights[row] != 0 && column < weights.Count; column++)
            {
                sum += weights[row] * weights[column] * matrix[row * weights.Count + column];
            }
        }

        return sum;
    }

    private static double[] Add(IReadOnlyList<double> truth, double[] root, RandomStream random, double factor)
    {
        int size = truth.Count;
        double[] points = [.. truth];
        for (int column = 0; column < size; column++)
        {
            double normal = factor * random.Normal();
            for (int row = column; row < size; row++)
            {
                points[row] += root[row * size + column] * normal;
            }
        }

        return points;
    }

    // Bartlett's decomposition: below the diagonal normal numbers, on it roots of chi-squared ones.
    private static double[] Wishart(double[] root, RandomStream random, int degrees, double factor)
    {
        int size = (int)Math.Sqrt(root.Length);
        double[] triangle = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < row; column++)
            {
                triangle[row * size + column] = random.Normal();
            }

            triangle[row * size + row] = Math.Sqrt(random.ChiSquared(degrees - row));
        }

        double[] product = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int inner = 0; inner <= row; inner++)
            {
                for (int column = 0; column <= inner; column++)
                {
                    product[row * size + column] += root[row * size + inner] * triangle[inner * size + column];
                }
            }
        }

        double[] covariance = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double sum = 0;
                for (int inner = 0; inner <= column; inner++)
                {
                    sum += product[row * size + inner] * product[column * size + inner];
                }

                covariance[row * size + column] = covariance[column * size + row] = factor * sum;
            }
        }

        return covariance;
    }

    private static double[] Cholesky(double[] matrix)
    {
        int size = (int)Math.Sqrt(matrix.Length);
        double[] root = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double rest = matrix[row * size + column];
                for (int inner = 0; inner < column; inner++)
                {
                    rest -= root[row * size + inner] * root[column * size + inner];
                }

                root[row * size + column] = row == column ? Math.Sqrt(rest) : rest / root[column * size + column];
            }
        }

        return root;
    }

    /// <summary>Errors of one stage.</summary>
    /// <param name="Covariance">V: shape [components x components]. Points squared, for one teacher.</param>
    /// <param name="Root">Its Cholesky root.</param>
    /// <param name="WithinVariances">Shape [measures]: s_w². Points squared.</param>
    /// <param name="Having">Shape [components]: teachers with a score. Fraction.</param>
    private sealed record StageErrors(double[] Covariance, double[] Root, double[] WithinVariances, double[] Having);
}
