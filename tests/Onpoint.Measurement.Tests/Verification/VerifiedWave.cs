using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Instruments;
using Onpoint.Measurement.Verification;

namespace Onpoint.Measurement.Tests.Verification;

/// <summary>A wave of seeded random answers on two categories (components of four and three items, and of two) with its published file.</summary>
internal sealed class VerifiedWave
{
    private readonly List<(string School, int? Eligible, UnitTotals Totals)> _schools = [];
    private readonly Random _random = new(2026);
    private readonly bool _samplesSchools;

    public VerifiedWave(bool samplesSchools = false, ScoreScale scale = ScoreScale.Points)
    {
        _samplesSchools = samplesSchools;
        Plan = new ScoringPlan(TestInstrument.Of([4, 3, 2], [[1, 2], [3]], scale: scale));
    }

    public ScoringPlan Plan { get; }

    /// <summary>Adds a school, or answers to one; every twentieth item is skipped.</summary>
    public VerifiedWave Answer(string school, int? eligible, int responses)
    {
        int known = _schools.FindIndex(row => row.School == school);
        UnitTotals totals = known < 0 ? Plan.NewTotals() : _schools[known].Totals;
        int level = _random.Next(3);
        for (int teacher = 0; teacher < responses; teacher++)
        {
            int mood = _random.Next(3);
            totals.Add([.. Enumerable.Range(0, 9).Select(_ => _random.Next(20) == 0 ? (byte)0 : (byte)Math.Clamp(1 + level + mood + _random.Next(-1, 2), 1, 5))]);
        }

        if (known < 0)
        {
            _schools.Add((school, eligible, totals));
        }
        else
        {
            _schools[known] = (school, eligible, totals);
        }

        return this;
    }

    public IReadOnlyList<SchoolTotals> Schools => [.. _schools.Select(row => new SchoolTotals(row.School, row.Eligible, row.Totals))];

    public WaveEstimate Estimate => WaveEstimator.Estimate(Plan, Schools, _samplesSchools);

    /// <summary>As a first revision shows the units.</summary>
    public IReadOnlyList<DisclosureDecision> Decisions => DisclosureControl.Decide(
        1, [DisclosureUnit.New(null, Estimate.District, Plan), .. Estimate.Schools.Select(school => DisclosureUnit.New(school.Key, school.Value, Plan))]);

    public ReproductionTotals? Totals(int revision = 1, IReadOnlyList<DisclosureDecision>? decisions = null, EarlierReproduction? earlier = null) =>
        ReproductionLines.Make(Plan, Schools, _samplesSchools, revision, decisions ?? Decisions, earlier);

    /// <summary>What the next revision's reproduction is compared with.</summary>
    public EarlierReproduction Earlier(ReproductionTotals totals) => new(
        totals.Joint?.Schools ?? [],
        Estimate.Schools.ToDictionary(school => school.Key, school => new RowBasis(DisclosureUnit.CountsOf(school.Value, Plan), school.Value.Eligible)));

    /// <summary>The file, placed in an edition of 40 districts whose stage means rise by 30 points.</summary>
    public ScoreReproduction File()
    {
        WaveEstimate estimate = Estimate;
        NormCells cells = Cells();
        DistrictWave record = DistrictWaveRecords.Of("d", "w", Stage.Year1, 2026, estimate, Plan, _samplesSchools)!;
        IReadOnlyList<MeasurePlacing> placings = DistrictPlacement.Place(record, cells);
        return ScoreReproduction.Compose(
            Plan,
            new ReproducedWave("d", "w", Stage.Year1, 2026, 1, 1),
            Totals() ?? throw new InvalidOperationException("This wave has no reproduction."),
            new ReproducedNorms("2026.1", EditionKind.Synthetic, new string('0', 64), false, cells.Cells),
            [.. estimate.District.Measures.Zip(placings, (measure, placing) => PublishedResult.Of(
                DisclosureControl.Publish(measure, estimate.District.SmallestCount, 110, Plan.Instrument.Scale), placing))]);
    }

    private NormCells Cells() => new([.. Plan.Measures.SelectMany(measure => new Stage?[] { Stage.Planning, Stage.Year1, Stage.Year2, Stage.Year3, Stage.Year4Plus, null }
        .Where(stage => stage is null or Stage.Year1 || measure.Code == ScoringPlan.Benchmark)
        .Select(stage => new NormCell
        {
            Measure = measure.Code,
            Stage = stage,
            Districts = 40,
            Responses = 4000,
            MeanPoints = 560 + 30 * (int)(stage ?? Stage.Year2),
            StandardErrorPoints = 10,
            MeanSamplingVariance = 200,
            TauPoints = 80,
            WithinSdPoints = 150,
            RawQuantiles = [],
            Quantiles = [.. Enumerable.Range(1, 99).Select(place => 440.0 + (3 * place) + (30 * (int)(stage ?? Stage.Year2)))],
            Provisional = false,
        }))]);
}
