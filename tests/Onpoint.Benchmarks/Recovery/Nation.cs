using Onpoint.Measurement;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>Districts as in the bundled dataset: how they differ and how many of their teachers answer.</summary>
internal static class Nation
{
    /// <summary>SD of a district's effect over its waves. Points.</summary>
    public const double PersistentSd = 42;

    /// <summary>SD of the effect of one wave. Points.</summary>
    public const double WaveSd = 24;

    /// <summary>SD of districts at one stage. Points.</summary>
    public static readonly double DistrictSd = Math.Sqrt(PersistentSd * PersistentSd + WaveSd * WaveSd);

    private const int FewestTeachers = 16;

    private const int MostTeachers = 111;

    /// <summary>Answers of one wave (count): 16 to 111, half of the waves below 45.</summary>
    public static int Teachers(RandomStream random) => (int)Math.Clamp(45 * Math.Exp(0.35 * random.Normal()), FewestTeachers, MostTeachers);

    /// <summary>Schools behind so many answers: one in 15, at most 6 (count).</summary>
    public static int Strata(int teachers) => Math.Clamp(teachers / 15, 1, 6);

    /// <summary>True scores of a district that is seen once.</summary>
    public static double[] Truth(AnswerModel model, RandomStream random, Stage stage) =>
        [.. TrueCurves.At(TrueCurves.Published(), (int)stage).Zip(model.Effects(random, DistrictSd), (mean, effect) => mean + effect)];

    /// <summary>Records of districts at one stage.</summary>
    public static DistrictWave[] Records(RecordModel records, RandomStream random, int districts, Stage stage, IReadOnlyList<Measure> measures) =>
    [
        .. Enumerable.Range(0, districts).Select(district =>
        {
            int teachers = Teachers(random);
            double[] truth = Truth(records.Effects, random, stage);
            return records.Draw(random, $"{stage}-{district:000}", stage, truth, teachers, Strata(teachers), measures);
        }),
    ];
}
