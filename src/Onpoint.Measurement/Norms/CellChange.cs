namespace Onpoint.Measurement.Norms;

/// <summary>How a cell's districts differ from the edition before: docs/methodology.md section 5.</summary>
/// <remarks>
/// Two editions of one cell differ by the districts added, removed or measured anew; from few of them the difference of two means would give
/// single districts away. The rule is the same for every measure, because a wave enters with all of them.
/// </remarks>
/// <param name="Stage">The stage; null for all stages.</param>
/// <param name="Districts">Districts added, removed, or present with another wave or other numbers (count).</param>
public sealed record CellChange(Stage? Stage, int Districts)
{
    private const int FewestChanged = 5;

    /// <summary>None or at least five: the new cell may be published.</summary>
    public bool Allowed => Districts is 0 or >= FewestChanged;

    /// <summary>Compares the datasets of two editions, the stages first, then all stages.</summary>
    /// <param name="before">The dataset of the edition before, any order.</param>
    /// <param name="after">The dataset of the new edition, any order.</param>
    /// <exception cref="ArgumentException">Waves of one dataset differ in their measures, or a district has two waves of one id.</exception>
    public static IReadOnlyList<CellChange> Between(IReadOnlyList<DistrictWave> before, IReadOnlyList<DistrictWave> after) =>
    [
        .. NormEditionBuilder.Groups(NormEditionBuilder.Include(before)).Zip(NormEditionBuilder.Groups(NormEditionBuilder.Include(after)), (old, now) =>
        {
            HashSet<(string DistrictId, string Row)> changed = [.. old.Rows.Select(wave => (wave.DistrictId, NormDataset.RowText(wave)))];
            changed.SymmetricExceptWith(now.Rows.Select(wave => (wave.DistrictId, NormDataset.RowText(wave))));
            return new CellChange(now.Stage, changed.Select(wave => wave.DistrictId).Distinct().Count());
        }),
    ];
}
