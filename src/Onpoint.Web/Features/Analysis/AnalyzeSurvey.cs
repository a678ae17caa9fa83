using Onpoint.Measurement;
using Onpoint.Measurement.Comparisons;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Reliability;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Features.Norms;

namespace Onpoint.Web.Features.Analysis;

/// <summary>What the person asked for.</summary>
/// <param name="Design">How schools enter.</param>
/// <param name="PopulationSchools">Schools of the population; null without finite population corrections.</param>
/// <param name="Norms">The norms; null without.</param>
/// <param name="DisclosureControl">False: every unit is shown, as only the owner of the answers may see it.</param>
internal sealed record AnalysisRequest(AnalysisDesign Design, int? PopulationSchools, EditionSource? Norms, bool DisclosureControl);

/// <summary>The whole measurement on a person's own files: loads nothing, stores nothing, computes nothing itself but calls <c>Onpoint.Measurement</c>.</summary>
internal sealed class AnalyzeSurvey(AnalysisInput input, AnalysisRequest request)
{
    /// <summary>Of the resamples behind growth shares and league positions, as in the service's editions.</summary>
    private const ulong Seed = 2026;

    /// <summary>Districts of a stage that are set beside each other (count).</summary>
    private const int FewestCompared = 5;

    /// <summary>All answers of the files together.</summary>
    private readonly UnitTotals _all = All(input);

    /// <summary>A district that contributed to the edition is placed without its own waves; a table of several districts uses the same norms for all.</summary>
    private readonly string? _leftOut = LeftOut(input, request.Norms);

    private NormCells? _cells;

    private ScoringPlan Plan => input.Plan;

    /// <summary>Null without norms.</summary>
    private NormCells? Cells => _cells ??= _leftOut is { } district
        ? NormEditionBuilder.CellsWithout(request.Norms!.Dataset!, district)
        : request.Norms?.Edition.NormCells();

    private Instrument Instrument => input.Plan.Instrument;

    public SurveyAnalysis Run()
    {
        EstimatedWave[] waves = [.. input.Waves.Select(Estimate)];
        DistrictWave[] records = [.. waves.Select(wave => wave.Record).OfType<DistrictWave>()];
        return new SurveyAnalysis
        {
            SchemaVersion = SurveyAnalysis.CurrentSchemaVersion,
            Instrument = new AnalysedInstrument(Instrument.Code, Instrument.Version, Instrument.Scale),
            Settings = new AnalysisSettings(
                request.Design, request.PopulationSchools, request.DisclosureControl,
                request.Norms?.Edition is { } edition ? new AnalysedEdition(edition.Id, edition.Kind, edition.Hash(), _leftOut) : null),
            Counts = new AnalysisCounts(
                input.Responses,
                input.Waves.DistinctBy(wave => wave.District).Count(),
                input.Waves.Count,
                input.Waves.SelectMany(wave => wave.Schools.Select(school => (wave.District, school.SchoolId))).Distinct().Count(),
                input.Synthetic),
            Components = [.. input.Scales.Select(Component)],
            Waves = [.. waves.Select(Report)],
            Comparisons = [.. Comparisons(waves)],
            Changes = [.. Changes(waves)],
            Growth = [.. records.Length == 0 ? [] : Plan.Measures.Select(measure => StageGrowth.Table(records, measure.Code))],
            Landmarks = [.. Landmarks(records)],
        };
    }

    private EstimatedWave Estimate(AnalysisWave wave)
    {
        bool clusters = request.Design switch
        {
            AnalysisDesign.Clusters => true,
            AnalysisDesign.Strata => false,
            _ => wave.SamplesSchools,
        };
        WaveEstimate estimate = WaveEstimator.Estimate(
            Plan, wave.Schools, clusters, request.PopulationSchools is { } population ? new PopulationCorrection(clusters ? population : null) : null);
        DistrictWave? record = wave is { Stage: { } stage, SchoolYear: { } year }
            ? DistrictWaveRecords.Of(wave.District, wave.Id, stage, year, estimate, Plan, clusters)
            : null;
        return new EstimatedWave(wave, clusters, estimate, record);
    }

