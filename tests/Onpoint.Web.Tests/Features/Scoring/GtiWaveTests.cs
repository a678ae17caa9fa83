using System.Globalization;
using System.Text.Json;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Responses;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Tests.Features.Scoring;

/// <summary>
/// Case O02 through the program: the teachers of four economies of the OECD's Global Teaching InSights, 38 scales with the half
/// rule, as a survey folder of four closed waves. The expected values are the OECD's own.
/// </summary>
public sealed class GtiWaveTests(OnpointHost host) : IClassFixture<OnpointHost>
{
    private const string Variable = "ONPOINT_REFDATA";
    private const int LowestMissingCode = 9990;

    [Fact]
    public void The_importers_parser_and_the_plan_give_the_scale_scores_the_OECD_published()
    {
        using SurveyFolderBuilder folder = Folder();
        SurveyFolder survey = SurveyFolder.Read(folder.Save());
        ScoringPlan plan = new(survey.Instrument);
        string[] teachers = [.. Csv("responses.csv").Select(row => row["teacher_id"])];
        ResponseRow[] rows = [.. ResponsesFile.Read(survey.ResponsesPath, new AnswerCodes(survey.Instrument))];
        Assert.All(rows, row => Assert.Null(row.Problem));
        var scores = teachers.Zip(rows).ToDictionary(pair => pair.First, pair => plan.ComponentScores(pair.Second.Answers));
        var scales = survey.Instrument.Components.Select((component, position) => (component.Code, position)).ToDictionary(scale => scale.Code, scale => scale.position);

        int published = 0;
        foreach (IReadOnlyDictionary<string, string> row in Csv("expected_scores.csv"))
        {
            double? score = scores[row["teacher_id"]][scales[row["scale"]]];
            AssertEqual(row["score"], score, 1e-8); // nine printed decimals
            if (row["oecd_deviates_from_rule"] == "0")
            {
                AssertEqual(row["oecd_published"], score, 1e-6); // seven printed digits
                published += score is null ? 0 : 1;
            }
        }

        // expected.json, evidence: 14,214 teacher scale scores equal to those of the OECD.
        Assert.Equal(14_214, published);
    }

    /// <summary>No school has five teachers, so each economy is one stratum and its score the plain mean over its teachers.</summary>
    [Fact]
    public async Task Score_rows_are_the_plain_means_of_the_OECDs_scores_and_no_school_is_shown()
    {
        using SurveyFolderBuilder folder = Folder();
        ImportReport report = await host.ImportAsync(folder.Save());
        Assert.Equal((376, 376, 4), (report.Read, report.Stored, report.Waves.Count));
        var economies = Csv("responses.csv").ToDictionary(row => row["teacher_id"], row => row["district"]);
        ILookup<(string, string), double> expected = Csv("expected_scores.csv").Where(row => row["score"].Length > 0)
            .ToLookup(row => (Id(folder, economies[row["teacher_id"]]), row["scale"]), row => double.Parse(row["score"], CultureInfo.InvariantCulture));

        foreach (ImportedWave wave in report.Waves)
        {
            await host.WaitForScoresAsync(wave.WaveId);
            await using var db = host.OpenWorkerDb();
            ScoreRow[] rows = [.. db.Scores.Where(row => row.WaveId == new WaveId(wave.WaveId) && row.UnitId == wave.DistrictId)];
            Assert.Equal(38, rows.Length);
            Assert.All(rows, row =>
            {
                Assert.Equal(expected[(wave.District, row.Measure)].Average(), row.Points, 1e-9);
                Assert.Equal(expected[(wave.District, row.Measure)].Count(), row.Respondents);
            });

            JsonElement[] schools = [.. (await host.GetAsync($"/api/v1/waves/{wave.WaveId}/scores")).Body.GetProperty("scores").EnumerateArray()
                .Where(score => score.GetProperty("unit").GetString() == "school")];
            Assert.NotEmpty(schools);
            Assert.All(schools, score => Assert.Equal(
                (JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null, "protected"),
                (score.GetProperty("points").ValueKind, score.GetProperty("marginPoints").ValueKind, score.GetProperty("respondents").ValueKind, score.GetProperty("reason").GetString())));
        }
    }

    private static void AssertEqual(string expected, double? actual, double tolerance)
    {
        if (expected.Length == 0)
        {
            Assert.Null(actual);
            return;
        }

        Assert.Equal(double.Parse(expected, CultureInfo.InvariantCulture), actual!.Value, tolerance);
    }

    private static SurveyFolderBuilder Folder()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> scales = Csv("scales.csv");
        IReadOnlyList<IReadOnlyDictionary<string, string>> teachers = Csv("responses.csv");
        SurveyFolderBuilder folder = new() { Instrument = InstrumentJson(scales), Questions = string.Join(',', scales.Select(Code)) };
        foreach (IGrouping<string, IReadOnlyDictionary<string, string>> economy in teachers.GroupBy(row => row["district"]))
        {
            string district = Id(folder, economy.Key);
            folder.AddDistrict(district).AddWave(district: district);
            foreach (string school in economy.Select(row => row["school_id"]).Distinct())
            {
                folder.AddSchool(school, null, district: district);
            }
        }

        return folder.AddLines(teachers.Select(row => $"{Id(folder, row["district"])},{row["school_id"]},w1,{string.Join(',', scales.Select(scale => row[scale["item"]]))}"));
    }

    private static string Id(SurveyFolderBuilder folder, string economy) => $"{folder.District}-{economy}";

    private static string Code(IReadOnlyDictionary<string, string> row) => $"{row["scale"]}.{row["item"]}";

    /// <summary>One item per scale and column, because a column is reversed in some scales and not in others.</summary>
    private static byte[] InstrumentJson(IReadOnlyList<IReadOnlyDictionary<string, string>> scales) => InstrumentFile.Write(new Instrument
    {
        Code = $"gti-{Guid.NewGuid():N}",
        Version = "1.0",
        Title = English("Global Teaching InSights"),
        Languages = ["en"],
        Scale = ScoreScale.Mean,
        RequiredPercent = 50,
        Formats = [.. scales.Select(row => (Min: Number(row["min"]), Max: Number(row["max"]))).Distinct().Select(range => new ResponseFormat(
            $"{range.Min}-{range.Max}",
            [.. Enumerable.Range(range.Min, range.Max - range.Min + 1).Select(value => new AnswerOption(value, English($"{value}"), value, true))]))],
        Items = [.. scales.Select(row => new Item(Code(row), $"{row["min"]}-{row["max"]}", English(row["item"]), row["reverse"] == "1", [.. Enumerable.Range(LowestMissingCode, 10)]))],
        Components = [.. scales.GroupBy(row => row["scale"]).Select(rows => new Component(rows.Key, English(rows.Key), [.. rows.Select(Code)]))],
        Categories = [],
        Context = [],
    });

    private static Dictionary<string, string> English(string text) => new() { ["en"] = text };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The reference files hold no quotes.</summary>
    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Csv(string file)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipUnless(!string.IsNullOrEmpty(folder), $"{Variable} does not name the folder of the reference cases.");
        string[][] lines = [.. File.ReadLines(Path.Combine(folder!, "O02-gti-half-rule", file)).Select(line => line.Split(','))];
        return [.. lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second))];
    }
}
