using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Onpoint.Web.Features.Districts;

internal readonly record struct SchoolId(Guid Value) : IParsable<SchoolId>
{
    public static SchoolId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SchoolId result)
    {
        bool parsed = Guid.TryParse(s, provider, out Guid value);
        result = new SchoolId(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}

internal sealed class School
{
    public required SchoolId SchoolId { get; init; }

    public required DistrictId DistrictId { get; init; }

    /// <summary>The sender's own id of the school.</summary>
    public required string ExternalId { get; init; }

    public required string Name { get; set; }
}

internal sealed class SchoolConfiguration : IEntityTypeConfiguration<School>
{
    public void Configure(EntityTypeBuilder<School> builder)
    {
        builder.ToTable("schools");
        builder.HasKey(school => school.SchoolId);
        builder.HasOne<District>().WithMany().HasForeignKey(school => school.DistrictId);
    }
}
