using Onpoint.Measurement;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Synthesis;
using static Onpoint.Benchmarks.Recovery.ReportTable;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>tau, reliability and the percentiles of a norm cell, from records of districts.</summary>
internal sealed class SpreadStudy(RecordModel records) : RecoveryStudy
{
    private const ulong Seed = 3_000_000;

    private const Stage At = Stage.Year2;

    /// <summary>Teachers of the district whose reliability is asked for (count).</summary>
    private const int TypicalTeachers = 40;

    private static readonly int[] Districts = [10, 20, 60, 142];

    public override string Name => "spread";

    public override string Title => "The norm: how far do districts lie apart?";

    public override IReadOnlyList<ReportTable> Run(int replications)
    {
        ulong seed = Seed;
        var table = new ReportTable(
            $"Norm cells of districts with 16 to 111 teachers, {replications:#,0} cells each. Quantiles: mean difference to the true 5th, 10th, 90th and 95th percentile in points. Two Monte Carlo standard errors are in the last column",
            ["districts", "measure", "true tau", "mean tau (SD)", "tau found 0 (%)", $"true reliability with {TypicalTeachers} teachers", "mean reliability", "raw quantiles off by", "corrected quantiles off by", "±"]);
        foreach (int districts in Districts)
        {
            foreach (Measure measure in records.Measures(ScoringPlan.Benchmark, "OP"))
            {
                table.Add([$"{districts}", measure.Kind == MeasureKind.Benchmark ? "benchmark" : "Operations", .. Row(replications, seed++, districts, measure)]);
            }
        }

        return [table];
    }

    private string[] Row(int replications, ulong seed, int districts, Measure measure)
    {
        double tau = Nation.DistrictSd * records.Effects.EffectSd(measure.Weights);
        double mean = TrueCurves.Weighted(measure.Weights, TrueCurves.At(TrueCurves.Published(), (int)At));
        NormCell[] cells = Replications.Run(replications, seed, random =>
            NormEditionBuilder.CellsWithout(Nation.Records(records, random, districts, At, [measure]), districtId: "").Find(measure.Code, At)!);
        double error = records.SamplingVariance(measure, At, TypicalTeachers);
        int[] percents = [5, 10, 90, 95];
        string Off(Func<NormCell, IReadOnlyList<double>> quantiles) => string.Join(", ", percents.Select(percent => Points(
            cells.Average(cell => quantiles(cell)[percent - 1]) - (mean + tau * NormalQuantile.Compute(percent / 100.0)))));
        double tauMean = cells.Average(cell => cell.TauPoints!.Value);
        return
        [
            Points(tau),
            $"{Points(tauMean)} ({Points(Math.Sqrt(cells.Average(cell => Math.Pow(cell.TauPoints!.Value - tauMean, 2))))})",
            Percent(cells.Share(cell => cell.TauPoints == 0)),
            Share(NormEditionBuilder.Lambda(tau * tau, error)),
            Share(cells.Average(cell => NormEditionBuilder.Lambda(cell.TauPoints!.Value * cell.TauPoints.Value, error))),
            Off(cell => cell.RawQuantiles),
            Off(cell => cell.Quantiles),
            Points(2 * percents.Max(percent => Deviation([.. cells.Select(cell => cell.Quantiles[percent - 1])])) / Math.Sqrt(replications)),
        ];
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
