using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Responses;

/// <summary>How many answers a school sent on a day: all that survives of an answer's date.</summary>
internal sealed class SubmissionCount
{
    public required WaveId WaveId { get; init; }

    public required SchoolId SchoolId { get; init; }

    public required DateOnly Day { get; init; }

    public required int Submissions { get; init; }
}

internal sealed class SubmissionCountConfiguration : IEntityTypeConfiguration<SubmissionCount>
{
    public void Configure(EntityTypeBuilder<SubmissionCount> builder)
    {
        builder.ToTable("submission_counts");
        builder.HasKey(count => new { count.WaveId, count.SchoolId, count.Day });
    }
}
