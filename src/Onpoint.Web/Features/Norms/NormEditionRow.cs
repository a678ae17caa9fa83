using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Norms;

/// <summary>That an edition is to be built and frozen.</summary>
internal sealed class EditionRequest
{
    /// <summary>Such as 2026.1.</summary>
    public required string EditionId { get; init; }

    public required InstrumentId InstrumentId { get; init; }

    public required EditionKind Kind { get; init; }

    public RequestState State { get; set; } = RequestState.Requested;

    public string? Error { get; set; }
}

/// <summary>A frozen edition. Rows are inserted once and never changed.</summary>
internal sealed class NormEditionRow
{
    public required string EditionId { get; init; }

    public required InstrumentId InstrumentId { get; init; }

    public required EditionKind Kind { get; init; }

    /// <summary>Lower-case hex of the document's bytes.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Canonical JSON: aggregates only.</summary>
    public required string Document { get; init; }

    public DateTimeOffset FrozenAt { get; init; }
}

/// <summary>The district-waves behind an edition. The web role sees those of synthetic editions only.</summary>
internal sealed class NormDatasetRow
{
    public required string EditionId { get; init; }

    public required string Document { get; init; }
}

/// <summary>Where one revision of a wave lies in one edition.</summary>
internal sealed class PlacingRow
{
    public required WaveId WaveId { get; init; }

    public required int Revision { get; init; }

    public required string EditionId { get; init; }

    /// <summary>The kernel's record as JSON, with the norms that were used.</summary>
    public required string Result { get; init; }
}

internal sealed class NormConfiguration :
    IEntityTypeConfiguration<EditionRequest>, IEntityTypeConfiguration<NormEditionRow>,
    IEntityTypeConfiguration<NormDatasetRow>, IEntityTypeConfiguration<PlacingRow>
{
    public void Configure(EntityTypeBuilder<EditionRequest> builder)
    {
        builder.ToTable("edition_requests");
        builder.HasKey(request => request.EditionId);
        builder.Property(request => request.Kind).HasConversion(Kebab.Converter<EditionKind>());
        builder.Property(request => request.State).HasConversion(Kebab.Converter<RequestState>());
        builder.HasOne<InstrumentRow>().WithMany().HasForeignKey(request => request.InstrumentId);
    }

    public void Configure(EntityTypeBuilder<NormEditionRow> builder)
    {
        builder.ToTable("norm_editions");
        builder.HasKey(edition => edition.EditionId);
        builder.Property(edition => edition.Kind).HasConversion(Kebab.Converter<EditionKind>());
        builder.Property(edition => edition.FrozenAt).ValueGeneratedOnAdd();
        builder.HasOne<InstrumentRow>().WithMany().HasForeignKey(edition => edition.InstrumentId);
    }

    public void Configure(EntityTypeBuilder<NormDatasetRow> builder)
    {
        builder.ToTable("norm_datasets");
        builder.HasKey(dataset => dataset.EditionId);
        builder.HasOne<NormEditionRow>().WithOne().HasForeignKey<NormDatasetRow>(dataset => dataset.EditionId);
    }

    public void Configure(EntityTypeBuilder<PlacingRow> builder)
    {
        builder.ToTable("placings");
        builder.HasKey(placing => new { placing.WaveId, placing.Revision, placing.EditionId });
        builder.Property(placing => placing.Result).HasColumnType("jsonb");
        builder.HasOne<Wave>().WithMany().HasForeignKey(placing => placing.WaveId);
        builder.HasOne<NormEditionRow>().WithMany().HasForeignKey(placing => placing.EditionId);
    }
}
