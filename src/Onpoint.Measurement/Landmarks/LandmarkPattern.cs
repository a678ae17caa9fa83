using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Landmarks;

/// <summary>The table of docs/methodology.md section 7: which stages a landmark needs and what it compares there.</summary>
internal static class LandmarkPattern
{
    private const int StageCount = 5;

    /// <summary>Landmark 4: growth after Year 2 below this counts as flat. Points; a twentieth of one answer step.</summary>
    private const double FlatPoints = 10;

    /// <summary>The measures a landmark needs.</summary>
    public static IReadOnlyList<string> Measures(Landmark landmark) => landmark switch
    {
        Landmark.SharedUnderstanding => [LandmarkSeries.Communication.Measure],
        Landmark.Operations => [LandmarkSeries.Operations.Measure],
        Landmark.StudentAgency => [LandmarkSeries.Design.Measure, LandmarkSeries.TeacherBeyondStudent.Measure, LandmarkSeries.TeacherBeyondStudent.Minus!],
        Landmark.Culture => [LandmarkSeries.Culture.Measure],
        _ => throw new ArgumentOutOfRangeException(nameof(landmark), landmark, "There are four landmarks."),
    };

    /// <summary>The runs of consecutive stages on which a landmark can be tested, the best first: the latest last stage, then the earliest first stage.</summary>
    public static IEnumerable<IReadOnlyList<Stage>> Runs(Landmark landmark)
    {
        (int latestStart, int earliestLast) = landmark switch
        {
            Landmark.SharedUnderstanding or Landmark.StudentAgency => (0, 2), // Planning, Year 1, a later stage
            Landmark.Operations => (0, 3), // four stages; growth counts from Planning
            Landmark.Culture => (1, 3), // Planning or Year 1, Year 2, Year 3 or later
            _ => throw new ArgumentOutOfRangeException(nameof(landmark), landmark, "There are four landmarks."),
        };
        for (int last = StageCount - 1; last >= earliestLast; last--)
        {
            for (int first = 0; first <= latestStart; first++)
            {
                yield return [.. DistrictStages.AllStages.Skip(first).Take(last - first + 1)];
            }
        }
    }

    /// <summary>The gates and conditions on a run of stages.</summary>
    public static (IReadOnlyList<LandmarkContrast> Gates, IReadOnlyList<LandmarkContrast> Conditions) Contrasts(Landmark landmark, IReadOnlyList<Stage> stages)
    {
        Stage first = stages[0];
        Stage last = stages[^1];
        int steps = stages.Count - 1;
        double[] total = StageGrowth.Step(first, last);
        switch (landmark)
        {
            case Landmark.SharedUnderstanding:
                return (
                    [Gate(LandmarkSeries.Communication, first, last)],
                    [new(LandmarkQuantity.FirstYearBeyondHalf, LandmarkSeries.Communication, first, Stage.Year1, Minus(StageGrowth.Step(first, Stage.Year1), 0.5, total))]);
            case Landmark.Operations:
                return (
                    [Gate(LandmarkSeries.Operations, first, last)],
                    [
                        .. stages.Zip(stages.Skip(1)).SelectMany(pair =>
                        {
                            double[] step = StageGrowth.Step(pair.First, pair.Second);
                            double[] twice = [.. total.Select(weight => 2 * weight / steps)];
                            return new LandmarkContrast[]
                            {
                                new(LandmarkQuantity.StepBeyondThirdOfMean, LandmarkSeries.Operations, pair.First, pair.Second, Minus(step, 1.0 / (3 * steps), total)),
                                new(LandmarkQuantity.TwiceMeanBeyondStep, LandmarkSeries.Operations, pair.First, pair.Second, Minus(twice, 1, step)),
                            };
                        }),
                    ]);
            case Landmark.StudentAgency:
                double[] early = StageGrowth.Step(first, Stage.Year1);
                double[] late = StageGrowth.Step(Stage.Year1, last);
                return (
                    [Gate(LandmarkSeries.Design, first, Stage.Year1), Gate(LandmarkSeries.Design, Stage.Year1, last)],
                    [
                        new(LandmarkQuantity.FirstYearBeyondLaterSteps, LandmarkSeries.Design, first, Stage.Year1, Minus(early, 1.0 / (steps - 1), late)),
                        new(LandmarkQuantity.TeacherBeyondStudent, LandmarkSeries.TeacherBeyondStudent, first, Stage.Year1, early),
                        new(LandmarkQuantity.StudentBeyondTeacher, LandmarkSeries.TeacherBeyondStudent, Stage.Year1, last, [.. late.Select(weight => -weight)]),
                    ]);
            default:
                return (
                    [Gate(LandmarkSeries.Culture, first, Stage.Year2)],
                    [
                        new(LandmarkQuantity.GrowthAfterYear2, LandmarkSeries.Culture, Stage.Year2, last, StageGrowth.Step(Stage.Year2, last))
                        {
                            ThresholdPoints = FlatPoints,
                            Wanted = ThresholdSide.Below,
                        },
                    ]);
        }
    }

