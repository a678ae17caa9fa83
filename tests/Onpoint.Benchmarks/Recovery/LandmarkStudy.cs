using MathNet.Numerics.Distributions;
using Onpoint.Measurement;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Synthesis;
using static Onpoint.Benchmarks.Recovery.ReportTable;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>The four landmarks on many districts, from records.</summary>
internal sealed class LandmarkStudy(AnswerModel model, RecordModel records) : RecoveryStudy
{
    private const ulong Seed = 5_000_000;

    private static readonly Landmark[] All = [.. LandmarkOutcome.Landmarks.Select(landmark => landmark.Landmark)];

    private static readonly DatasetDesign TwelveToYear4 = DatasetDesign.Cohort(12, Stage.Year4Plus);

    // Those of the first list are also tried on every edge.
    private static readonly DatasetDesign[] EdgeDesigns =
    [
        DatasetDesign.Cohort(12, Stage.Year2),
        TwelveToYear4,
        new("60, ten of them past Year 1 (panel)", Stage.Year4Plus, [new(Stage.Planning, Stage.Year1, 50), new(Stage.Planning, Stage.Year4Plus, 10)]),
        new("142, the bundled dataset's pattern (panel)", Stage.Year4Plus, PanelPattern.National),
        new("100, each seen once, 20 a stage (cross-section)", Stage.Year4Plus, [.. DistrictStages.AllStages.Select(stage => new PanelPattern(stage, stage, 20))]),
        new("9, seen at all five stages (own waves)", Stage.Year4Plus, [new(Stage.Planning, Stage.Year4Plus, 9)]) { WaveSd = 0 },
    ];

    private static readonly DatasetDesign[] OtherDesigns =
    [
        DatasetDesign.Cohort(12, Stage.Year3),
        new("25, 19 at each step (panel)", Stage.Year4Plus, [new(Stage.Planning, Stage.Year4Plus, 13), new(Stage.Planning, Stage.Year2, 6), new(Stage.Year2, Stage.Year4Plus, 6)]),
        new(
            "60, seen three to five times (panel)",
            Stage.Year4Plus,
            [
                new(Stage.Planning, Stage.Year2, 10), new(Stage.Planning, Stage.Year3, 10), new(Stage.Year1, Stage.Year3, 6), new(Stage.Year1, Stage.Year4Plus, 10),
                new(Stage.Year2, Stage.Year4Plus, 10), new(Stage.Planning, Stage.Year4Plus, 14),
            ]),
    ];

    public override string Name => "landmarks";

    public override string Title => "Landmarks of many districts: seen when there, and only then?";

    public override IReadOnlyList<ReportTable> Run(int replications)
    {
        ulong seed = Seed;
        string each = $"{replications:#,0} datasets each";
        string cells = $"Per cent *seen* / *not seen*, the rest *cannot tell*; {each}, Monte Carlo error {MonteCarloError(0.5, replications)} at one half and {MonteCarloError(0.025, replications)} at .025";
        var clear = new ReportTable(
            $"Truth: all four landmarks are there. {cells}",
            ["districts (basis)", .. LandmarkOutcome.Landmarks.Select(landmark => landmark.Name), "coverage of the contrasts", "largest bias (points)"]);
        var shares = new ReportTable(
            $"The displayed share of growth by Year 1 (to the last stage), {each}, Monte Carlo error {MonteCarloError(0.95, replications)} on a coverage",
            ["districts (basis)", "given (%)", "bias", "coverage of the displayed interval", "coverage of the delta method", "median width"]);
        var opposite = new ReportTable($"Truth: the opposite. {cells}", ["districts (basis)", .. LandmarkOutcome.Landmarks.Select(landmark => landmark.Name)]);
        foreach (DatasetDesign design in EdgeDesigns.Concat(OtherDesigns))
        {
            LandmarkOutcome[][] outcomes = Run(replications, seed++, design, LandmarkTruth.Clear, All);
            AddClear(clear, design.Name, outcomes);
            shares.Add([design.Name, .. ShareOutcome.Cells([.. outcomes.SelectMany(outcome => outcome[0].Shares).Where(share => share.Last == design.Last)], replications)]);
            LandmarkOutcome[][] contrary = Run(replications, seed++, design, LandmarkTruth.Opposite, All);
            opposite.Add([design.Name, .. Verdicts(contrary)]);
        }

        AddClear(clear, $"{TwelveToYear4.Name}, answer by answer", Run(replications, seed++, TwelveToYear4, LandmarkTruth.Clear, All, answerByAnswer: true));
        return [clear, Edges(replications, cells, ref seed), opposite, shares, Selection(replications, ref seed)];
    }

