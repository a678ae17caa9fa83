using System.Text;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Tests.Instruments;

public sealed class InstrumentFileTests
{
    private const string Valid = """
        {
          "$schema": "instrument.schema.json",
          "code": "pulse", "version": "1.0", "title": {"en": "Pulse", "es": "Pulso"}, "languages": ["en", "es"], "scale": "points",
          "notMyRole": {"en": "Not part of my role", "es": "No es parte de mi función"},
          "formats": [
            {"code": "E", "options": [{"value": 1, "text": {"en": "No", "es": "No"}}, {"value": 2, "text": {"en": "Yes", "es": "Sí"}, "points": 2.5}, {"value": 9, "text": {"en": "Unsure", "es": "Dudo"}, "counts": false}]}
          ],
          "items": [
            {"code": "A1", "format": "E", "text": {"en": "One?", "es": "¿Uno?"}},
            {"code": "A2", "format": "E", "text": {"en": "Two?", "es": "¿Dos?"}, "reversed": true, "notAnswered": [98, 99]},
            {"code": "B1", "format": "E", "text": {"en": "Three?", "es": "¿Tres?"}}
          ],
          "components": [
            {"code": "A", "name": {"en": "A", "es": "A"}, "items": ["A1", "A2"]},
            {"code": "B", "name": {"en": "B", "es": "B"}, "items": ["B1"]}
          ],
          "categories": [{"code": "all", "name": {"en": "All", "es": "Todo"}, "components": ["A", "B"]}],
          "context": [{"code": "span", "text": {"en": "Span?", "es": "¿Nivel?"}, "options": [{"value": 1, "text": {"en": "K-5", "es": "K-5"}}, {"value": 2, "text": {"en": "6-12", "es": "6-12"}}]}]
        }
        """;

    [Fact]
    public void A_valid_file_gives_the_instrument_with_its_defaults()
    {
        Instrument instrument = Read(Valid);

        Assert.Equal(("pulse", "1.0", ScoreScale.Points, 60), (instrument.Code, instrument.Version, instrument.Scale, instrument.RequiredPercent));
        Assert.Equal("No es parte de mi función", instrument.NotMyRole!["es"]);
        Assert.Equal([(1, 1m, true), (2, 2.5m, true), (9, 9m, false)], instrument.Formats[0].Options.Select(option => (option.Value, option.Points, option.Counts)));
        Assert.Equal([false, true, false], instrument.Items.Select(item => item.Reversed));
        Assert.Equal([98, 99], instrument.Items[1].NotAnswered);
        Assert.Equal(4, ResponseLayout.Length(instrument));
    }

