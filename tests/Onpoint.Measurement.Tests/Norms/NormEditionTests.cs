using System.Text;
using System.Text.Json;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;

namespace Onpoint.Measurement.Tests.Norms;

public sealed class NormEditionTests
{
    /// <summary>Positions of 1, 10, 50, 90 and 99 per cent in a table of quantiles.</summary>
    private static readonly int[] Printed = [0, 9, 49, 89, 98];

    private static readonly DistrictWave[] National = SyntheticWaves.National(5);

    private static readonly Lazy<NormEdition> LazyBuilt = new(() => Build(National));

    /// <summary>The made-up nation's edition, built once: it is never changed.</summary>
    private static NormEdition Built => LazyBuilt.Value;

    private static NormEdition Build(IReadOnlyList<DistrictWave> waves) => NormEditionBuilder.Build("2026.1", EditionKind.Synthetic, "onpoint-teacher", "1.0", waves, seed: 2026);

    private static DistrictWave[] Districts(int count, Stage stage = Stage.Year2, int respondents = 40) =>
        [.. Enumerable.Range(0, count).Select(district => SyntheticWaves.Wave($"d{district:00}", stage, 580 + 4 * district, respondents: respondents))];

    private static NormCell Cell(NormEdition edition, string measure, Stage? stage) => edition.NormCells().Find(measure, stage)!;

    /// <summary>
    /// Twelve districts with the points and errors of BetweenDistrictVarianceTests. R 4.2.2: mean(y) 610.020833333, sd(y)/sqrt(12) 8.64298510953, mean(se^2) 472.083333333, sqrt(tau2) 20.536269708;
    /// quantile(y, c(.01,.1,.5,.9,.99), type=8) and the same of mean + sqrt(tau2/(tau2+se^2))*(y-mean).
    /// </summary>
    [Fact]
    public void Cell_matches_R()
    {
        double[] points = [612, 587, 640.5, 655, 601, 598.25, 623, 570, 634, 618, 629.5, 552];
        double[] errors = [18, 22, 15, 30, 25, 17, 19, 24, 16, 21, 28, 20];
        NormCell cell = Cell(Build([.. points.Zip(errors, (x, error) => SyntheticWaves.Wave($"{x}", Stage.Year1, x, error))]), "benchmark", Stage.Year1);

        Assert.Equal((12, 480, true), (cell.Districts, cell.Responses, cell.Provisional));
        Assert.Equal(610.020833, cell.MeanPoints); // nine significant digits
        Assert.Equal(8.64298511, cell.StandardErrorPoints);
        Assert.Equal(472.083333, cell.MeanSamplingVariance);
        Assert.Equal(20.5362697, cell.TauPoints!.Value, 1e-7);
        Assert.Equal(147, cell.WithinSdPoints); // every wave: (n - 1) x 147² over n - 1
        Assert.Equal([552, 562.2, 615, 646.783333, 655], Printed.Select(percent => cell.RawQuantiles[percent]));
        Assert.Equal([568.454785, 577.264482, 613.55441, 634.977938, 635.428233], Printed.Select(percent => cell.Quantiles[percent]));
    }

    /// <summary>Sums 39 x 100² and 9 x 200² over 48: sqrt(15,625) = 125.</summary>
    [Fact]
    public void Within_school_spread_is_pooled_over_waves()
    {
        DistrictWave[] waves = Districts(5);
        waves[0] = waves[0] with { Measures = [.. waves[0].Measures.Select(summary => summary with { WithinDegrees = 39, WithinSumSquares = 390_000 })] };
        waves[1] = waves[1] with { Measures = [.. waves[1].Measures.Select(summary => summary with { WithinDegrees = 9, WithinSumSquares = 360_000 })] };
        for (int other = 2; other < 5; other++)
        {
            waves[other] = waves[other] with { Measures = [.. waves[other].Measures.Select(summary => summary with { WithinDegrees = 0, WithinSumSquares = 0 })] };
        }

        Assert.Equal(125, Cell(Build(waves), "TR", Stage.Year2).WithinSdPoints);
    }

    [Theory]
    [InlineData(4, 100, false, false, false)]
    [InlineData(5, 100, true, false, true)]
    [InlineData(9, 200, true, false, true)]
    [InlineData(10, 200, true, true, true)]
    [InlineData(20, 50, true, true, false)] // 1,000 responses
    [InlineData(20, 49, true, true, true)] // 980
    [InlineData(19, 100, true, true, true)]
    public void Cells_are_published_by_their_districts(int districts, int respondents, bool published, bool spread, bool provisional)
    {
        NormCell? cell = Build(Districts(districts, respondents: respondents)).NormCells().Find("benchmark", Stage.Year2);

        Assert.Equal(published, cell is not null);
        Assert.Equal((spread, spread ? 99 : 0, spread ? 99 : 0), (cell?.TauPoints is not null, cell?.Quantiles.Count ?? 0, cell?.RawQuantiles.Count ?? 0));
        Assert.Equal(provisional, cell?.Provisional ?? false);
    }