    private static string[] Verdicts(LandmarkOutcome[][] outcomes) =>
        [.. LandmarkOutcome.Landmarks.Select((_, position) => LandmarkOutcome.Verdicts([.. outcomes.Select(landmarks => landmarks[position])]))];

    private static void AddClear(ReportTable table, string name, LandmarkOutcome[][] outcomes)
    {
        (int Landmark, int Contrast)[] contrasts = [.. outcomes[0].Index().SelectMany(landmark => landmark.Item.Contrasts.Select((_, contrast) => (landmark.Index, contrast)))];
        table.Add(
        [
            name, .. Verdicts(outcomes),
            Shares(contrasts.Select(at => outcomes.Share(landmarks => landmarks[at.Landmark].Contrasts[at.Contrast].Covers))),
            Points(contrasts.Select(at => outcomes.Average(landmarks => landmarks[at.Landmark].Contrasts[at.Contrast].Error)).MaxBy(Math.Abs)),
        ]);
    }

    private ReportTable Edges(int replications, string cells, ref ulong seed)
    {
        var columns = new Dictionary<(LandmarkTruth, Landmark), List<string>>();
        foreach (LandmarkTruth truth in LandmarkTruth.Boundaries)
        {
            Landmark[] tested = [.. truth.Tested.Keys.Order()];
            foreach (DatasetDesign design in EdgeDesigns)
            {
                LandmarkOutcome[][] outcomes = Run(replications, seed++, design, truth, tested);
                foreach ((int position, Landmark landmark) in tested.Index())
                {
                    if (!columns.TryGetValue((truth, landmark), out List<string>? row))
                    {
                        columns.Add((truth, landmark), row = []);
                    }

                    row.Add(LandmarkOutcome.Verdicts([.. outcomes.Select(landmarks => landmarks[position])]));
                }
            }
        }

        var table = new ReportTable($"Truth: on the edge of one gate or condition, all others hold. {cells}", ["landmark, edge", .. EdgeDesigns.Select(design => design.Name)]);
        foreach (((LandmarkTruth truth, Landmark landmark), List<string> row) in columns.OrderBy(column => column.Key.Item2))
        {
            table.Add([$"{(int)landmark}: {truth.Tested[landmark]}", .. row]);
        }

        return table;
    }

    /// <summary>Who is still seen later depends on the district: 142 districts begin at Planning.</summary>
    private ReportTable Selection(int replications, ref ulong seed)
    {
        const int districts = 142;
        var table = new ReportTable(
            $"Who stays: {districts} districts begin at Planning. True growth of Operations to Year 4+ is 140 points; Culture is flat after Year 2, so landmark 4 is there. {replications:#,0} datasets each, Monte Carlo error "
            + $"{MonteCarloError(0.95, replications)} on a coverage",
            ["who is seen at the next stage", "panel: bias of the growth", "coverage", "cross-section: bias of the growth", "coverage", "landmark 4 seen / not seen (%)", "basis"]);
        foreach ((string who, Func<StayingDistrict, double> staying) in new (string, Func<StayingDistrict, double>)[]
        {
            ("three in four, by chance", _ => 0.75),
            ("districts that are better all along", district => Normal.CDF(-0.7, 1, district.Persistent)),
            ("districts whose last score was better", district => Normal.CDF(-0.7, 1, district.LastScore)),
        })
        {
            AddSelection(table, who, Replications.Run(replications, seed++, random => Growth(random, Staying(random, districts, staying))));
        }

        AddSelection(table, "each district seen once, later stages by better districts (10 points a stage)", Replications.Run(replications, seed++, random => Growth(random, Better(random, 20, 10))));
        return table;
    }

