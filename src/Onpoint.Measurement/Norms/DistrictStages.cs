namespace Onpoint.Measurement.Norms;

/// <summary>One district's waves arranged by stage.</summary>
/// <param name="DistrictId">The sender's text id.</param>
/// <param name="Waves">Shape [5 stages]: the latest wave at the stage; null where there is none.</param>
internal sealed record DistrictStages(string DistrictId, IReadOnlyList<DistrictWave?> Waves)
{
    /// <summary>Planning to Year 4+.</summary>
    public static readonly IReadOnlyList<Stage> AllStages = [Stage.Planning, Stage.Year1, Stage.Year2, Stage.Year3, Stage.Year4Plus];

    /// <summary>The district was seen at the stage.</summary>
    public bool Has(Stage stage) => Waves[(int)stage] is not null;

    /// <summary>
    /// Arranges waves by district (ordinal) and stage; of several waves of a district at a stage the latest counts (school year, then wave id, ordinal). The result does not
    /// depend on the order of the input.
    /// </summary>
    /// <exception cref="ArgumentException">Waves differ in their measures, or a district has two waves of one id.</exception>
    public static IReadOnlyList<DistrictStages> Arrange(IReadOnlyList<DistrictWave> waves)
    {
        ArgumentNullException.ThrowIfNull(waves);
        var seen = new HashSet<(string, string)>();
        foreach (DistrictWave wave in waves)
        {
            if (!seen.Add((wave.DistrictId, wave.Wave)))
            {
                throw new ArgumentException($"District {wave.DistrictId} has two waves {wave.Wave}.", nameof(waves));
            }

            if (!wave.Measures.Select(summary => summary.Measure).SequenceEqual(waves[0].Measures.Select(summary => summary.Measure)))
            {
                throw new ArgumentException($"Wave {wave.Wave} of district {wave.DistrictId} has other measures than wave {waves[0].Wave} of district {waves[0].DistrictId}.", nameof(waves));
            }
        }

        return
        [
            .. waves.GroupBy(wave => wave.DistrictId).OrderBy(district => district.Key, StringComparer.Ordinal).Select(district => new DistrictStages(
                district.Key,
                [.. AllStages.Select(stage => Latest(district.Where(wave => wave.Stage == stage)))])),
        ];
    }

    /// <summary>The latest of some waves: school year, then wave id, ordinal; null of none.</summary>
    public static DistrictWave? Latest(IEnumerable<DistrictWave> waves) =>
        waves.OrderBy(wave => wave.SchoolYear).ThenBy(wave => wave.Wave, StringComparer.Ordinal).LastOrDefault();
}