    [Fact]
    public void Waves_enter_by_the_rules()
    {
        DistrictWave wave = SyntheticWaves.Wave("a", Stage.Year1);
        DistrictWave[] waves =
        [
            wave with { DistrictId = "few", SmallestCount = 9 },
            wave with { DistrictId = "enough", SmallestCount = 10 },
            wave with { DistrictId = "low", ResponseRate = 0.39 },
            wave with { DistrictId = "fair", ResponseRate = 0.40 },
            wave with { DistrictId = "unknown" },
            wave with { DistrictId = "twice", Wave = "old", SchoolYear = 2022 },
            wave with { DistrictId = "twice", Wave = "new", SchoolYear = 2023 },
            wave with { DistrictId = "tie", Wave = "spring" },
            wave with { DistrictId = "tie", Wave = "autumn" },
        ];

        Assert.Equal(
            [("enough", "2023"), ("fair", "2023"), ("tie", "spring"), ("twice", "new"), ("unknown", "2023")],
            NormEditionBuilder.Include(waves).Select(row => (row.DistrictId, row.Wave)));
    }

    /// <summary>Five districts at Year 1, the same five at Year 2 with 20 points more: over all stages each counts once, with Year 2.</summary>
    [Fact]
    public void Over_all_stages_a_district_counts_once()
    {
        DistrictWave[] waves = [.. Districts(5, Stage.Year1), .. Districts(5).Select(wave => wave with { Measures = [.. wave.Measures.Select(summary => summary with { Points = summary.Points + 20 })] })];
        NormEdition edition = Build(waves);

        Assert.Equal((5, 608.0), (Cell(edition, "benchmark", null).Districts, Cell(edition, "benchmark", null).MeanPoints)); // 580..596 have mean 588
        Assert.Equal((5, 10, 400), (edition.Districts, edition.DistrictWaves, edition.Responses));
        Assert.Equal([0, 5, 0, 0], edition.PanelCounts.Select(pair => pair.Districts));
        Assert.Equal(new FieldWindow(2023, 2024), edition.FieldWindow);
    }

    /// <summary>Stage means of docs/methodology.md section 5 (within 4 SE, about 25 points), counts of the national dataset's README, landmarks seen on the panel.</summary>
    [Fact]
    public void The_bundled_design_gives_its_targets()
    {
        NormEdition edition = Built;

        Assert.Equal((142, 316), (edition.Districts, edition.DistrictWaves));
        Assert.Equal([34, 52, 52, 36], edition.PanelCounts.Select(pair => pair.Districts));
        Assert.Equal([50, 68, 78, 68, 52, 142], edition.Cells.Take(6).Select(cell => cell.Districts));
        Assert.Equal(SyntheticWaves.Measures.SelectMany(measure => Enumerable.Repeat(measure, 6)), edition.Cells.Select(cell => cell.Measure));
        foreach ((int component, string code) in SyntheticWaves.Components.Index())
        {
            Assert.All(Enumerable.Range(0, 5), stage => Assert.Equal(SyntheticWaves.StageMeans[component][stage], Cell(edition, code, (Stage)stage).MeanPoints, 30.0));
            Assert.All(Enumerable.Range(0, 5), stage => Assert.InRange(Cell(edition, code, (Stage)stage).TauPoints!.Value, 30, 68)); // drawn with sqrt(42² + 24²) = 48.4, SE about 6
        }

        Assert.Equal(4, edition.Landmarks.Count);
        Assert.All(edition.Landmarks, result => Assert.Equal(LandmarkBasis.Panel, result.Basis));
        Assert.Equal(LandmarkVerdict.Seen, edition.Landmarks[0].Verdict);
    }

    [Fact]
    public void The_file_reads_back_and_writes_the_same_bytes()
    {
        NormEdition edition = Built;
        byte[] bytes = edition.ToCanonicalJson();
        var parsed = NormEdition.Parse(bytes);

        Assert.Equal(bytes, parsed.ToCanonicalJson());
        Assert.Equal(edition.Hash(), parsed.Hash());
        Assert.Matches("^[0-9a-f]{64}$", edition.Hash());
        foreach (DistrictWave wave in National.Take(20))
        {
            Assert.Equal(DistrictPlacement.Place(wave, edition.NormCells()), DistrictPlacement.Place(wave, parsed.NormCells()));
        }
    }

    [Fact]
    public void An_edition_does_not_depend_on_the_order_of_rows()
    {
        Assert.Equal(Built.Hash(), Build(SyntheticWaves.Shuffle(National, 1)).Hash());
        Assert.Equal(NormDataset.ToCanonicalJson(National), NormDataset.ToCanonicalJson(SyntheticWaves.Shuffle(National, 2)));
    }

