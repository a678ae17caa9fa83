using MathNet.Numerics.Distributions;
using Onpoint.Measurement;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Scoring;
using static Onpoint.Benchmarks.Recovery.ReportTable;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>Placing a new district against an edition.</summary>
internal sealed class PlacementStudy(AnswerModel model, RecordModel records) : RecoveryStudy
{
    private const ulong Seed = 4_000_000;

    private const Stage At = Stage.Year2;

    private static readonly int[] Districts = [20, 60, 142];

    private static readonly int[] Teachers = [16, 20, 25, 40, 100, 250];

    // The grid of published stage equivalents: half stages, nothing between Year 3 and Year 4+.
    private static readonly double[] Grid = [0, 0.5, 1, 1.5, 2, 2.5, 3, 4];

    public override string Name => "placement";

    public override string Title => "Placing: does the range hold the district's true place?";

    public override IReadOnlyList<ReportTable> Run(int replications)
    {
        ulong seed = Seed;
        string error = $"{replications:#,0} editions with a new district each; Monte Carlo error {MonteCarloError(0.95, replications)} where all are placed";
        var tables = new List<ReportTable>();
        foreach (Measure measure in records.Measures(ScoringPlan.Benchmark, "OP"))
        {
            string name = measure.Kind == MeasureKind.Benchmark ? "Benchmark" : "Operations";
            ReportTable table = new(
                $"{name} of a district in Year 2, among so many districts at each stage. {error}",
                [
                    "districts", "teachers", "percentile given (%)", "its range holds the true place (those below the 25th or above the 75th)", "range (places)", "one band (%)", "of these right", "two bands (%)", "of these right",
                    "stage range right", "stage range (stages)",
                ]);
            foreach (int districts in measure.Kind == MeasureKind.Benchmark ? Districts : [60])
            {
                Outcome[][] byReplication = Replications.Run(replications, seed++, random => Records(random, districts, measure));
                foreach ((int position, int teachers) in Teachers.Index())
                {
                    table.Add([$"{districts}", $"{teachers}", .. Cells([.. byReplication.Select(outcomes => outcomes[position])])]);
                }
            }

            if (measure.Kind == MeasureKind.Benchmark)
            {
                table.Add(["20, answer by answer", "40", .. Cells(Replications.Run(replications, seed++, random => Answers(random, 20, 40, measure)))]);
            }

            tables.Add(table);
        }

        return tables;
    }

    private Outcome[] Records(RandomStream random, int districts, Measure measure)
    {
        NormCells cells = NormEditionBuilder.CellsWithout(
            [.. DistrictStages.AllStages.SelectMany(stage => Nation.Records(records, random, districts, stage, [measure]))], districtId: "");
        return
        [
            .. Teachers.Select(teachers =>
            {
                double[] truth = Nation.Truth(model, random, At);
                return Judge(records.Draw(random, "new", At, truth, teachers, Nation.Strata(teachers), [measure]), cells, measure, truth);
            }),
        ];
    }

    private Outcome Answers(RandomStream random, int districts, int teachers, Measure measure)
    {
        DistrictWave Draw(string id, Stage stage, double[] truth, int respondents) =>
            new SimulatedDistrict(model, WaveDesign.Of(respondents, 0.7, [.. Enumerable.Repeat(1.0, Nation.Strata(respondents))]), random).Draw(truth, stage, districtId: id)!;

        NormCells cells = NormEditionBuilder.CellsWithout(
            [
                .. DistrictStages.AllStages.SelectMany(stage => Enumerable.Range(0, districts).Select(district =>
                    Draw($"{stage}-{district:000}", stage, Nation.Truth(model, random, stage), Nation.Teachers(random)))),
            ],
            districtId: "");
        double[] truth = Nation.Truth(model, random, At);
        return Judge(Draw("new", At, truth, teachers), cells, measure, truth);
    }

