using System.Globalization;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Synthesis;

namespace Onpoint.Measurement.Tests.Bundled;

/// <summary>One wave of a bundled survey, read from its files and estimated.</summary>
internal sealed record EstimatedWave(string District, string Wave, Stage Stage, WaveEstimate Estimate, DistrictWave Record);

/// <summary>A bundled survey folder read by a plain split: its files hold no quotes.</summary>
internal static class SurveyCsv
{
    /// <summary>Every wave of a folder of sample-surveys, in the order of waves.csv.</summary>
    public static IReadOnlyList<EstimatedWave> Estimate(string survey)
    {
        Instrument instrument = InstrumentFile.Parse(File.ReadAllBytes(BundledSurveys.PathOf(survey, "instrument.json"))).Instrument!;
        var plan = new ScoringPlan(instrument);
        Dictionary<(string, string, string), UnitTotals> totals = [];
        foreach (IReadOnlyDictionary<string, string> row in Rows(survey, "responses.csv"))
        {
            (string, string, string) school = (row["district_id"], row["wave"], row["school_id"]);
            if (!totals.TryGetValue(school, out UnitTotals? unit))
            {
                totals.Add(school, unit = plan.NewTotals());
            }

            unit.Add(Answers(instrument, row));
        }

        ILookup<(string, string), SchoolTotals> schools = Rows(survey, "roster.csv").ToLookup(
            row => (row["district_id"], row["wave"]),
            row => new SchoolTotals(
                row["school_id"],
                int.Parse(row["eligible_teachers"], CultureInfo.InvariantCulture),
                totals.GetValueOrDefault((row["district_id"], row["wave"], row["school_id"])) ?? plan.NewTotals()));
        return
        [
            .. Rows(survey, "waves.csv").Select(row =>
            {
                (string district, string wave) = (row["district_id"], row["wave"]);
                WaveEstimate estimate = WaveEstimator.Estimate(plan, [.. schools[(district, wave)]], samplesSchools: false);
                Stage stage = StageOf(row["stage"]);
                int year = int.Parse(row["school_year"], CultureInfo.InvariantCulture);
                return new EstimatedWave(district, wave, stage, estimate, DistrictWaveRecords.Of(district, wave, stage, year, estimate, plan, samplesSchools: false)!);
            }),
        ];
    }

    /// <summary>"Year 4+" and the like, as waves.csv and the R scripts spell it.</summary>
    public static string Name(Stage? stage) => stage is { } known ? StageWords.Of(known) : "All";

    private static Stage StageOf(string name) => StageWords.TryParse(name, out Stage stage) ? stage : throw new FormatException($"{name} is not a stage.");

    private static byte[] Answers(Instrument instrument, IReadOnlyDictionary<string, string> row) =>
    [
        .. instrument.Items.Select(item => Position(row[item.Code], instrument.Formats.Single(format => format.Code == item.Format).Options)),
        .. instrument.Context.Select(question => Position(row[question.Code], question.Options)),
    ];

    private static byte Position(string cell, IReadOnlyList<AnswerOption> options) => cell switch
    {
        "" => ResponseLayout.NotAnswered,
        "NA" => ResponseLayout.NotMyRole,
        _ => (byte)(options.Index().Single(option => option.Item.Value == int.Parse(cell, CultureInfo.InvariantCulture)).Index + 1),
    };

    private static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string survey, string file)
    {
        string[][] lines = [.. File.ReadLines(BundledSurveys.PathOf(survey, file)).Select(line => line.Split(','))];
        return lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second));
    }
}
