using System.Security.Cryptography;
using System.Text;

namespace Onpoint.Measurement.Norms;

/// <summary>The district-level rows behind an edition: docs/methodology.md section 5.</summary>
public static class NormDataset
{
    /// <summary>Writes the included district-waves as <see cref="CanonicalJson"/>, ordered by district id, then wave id (ordinal).</summary>
    /// <param name="waves">Any order; only the rows that <see cref="NormEditionBuilder.Include"/> keeps are written.</param>
    /// <exception cref="ArgumentException">Waves differ in their measures, or a district has two waves of one id.</exception>
    public static byte[] ToCanonicalJson(IReadOnlyList<DistrictWave> waves) => CanonicalJson.Write(NormEditionBuilder.Include(waves).Select(Row.Of));

    /// <summary>SHA-256 of <see cref="ToCanonicalJson"/>, lower-case hex.</summary>
    public static string Hash(IReadOnlyList<DistrictWave> waves) => Convert.ToHexStringLower(SHA256.HashData(ToCanonicalJson(waves)));

    /// <summary>Reads what <see cref="ToCanonicalJson"/> wrote: numbers as rounded there, without respondents, covariances and strata.</summary>
    /// <exception cref="FormatException">The bytes are not a dataset in canonical form.</exception>
    public static IReadOnlyList<DistrictWave> Parse(ReadOnlySpan<byte> utf8Json) => CanonicalJson.Read<List<Row>>(utf8Json).ConvertAll(row => row.ToWave());

    /// <summary>
    /// The rows of the edition that follows another one. A stage at which 1 to 4 districts would come, go or change keeps its earlier rows, lest the difference of
    /// two editions give single districts away; when the cell over all stages would still change by so few, or a wave moved to a stage of the other kind,
    /// all rows stay.
    /// </summary>
    /// <param name="before">The dataset of the edition before, any order.</param>
    /// <param name="waves">As for <see cref="NormEditionBuilder.Include"/>.</param>
    /// <exception cref="ArgumentException">Waves of one list differ in their measures, or a district has two waves of one id.</exception>
    public static IReadOnlyList<DistrictWave> Following(IReadOnlyList<DistrictWave> before, IReadOnlyList<DistrictWave> waves)
    {
        HashSet<Stage> kept = [.. CellChange.Between(before, waves).Where(change => !change.Allowed).Select(change => change.Stage).OfType<Stage>()];
        DistrictWave[] rows = [.. NormEditionBuilder.Include(waves).Where(wave => !kept.Contains(wave.Stage)), .. NormEditionBuilder.Include(before).Where(wave => kept.Contains(wave.Stage))];
        bool moved = rows.DistinctBy(wave => (wave.DistrictId, wave.Wave)).Count() < rows.Length;
        return moved || CellChange.Between(before, rows).Any(change => !change.Allowed) ? NormEditionBuilder.Include(before) : NormEditionBuilder.Include(rows);
    }

    /// <summary>One row as it is written: two rows are the same when their texts are.</summary>
    internal static string RowText(DistrictWave wave) => Encoding.UTF8.GetString(CanonicalJson.Write(Row.Of(wave)));

    private sealed record Row(
        string DistrictId, string Wave, Stage Stage, int SchoolYear, int Responses, int SmallestCount, IReadOnlyList<Cell> Measures)
    {
        public static Row Of(DistrictWave wave) => new(
            wave.DistrictId,
            wave.Wave,
            wave.Stage,
            wave.SchoolYear,
            wave.Responses,
            wave.SmallestCount,
            [
                .. wave.Measures.Select(summary => new Cell(
                    summary.Measure, summary.Points, summary.StandardErrorPoints, summary.DegreesOfFreedom, summary.WithinDegrees, summary.WithinSumSquares)),
            ]);

        public DistrictWave ToWave() => new()
        {
            DistrictId = DistrictId,
            Wave = Wave,
            Stage = Stage,
            SchoolYear = SchoolYear,
            Responses = Responses,
            SmallestCount = SmallestCount,
            Measures =
            [
                .. Measures.Select(cell => new MeasureSummary(
                    cell.Measure, cell.Points, cell.StandardErrorPoints, cell.DegreesOfFreedom, SmallestCount, cell.WithinDegrees, cell.WithinSumSquares)),
            ],
        };
    }

    private sealed record Cell(
        string Measure, double Points, double StandardErrorPoints, double DegreesOfFreedom, long WithinDegrees, double WithinSumSquares);
}
