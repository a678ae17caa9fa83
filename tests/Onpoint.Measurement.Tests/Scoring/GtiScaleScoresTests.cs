using System.Globalization;
using System.Text.Json;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Tests.Scoring;

/// <summary>
/// Case O02: 38 scales of the OECD's Global Teaching InSights teacher file, plain means with the half rule. The OECD's own published scale
/// scores are the outside reference; one published score breaks the OECD's own rule and is judged on the rule alone.
/// </summary>
public sealed class GtiScaleScoresTests
{
    private const string Case = "O02-gti-half-rule";
    private const int LowestMissingCode = 9990;

    [Fact]
    public void Scale_scores_equal_those_the_OECD_published()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> scales = Refdata.Csv(Case, "scales.csv");
        (Instrument? instrument, IReadOnlyList<InstrumentProblem> problems) = InstrumentFile.Parse(InstrumentJson(scales));
        Assert.Empty(problems);
        var plan = new ScoringPlan(instrument!);
        var teachers = Refdata.Csv(Case, "responses.csv").ToDictionary(row => row["teacher_id"], row => plan.ComponentScores(Answers(instrument!, row)));
        var scalePositions = instrument!.Components.Select((component, position) => (component.Code, position)).ToDictionary(scale => scale.Code, scale => scale.position);

        int published = 0;
        IReadOnlyList<IReadOnlyDictionary<string, string>> expected = Refdata.Csv(Case, "expected_scores.csv");
        foreach (IReadOnlyDictionary<string, string> row in expected)
        {
            double? score = teachers[row["teacher_id"]][scalePositions[row["scale"]]];
            AssertEqual(row["score"], score, 1e-8);
            if (row["oecd_deviates_from_rule"] == "0")
            {
                AssertEqual(row["oecd_published"], score, 1e-6);
                published += score is null ? 0 : 1;
            }
        }

        // expected.json, evidence: 14,214 teacher scale scores equal to those of the OECD.
        Assert.Equal(14214, published);
    }

    private static void AssertEqual(string expected, double? actual, double tolerance)
    {
        if (expected.Length == 0)
        {
            Assert.Null(actual);
            return;
        }

        Assert.NotNull(actual);
        Assert.Equal(double.Parse(expected, CultureInfo.InvariantCulture), actual.Value, tolerance);
    }

    /// <summary>One item per scale and column, because a column is reversed in some scales and not in others.</summary>
    private static byte[] InstrumentJson(IReadOnlyList<IReadOnlyDictionary<string, string>> scales)
    {
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            code = "gti-teacher",
            version = "1.0",
            title = English("Global Teaching InSights"),
            languages = English("").Keys,
            scale = "mean",
            requiredPercent = 50,
            formats = scales.Select(row => (Min: Number(row["min"]), Max: Number(row["max"]))).Distinct().Select(range => new
            {
                code = $"{range.Min}-{range.Max}",
                options = Enumerable.Range(range.Min, range.Max - range.Min + 1).Select(value => new { value, text = English($"{value}") }),
            }),
            items = scales.Select(row => new
            {
                code = $"{row["scale"]}.{row["item"]}",
                format = $"{row["min"]}-{row["max"]}",
                text = English(row["item"]),
                reversed = row["reverse"] == "1",
                notAnswered = Enumerable.Range(LowestMissingCode, 10),
            }),
            components = scales.GroupBy(row => row["scale"]).Select(rows => new
            {
                code = rows.Key,
                name = English(rows.Key),
                items = rows.Select(row => $"{row["scale"]}.{row["item"]}"),
            }),
        });

        static Dictionary<string, string> English(string text) => new() { ["en"] = text };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static byte[] Answers(Instrument instrument, IReadOnlyDictionary<string, string> row) =>
        [.. instrument.Items.Select(item =>
        {
            string cell = row[item.Code.Split('.')[1]];
            if (cell.Length == 0 || item.NotAnswered.Contains(Number(cell)))
            {
                return ResponseLayout.NotAnswered;
            }

            IReadOnlyList<AnswerOption> options = instrument.Formats.First(format => format.Code == item.Format).Options;
            return (byte)(options.TakeWhile(option => option.Value != Number(cell)).Count() + 1);
        })];
}
