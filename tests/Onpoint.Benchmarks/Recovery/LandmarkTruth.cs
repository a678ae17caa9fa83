using Onpoint.Measurement.Landmarks;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>Stage means whose landmarks are known.</summary>
/// <param name="Name">What is true.</param>
/// <param name="Tested">The landmarks this truth says something about, and what it says.</param>
/// <param name="Curves">Shape [components][5 stages], by the last stage seen. Points.</param>
internal sealed record LandmarkTruth(string Name, IReadOnlyDictionary<Landmark, string> Tested, Func<int, double[][]> Curves)
{
    private const int Communication = 0;
    private const int Operations = 1;
    private const int Teacher = 2;
    private const int Student = 3;
    private const int FirstOfCulture = 4;

    /// <summary>The published means: all four landmarks are there.</summary>
    public static readonly LandmarkTruth Clear = new(
        "there",
        new Dictionary<Landmark, string>
        {
            [Landmark.SharedUnderstanding] = "70 % of the growth by Year 1",
            [Landmark.Operations] = "steps of 38, 36, 34, 32",
            [Landmark.StudentAgency] = "80, 48, 32 and 25 a year; teacher role first",
            [Landmark.Culture] = "5 points down after Year 2",
        },
        _ => TrueCurves.Published());

    /// <summary>Truths on the edge of exactly one gate or condition; all others hold.</summary>
    public static readonly IReadOnlyList<LandmarkTruth> Boundaries =
    [
        new(
            "edge",
            new Dictionary<Landmark, string>
            {
                [Landmark.SharedUnderstanding] = "exactly half of the growth by Year 1",
                [Landmark.Operations] = "one step exactly a third of the mean step",
                [Landmark.StudentAgency] = "first step of design equal to the mean later step",
                [Landmark.Culture] = "exactly 10 points of growth after Year 2",
            },
            last => Make(
                last,
                communication: Path(last, 520, (520 + Published(Communication, last)) / 2, Published(Communication, last)),
                operations: Steps(540, last, 140, step => step == 1 ? 1.0 / (3 * last) : (1 - 1.0 / (3 * last)) / (last - 1)),
                teacher: Steps(500, last, 46 * last, step => (step == 0 ? 46 + 34 : 46 - 20.0) / (46 * last)),
                student: Steps(440, last, 46 * last, step => (step == 0 ? 46 - 34 : 46 + 20.0) / (46 * last)),
                culture: AfterYear2(last, 10))),
        new(
            "edge",
            new Dictionary<Landmark, string>
            {
                [Landmark.SharedUnderstanding] = "no growth in all, a rise in Year 1 lost again",
                [Landmark.Operations] = "one step exactly twice the mean step",
                [Landmark.StudentAgency] = "both roles grow alike to Year 1",
                [Landmark.Culture] = "no growth to Year 2, a loss after it",
            },
            last => Make(
                last,
                communication: Path(last, 520, 660, 520),
                operations: Steps(540, last, 140, step => step == 0 ? 2.0 / last : (1 - 2.0 / last) / (last - 1)),
                teacher: [.. TrueCurves.Published()[Teacher].Select((points, stage) => points - (stage > 0 ? 20 : 0))],
                student: [.. TrueCurves.Published()[Student].Select((points, stage) => points + (stage > 0 ? 20 : 0))],
                culture: [600, 600, 600, 580, 580])),
        new(
            "edge",
            new Dictionary<Landmark, string>
            {
                [Landmark.Operations] = "no growth at all",
                [Landmark.StudentAgency] = "both roles grow alike after Year 1",
            },
            last => Make(
                last,
                operations: [600, 600, 600, 600, 600],
                teacher: [500, .. Design().Skip(1).Select(points => points + 50)],
                student: [440, .. Design().Skip(1).Select(points => points - 50)])),
        new(
            "edge",
            new Dictionary<Landmark, string> { [Landmark.StudentAgency] = "no growth of design after Year 1" },
            last => Make(last, teacher: Path(last, 500, 600, 570), student: Path(last, 440, 500, 530))),
    ];

    /// <summary>The contrary of each landmark.</summary>
    public static readonly LandmarkTruth Opposite = new(
        "opposite",
        new Dictionary<Landmark, string>
        {
            [Landmark.SharedUnderstanding] = "a quarter of the growth by Year 1",
            [Landmark.Operations] = "all growth in the first step",
            [Landmark.StudentAgency] = "student role first, teacher role later",
            [Landmark.Culture] = "60 points of growth after Year 2",
        },
        last => Make(
            last,
            communication: Path(last, 520, 520 + (Published(Communication, last) - 520) / 4, Published(Communication, last)),
            operations: Path(last, 540, 680, 680),
            teacher: [.. TrueCurves.Published()[Student].Select(points => points + 60)],
            student: [.. TrueCurves.Published()[Teacher].Select(points => points - 60)],
            culture: AfterYear2(last, 60)));

    private static double Published(int component, int stage) => TrueCurves.Published()[component][stage];

    private static double[] Design() => [.. TrueCurves.Published()[Teacher].Zip(TrueCurves.Published()[Student], (teacher, student) => (teacher + student) / 2)];

    // Straight from Year 1 to the last stage seen, and level after it.
    private static double[] Path(int last, double planning, double year1, double end) =>
        [planning, .. Enumerable.Range(1, TrueCurves.StageCount - 1).Select(stage => year1 + (end - year1) * Math.Min(stage - 1, last - 1) / (last - 1))];

    private static double[] Steps(double planning, int last, double growth, Func<int, double> share)
    {
        double[] points = [planning, planning, planning, planning, planning];
        for (int stage = 1; stage < points.Length; stage++)
        {
            points[stage] = points[stage - 1] + (stage <= last ? growth * share(stage - 1) : 0);
        }

        return points;
    }

    private static double[] AfterYear2(int last, double growth) =>
        [560, 620, 650, 650 + growth / Math.Max(1, last - 2), 650 + growth];

    private static double[][] Make(
        int last, double[]? communication = null, double[]? operations = null, double[]? teacher = null, double[]? student = null, double[]? culture = null)
    {
        double[][] published = TrueCurves.Published();
        return
        [
            communication ?? published[Communication], operations ?? published[Operations], teacher ?? published[Teacher], student ?? published[Student],
            .. published.Skip(FirstOfCulture).Select(component => culture ?? component),
        ];
    }
}
