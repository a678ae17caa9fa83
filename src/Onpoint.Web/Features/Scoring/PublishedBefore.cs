using System.Text;
using Microsoft.EntityFrameworkCore;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Verification;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Scoring;

/// <summary>What readers saw of a wave before a revision: it decides with what they may see in it.</summary>
internal sealed class PublishedBefore
{
    private readonly ScoringPlan _plan;
    private readonly ILookup<Guid, ScoreUnit> _units;
    private readonly Dictionary<(int, Guid, string), int> _scores;
    private readonly ReproductionRow? _reproduction;

    private PublishedBefore(ScoringPlan plan, ILookup<Guid, ScoreUnit> units, Dictionary<(int, Guid, string), int> scores, ReproductionRow? reproduction) =>
        (_plan, _units, _scores, _reproduction) = (plan, units, scores, reproduction);

    public static async Task<PublishedBefore> LoadAsync(OnpointDb db, ScoringPlan plan, WaveId waveId, int revision, CancellationToken cancellationToken)
    {
        List<ScoreUnit> units = await db.ScoreUnits.AsNoTracking().Where(unit => unit.WaveId == waveId && unit.Revision < revision).OrderBy(unit => unit.Revision).ToListAsync(cancellationToken);
        List<string> components = plan.Instrument.Components.Select(component => component.Code).ToList();
        var scores = await db.Scores.AsNoTracking().Where(score => score.WaveId == waveId && score.Revision < revision && components.Contains(score.Measure))
            .Select(score => new { score.Revision, score.UnitId, score.Measure, score.Respondents }).ToListAsync(cancellationToken);
        return new PublishedBefore(
            plan,
            units.ToLookup(unit => unit.UnitId),
            scores.ToDictionary(score => (score.Revision, score.UnitId, score.Measure), score => score.Respondents),
            await db.Reproductions.AsNoTracking().Where(row => row.WaveId == waveId && row.Revision < revision).OrderByDescending(row => row.Revision).FirstOrDefaultAsync(cancellationToken));
    }

    /// <summary>A unit of the new revision with what was published of it.</summary>
    public DisclosureUnit Unit(Guid unitId, string? textId, Guid districtId, UnitEstimate estimate) => new(
        textId, DisclosureUnit.CountsOf(estimate, _plan), estimate.Responses, estimate.Eligible,
        _units[unitId].LastOrDefault()?.ShownRevision,
        Basis(unitId, _units[unitId].Max(row => row.ShownRevision)),
        WasWithheld: _units[unitId].Any(row => row is { ShownRevision: null, WithheldCode: not null }),
        Basis(unitId, _units[districtId].Max(row => row.ShownRevision)));

    /// <summary>What the latest reproduction rested on; null when there is none.</summary>
    public EarlierReproduction? Reproduction(IEnumerable<(Guid Id, string? TextId, UnitEstimate Estimate)> units) => _reproduction is not { } row ? null : new EarlierReproduction(
        CanonicalJson.Read<ReproductionTotals>(Encoding.UTF8.GetBytes(row.Totals)).Joint?.Schools ?? [],
        units.Where(unit => unit.TextId is not null)
            .Select(unit => (unit.TextId, Basis: Basis(unit.Id, row.Revision)))
            .Where(unit => unit.Basis is not null)
            .ToDictionary(unit => unit.TextId!, unit => unit.Basis!, StringComparer.Ordinal));

    /// <summary>A component nobody has a score on has no row.</summary>
    private RowBasis? Basis(Guid unitId, int? revision) => _units[unitId].FirstOrDefault(row => row.Revision == revision) is { } unit
        ? new RowBasis([.. _plan.Instrument.Components.Select(component => _scores.GetValueOrDefault((unit.Revision, unitId, component.Code)))], unit.EligibleTeachers)
        : null;
}