    [Fact]
    public void One_changed_answer_changes_both_hashes()
    {
        DistrictWave[] changed = [.. National];
        changed[7] = changed[7] with { Measures = [.. changed[7].Measures.Select(summary => summary with { Points = summary.Points + 0.01 })] };

        Assert.NotEqual(Built.Hash(), Build(changed).Hash());
        Assert.NotEqual(Built.DatasetHash, Build(changed).DatasetHash);
        Assert.Equal(NormDataset.Hash(National), Built.DatasetHash);
    }

    /// <summary>The row of docs/methodology.md section 5, spelled by hand.</summary>
    [Fact]
    public void Dataset_rows_hold_what_the_norms_need()
    {
        DistrictWave wave = SyntheticWaves.Wave("a", Stage.Year1, 612.3456789012) with
        {
            Measures = [new MeasureSummary("benchmark", 612.3456789012, 20.5, 57, 40, 39, 842_751)],
            ResponseRate = 0.7,
        };

        Assert.Equal(
            "[{\"districtId\":\"a\",\"measures\":[{\"degreesOfFreedom\":57,\"measure\":\"benchmark\",\"points\":612.345679,\"standardErrorPoints\":20.5,\"withinDegrees\":39,\"withinSumSquares\":842751}],"
            + "\"responses\":40,\"schoolYear\":2023,\"smallestCount\":40,\"stage\":\"year1\",\"wave\":\"2023\"}]\n",
            Encoding.UTF8.GetString(NormDataset.ToCanonicalJson([wave])));
    }

    [Fact]
    public void Leaving_a_district_out_equals_never_having_had_it()
    {
        IReadOnlyList<DistrictWave> dataset = NormDataset.Parse(NormDataset.ToCanonicalJson(National));
        NormCells without = NormEditionBuilder.CellsWithout(dataset, "S030");
        NormEdition rebuilt = Build([.. National.Where(wave => wave.DistrictId != "S030")]);

        Assert.Equal(JsonSerializer.Serialize(rebuilt.Cells), JsonSerializer.Serialize(without.Cells));
        Assert.Equal(141, without.Find("benchmark", null)!.Districts);
        Assert.Equal(JsonSerializer.Serialize(Built.Cells), JsonSerializer.Serialize(NormEditionBuilder.CellsWithout(dataset, "nobody").Cells));
    }

    /// <summary>Every published mean is over at least five districts, also inside the growth tables.</summary>
    [Fact]
    public void Growth_is_published_from_five_districts_up()
    {
        NormEdition edition = Build([.. Districts(4, Stage.Planning), .. Districts(6, Stage.Year1), .. Districts(6), .. Districts(4, Stage.Year3)]);

        Assert.All(edition.Growth, table => Assert.Equal([Stage.Year1, Stage.Year2], table.CrossSection!.Stages.Select(mean => mean.Stage)));
        Assert.All(edition.Growth, table => Assert.Equal([6, 6], table.Panel!.Stages.Select(mean => mean.Districts)));
        Assert.All(edition.Landmarks, result => Assert.Equal(LandmarkReason.TooFewWaves, result.Reason)); // only four districts are at Planning
    }

    /// <summary>Year 1: d00 leaves, d05 comes, d01 has another wave: three. Year 2: unchanged. All stages: d00 and d01 keep their Year 2 wave, only d05 is new there.</summary>
    [Fact]
    public void Cells_may_change_by_no_or_by_five_districts()
    {
        DistrictWave[] before = [.. Districts(5, Stage.Year1), .. Districts(5)];
        DistrictWave[] after = [.. before[1..], Districts(6, Stage.Year1)[5]];
        after[0] = after[0] with { Wave = "repeated" };

        IReadOnlyList<CellChange> changes = CellChange.Between(before, after);

        Assert.Equal([0, 3, 0, 0, 0, 1], changes.Select(change => change.Districts));
        Assert.Equal([true, false, true, true, true, false], changes.Select(change => change.Allowed));
        Assert.True(CellChange.Between([], before)[1].Allowed); // five come
    }

    /// <summary>Late answers of one district move the mean of its stage: a change like any other.</summary>
    [Fact]
    public void A_wave_with_other_numbers_is_a_change()
    {
        DistrictWave[] before = Districts(6);
        DistrictWave[] after = [before[0] with { Responses = 41 }, .. before[1..]];

        Assert.Equal([0, 0, 1, 0, 0, 1], CellChange.Between(before, after).Select(change => change.Districts));
    }