    private static LandmarkContrast Gate(LandmarkSeries series, Stage from, Stage to) => new(LandmarkQuantity.Growth, series, from, to, StageGrowth.Step(from, to));

    private static double[] Minus(double[] weights, double factor, double[] other) => [.. weights.Zip(other, (weight, subtracted) => weight - factor * subtracted)];
}

/// <summary>A measure of a wave, or the difference of two.</summary>
/// <param name="Measure">The measure's code.</param>
/// <param name="Minus">The measure taken off it; null for none.</param>
internal sealed record LandmarkSeries(string Measure, string? Minus = null)
{
    public static readonly LandmarkSeries Communication = new("strategy-communication");
    public static readonly LandmarkSeries Operations = new("operations");
    public static readonly LandmarkSeries Design = new("instructional-design");
    public static readonly LandmarkSeries TeacherBeyondStudent = new("TR", "SR");
    public static readonly LandmarkSeries Culture = new("culture-of-innovation");

    /// <summary>The value of a wave. Points.</summary>
    public double Points(DistrictWave wave) => wave.Find(Measure)!.Points - (Minus is null ? 0 : wave.Find(Minus)!.Points);

    /// <summary>Teachers behind it; of a difference the smaller number (count).</summary>
    public int Respondents(DistrictWave wave) => Math.Min(wave.Find(Measure)!.Respondents, wave.Find(Minus ?? Measure)!.Respondents);

    /// <summary>
    /// The sampling variance of the value with its degrees of freedom; of a difference of two components Var + Var - 2 Cov and the smaller df. Without the covariance the variances are added: the same teachers answer
    /// both, so that is too wide, never too narrow. Points squared.
    /// </summary>
    public (double Variance, double DegreesOfFreedom) Sampling(DistrictWave wave)
    {
        MeasureSummary summary = wave.Find(Measure)!;
        double variance = summary.StandardErrorPoints * summary.StandardErrorPoints;
        if (Minus is null)
        {
            return (variance, summary.DegreesOfFreedom);
        }

        MeasureSummary other = wave.Find(Minus)!;
        double covariance = wave.ComponentCovariances.Count == 0 ? 0 : wave.ComponentCovariances[Position(wave, Measure) * wave.Components.Count + Position(wave, Minus)];
        return (
            Math.Max(0, variance + other.StandardErrorPoints * other.StandardErrorPoints - 2 * covariance),
            Math.Min(summary.DegreesOfFreedom, other.DegreesOfFreedom));
    }

    private static int Position(DistrictWave wave, string component) => wave.Components.Index().First(entry => entry.Item == component).Index;
}

/// <summary>One gate or condition before it is estimated.</summary>
/// <param name="Quantity">What is compared.</param>
/// <param name="Series">Of which measure.</param>
/// <param name="From">Where the growth or step begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Weights">Shape [5 stages]; sums to 0.</param>
internal sealed record LandmarkContrast(LandmarkQuantity Quantity, LandmarkSeries Series, Stage From, Stage To, double[] Weights)
{
    /// <summary>The threshold. Points.</summary>
    public double ThresholdPoints { get; init; }

    /// <summary>The wanted side.</summary>
    public ThresholdSide Wanted { get; init; }
}
