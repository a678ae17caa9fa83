using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Onpoint.Web.Features.Instruments;

internal readonly record struct InstrumentId(Guid Value);

/// <summary>An accepted instrument: its file, word for word.</summary>
internal sealed class InstrumentRow
{
    public required InstrumentId InstrumentId { get; init; }

    public required string Code { get; init; }

    public required string Version { get; init; }

    /// <summary>instrument.json.</summary>
    public required string Definition { get; init; }
}

internal sealed class InstrumentRowConfiguration : IEntityTypeConfiguration<InstrumentRow>
{
    public void Configure(EntityTypeBuilder<InstrumentRow> builder)
    {
        builder.ToTable("instruments");
        builder.HasKey(instrument => instrument.InstrumentId);
    }
}
