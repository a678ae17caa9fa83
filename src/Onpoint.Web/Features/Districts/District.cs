using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Onpoint.Web.Features.Districts;

internal readonly record struct DistrictId(Guid Value) : IParsable<DistrictId>
{
    public static DistrictId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DistrictId result)
    {
        bool parsed = Guid.TryParse(s, provider, out Guid value);
        result = new DistrictId(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}

internal sealed class District
{
    public required DistrictId DistrictId { get; init; }

    /// <summary>The sender's own id; every order that decides something uses it.</summary>
    public required string ExternalId { get; init; }

    public required string Name { get; set; }

    public string? State { get; set; }

    public string? Locale { get; set; }

    /// <summary>Ending year of the Planning year.</summary>
    public short? LaunchYear { get; set; }

    public required string TimeZone { get; set; }

    /// <summary>Agreed to be part of the national dataset.</summary>
    public required bool Contributes { get; set; }

    /// <summary>Made up by the generator; labelled wherever it is shown.</summary>
    public required bool Synthetic { get; init; }
}

internal sealed class DistrictConfiguration : IEntityTypeConfiguration<District>
{
    public void Configure(EntityTypeBuilder<District> builder)
    {
        builder.ToTable("districts");
        builder.HasKey(district => district.DistrictId);
    }
}
