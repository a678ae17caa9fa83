using Onpoint.Measurement;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using static Onpoint.Benchmarks.Recovery.ReportTable;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>The four landmarks of one district, answer by answer.</summary>
internal sealed class DistrictStudy(AnswerModel model) : RecoveryStudy
{
    private const ulong Seed = 6_000_000;

    private static readonly int[] Teachers = [25, 60, 100, 250];

    private static readonly int[] Waves = [3, 4, 5];

    public override string Name => "district";

    public override string Title => "Landmarks of one district: how many teachers does a verdict need?";

    public override IReadOnlyList<ReportTable> Run(int replications)
    {
        ulong seed = Seed;
        string each = $"{replications:#,0} districts with three schools each";
        string cells = $"Per cent *seen* / *not seen*, the rest *cannot tell*; {each}, Monte Carlo error {MonteCarloError(0.5, replications)} at one half and {MonteCarloError(0.025, replications)} at .025";
        var clear = new ReportTable(
            $"Truth: the published means, so all four landmarks are there. {cells}",
            ["teachers a wave", "waves", .. LandmarkOutcome.Landmarks.Select(landmark => landmark.Name), "coverage of the contrasts", "largest bias (points)"]);
        var shares = new ReportTable(
            $"Share of growth by Year 1 with Fieller's interval. {each}, Monte Carlo error {MonteCarloError(0.95, replications)} where all have one",
            ["teachers a wave", "waves", "given (%)", "bias", "coverage", "median width"]);
        foreach (int teachers in Teachers)
        {
            LandmarkOutcome[][][] outcomes = Run(replications, seed++, teachers, LandmarkTruth.Clear);
            foreach ((int position, int waves) in Waves.Index())
            {
                LandmarkOutcome[][] seen = [.. outcomes.Select(byWaves => byWaves[position])];
                (int Landmark, int Contrast)[] contrasts = [.. seen[0].Index().SelectMany(landmark => landmark.Item.Contrasts.Select((_, contrast) => (landmark.Index, contrast)))];
                clear.Add(
                [
                    $"{teachers}", $"{waves}", .. Verdicts(seen),
                    Shares(contrasts.Select(at => seen.Share(landmarks => landmarks[at.Landmark].Contrasts[at.Contrast].Covers))),
                    Points(contrasts.Select(at => seen.Average(landmarks => landmarks[at.Landmark].Contrasts[at.Contrast].Error)).MaxBy(Math.Abs)),
                ]);
                string[] share = ShareOutcome.Cells([.. seen.SelectMany(landmarks => landmarks[0].Shares).Where(share => (int)share.Last == waves - 1)], replications);
                shares.Add([$"{teachers}", $"{waves}", share[0], share[1], share[2], share[^1]]);
            }
        }

        var edges = new ReportTable($"Truth over five waves: on the edge of one gate or condition, or the opposite. {cells}", ["landmark, truth", .. Teachers.Select(teachers => $"{teachers} teachers a wave")]);
        var rows = new List<(Landmark Landmark, string Truth, string[] Cells)>();
        foreach (LandmarkTruth truth in LandmarkTruth.Boundaries.Append(LandmarkTruth.Opposite))
        {
            LandmarkOutcome[][][] byTeachers = [.. Teachers.Select(teachers => Run(replications, seed++, teachers, truth).Select(byWaves => byWaves[^1]).ToArray())];
            rows.AddRange(truth.Tested.Select(tested => (
                tested.Key,
                $"{truth.Name}: {tested.Value}",
                byTeachers.Select(outcomes => LandmarkOutcome.Verdicts([.. outcomes.Select(landmarks => landmarks[(int)tested.Key - 1])])).ToArray())));
        }

        foreach ((Landmark landmark, string truth, string[] verdicts) in rows.OrderBy(row => row.Landmark))
        {
            edges.Add([$"{(int)landmark}, {truth}", .. verdicts]);
        }

        return [clear, edges, shares];
    }

    private static string[] Verdicts(LandmarkOutcome[][] outcomes) =>
        [.. LandmarkOutcome.Landmarks.Select((_, position) => LandmarkOutcome.Verdicts([.. outcomes.Select(landmarks => landmarks[position])]))];

    /// <summary>Shape [replications][3, 4 and 5 waves][landmarks].</summary>
    private LandmarkOutcome[][][] Run(int replications, ulong seed, int teachers, LandmarkTruth truth)
    {
        double[][] curves = truth.Curves((int)Stage.Year4Plus);
        return Replications.Run(replications, seed, random =>
        {
            var district = new SimulatedDistrict(model, WaveDesign.Of(teachers, 0.7, 4, 3, 3), random);
            DistrictWave[] waves = [.. DistrictStages.AllStages.Select(stage => district.Draw(TrueCurves.At(curves, (int)stage), stage)!)];
            return Waves.Select(count => LandmarkTests.ForDistrict(waves[..count]).Select(result => LandmarkOutcome.Of(result, curves, model.Plan)).ToArray()).ToArray();
        });
    }
}
