using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Onpoint.Web.Features.Districts;

namespace Onpoint.Web.Features.Waves;

/// <summary>A school that takes part in a wave, and how many of its teachers may answer.</summary>
internal sealed class Roster
{
    public required WaveId WaveId { get; init; }

    public required SchoolId SchoolId { get; init; }

    /// <summary>Count; null when unknown.</summary>
    public int? EligibleTeachers { get; set; }
}

internal sealed class RosterConfiguration : IEntityTypeConfiguration<Roster>
{
    public void Configure(EntityTypeBuilder<Roster> builder)
    {
        builder.ToTable("rosters");
        builder.HasKey(roster => new { roster.WaveId, roster.SchoolId });
        builder.HasOne<Wave>().WithMany().HasForeignKey(roster => roster.WaveId);
        builder.HasOne<School>().WithMany().HasForeignKey(roster => roster.SchoolId);
    }
}
