using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Features.Norms;
using Onpoint.Web.Features.Responses;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Database;

/// <summary>
/// The tables, as db-migrations defines them. Responses and submission keys are missing on purpose: only the writer, the
/// import and the scoring job touch them, in SQL of their own.
/// </summary>
internal sealed class OnpointDb(DbContextOptions<OnpointDb> options) : DbContext(options)
{
    /// <summary>How a data source of any role becomes a context.</summary>
    public static DbContextOptions<OnpointDb> Options(NpgsqlDataSource source) =>
        new DbContextOptionsBuilder<OnpointDb>().UseNpgsql(source).UseSnakeCaseNamingConvention().Options;

    public DbSet<District> Districts => Set<District>();

    public DbSet<School> Schools => Set<School>();

    public DbSet<InstrumentRow> Instruments => Set<InstrumentRow>();

    public DbSet<Wave> Waves => Set<Wave>();

    public DbSet<Roster> Rosters => Set<Roster>();

    public DbSet<SubmissionCount> SubmissionCounts => Set<SubmissionCount>();

    public DbSet<ImportRow> Imports => Set<ImportRow>();

    public DbSet<ScoringRequest> ScoringRequests => Set<ScoringRequest>();

    public DbSet<ScoreRevision> ScoreRevisions => Set<ScoreRevision>();

    public DbSet<ScoreUnit> ScoreUnits => Set<ScoreUnit>();

    public DbSet<ScoreRow> Scores => Set<ScoreRow>();

    public DbSet<ReproductionRow> Reproductions => Set<ReproductionRow>();

    public DbSet<EditionRequest> EditionRequests => Set<EditionRequest>();

    public DbSet<NormEditionRow> NormEditions => Set<NormEditionRow>();

    public DbSet<NormDatasetRow> NormDatasets => Set<NormDatasetRow>();

    public DbSet<PlacingRow> Placings => Set<PlacingRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OnpointDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DistrictId>().HaveConversion<DistrictIdConverter>();
        configurationBuilder.Properties<SchoolId>().HaveConversion<SchoolIdConverter>();
        configurationBuilder.Properties<WaveId>().HaveConversion<WaveIdConverter>();
        configurationBuilder.Properties<InstrumentId>().HaveConversion<InstrumentIdConverter>();
    }

    private sealed class DistrictIdConverter() : ValueConverter<DistrictId, Guid>(id => id.Value, value => new DistrictId(value));

    private sealed class SchoolIdConverter() : ValueConverter<SchoolId, Guid>(id => id.Value, value => new SchoolId(value));

    private sealed class WaveIdConverter() : ValueConverter<WaveId, Guid>(id => id.Value, value => new WaveId(value));

    private sealed class InstrumentIdConverter() : ValueConverter<InstrumentId, Guid>(id => id.Value, value => new InstrumentId(value));
}
