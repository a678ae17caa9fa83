using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Tests.Norms;

/// <summary>Made-up district-waves with the measures of the Onpoint teacher survey.</summary>
internal static class SyntheticWaves
{
    public static readonly IReadOnlyList<string> Categories = ["strategy-communication", "operations", "instructional-design", "culture-of-innovation"];
    public static readonly IReadOnlyList<string> Components = ["SC", "OP", "TR", "SR", "BI", "IR", "PS"];
    public static readonly IReadOnlyList<string> Measures = [ScoringPlan.Benchmark, .. Categories, .. Components];

    /// <summary>The stage means of docs/methodology.md section 5, by component (order of <see cref="Components"/>), Planning to Year 4+.</summary>
    public static readonly double[][] StageMeans =
    [
        [520, 660, 690, 708, 720],
        [540, 578, 614, 648, 680],
        [500, 600, 640, 655, 662],
        [440, 500, 556, 606, 648],
        [570, 640, 660, 652, 650],
        [540, 610, 650, 646, 645],
        [570, 610, 640, 640, 639],
    ];

    /// <summary>A wave whose every measure has the same summary unless told otherwise.</summary>
    public static DistrictWave Wave(
        string district,
        Stage stage,
        double points = 600,
        double standardError = 20,
        double degreesOfFreedom = 60,
        int respondents = 40,
        params ReadOnlySpan<(string Measure, double Points)> except)
    {
        var special = new Dictionary<string, double>();
        foreach ((string measure, double value) in except)
        {
            special.Add(measure, value);
        }

        return new DistrictWave
        {
            DistrictId = district,
            Wave = $"{2022 + (int)stage}",
            Stage = stage,
            SchoolYear = 2022 + (int)stage,
            Responses = respondents,
            SmallestCount = respondents,
            Measures = [.. Measures.Select(measure => new MeasureSummary(
                measure, special.GetValueOrDefault(measure, points), standardError, degreesOfFreedom, respondents, respondents - 1, (respondents - 1) * 147.0 * 147.0))],
            Components = Components,
        };
    }

    /// <summary>One district's waves from Planning on, with the given points of one measure.</summary>
    public static DistrictWave[] Path(string measure, double standardError, params ReadOnlySpan<double> points)
    {
        var waves = new DistrictWave[points.Length];
        for (int stage = 0; stage < points.Length; stage++)
        {
            waves[stage] = Wave("d", (Stage)stage, standardError: standardError, except: [(measure, points[stage])]);
        }

        return waves;
    }

    /// <summary>
    /// The panel of the bundled dataset (the national dataset's README: 142 districts, 316 district-waves) with the stage means above, a persistent and a wave effect per district and component, and sampling
    /// errors of known size. Category and benchmark are equal means. Not the bundled generator: no answers, no schools.
    /// </summary>
    public static DistrictWave[] National(ulong seed)
    {
        (int First, int Last, int Districts)[] patterns =
            [(0, 2, 10), (0, 3, 10), (1, 3, 6), (1, 4, 12), (2, 4, 10), (0, 4, 14), (0, 0, 16), (1, 1, 16), (2, 2, 16), (3, 3, 16), (4, 4, 16)];
        var waves = new List<DistrictWave>();
        int district = 0;
        foreach ((int first, int last, int districts) in patterns)
        {
            for (int copy = 0; copy < districts; copy++)
            {
                district++;
                var random = SplitMix64.ForStream(seed, district);
                double[] persistent = [.. Components.Select(_ => 42 * Normal(ref random))];
                for (int stage = first; stage <= last; stage++)
                {
                    int respondents = 30 + random.Next(60);
                    double standardError = 147 / Math.Sqrt(respondents);
                    double[] points = new double[Components.Count];
                    for (int component = 0; component < points.Length; component++)
                    {
                        points[component] = StageMeans[component][stage] + persistent[component] + 24 * Normal(ref random) + standardError * Normal(ref random);
                    }

                    double design = (points[2] + points[3]) / 2;
                    double culture = (points[4] + points[5] + points[6]) / 3;
                    waves.Add(Wave(
                        $"S{district:000}", (Stage)stage, (points[0] + points[1] + design + culture) / 4, standardError, respondents - 3, respondents,
                        [(Categories[0], points[0]), (Categories[1], points[1]), (Categories[2], design), (Categories[3], culture), .. Components.Zip(points)]));
                }
            }
        }

        return [.. waves];
    }

    public static double Normal(ref SplitMix64 random) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, ((random.Next() >> 11) + 0.5) * double.Exp2(-53));

    /// <summary>The same waves in an order that depends on the seed.</summary>
    public static DistrictWave[] Shuffle(IReadOnlyList<DistrictWave> waves, ulong seed)
    {
        var random = new SplitMix64(seed);
        DistrictWave[] shuffled = [.. waves];
        for (int position = shuffled.Length - 1; position > 0; position--)
        {
            int other = random.Next(position + 1);
            (shuffled[position], shuffled[other]) = (shuffled[other], shuffled[position]);
        }

        return shuffled;
    }
}
