namespace Onpoint.Measurement.Norms;

/// <summary>Builds norm editions from the national dataset: measurement.md section 5.</summary>
public static class NormEditionBuilder
{
    /// <summary>n* of at least 10 and, where the roster is known, a response rate of at least 40 %.</summary>
    public static InclusionRules Rules { get; } = new(SmallestCount: 10, ResponseRate: 0.40);

    /// <summary>The rows of the dataset: waves that meet <see cref="Rules"/>, one per district and stage (the latest school year, then the last wave id, ordinal), ordered by district id and wave id.</summary>
    public static IReadOnlyList<DistrictWave> Include(IReadOnlyList<DistrictWave> waves) => throw new NotImplementedException();

    /// <summary>Builds an edition.</summary>
    /// <param name="id">Such as <c>2026.1</c>.</param>
    /// <param name="kind">Where the districts come from.</param>
    /// <param name="instrumentCode">The instrument's code.</param>
    /// <param name="instrumentVersion">The instrument's version; all waves used it in full.</param>
    /// <param name="waves">Closed waves with consent, any order, all with the same measures. None gives an edition without cells.</param>
    /// <param name="seed">Of the resamples behind growth shares.</param>
    /// <exception cref="ArgumentException">Waves differ in their measures, or a district has two waves of one id.</exception>
    public static NormEdition Build(
        string id, EditionKind kind, string instrumentCode, string instrumentVersion, IReadOnlyList<DistrictWave> waves, ulong seed) => throw new NotImplementedException();

    /// <summary>The cells of the dataset without any wave of one district: what a contributing district is placed against.</summary>
    /// <param name="waves">As for <see cref="Build"/>.</param>
    /// <param name="districtId">The district to leave out; one that has no wave changes nothing.</param>
    public static NormCells CellsWithout(IReadOnlyList<DistrictWave> waves, string districtId) => throw new NotImplementedException();
}
