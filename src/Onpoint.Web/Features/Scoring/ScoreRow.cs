using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Onpoint.Measurement.Disclosure;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Scoring;

/// <summary>What one scoring of a wave says of the wave as a whole.</summary>
internal sealed class ScoreRevision
{
    public required WaveId WaveId { get; init; }

    public required int Revision { get; init; }

    /// <summary>The version of the rules that produced the rows, so that an old report can be explained.</summary>
    public required int ScoringVersion { get; init; }

    public required bool DenominatorUnknown { get; init; }

    /// <summary>Fraction; null when unknown.</summary>
    public double? ResponseRate { get; init; }

    public required int SchoolsAnswering { get; init; }

    public required int SchoolsInWave { get; init; }

    /// <summary>The strata as JSON, for the placing's reliability.</summary>
    public required string Strata { get; init; }
}

/// <summary>One unit (the district or a school) in one revision of a wave, and what readers may see of it.</summary>
internal sealed class ScoreUnit
{
    public required WaveId WaveId { get; init; }

    public required int Revision { get; init; }

    public required Guid UnitId { get; init; }

    public required bool IsDistrict { get; init; }

    public required int Responses { get; init; }

    public required int ScoredTeachers { get; init; }

    /// <summary>n*: the smallest number of scores that any component has.</summary>
    public required int SmallestCount { get; init; }

    public int? EligibleTeachers { get; init; }

    /// <summary>The revision whose values readers see; null when the unit is withheld.</summary>
    public int? ShownRevision { get; init; }

    public WithheldCode? WithheldCode { get; init; }

    /// <summary>Components x components, row by row. Points squared.</summary>
    public double[]? ComponentCovariances { get; init; }
}

/// <summary>One measure of one unit in one revision. Written only by ScoreWaveJob, read only by ScoreReader.</summary>
internal sealed class ScoreRow
{
    public required WaveId WaveId { get; init; }

    public required int Revision { get; init; }

    public required Guid UnitId { get; init; }

    public required string Measure { get; init; }

    /// <summary>On the instrument's scale.</summary>
    public required double Points { get; init; }

    public double? StandardErrorPoints { get; init; }

    public double? DegreesOfFreedom { get; init; }

    /// <summary>People whose answers were used (count).</summary>
    public required int Respondents { get; init; }

    public required long WithinDegrees { get; init; }

    public required double WithinSumSquares { get; init; }
}

/// <summary>
/// What a revision's scores can be recomputed from, where disclosure control allows it. Written in the transaction of the scores, because answers cannot be read later by the
/// web role and more of them may have come.
/// </summary>
internal sealed class ReproductionRow
{
    public required WaveId WaveId { get; init; }

    public required int Revision { get; init; }

    /// <summary>The kernel's record as canonical JSON.</summary>
    public required string Totals { get; init; }
}

/// <summary>Column names follow the snake_case convention; db-migrations owns the tables and SchemaTests compares the two.</summary>
internal sealed class ScoreConfiguration :
    IEntityTypeConfiguration<ScoreRevision>, IEntityTypeConfiguration<ScoreUnit>, IEntityTypeConfiguration<ScoreRow>,
    IEntityTypeConfiguration<ReproductionRow>
{
    public void Configure(EntityTypeBuilder<ScoreRevision> builder)
    {
        builder.ToTable("score_revisions");
        builder.HasKey(revision => new { revision.WaveId, revision.Revision });
        builder.Property(revision => revision.Strata).HasColumnType("jsonb");
        builder.HasOne<Wave>().WithMany().HasForeignKey(revision => revision.WaveId);
    }

    public void Configure(EntityTypeBuilder<ScoreUnit> builder)
    {
        builder.ToTable("score_units");
        builder.HasKey(unit => new { unit.WaveId, unit.Revision, unit.UnitId });
        builder.Property(unit => unit.WithheldCode).HasConversion(Kebab.Converter<WithheldCode>());
        builder.HasOne<ScoreRevision>().WithMany().HasForeignKey(unit => new { unit.WaveId, unit.Revision });
    }

    public void Configure(EntityTypeBuilder<ScoreRow> builder)
    {
        builder.ToTable("scores");
        builder.HasKey(score => new { score.WaveId, score.Revision, score.UnitId, score.Measure });
        builder.HasOne<ScoreUnit>().WithMany().HasForeignKey(score => new { score.WaveId, score.Revision, score.UnitId });
    }
    public void Configure(EntityTypeBuilder<ReproductionRow> builder)
    {
        builder.ToTable("reproductions");
        builder.HasKey(reproduction => new { reproduction.WaveId, reproduction.Revision });
        builder.HasOne<ScoreRevision>().WithOne().HasForeignKey<ReproductionRow>(reproduction => new { reproduction.WaveId, reproduction.Revision });
    }
}
