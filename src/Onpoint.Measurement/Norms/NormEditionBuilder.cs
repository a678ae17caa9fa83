using System.Security.Cryptography;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Landmarks;

namespace Onpoint.Measurement.Norms;

/// <summary>Builds norm editions from the national dataset: docs/methodology.md section 5.</summary>
public static class NormEditionBuilder
{
    /// <summary>Fewer districts are not published: neither a cell, nor a stage of a growth curve, nor a landmark of a group.</summary>
    private const int FewestDistricts = 5;

    private const int FewestDistrictsForSpread = 10;

    private const int FewestDistrictsUnlessProvisional = 20;

    private const int FewestResponsesUnlessProvisional = 1000;

    /// <summary>n* of at least 10 and, where the roster is known, a response rate of at least 40 %.</summary>
    public static InclusionRules Rules { get; } = new(SmallestCount: 10, ResponseRate: 0.40);

    /// <summary>
    /// The rows of the dataset: waves that meet <see cref="Rules"/>, one per district and stage (the latest school year, then the last wave id, ordinal), ordered by
    /// district id and wave id.
    /// </summary>
    /// <param name="waves">Closed waves with consent, any order, all with the same measures.</param>
    /// <exception cref="ArgumentException">Waves differ in their measures, or a district has two waves of one id.</exception>
    public static IReadOnlyList<DistrictWave> Include(IReadOnlyList<DistrictWave> waves)
    {
        ArgumentNullException.ThrowIfNull(waves);
        return
        [
            .. DistrictStages.Arrange([.. waves.Where(wave => wave.SmallestCount >= Rules.SmallestCount && !(wave.ResponseRate < Rules.ResponseRate))])
                .SelectMany(district => district.Waves.OfType<DistrictWave>().OrderBy(wave => wave.Wave, StringComparer.Ordinal)),
        ];
    }

    /// <summary>Builds an edition: a function of its dataset as <see cref="NormDataset.ToCanonicalJson"/> writes it, so whoever holds that file can build it again.</summary>
    /// <param name="id">Such as <c>2026.1</c>.</param>
    /// <param name="kind">Where the districts come from.</param>
    /// <param name="instrumentCode">The instrument's code.</param>
    /// <param name="instrumentVersion">The instrument's version; all waves used it in full.</param>
    /// <param name="waves">Closed waves with consent, any order, all with the same measures. None gives an edition without cells.</param>
    /// <param name="seed">Of the resamples behind growth shares.</param>
    /// <returns>The edition, its numbers rounded as <see cref="CanonicalJson"/> writes them.</returns>
    /// <exception cref="ArgumentException">Waves differ in their measures, or a district has two waves of one id.</exception>
    public static NormEdition Build(
        string id, EditionKind kind, string instrumentCode, string instrumentVersion, IReadOnlyList<DistrictWave> waves, ulong seed)
    {
        byte[] dataset = NormDataset.ToCanonicalJson(waves);
        IReadOnlyList<DistrictWave> rows = NormDataset.Parse(dataset);
        IReadOnlyList<DistrictStages> districts = DistrictStages.Arrange(rows);
        var edition = new NormEdition
        {
            Id = id,
            Kind = kind,
            InstrumentCode = instrumentCode,
            InstrumentVersion = instrumentVersion,
            Inclusion = Rules,
            FieldWindow = rows.Count == 0 ? null : new FieldWindow(rows.Min(wave => wave.SchoolYear), rows.Max(wave => wave.SchoolYear)),
            Weights = "every district counts the same",
            DatasetHash = Convert.ToHexStringLower(SHA256.HashData(dataset)),
            Seed = seed,
            Districts = districts.Count,
            DistrictWaves = rows.Count,
            Responses = rows.Sum(wave => wave.Responses),
            PanelCounts =
            [
                .. DistrictStages.AllStages.Zip(DistrictStages.AllStages.Skip(1), (from, to) =>
                    new StagePair(from, to, districts.Count(district => district.Has(from) && district.Has(to)))),
            ],
            Cells = Cells(rows).Cells,
            Growth = [.. MeasureCodes(rows).Select(measure => StageGrowth.Table(rows, measure, FewestDistricts))],
            Landmarks = LandmarkTests.ForDataset(rows, seed, FewestDistricts),
        };
        return NormEdition.Parse(edition.ToCanonicalJson());
    }

