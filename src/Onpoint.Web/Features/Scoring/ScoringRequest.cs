using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Scoring;

/// <summary>How far a request for work has come.</summary>
internal enum RequestState
{
    Requested,
    Running,
    Done,
    Failed,
    Withdrawn,
}

/// <summary>That a wave is to be scored: the truth, of which the job queue is only the wake-up call.</summary>
internal sealed class ScoringRequest
{
    public required WaveId WaveId { get; init; }

    /// <summary>1 at the first closing; every late load and every further closing makes the next.</summary>
    public required int Revision { get; init; }

    public RequestState State { get; set; } = RequestState.Requested;

    public string? Error { get; set; }

    /// <summary>
    /// Adds the next revision's request to the caller's transaction. The caller holds the wave's row lock, so that two
    /// of them cannot take the same number.
    /// </summary>
    public static async Task AddNextAsync(OnpointDb db, WaveId waveId, CancellationToken cancellationToken)
    {
        int last = await db.ScoringRequests.Where(request => request.WaveId == waveId).MaxAsync(request => (int?)request.Revision, cancellationToken) ?? 0;
        db.ScoringRequests.Add(new ScoringRequest { WaveId = waveId, Revision = last + 1 });
    }
}

internal sealed class ScoringRequestConfiguration : IEntityTypeConfiguration<ScoringRequest>
{
    public void Configure(EntityTypeBuilder<ScoringRequest> builder)
    {
        builder.ToTable("scoring_requests");
        builder.HasKey(request => new { request.WaveId, request.Revision });
        builder.Property(request => request.State).HasConversion(Kebab.Converter<RequestState>());
        builder.HasOne<Wave>().WithMany().HasForeignKey(request => request.WaveId);
    }
}