    private static void AddSelection(ReportTable table, string who, (Recovered? Panel, Recovered CrossSection, LandmarkOutcome Culture)[] outcomes)
    {
        Recovered[] panel = [.. outcomes.Select(outcome => outcome.Panel).OfType<Recovered>()];
        table.Add(
            who,
            panel.Length == 0 ? "-" : Points(panel.Average(growth => growth.Error)),
            Share(panel.Share(growth => growth.Covers)),
            Points(outcomes.Average(outcome => outcome.CrossSection.Error)),
            Share(outcomes.Share(outcome => outcome.CrossSection.Covers)),
            LandmarkOutcome.Verdicts([.. outcomes.Select(outcome => outcome.Culture)]),
            string.Join(", ", outcomes.GroupBy(outcome => outcome.Culture.Result.Basis).OrderByDescending(group => group.Count()).Select(group =>
                $"{(group.Key == LandmarkBasis.CrossSection ? "cross-section" : group.Key == LandmarkBasis.Panel ? "panel" : "other")} {Percent((double)group.Count() / outcomes.Length)} %")));
    }

    private (Recovered? Panel, Recovered CrossSection, LandmarkOutcome Culture) Growth(RandomStream random, IReadOnlyList<DistrictWave> waves)
    {
        double[][] curves = TrueCurves.Published();
        GrowthTable table = StageGrowth.Table(waves, LandmarkSeries.Operations.Measure);
        double truth = curves[1][^1] - curves[1][0];
        Recovered? Of(StageStep? total) => total is { From: Stage.Planning, To: Stage.Year4Plus, MarginPoints: { } margin } ? new Recovered(total.Points - truth, margin) : null;
        LandmarkResult culture = LandmarkTests.ForDataset(waves, Seed, smallestGroup: 5).Single(result => result.Landmark == Landmark.Culture);
        return (Of(table.Panel?.Total), Of(table.CrossSection!.Total)!.Value, LandmarkOutcome.Of(culture, curves, model.Plan));
    }

    private List<DistrictWave> Staying(RandomStream random, int districts, Func<StayingDistrict, double> staying)
    {
        IReadOnlyList<Measure> measures = records.Measures(ScoringPlan.Benchmark, LandmarkSeries.Operations.Measure, LandmarkSeries.Culture.Measure);
        double[] benchmark = TrueCurves.Of(TrueCurves.Published(), measures[0].Weights);
        double unit = model.EffectSd(measures[0].Weights);
        var waves = new List<DistrictWave>();
        for (int district = 0; district < districts; district++)
        {
            double[] persistent = model.Effects(random, Nation.PersistentSd);
            bool stays = true;
            for (int stage = 0; stays && stage < TrueCurves.StageCount; stage++)
            {
                double[] wave = model.Effects(random, Nation.WaveSd);
                int teachers = Nation.Teachers(random);
                DistrictWave drawn = records.Draw(
                    random, $"{district:000}", (Stage)stage, [.. TrueCurves.At(TrueCurves.Published(), stage).Select((mean, c) => mean + persistent[c] + wave[c])], teachers, Nation.Strata(teachers), measures);
                waves.Add(drawn);
                stays = random.Uniform() < staying(new StayingDistrict(
                    TrueCurves.Weighted(measures[0].Weights, persistent) / (Nation.PersistentSd * unit),
                    (drawn.Measures[0].Points - benchmark[stage]) / (Nation.DistrictSd * unit)));
            }
        }

        return waves;
    }