    /// <summary>The cells of the dataset without any wave of one district: what a contributing district is placed against.</summary>
    /// <param name="waves">The edition's dataset, as <see cref="NormDataset.Parse"/> reads it.</param>
    /// <param name="districtId">The district to leave out; one that has no wave changes nothing.</param>
    /// <exception cref="ArgumentException">As for <see cref="Build"/>.</exception>
    public static NormCells CellsWithout(IReadOnlyList<DistrictWave> waves, string districtId)
    {
        ArgumentNullException.ThrowIfNull(waves);
        return Cells(Include([.. waves.Where(wave => wave.DistrictId != districtId)]));
    }

    private static IEnumerable<string> MeasureCodes(IReadOnlyList<DistrictWave> rows) => rows.Take(1).SelectMany(wave => wave.Measures).Select(summary => summary.Measure);

    /// <summary>The rows of each cell: the five stages, then all stages with the latest wave of every district.</summary>
    internal static IReadOnlyList<(Stage? Stage, DistrictWave[] Rows)> Groups(IReadOnlyList<DistrictWave> rows) =>
    [
        .. DistrictStages.AllStages.Select(stage => ((Stage?)stage, rows.Where(wave => wave.Stage == stage).ToArray())),
        (null, [.. rows.GroupBy(wave => wave.DistrictId).Select(district => DistrictStages.Latest(district)!)]),
    ];

    private static NormCells Cells(IReadOnlyList<DistrictWave> rows)
    {
        IReadOnlyList<(Stage? Stage, DistrictWave[] Rows)> groups = Groups(rows);
        return new NormCells(
        [
            .. from measure in MeasureCodes(rows)
               from cell in groups
               where cell.Rows.Length >= FewestDistricts
               select Cell(measure, cell.Stage, cell.Rows),
        ]);
    }

    private static NormCell Cell(string measure, Stage? stage, DistrictWave[] rows)
    {
        MeasureSummary[] summaries = [.. rows.Select(wave => wave.Find(measure)!)];
        double[] points = [.. summaries.Select(summary => summary.Points)];
        double[] variances = [.. summaries.Select(summary => summary.StandardErrorPoints * summary.StandardErrorPoints)];
        double mean = points.Average();
        long withinDegrees = summaries.Sum(summary => summary.WithinDegrees);
        int responses = rows.Sum(wave => wave.Responses);
        double? tauSquared = rows.Length >= FewestDistrictsForSpread ? BetweenDistrictVariance.Reml(points, variances) : null;
        return new NormCell
        {
            Measure = measure,
            Stage = stage,
            Districts = rows.Length,
            Responses = responses,
            MeanPoints = CanonicalJson.Round(mean),
            StandardErrorPoints = CanonicalJson.Round(Math.Sqrt(points.Sum(x => (x - mean) * (x - mean)) / (rows.Length - 1) / rows.Length)),
            MeanSamplingVariance = CanonicalJson.Round(variances.Average()),
            TauPoints = tauSquared is { } between ? CanonicalJson.Round(Math.Sqrt(between)) : null,
            WithinSdPoints = withinDegrees > 0 ? CanonicalJson.Round(Math.Sqrt(summaries.Sum(summary => summary.WithinSumSquares) / withinDegrees)) : null,
            RawQuantiles = tauSquared is null ? [] : Table(points),
            Quantiles = tauSquared is { } spread ? Table([.. points.Zip(variances, (x, variance) => mean + Math.Sqrt(Lambda(spread, variance)) * (x - mean))]) : [],
            Provisional = rows.Length < FewestDistrictsUnlessProvisional || responses < FewestResponsesUnlessProvisional,
        };
    }

    /// <summary>lambda = tau² / (tau² + SE²): the share of a score's variance that is not sampling error. 0 when districts do not differ.</summary>
    internal static double Lambda(double tauSquared, double samplingVariance) => tauSquared > 0 ? tauSquared / (tauSquared + samplingVariance) : 0;

    private static double[] Table(double[] points) => [.. Quantiles.Percentiles(points).Select(CanonicalJson.Round)];
}