    private WaveReport Report(EstimatedWave wave)
    {
        UnitEstimate district = wave.Estimate.District;
        (string Id, UnitEstimate Estimate)[] schools = [.. wave.Estimate.Schools.OrderBy(school => school.Key, StringComparer.Ordinal).Select(school => (school.Key, school.Value))];
        IReadOnlyList<DisclosureDecision> decisions = DisclosureControl.Decide(
            1, [.. schools.Select(school => DisclosureUnit.New(school.Id, school.Estimate, Plan)).Prepend(DisclosureUnit.New(null, district, Plan))]);
        bool[] hidden = [.. decisions.Select(decision => request.DisclosureControl && decision.Code is not null)];
        bool placed = wave.Record is not null && Cells is not null && !hidden[0];
        return new WaveReport
        {
            District = wave.Wave.District,
            Wave = wave.Wave.Id,
            SchoolYear = wave.Wave.SchoolYear,
            Stage = wave.Wave.Stage,
            SamplesSchools = wave.Clusters,
            ResponseRate = wave.Estimate.ResponseRate,
            DenominatorUnknown = wave.Estimate.DenominatorUnknown,
            SchoolsAnswering = wave.Estimate.SchoolsAnswering,
            SchoolsInWave = wave.Estimate.SchoolsInWave,
            Strata = wave.Clusters ? 1 : wave.Estimate.Strata.Count,
            Total = Unit(null, district, hidden[0], wave, WaveDesignEffect.Of(Plan, wave.Wave.Schools, wave.Estimate)),
            Schools = [.. schools.Select((school, position) => Unit(school.Id, school.Estimate, hidden[position + 1], wave, null))],
            Placing = placed ? DistrictPlacement.Place(wave.Record!, Cells!) : null,
            WhereToStart = placed ? WhereToStart.Find(wave.Record!, Cells!, Plan.Measures) : null,
        };
    }

    private UnitReport Unit(string? id, UnitEstimate unit, bool hidden, EstimatedWave wave, IReadOnlyList<double?>? designEffects) => hidden
        ? new UnitReport(id, null, null, true, [])
        : new UnitReport(id, unit.Responses, unit.Eligible, false, [.. unit.Measures.Select((measure, position) => Measure(measure, unit, wave, designEffects?[position]))]);

    private MeasureReport Measure(MeasureEstimate measure, UnitEstimate unit, EstimatedWave wave, double? designEffect)
    {
        if (!request.DisclosureControl || unit.SmallestCount >= DisclosureControl.SmallestExact)
        {
            return new MeasureReport(
                measure.Measure, measure.Points, measure.StandardError, measure.DegreesOfFreedom, measure.MarginPoints, designEffect, measure.Respondents, null, PublishedBound.None);
        }

        double? withinSd = Cells?.Find(measure.Measure, wave.Wave.Stage)?.WithinSdPoints;
        PublishedMeasure published = DisclosureControl.Publish(measure, unit.SmallestCount, withinSd, Instrument.Scale);
        return new MeasureReport(measure.Measure, published.Points, null, null, published.MarginPoints, null, published.Respondents, published.Rounding, published.Bound);
    }

    private ComponentReport Component(ScaleTotals scale, int component)
    {
        if (request.DisclosureControl && scale.Responses < DisclosureControl.SmallestExact)
        {
            return new ComponentReport(scale.Component, true, null, null, null, null);
        }

        var reliability = ScaleReliability.Compute(scale);
        (string District, GroupValues School)[] schools =
        [
            .. from wave in LatestWaves()
               from school in wave.Teachers
               where school.ByComponent[component].Count > 0
               select (wave.District, new GroupValues(school.School, school.ByComponent[component])),
        ];
        return new ComponentReport(
            scale.Component,
            false,
            reliability,
            [.. scale.ItemCodes.Zip(reliability.Items, Item)],
            OneWayAnova.Compute([.. schools.Select(school => school.School.Values)]),
            Variances(schools.ToLookup(school => school.District, school => school.School)));
    }

    /// <summary>An item on which all, or all but one, agree would tell what single teachers said.</summary>
    private ItemReport Item(string code, ItemStatistics statistics)
    {
        int item = Instrument.Items.Index().First(known => known.Item.Code == code).Index;
        bool withheld = request.DisclosureControl && DisclosureControl.PublishItem(code, _all.OptionCounts(item), _all.SmallestCount).SharesPercent is null;
        return new ItemReport(code, withheld, withheld ? null : statistics);
    }