    private List<DistrictWave> Better(RandomStream random, int perStage, double pointsPerStage)
    {
        IReadOnlyList<Measure> measures = records.Measures(LandmarkSeries.Operations.Measure, LandmarkSeries.Culture.Measure);
        var waves = new List<DistrictWave>();
        for (int district = 0; district < perStage * TrueCurves.StageCount; district++)
        {
            int stage = district % TrueCurves.StageCount;
            int teachers = Nation.Teachers(random);
            waves.Add(records.Draw(
                random, $"{district:000}", (Stage)stage, [.. Nation.Truth(model, random, (Stage)stage).Select(points => points + pointsPerStage * stage)], teachers, Nation.Strata(teachers), measures));
        }

        return waves;
    }

    private LandmarkOutcome[][] Run(int replications, ulong seed, DatasetDesign design, LandmarkTruth truth, IReadOnlyList<Landmark> landmarks, bool answerByAnswer = false)
    {
        double[][] curves = truth.Curves((int)design.Last);
        IReadOnlyList<Measure> measures = records.Measures([.. landmarks.SelectMany(LandmarkPattern.Measures)]);
        return Replications.Run(replications, seed, random =>
        {
            List<DistrictWave> waves = [];
            int key = 0;
            foreach (PanelPattern pattern in design.Patterns)
            {
                for (int district = 0; district < pattern.Districts; district++, key++)
                {
                    waves.AddRange(Waves(random, $"{key:000}", pattern, curves, design.WaveSd, measures, answerByAnswer));
                }
            }

            return LandmarkTests.ForDataset(waves, seed: (ulong)random.Index(int.MaxValue), smallestGroup: 5)
                .Select(result => LandmarkOutcome.Of(result, curves, model.Plan)).ToArray();
        });
    }

    private IEnumerable<DistrictWave> Waves(
        RandomStream random, string id, PanelPattern pattern, double[][] curves, double waveSd, IReadOnlyList<Measure> measures, bool answerByAnswer)
    {
        double[] persistent = model.Effects(random, Nation.PersistentSd);
        int teachers = Nation.Teachers(random);
        SimulatedDistrict? schools = answerByAnswer
            ? new SimulatedDistrict(model, WaveDesign.Of(teachers, 0.7, [.. Enumerable.Repeat(1.0, Nation.Strata(teachers))]), random)
            : null;
        for (Stage stage = pattern.First; stage <= pattern.Last; stage++)
        {
            double[] wave = model.Effects(random, waveSd);
            double[] truth = [.. TrueCurves.At(curves, (int)stage).Select((mean, c) => mean + persistent[c] + wave[c])];
            yield return schools?.Draw(truth, stage, districtId: id) ?? records.Draw(random, id, stage, truth, teachers, Nation.Strata(teachers), measures);
        }
    }

    /// <summary>What may decide whether a district is seen again, in standard deviations of districts.</summary>
    /// <param name="Persistent">Its own effect on the benchmark.</param>
    /// <param name="LastScore">Its last benchmark against the stage mean, with all errors.</param>
    private sealed record StayingDistrict(double Persistent, double LastScore);

    /// <summary>Which districts are seen when.</summary>
    /// <param name="Name">In words, with the basis of the verdict.</param>
    /// <param name="Last">The last stage.</param>
    /// <param name="Patterns">Districts by their stages.</param>
    private sealed record DatasetDesign(string Name, Stage Last, IReadOnlyList<PanelPattern> Patterns)
    {
        /// <summary>SD of the effects of single waves. Verdicts on own waves are about the members themselves, whose true growth must then be the truth's. Points.</summary>
        public double WaveSd { get; init; } = Nation.WaveSd;

        public static DatasetDesign Cohort(int districts, Stage last) =>
            new($"{districts}, seen {(int)last + 1} times (panel)", last, [new(Stage.Planning, last, districts)]);
    }
}
