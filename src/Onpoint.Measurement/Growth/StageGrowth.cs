using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Growth;

/// <summary>Growth over the stages by both estimates: docs/methodology.md section 7.</summary>
public static class StageGrowth
{
    /// <summary>Both estimates of one measure.</summary>
    /// <remarks>
    /// Definition: see <see cref="GrowthTable"/>; the panel's level is set so that its mean over its stages equals the cross-section's over the same stages. Margins: t with D - 1 df times the
    /// delete-one-district jackknife error, D being the districts that take part (of a single stage's mean that is the classic s / sqrt(D)). The margin of a panel level carries the
    /// uncertainty of the cross-section's level too; the margin of a panel step does not. Districts must be independent of each other; their waves need not be.
    /// </remarks>
    /// <param name="waves">Any order; of several waves of a district at a stage the latest counts.</param>
    /// <param name="measure">A code that every wave has.</param>
    /// <param name="smallestGroup">Stages with fewer districts are left out, in the panel those with fewer panel districts (count, at least 1).</param>
    /// <exception cref="ArgumentException">A wave lacks the measure, waves differ in their measures, or a district has two waves of one id.</exception>
    public static GrowthTable Table(IReadOnlyList<DistrictWave> waves, string measure, int smallestGroup = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(smallestGroup, 1);
        IReadOnlyList<DistrictStages> districts = DistrictStages.Arrange(waves);
        if (waves.Any(wave => wave.Find(measure) is null))
        {
            throw new ArgumentException($"There is no measure {measure}.", nameof(measure));
        }

        double Points(DistrictWave wave) => wave.Find(measure)!.Points;
        districts = Keep(districts, stage => districts.Count(district => district.Has(stage)) >= smallestGroup);
        var crossSection = StageMeans.CrossSection(districts, Points);
        if (crossSection.Districts == 0)
        {
            return new GrowthTable(measure, null, null);
        }

        IReadOnlyList<DistrictStages> repeated = districts;
        var panel = StageMeans.Panel(repeated, Points);
        while (panel.Stages.Any(stage => panel.DistrictsAt(stage) < smallestGroup))
        {
            repeated = Keep(repeated, stage => panel.DistrictsAt(stage) >= smallestGroup);
            panel = StageMeans.Panel(repeated, Points);
        }

        return new GrowthTable(
            measure,
            Curve(crossSection, [.. crossSection.Stages.Select(stage => CrossSectionMean(crossSection, stage))]),
            panel.Districts == 0 ? null : Curve(panel, PanelLevels(panel, crossSection, Keep(districts, panel.Stages.Contains))));
    }

    /// <summary>Weights of the growth between two stages. Shape [5 stages].</summary>
    internal static double[] Step(Stage from, Stage to) =>
        [.. DistrictStages.AllStages.Select(stage => (stage == to ? 1.0 : 0) - (stage == from ? 1.0 : 0))];

    private static List<DistrictStages> Keep(IReadOnlyList<DistrictStages> districts, Func<Stage, bool> keep)
    {
        bool[] kept = [.. DistrictStages.AllStages.Select(keep)];
        return [.. districts.Select(district => district with { Waves = [.. district.Waves.Select((wave, stage) => kept[stage] ? wave : null)] })
            .Where(district => district.Waves.Any(wave => wave is not null))];
    }

    private static GrowthCurve Curve(StageMeans means, List<StageMean> levels) => new(
        means.Districts,
        levels,
        [.. levels.Zip(levels.Skip(1), (from, to) => Growth(means, from.Stage, to.Stage))],
        levels.Count < 2 ? null : Growth(means, levels[0].Stage, levels[^1].Stage));

    private static StageStep Growth(StageMeans means, Stage from, Stage to) =>
        new(from, to, means.Means[(int)to] - means.Means[(int)from], means.Contrast(Step(from, to))?.Margin());

    private static StageMean CrossSectionMean(StageMeans means, Stage stage) => new(
        stage,
        means.DistrictsAt(stage),
        means.Means[(int)stage],
        means.Contrast([.. DistrictStages.AllStages.Select(other => other == stage ? 1.0 : 0)])?.Margin());

    private static List<StageMean> PanelLevels(StageMeans panel, StageMeans crossSection, IReadOnlyList<DistrictStages> districts)
    {
        IReadOnlyList<Stage> stages = panel.Stages;
        double[] Levels(IReadOnlyList<double> effects, IReadOnlyList<double> means)
        {
            double shift = stages.Average(stage => means[(int)stage] - effects[(int)stage]);
            return [.. stages.Select(stage => effects[(int)stage] + shift)];
        }

        double[] levels = Levels(panel.Means, crossSection.Means);
        double[][] without = [.. districts.Select(district => Levels(panel.Without(district.DistrictId), crossSection.Without(district.DistrictId)))];
        return
        [
            .. stages.Select((stage, position) =>
            {
                double[] replicates = [.. without.Select(replicate => replicate[position])];
                double? margin = replicates.Length < 2 || replicates.Any(double.IsNaN)
                    ? null
                    : TwoSidedT.Quantile(replicates.Length - 1) * Math.Sqrt(StageMeans.JackknifeVariance(replicates));
                return new StageMean(stage, panel.DistrictsAt(stage), levels[position], margin);
            }),
        ];
    }
}
