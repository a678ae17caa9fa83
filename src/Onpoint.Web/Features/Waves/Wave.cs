using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Onpoint.Measurement;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Instruments;

namespace Onpoint.Web.Features.Waves;

internal readonly record struct WaveId(Guid Value) : IParsable<WaveId>
{
    public static WaveId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out WaveId result)
    {
        bool parsed = Guid.TryParse(s, provider, out Guid value);
        result = new WaveId(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}

/// <summary>Where a wave is on its way.</summary>
internal enum WaveState
{
    Scheduled,
    Open,
    Closed,
    Archived,
}

/// <summary>One administration of one instrument in one district.</summary>
internal sealed class Wave
{
    public required WaveId WaveId { get; init; }

    public required DistrictId DistrictId { get; init; }

    public required InstrumentId InstrumentId { get; init; }

    /// <summary>The sender's name of the wave, such as 2025-26.</summary>
    public required string ExternalId { get; init; }

    /// <summary>Ending year of the school year.</summary>
    public required short SchoolYear { get; init; }

    public string? Term { get; set; }

    public required Stage Stage { get; set; }

    public required DateTimeOffset OpensAt { get; set; }

    public required DateTimeOffset ClosesAt { get; set; }

    /// <summary>Schools were sampled rather than all invited: they are clusters.</summary>
    public required bool SamplesSchools { get; set; }

    public required WaveState State { get; set; }

    /// <summary>0 until the wave is sealed; every load or re-opening after that raises it.</summary>
    public short LateBatch { get; set; }

    /// <summary>When the responses were last rewritten in random order.</summary>
    public DateTimeOffset? SealedAt { get; set; }
}

internal sealed class WaveConfiguration : IEntityTypeConfiguration<Wave>
{
    public void Configure(EntityTypeBuilder<Wave> builder)
    {
        builder.ToTable("waves");
        builder.HasKey(wave => wave.WaveId);
        builder.Property(wave => wave.State).HasConversion(Kebab.Converter<WaveState>());
        builder.Property(wave => wave.Stage).HasConversion<short>();
        builder.HasOne<District>().WithMany().HasForeignKey(wave => wave.DistrictId);
        builder.HasOne<InstrumentRow>().WithMany().HasForeignKey(wave => wave.InstrumentId);
    }
}