    [Fact]
    public void What_is_written_reads_back_to_the_same_bytes()
    {
        byte[] written = InstrumentFile.Write(Read(Valid));

        Assert.Equal(written, InstrumentFile.Write(Read(Encoding.UTF8.GetString(written))));
        Assert.Contains("\"points\": 2.5", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
        Assert.Contains("función", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
        Assert.EndsWith("}\n", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
    }

    [Fact]
    public void Categories_context_and_the_role_option_may_be_absent()
    {
        Instrument instrument = Read("""
            {"code": "x", "version": "1", "title": {"en": "X"}, "languages": ["en"], "scale": "mean", "requiredPercent": 50,
             "formats": [{"code": "F", "options": [{"value": 1, "text": {"en": "1"}}, {"value": 2, "text": {"en": "2"}}]}],
             "items": [{"code": "Q", "format": "F", "text": {"en": "Q"}}], "components": [{"code": "C", "name": {"en": "C"}, "items": ["Q"]}]}
            """);

        Assert.Equal((ScoreScale.Mean, 50), (instrument.Scale, instrument.RequiredPercent));
        Assert.Null(instrument.NotMyRole);
        Assert.Empty(instrument.Categories);
        Assert.Equal(["C"], new ScoringPlan(instrument).Measures.Select(measure => measure.Code));
    }

    [Fact]
    public void A_byte_order_mark_comments_and_trailing_commas_are_allowed() =>
        Assert.NotNull(Read("\uFEFF// pulse\n" + Valid.Replace("\"E\", \"text\": {\"en\": \"One?\"", "\"E\", /* first */ \"text\": {\"en\": \"One?\"", StringComparison.Ordinal)));

    [Fact]
    public void A_component_may_be_in_no_category() =>
        Assert.NotNull(Read(Valid.Replace("\"components\": [\"A\", \"B\"]", "\"components\": [\"A\"]", StringComparison.Ordinal)));

    /// <summary>One change to the valid file, the place that is reported, and a part of the message.</summary>
    [Theory]
    [InlineData("\"code\": \"pulse\", ", "", "code", "missing")]
    [InlineData("\"code\": \"pulse\"", "\"code\": 7", "code", "quotation marks")]
    [InlineData("\"code\": \"pulse\"", "\"code\": \"my pulse\"", "code", "not a code")]
    [InlineData("\"version\": \"1.0\"", "\"version\": \" \"", "version", "not blank")]
    [InlineData("\"title\": {\"en\": \"Pulse\", \"es\": \"Pulso\"}", "\"title\": \"Pulse\"", "title", "object")]
    [InlineData("\"es\": \"Pulso\"", "\"fr\": \"Pouls\"", "title.es", "missing")]
    [InlineData("\"es\": \"Pulso\"", "\"es\": \"Pulso\", \"fr\": \"Pouls\"", "title.fr", "no member")]
    [InlineData("\"es\": \"Pulso\"", "\"es\": \"\"", "title.es", "not blank")]
    [InlineData("[\"en\", \"es\"]", "[\"en\", \"es\", \"en\"]", "languages[2]", "twice")]
    [InlineData("[\"en\", \"es\"]", "[\"en\", \"es\", \"Spanish\"]", "languages[2]", "language code")]
    [InlineData("[\"en\", \"es\"]", "[]", "languages", "at least one")]
    [InlineData("\"scale\": \"points\"", "\"scale\": \"percent\"", "scale", "not a scale")]
    [InlineData("\"scale\": \"points\"", "\"scale\": \"points\", \"requiredPercent\": 0", "requiredPercent", "1 to 100")]
    [InlineData("\"scale\": \"points\"", "\"scale\": \"points\", \"requiredPercent\": 101", "requiredPercent", "1 to 100")]
    [InlineData("\"scale\": \"points\"", "\"scale\": \"points\", \"requiredPercent\": 0.6", "requiredPercent", "whole number")]
    [InlineData("\"scale\": \"points\"", "\"scale\": \"points\", \"requiredPercentage\": 60", "requiredPercentage", "no member")]
    [InlineData("\"es\": \"No es parte de mi función\"", "\"es\": \"\"", "notMyRole.es", "not blank")]
    [InlineData("{\"code\": \"E\", \"options\"", "{\"code\": \"E\", \"choices\"", "formats[0].choices", "no member")]
    [InlineData("{\"code\": \"E\", \"options\"", "{\"code\": \"E\", \"options\": []}, {\"code\": \"E\", \"options\"", "formats[1].code", "twice")]
    [InlineData("{\"code\": \"E\", \"options\"", "{\"code\": \"F\", \"options\": []}, {\"code\": \"E\", \"options\"", "formats[0].options", "0 options")]
    [InlineData("\"value\": 9", "\"value\": 2", "formats[0].options[2].value", "twice")]
    [InlineData("\"value\": 9", "\"value\": 1.5", "formats[0].options[2].value", "whole number")]
    [InlineData("\"points\": 2.5", "\"points\": 1", "formats[0].options", "different points")]
    [InlineData("\"points\": 2.5", "\"points\": 2.5, \"counts\": false", "formats[0].options", "different points")]
    [InlineData("\"points\": 2.5", "\"points\": \"2.5\"", "formats[0].options[1].points", "Write a number")]
    [InlineData("\"points\": 2.5", "\"points\": 2.1234567", "formats[0].options[1].points", "decimals")]
    [InlineData("\"counts\": false", "\"counts\": 0", "formats[0].options[2].counts", "true or false")]
    [InlineData("{\"code\": \"B1\", \"format\": \"E\"", "{\"code\": \"B1\", \"format\": \"S\"", "items[2].format", "not among the formats")]
    [InlineData("{\"code\": \"B1\", \"format\"", "{\"code\": \"A1\", \"format\"", "items[2].code", "twice")]
    [InlineData("{\"code\": \"B1\", \"format\"", "{\"code\": \"wave\", \"format\"", "items[2].code", "column")]
    [InlineData("{\"code\": \"span\"", "{\"code\": \"A1\"", "context[0].code", "twice")]
    [InlineData("{\"code\": \"span\"", "{\"code\": \"school_id\"", "context[0].code", "column")]
    [InlineData("{\"value\": 2, \"text\": {\"en\": \"6-12\"", "{\"value\": 1, \"text\": {\"en\": \"6-12\"", "context[0].options[1].value", "twice")]
    [InlineData("[98, 99]", "[98, 9]", "items[1].notAnswered[1]", "is an option")]
    [InlineData("[98, 99]", "[98, 98]", "items[1].notAnswered[1]", "twice")]
    [InlineData("[98, 99]", "99", "items[1].notAnswered", "list")]
    [InlineData("\"items\": [\"B1\"]", "\"items\": []", "components[1].items", "at least one")]
    [InlineData("\"items\": [\"B1\"]", "\"items\": [\"B1\", \"B1\"]", "components[1].items[1]", "twice")]
    [InlineData("\"items\": [\"B1\"]", "\"items\": [\"B2\"]", "components[1].items[0]", "not among the items")]
    [InlineData("{\"code\": \"B\", \"name\"", "{\"code\": \"benchmark\", \"name\"", "categories[1].code", "twice")]
    [InlineData("{\"code\": \"all\"", "{\"code\": \"A\"", "categories[0].code", "twice")]
    [InlineData("\"components\": [\"A\", \"B\"]", "\"components\": [\"A\", \"C\"]", "categories[0].components[1]", "not among the components")]
    [InlineData("\"components\": [\"A\", \"B\"]}", "\"components\": [\"A\"]}, {\"code\": \"two\", \"name\": {\"en\": \"2\", \"es\": \"2\"}, \"components\": [\"B\", \"A\"]}", "categories[1].components[1]", "already in categories[0]")]
    public void A_problem_is_reported_with_its_place_and_a_remedy(string find, string replacement, string place, string message)
    {
        Assert.Contains(find, Valid, StringComparison.Ordinal);
        int at = Valid.IndexOf(find, StringComparison.Ordinal);
        (Instrument? instrument, IReadOnlyList<InstrumentProblem> problems) = Parse(Valid[..at] + replacement + Valid[(at + find.Length)..]);

        Assert.Null(instrument);
        Assert.Contains(problems, problem => problem.Place == place && problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void All_problems_are_collected()
    {
        (_, IReadOnlyList<InstrumentProblem> problems) = Parse(Valid.Replace("\"scale\": \"points\"", "\"scale\": \"x\"", StringComparison.Ordinal).Replace("[98, 99]", "[9]", StringComparison.Ordinal));

        Assert.Equal(["scale", "items[1].notAnswered[0]"], problems.Select(problem => problem.Place));
    }

    [Fact]
    public void A_format_has_at_most_250_options()
    {
        string options = string.Join(",", Enumerable.Range(1, 251).Select(value => $"{{\"value\": {value}, \"text\": {{\"en\": \"x\", \"es\": \"x\"}}}}"));
        (_, IReadOnlyList<InstrumentProblem> problems) = Parse(Valid.Replace("\"formats\": [", $"\"formats\": [{{\"code\": \"L\", \"options\": [{options}]}},", StringComparison.Ordinal));

        Assert.Equal("formats[0].options", Assert.Single(problems).Place);
    }

    /// <summary>Thirty-one items at 60 % need lcm(19..31) = 2,123,581,660,200 parts of a step (Python 3.11, math.lcm).</summary>
    [Fact]
    public void A_component_too_fine_for_whole_numbers_is_refused()
    {
        (_, IReadOnlyList<InstrumentProblem> problems) = InstrumentFile.Parse(InstrumentFile.Write(TestInstrument.Of([3, 31])));

        Assert.Equal("components[1].items", Assert.Single(problems).Place);
    }

    [Theory]
    [InlineData("{\n  \"code\": oops\n}", "line 2, position 11")]
    [InlineData("", "line 1, position 1")]
    [InlineData("{\"code\": \"a\", \"code\": \"b\"}", "$")]
    [InlineData("[]", "$")]
    [InlineData("{\"code\": \"\\ud800\"}", "$")]
    public void Malformed_files_are_problems_too(string json, string place)
    {
        (Instrument? instrument, IReadOnlyList<InstrumentProblem> problems) = Parse(json);

        Assert.Null(instrument);
        Assert.Equal(place, problems[0].Place);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_a_problem() =>
        Assert.NotEmpty(InstrumentFile.Parse(Encoding.Latin1.GetBytes(Valid)).Problems);

    private static (Instrument? Instrument, IReadOnlyList<InstrumentProblem> Problems) Parse(string json) => InstrumentFile.Parse(Encoding.UTF8.GetBytes(json));

    private static Instrument Read(string json)
    {
        (Instrument? instrument, IReadOnlyList<InstrumentProblem> problems) = Parse(json);
        Assert.Empty(problems);
        return instrument!;
    }
}