    /// <summary>Each district's last wave: its teachers count once.</summary>
    private IEnumerable<AnalysisWave> LatestWaves() => input.Waves.GroupBy(wave => wave.District, (_, waves) => waves.Last());

    private static VarianceReport? Variances(ILookup<string, GroupValues> districts)
    {
        if (districts.Count > 1)
        {
            return NestedRandomIntercepts.Fit([.. districts.Select(district => new NestedGroupValues(district.Key, [.. district]))]) is not { } nested ? null : new VarianceReport(
                nested.Mean, nested.MeanStandardError, Math.Sqrt(nested.OuterVariance), Math.Sqrt(nested.MemberVariance), Math.Sqrt(nested.WithinVariance),
                [.. nested.Groups.Select(district => new DistrictEffect(district.Outer.Group, district.Outer.EmpiricalBayesMean, district.Outer.PredictionStandardError))]);
        }

        return RandomIntercept.Fit([.. districts.SelectMany(district => district)]) is not { } fit ? null : new VarianceReport(
            fit.Mean, fit.MeanStandardError, null, Math.Sqrt(fit.BetweenVariance), Math.Sqrt(fit.WithinVariance), []);
    }

    private IEnumerable<ChangeReport> Changes(IEnumerable<EstimatedWave> waves) =>
        from district in waves.GroupBy(wave => wave.Wave.District)
        let seen = district.Where(wave => wave.Record is not null && !IsSmall(wave.Record)).ToArray()
        from pair in seen.Zip(seen.Skip(1))
        select new ChangeReport(district.Key, pair.First.Wave.Id, pair.Second.Wave.Id, WaveChange.Compare(pair.First.Record!, pair.Second.Record!));

    private IEnumerable<ComparisonReport> Comparisons(IReadOnlyList<EstimatedWave> waves)
    {
        foreach (Stage stage in Enum.GetValues<Stage>())
        {
            DistrictWave[] districts = [.. waves.Select(wave => wave.Record).OfType<DistrictWave>().Where(record => record.Stage == stage && !IsSmall(record)).GroupBy(record => record.DistrictId, (_, own) => own.Last())];
            foreach (Measure measure in Plan.Measures.Where(measure => measure.Kind != MeasureKind.Component && districts.Length >= FewestCompared))
            {
                NormCell? cell = Cells?.Find(measure.Code, stage);
                DistrictEstimate[] estimates = [.. districts.Select(district => DistrictEstimate.Of(district, measure.Code)).OfType<DistrictEstimate>()];
                yield return new ComparisonReport(
                    stage,
                    measure.Code,
                    cell is null ? null : Funnel.Place(estimates, cell),
                    League.Positions(estimates, cell, Seed),
                    measure.Kind == MeasureKind.Benchmark ? DistrictPairs.All(estimates, cell) : null);
            }
        }
    }

    /// <summary>Five to nine teachers: their mean is rounded, and a comparison would tell more.</summary>
    private bool IsSmall(DistrictWave wave) => request.DisclosureControl && wave.SmallestCount < DisclosureControl.SmallestExact;

    private static IEnumerable<LandmarkReport> Landmarks(DistrictWave[] records)
    {
        string[] districts = [.. records.Select(record => record.DistrictId).Distinct()];
        if (districts.Length > 1)
        {
            yield return new LandmarkReport(null, LandmarkTests.ForDataset(records, Seed));
        }

        foreach (string district in districts)
        {
            DistrictWave[] own = [.. records.Where(record => record.DistrictId == district)];
            if (own.Length > 1)
            {
                yield return new LandmarkReport(district, LandmarkTests.ForDistrict(own));
            }
        }
    }

    private static string? LeftOut(AnalysisInput input, EditionSource? norms)
    {
        string[] districts = [.. input.Waves.Select(wave => wave.District).Distinct()];
        return districts.Length == 1 && norms?.Dataset?.Any(wave => wave.DistrictId == districts[0]) == true ? districts[0] : null;
    }

    private static UnitTotals All(AnalysisInput input)
    {
        UnitTotals all = input.Plan.NewTotals();
        foreach (SchoolTotals school in input.Waves.SelectMany(wave => wave.Schools))
        {
            all.Add(school.Totals);
        }

        return all;
    }

    private sealed record EstimatedWave(AnalysisWave Wave, bool Clusters, WaveEstimate Estimate, DistrictWave? Record);
}
