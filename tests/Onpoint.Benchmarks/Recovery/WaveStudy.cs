using Onpoint.Measurement;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;
using static Onpoint.Benchmarks.Recovery.ReportTable;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>Scores and margins of one wave, answer by answer.</summary>
internal sealed class WaveStudy(AnswerModel model) : RecoveryStudy
{
    private const ulong Seed = 1_000_000;

    private const double UsualResponse = 0.7;

    private static readonly int[] Teachers = [5, 10, 15, 20, 25, 50, 100, 250];

    private static readonly (string Name, double[] Shares)[] Layouts =
    [
        ("one school", [1]),
        ("three equal schools", [1, 1, 1]),
        ("six unequal schools", [44, 36, 30, 26, 16, 8]),
        ("two large and four tiny schools", [40, 40, 5, 5, 5, 5]),
    ];

    private static readonly int[] SampledRosters = [44, 36, 30, 26, 20, 50, 24, 40, 28, 32];

    public override string Name => "wave";

    public override string Title => "One wave: is the truth inside the margin?";

    public override IReadOnlyList<ReportTable> Run(int replications)
    {
        ulong seed = Seed;
        string error = $"{replications:#,0} simulated waves each; Monte Carlo error {MonteCarloError(0.95, replications)}";
        var bySize = new ReportTable(
            $"Coverage of 95 % margins, {UsualResponse:0 %} of the roster answering: benchmark (lowest to highest of all twelve measures). {error}",
            ["teachers", .. Layouts.Select(layout => layout.Name), "largest bias (points)", "usual margin of the benchmark"]);
        foreach (int teachers in Teachers)
        {
            Outcome[] outcomes = [.. Layouts.Select(layout => Measure(replications, seed++, WaveDesign.Of(teachers, UsualResponse, layout.Shares)))];
            bySize.Add(
            [
                $"{teachers}", .. outcomes.Select(outcome => outcome.Coverages),
                Points(outcomes.SelectMany(outcome => outcome.Biases).MaxBy(Math.Abs)), $"±{outcomes.Average(outcome => outcome.Margin):0}",
            ]);
        }

        var byResponse = new ReportTable(
            $"The same for 50 teachers of six unequal schools by response. {error}",
            ["who answers", "benchmark (all twelve)", "largest bias (points)"]);
        foreach ((string who, WaveDesign design) in Responses())
        {
            Outcome outcome = Measure(replications, seed++, design);
            byResponse.Add(who, outcome.Coverages, Points(outcome.Biases.MaxBy(Math.Abs)));
        }

        var bySample = new ReportTable(
            $"Schools drawn by chance from many, about 15 teachers of each answering, rosters of 20 to 50. {error}",
            ["schools drawn", "benchmark (all twelve)", "largest bias (points)", "usual margin of the benchmark"]);
        foreach (int schools in new[] { 2, 3, 5, 10, 20 })
        {
            int[] rosters = [.. Enumerable.Range(0, schools).Select(school => SampledRosters[school % SampledRosters.Length])];
            var design = new WaveDesign(rosters, 15 * schools, [.. rosters.Select(roster => 1.0 / roster)]) { SamplesSchools = true };
            Outcome outcome = Measure(replications, seed++, design);
            bySample.Add($"{schools}", outcome.Coverages, Points(outcome.Biases.MaxBy(Math.Abs)), $"±{outcome.Margin:0}");
        }

        return [bySize, byResponse, bySample];
    }

    private static IEnumerable<(string Who, WaveDesign Design)> Responses()
    {
        double[] shares = Layouts[2].Shares;
        foreach (double rate in new[] { 0.4, 0.7, 1.0 })
        {
            yield return ($"{rate:0 %} of the roster", WaveDesign.Of(50, rate, shares));
        }

        yield return ("70 %, in half of the schools twice as likely", WaveDesign.Of(50, 0.7, shares) with { Rates = [2, 1, 2, 1, 2, 1] });
    }

    private Outcome Measure(int replications, ulong seed, WaveDesign design)
    {
        double[] truth = TrueCurves.At(TrueCurves.Published(), (int)Stage.Year2);
        double[] targets = [.. model.Plan.Measures.Select(measure => TrueCurves.Weighted(measure.Weights, truth))];
        Recovered[][] waves =
        [
            .. Replications.Run(replications, seed, random =>
            {
                DistrictWave? wave = new SimulatedDistrict(model, design, random).Draw(truth, Stage.Year2);
                return wave?.Measures.Select((summary, measure) => new Recovered(
                    summary.Points - targets[measure], TwoSidedT.Quantile(summary.DegreesOfFreedom) * summary.StandardErrorPoints)).ToArray();
            }).OfType<Recovered[]>(),
        ];
        double[] coverages = [.. targets.Select((_, measure) => waves.Share(wave => wave[measure].Covers))];
        return new Outcome(
            $"{Share(coverages[0])} ({Shares(coverages)})",
            [.. targets.Select((_, measure) => waves.Average(wave => wave[measure].Error))],
            waves.Average(wave => wave[0].Margin));
    }

    private sealed record Outcome(string Coverages, double[] Biases, double Margin);
}
