using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Imports;

/// <summary>That a file was loaded into a wave: the same bytes are never loaded twice.</summary>
internal sealed class ImportRow
{
    public required WaveId WaveId { get; init; }

    public required byte[] Sha256 { get; init; }

    public required string FileName { get; init; }

    public required short LateBatch { get; init; }

    public required int RowsRead { get; init; }

    public required int RowsStored { get; init; }
}

internal sealed class ImportRowConfiguration : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> builder)
    {
        builder.ToTable("imports");
        builder.HasKey(import => new { import.WaveId, import.Sha256 });
        builder.HasOne<Wave>().WithMany().HasForeignKey(import => import.WaveId);
    }
}
