using System.Security.Cryptography;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Landmarks;

namespace Onpoint.Measurement.Norms;

/// <summary>Where the districts of an edition come from.</summary>
public enum EditionKind
{
    /// <summary>Made by the published generator; says so wherever it is used.</summary>
    Synthetic,

    /// <summary>Districts that agreed to contribute.</summary>
    Contributed,

    /// <summary>A probability sample of districts.</summary>
    ProbabilitySample,
}

/// <summary>What a wave needs to enter the dataset.</summary>
/// <param name="SmallestCount">Least n* (count).</param>
/// <param name="ResponseRate">Least response rate where it is known. Fraction.</param>
public sealed record InclusionRules(int SmallestCount, double ResponseRate);

/// <summary>The school years the dataset covers, both by their ending year.</summary>
/// <param name="FirstSchoolYear">The earliest.</param>
/// <param name="LastSchoolYear">The latest.</param>
public sealed record FieldWindow(int FirstSchoolYear, int LastSchoolYear);

/// <summary>How many districts were seen at both of two neighbouring stages.</summary>
/// <param name="From">The earlier stage.</param>
/// <param name="To">The stage after it.</param>
/// <param name="Districts">Districts seen at both (count).</param>
public sealed record StagePair(Stage From, Stage To, int Districts);

/// <summary>A frozen snapshot of norms. Every number in it carries at most 9 significant digits, so it survives writing and reading unchanged.</summary>
public sealed record NormEdition
{
    /// <summary>The edition's id, such as <c>2026.1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Where its districts come from.</summary>
    public required EditionKind Kind { get; init; }

    /// <summary>The instrument's code.</summary>
    public required string InstrumentCode { get; init; }

    /// <summary>The instrument's version.</summary>
    public required string InstrumentVersion { get; init; }

    /// <summary>The rules that decided which waves entered. Consent is not among them: the caller passes only waves that have it.</summary>
    public required InclusionRules Inclusion { get; init; }

    /// <summary>The school years of the dataset; null when it is empty.</summary>
    public required FieldWindow? FieldWindow { get; init; }

    /// <summary>How districts are weighted, in words.</summary>
    public required string Weights { get; init; }

    /// <summary>SHA-256 of <see cref="NormDataset.ToCanonicalJson"/>, lower-case hex.</summary>
    public required string DatasetHash { get; init; }

    /// <summary>The seed of the resamples.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Districts in the dataset (count).</summary>
    public required int Districts { get; init; }

    /// <summary>District-waves in the dataset (count).</summary>
    public required int DistrictWaves { get; init; }

    /// <summary>Teacher responses in the dataset (count).</summary>
    public required int Responses { get; init; }

    /// <summary>Districts seen at both of two neighbouring stages, Planning first.</summary>
    public required IReadOnlyList<StagePair> PanelCounts { get; init; }

    /// <summary>The published cells: measures in the instrument's order, in each the stages, then all stages.</summary>
    public required IReadOnlyList<NormCell> Cells { get; init; }

    /// <summary>Growth over the stages, one table per measure in the instrument's order.</summary>
    public required IReadOnlyList<GrowthTable> Growth { get; init; }

    /// <summary>The landmarks whose measures the instrument has.</summary>
    public required IReadOnlyList<LandmarkResult> Landmarks { get; init; }

    /// <summary>Writes the edition as <see cref="CanonicalJson"/>: the bytes that are hashed, stored and downloaded.</summary>
    public byte[] ToCanonicalJson() => CanonicalJson.Write(this);

    /// <summary>SHA-256 of <see cref="ToCanonicalJson"/>, lower-case hex.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(ToCanonicalJson()));

    /// <summary>The cells, ready for <c>Placement.Place</c>.</summary>
    public NormCells NormCells() => new(Cells);

    /// <summary>Reads an edition back.</summary>
    /// <param name="utf8Json">Exactly what <see cref="ToCanonicalJson"/> wrote: an edition is frozen, so other spacing, key order or digits make another file.</param>
    /// <returns>The edition; writing it again gives the same bytes, and placings with it give the same numbers.</returns>
    /// <exception cref="FormatException">The bytes are not an edition in canonical form.</exception>
    public static NormEdition Parse(ReadOnlySpan<byte> utf8Json) => CanonicalJson.Read<NormEdition>(utf8Json);
}
