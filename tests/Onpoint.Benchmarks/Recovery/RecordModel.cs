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

    public RecordModel(AnswerModel answers)
    {
        _plan = answers.Plan;
        _components = [.. _plan.Instrument.Components.Select(component => component.Code)];
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
        double[,] covariance = Wishart(errors.Root, random, degrees, 1.0 / degrees / teachers);
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
                    int position = _plan.Measures.Index().First(entry => entry.Item == measure).Index;
                    int respondents = Smallest(measure, counts);
                    double within = errors.WithinVariances[position] * variance * teachers / Quadratic(measure.Weights, errors.Covariance);
                    return new MeasureSummary(
                        measure.Code, TrueCurves.Weighted(measure.Weights, points), Math.Sqrt(variance), degrees, respondents, respondents - strata, (respondents - strata) * within);
                }),
            ],
            Components = _components,
            ComponentCovariances = [.. covariance.Cast<double>()],
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
        double[,] covariance = new double[components, components];
        for (int cell = 0; cell < components * components; cell++)
        {
            covariance[cell / components, cell % components] = unit.ComponentCovariances![cell] * CalibrationTeachers;
        }

        return new StageErrors(
            covariance,
            Cholesky(covariance),
            [.. unit.Measures.Select(measure => measure.WithinSumSquares / measure.WithinDegrees)],
            [.. unit.Measures.TakeLast(components).Select(measure => (double)measure.Respondents / CalibrationTeachers)]);
    }

    private static double Quadratic(IReadOnlyList<double> weights, double[,] matrix)
    {
        double sum = 0;
        for (int row = 0; row < weights.Count; row++)
        {
            for (int column = 0; column < weights.Count; column++)
            {
                sum += weights[row] * weights[column] * matrix[row, column];
            }
        }

        return sum;
    }

    private static double[] Add(IReadOnlyList<double> truth, double[,] root, RandomStream random, double factor)
    {
        double[] normal = [.. truth.Select(_ => random.Normal())];
        return [.. truth.Select((points, row) => points + factor * Enumerable.Range(0, row + 1).Sum(column => root[row, column] * normal[column]))];
    }

    // Bartlett's decomposition: below the diagonal normal numbers, on it roots of chi-squared ones.
    private static double[,] Wishart(double[,] root, RandomStream random, int degrees, double factor)
    {
        int size = root.GetLength(0);
        double[,] triangle = new double[size, size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < row; column++)
            {
                triangle[row, column] = random.Normal();
            }

            triangle[row, row] = Math.Sqrt(random.ChiSquared(degrees - row));
        }

        double[,] product = new double[size, size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                for (int inner = column; inner <= row; inner++)
                {
                    product[row, column] += root[row, inner] * triangle[inner, column];
                }
            }
        }

        double[,] covariance = new double[size, size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                for (int inner = 0; inner <= column; inner++)
                {
                    covariance[row, column] += factor * product[row, inner] * product[column, inner];
                }

                covariance[column, row] = covariance[row, column];
            }
        }

        return covariance;
    }

    private static double[,] Cholesky(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        double[,] root = new double[size, size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double rest = matrix[row, column];
                for (int inner = 0; inner < column; inner++)
                {
                    rest -= root[row, inner] * root[column, inner];
                }

                root[row, column] = row == column ? Math.Sqrt(rest) : rest / root[column, column];
            }
        }

        return root;
    }

    /// <summary>Errors of one stage.</summary>
    /// <param name="Covariance">V: shape [components][components]. Points squared, for one teacher.</param>
    /// <param name="Root">Its Cholesky root.</param>
    /// <param name="WithinVariances">Shape [measures]: s_w². Points squared.</param>
    /// <param name="Having">Shape [components]: teachers with a score. Fraction.</param>
    private sealed record StageErrors(double[,] Covariance, double[,] Root, double[] WithinVariances, double[] Having);
}