    /// <summary>Planning gains five districts, Year 2 gains one: the one waits, and over all stages only the five are new.</summary>
    [Fact]
    public void A_following_edition_keeps_the_stages_where_few_districts_changed()
    {
        DistrictWave[] before = Districts(8);
        DistrictWave[] new5 = [.. Districts(5, Stage.Planning).Select(wave => wave with { DistrictId = $"new {wave.DistrictId}" })];

        IReadOnlyList<DistrictWave> following = NormDataset.Following(before, [.. Districts(9), .. new5]);

        Assert.Equal([.. before.Select(wave => wave.DistrictId), .. new5.Select(wave => wave.DistrictId)], following.Select(wave => wave.DistrictId));
        Assert.Equal([5, 0, 0, 0, 0, 5], CellChange.Between(before, following).Select(change => change.Districts));
    }

    /// <summary>Six districts of Year 1 become known later than their Year 2 and Year 3: every stage may change, but over all stages three districts would.</summary>
    [Fact]
    public void A_following_edition_keeps_everything_when_few_districts_would_change_over_all_stages()
    {
        DistrictWave[] before = [.. Districts(8), .. Districts(5, Stage.Year3)];
        DistrictWave[] late = [.. Districts(8, Stage.Year1)[2..], .. Districts(3, Stage.Year1).Select(wave => wave with { DistrictId = $"new {wave.DistrictId}" })];

        Assert.Equal([0, 9, 0, 0, 0, 3], CellChange.Between(before, [.. before, .. late]).Select(change => change.Districts));
        Assert.Equal(NormDataset.Hash(before), NormDataset.Hash(NormDataset.Following(before, [.. before, .. late])));
    }

    /// <summary>Five come at Year 1 with the waves that stood at Year 2 before; Year 2, which loses only these, keeps them: a wave cannot stand twice.</summary>
    [Fact]
    public void A_following_edition_keeps_everything_when_a_kept_wave_stands_at_another_stage()
    {
        DistrictWave[] before = [.. Districts(8)];
        DistrictWave[] moved = [before[0] with { Stage = Stage.Year1 }, .. before[1..], .. Districts(5, Stage.Year1).Select(wave => wave with { DistrictId = $"new {wave.DistrictId}" })];

        Assert.Equal(NormDataset.Hash(before), NormDataset.Hash(NormDataset.Following(before, moved)));
    }

    [Fact]
    public void The_first_edition_takes_all_that_may_enter() =>
        Assert.Equal(NormDataset.Hash(National), NormDataset.Hash(NormDataset.Following([], National)));

    /// <summary>Whoever holds the dataset's file can build the edition again, byte for byte.</summary>
    [Fact]
    public void An_edition_is_a_function_of_its_dataset_file()
    {
        IReadOnlyList<DistrictWave> read = NormDataset.Parse(NormDataset.ToCanonicalJson(National));

        Assert.Equal(Built.Hash(), Build(read).Hash());
    }

    [Fact]
    public void An_empty_dataset_is_an_edition_without_cells()
    {
        NormEdition edition = Build([]);

        Assert.Null(edition.FieldWindow);
        Assert.Empty(edition.Cells);
        Assert.Empty(edition.Growth);
        Assert.Empty(edition.Landmarks);
        Assert.Equal(edition.Hash(), NormEdition.Parse(edition.ToCanonicalJson()).Hash());
    }

    [Fact]
    public void Norms_shift_with_the_scores()
    {
        DistrictWave[] shifted = [.. National.Select(wave => wave with { Measures = [.. wave.Measures.Select(summary => summary with { Points = summary.Points + 8 })] })];
        NormCell cell = Cell(Built, "operations", Stage.Year2);
        NormCell moved = Cell(Build(shifted), "operations", Stage.Year2);

        Assert.Equal(cell.MeanPoints + 8, moved.MeanPoints, 2e-6); // nine digits of numbers below 1,000
        Assert.Equal(cell.TauPoints!.Value, moved.TauPoints!.Value, 2e-6);
        Assert.All(cell.Quantiles.Zip(moved.Quantiles), pair => Assert.Equal(pair.First + 8, pair.Second, 2e-6));
        Assert.Equal(cell.Quantiles.Order(), cell.Quantiles);
    }

    [Fact]
    public void Waves_with_other_measures_are_refused()
    {
        DistrictWave[] waves = Districts(2);
        waves[1] = waves[1] with { Measures = [waves[1].Measures[0]] };

        Assert.Throws<ArgumentException>("waves", () => Build(waves));
        Assert.Throws<ArgumentException>("waves", () => Build([waves[0], waves[0]]));
    }

    [Fact]
    public void Waves_may_not_be_missing()
    {
        Assert.Throws<ArgumentNullException>("waves", () => NormEditionBuilder.Include(null!));
        Assert.Throws<ArgumentNullException>("waves", () => NormEditionBuilder.CellsWithout(null!, "d"));
        Assert.Throws<ArgumentNullException>("waves", () => DistrictStages.Arrange(null!));
    }
}