    private Outcome Judge(DistrictWave wave, NormCells cells, Measure measure, double[] truth)
    {
        MeasurePlacing placing = DistrictPlacement.Place(wave, cells).Single(placing => placing.Measure == measure.Code);
        double[] curve = TrueCurves.Of(TrueCurves.Published(), measure.Weights);
        double points = TrueCurves.Weighted(measure.Weights, truth);
        double units = (points - curve[(int)At]) / (Nation.DistrictSd * model.EffectSd(measure.Weights));
        return new Outcome(
            Percentile(placing, cells.Find(measure.Code, At)!.Districts, 100 * Normal.CDF(0, 1, units)),
            placing.Band is Placing<LikelyBand>.Made(var band) ? (band.Highest - band.Lowest + 1, Band(units) >= band.Lowest && Band(units) <= band.Highest) : null,
            placing.StageEquivalent is Placing<StageEquivalent>.Made(var stages) ? StageRange(stages, points, curve) : null);
    }

    // No place beyond what so many districts can say is ever printed: an end there stands for "or further".
    private static (bool Right, double Width, bool Outer)? Percentile(MeasurePlacing placing, int districts, double place)
    {
        if (placing.StagePercentile is not Placing<Percentile>.Made(var percentile))
        {
            return null;
        }

        double end = Math.Max(1, 100.0 / (districts + 1));
        double held = Math.Clamp(place, end, 100 - end);
        return (percentile.Low <= held && held <= percentile.High, percentile.High - percentile.Low, Math.Abs(place - 50) > 25);
    }

    private static Band Band(double units) => units switch
    {
        < -1.5 => Measurement.Placement.Band.WellBelowTypical,
        < -0.5 => Measurement.Placement.Band.BelowTypical,
        < 0.5 => Measurement.Placement.Band.Typical,
        < 1.5 => Measurement.Placement.Band.AboveTypical,
        _ => Measurement.Placement.Band.WellAboveTypical,
    };

    // The true curves used here rise everywhere, so a true score lies at one place on them.
    private static (bool Right, double Width) StageRange(StageEquivalent stages, double points, double[] curve)
    {
        if (stages.Position != StagePosition.Between)
        {
            return (stages.Position == StagePosition.BeforePlanning ? points < curve[0] : points > curve[^1], 0);
        }

        double place = 0;
        for (int stage = 0; stage + 1 < curve.Length; stage++)
        {
            place += Math.Clamp((points - curve[stage]) / (curve[stage + 1] - curve[stage]), 0, 1);
        }

        double nearest = Grid.Min(step => Math.Abs(step - place));
        return (Grid.Any(step => Math.Abs(step - place) == nearest && stages.Low <= step && step <= stages.High), stages.High!.Value - stages.Low!.Value);
    }

    private static string[] Cells(Outcome[] outcomes)
    {
        (bool Right, double Width, bool Outer)[] percentiles = [.. outcomes.Select(outcome => outcome.Percentile).OfType<(bool, double, bool)>()];
        (int Count, bool Right)[] bands = [.. outcomes.Select(outcome => outcome.Bands).OfType<(int, bool)>()];
        (int Count, bool Right)[] one = [.. bands.Where(band => band.Count == 1)];
        (int Count, bool Right)[] two = [.. bands.Where(band => band.Count == 2)];
        (bool Right, double Width)[] stages = [.. outcomes.Select(outcome => outcome.Stages).OfType<(bool, double)>()];
        return
        [
            Percent((double)percentiles.Length / outcomes.Length),
            $"{Share(percentiles.Share(percentile => percentile.Right))} ({Share(percentiles.Where(percentile => percentile.Outer).ToArray().Share(percentile => percentile.Right))})",
            percentiles.Length == 0 ? "-" : $"{percentiles.Average(percentile => percentile.Width):0}",
            Percent((double)one.Length / outcomes.Length),
            Share(one.Share(band => band.Right)),
            Percent((double)two.Length / outcomes.Length),
            Share(two.Share(band => band.Right)),
            Share(stages.Share(stage => stage.Right)),
            stages.Length == 0 ? "-" : Points(stages.Average(stage => stage.Width)),
        ];
    }

    /// <summary>One placing beside the truth; null where nothing was said.</summary>
    private sealed record Outcome((bool Right, double Width, bool Outer)? Percentile, (int Count, bool Right)? Bands, (bool Right, double Width)? Stages);
}
