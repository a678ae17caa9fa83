using Onpoint.Measurement;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Scoring;
using static Onpoint.Benchmarks.Recovery.ReportTable;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>Changes between two waves, answer by answer.</summary>
internal sealed class ChangeStudy(AnswerModel model) : RecoveryStudy
{
    private const ulong Seed = 2_000_000;

    private static readonly int[] Teachers = [10, 15, 25, 50, 100, 250];

    // All components of the later wave rise by the same points.
    private static readonly double[] Start = TrueCurves.At(TrueCurves.Published(), (int)Stage.Year1);

    public override string Name => "change";

    public override string Title => "Two waves: is a change called when there is one, and only then?";

    public override IReadOnlyList<ReportTable> Run(int replications)
    {
        ulong seed = Seed;
        var table = new ReportTable(
            $"Change between two waves of a district with three schools, {replications:#,0} pairs each. Monte Carlo error {MonteCarloError(0.95, replications)} on a coverage, "
            + $"{MonteCarloError(0.05, replications)} on a false alarm, {MonteCarloError(0.8, replications)} on what is found",
            [
                "teachers a wave", "coverage, benchmark (all twelve)", "nothing changed: benchmark called up or down (%)", "nothing changed: any of the eleven others called (%)",
                "smallest change called (points)", "\"found four times in five\" (points)", "such a change is found (%)", "bias of the change (points)",
            ]);
        foreach (int teachers in Teachers)
        {
            table.Add([$"{teachers}", .. Row(replications, ref seed, teachers, sameTeachers: false)]);
        }

        table.Add(["50, the same teachers twice", .. Row(replications, ref seed, 50, sameTeachers: true)]);
        return [table];
    }

    private string[] Row(int replications, ref ulong seed, int teachers, bool sameTeachers)
    {
        MeasureChange[][] unchanged = Pairs(replications, seed++, teachers, 0, sameTeachers);
        double found = unchanged.Average(changes => changes[0].FoundFourInFivePoints);
        MeasureChange[][] changed = Pairs(replications, seed++, teachers, found, sameTeachers);
        double[] coverages = [.. unchanged[0].Select((_, measure) => unchanged.Share(changes => Covers(changes[measure], 0)))];
        return
        [
            $"{Share(coverages[0])} ({Shares(coverages)})",
            Percent(unchanged.Share(changes => changes[0].Verdict != ChangeVerdict.NoDetectableChange)),
            Percent(unchanged.Share(changes => changes.Any(change => change.Measure != ScoringPlan.Benchmark && change.Verdict != ChangeVerdict.NoDetectableChange))),
            $"{unchanged.Average(changes => changes[0].MarginPoints):0}",
            $"{found:0}",
            Percent(changed.Share(changes => changes[0].Verdict == ChangeVerdict.Up)),
            Points(changed.Average(changes => changes[0].Points) - found),
        ];
    }

    private static bool Covers(MeasureChange change, double truth) =>
        Math.Abs(change.Points - truth) <= TwoSidedT.Quantile(change.DegreesOfFreedom) * change.StandardErrorPoints;

    private MeasureChange[][] Pairs(int replications, ulong seed, int teachers, double rise, bool sameTeachers) =>
    [
        .. Replications.Run(replications, seed, random =>
        {
            var district = new SimulatedDistrict(model, WaveDesign.Of(teachers, 0.7, 4, 3, 3), random);
            Person[][] first = district.DrawTeachers();
            DistrictWave? earlier = district.Draw(Start, Stage.Year1, first);
            DistrictWave? later = district.Draw([.. Start.Select(points => points + rise)], Stage.Year2, sameTeachers ? first : null);
            return earlier is null || later is null ? null
                : WaveChange.Compare(earlier, later) is Placing<IReadOnlyList<MeasureChange>>.Made(var changes) ? changes.ToArray()
                : throw new InvalidOperationException("Seven in ten answered.");
        }).OfType<MeasureChange[]>(),
    ];
}
