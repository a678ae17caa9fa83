using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Onpoint.Measurement;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Instruments;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Waves;

/// <summary>A wave on the wire.</summary>
internal sealed record WaveWire(
    Guid WaveId, Guid DistrictId, string ExternalId, string Instrument, string InstrumentVersion, int SchoolYear, string? Term, string Stage,
    string State, DateTimeOffset OpensAt, DateTimeOffset ClosesAt)
{
    public static WaveWire Of(Wave wave, InstrumentRow instrument) => new(
        wave.WaveId.Value, wave.DistrictId.Value, wave.ExternalId, instrument.Code, instrument.Version, wave.SchoolYear, wave.Term,
        StageWords.Of(wave.Stage), Kebab.Name(wave.State), wave.OpensAt, wave.ClosesAt);
}

/// <summary>GET /api/v1/districts/{districtId}/waves</summary>
internal static class GetDistrictWaves
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/districts/{districtId}/waves", HandleAsync)
            .WithName(nameof(GetDistrictWaves))
            .WithTags("Waves")
            .WithSummary("A district's waves, the newest first")
            .ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>The waves of one district.</summary>
    internal sealed record Response(IReadOnlyList<WaveWire> Waves);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(DistrictId districtId, OnpointDb db, CancellationToken cancellationToken)
    {
        if (!await db.Districts.AnyAsync(district => district.DistrictId == districtId, cancellationToken))
        {
            return Problems.NoSuchDistrict(districtId.ToString());
        }

        var waves = await db.Waves.AsNoTracking().Where(wave => wave.DistrictId == districtId)
            .Join(db.Instruments, wave => wave.InstrumentId, instrument => instrument.InstrumentId, (wave, instrument) => new { Wave = wave, Instrument = instrument })
            .OrderByDescending(pair => pair.Wave.OpensAt).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Response(waves.ConvertAll(pair => WaveWire.Of(pair.Wave, pair.Instrument))));
    }
}

/// <summary>GET /api/v1/waves/{waveId}: one wave with its schools.</summary>
internal static class GetWave
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/waves/{waveId}", HandleAsync)
            .WithName(nameof(GetWave))
            .WithTags("Waves")
            .WithSummary("One wave with its schools")
            .WithDescription("The ids of the schools are what a response names as schoolId.")
            .ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>A wave and its schools.</summary>
    internal sealed record Response(WaveWire Wave, IReadOnlyList<SchoolWire> Schools);

    /// <summary>A school of a wave; eligibleTeachers is its roster, null when unknown.</summary>
    internal sealed record SchoolWire(Guid SchoolId, string ExternalId, string Name, int? EligibleTeachers);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(WaveId waveId, OnpointDb db, CancellationToken cancellationToken)
    {
        var found = await db.Waves.AsNoTracking().Where(wave => wave.WaveId == waveId)
            .Join(db.Instruments, wave => wave.InstrumentId, instrument => instrument.InstrumentId, (wave, instrument) => new { Wave = wave, Instrument = instrument })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return Problems.NoSuchWave(waveId.ToString());
        }

        var schools = await db.Rosters.AsNoTracking().Where(roster => roster.WaveId == waveId)
            .Join(db.Schools, roster => roster.SchoolId, school => school.SchoolId, (roster, school) => new { School = school, roster.EligibleTeachers })
            .OrderBy(row => row.School.ExternalId).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Response(
            WaveWire.Of(found.Wave, found.Instrument),
            schools.ConvertAll(row => new SchoolWire(row.School.SchoolId.Value, row.School.ExternalId, row.School.Name, row.EligibleTeachers))));
    }
}
