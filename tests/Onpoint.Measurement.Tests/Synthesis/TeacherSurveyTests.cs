using System.Text.Json;
using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Tests.Synthesis;

/// <summary>The bundled questionnaire, sample-surveys/onpoint-teacher-1.0.</summary>
public sealed class TeacherSurveyTests
{
    /// <summary>The README's table: 6, 6, 7, 7, 4, 5 and 5 items.</summary>
    [Fact]
    public void It_has_forty_items_in_seven_components_and_four_categories()
    {
        Instrument survey = BundledSurveys.TeacherSurvey;

        Assert.Equal(40, survey.Items.Count);
        Assert.Equal(
            [("SC", 6), ("OP", 6), ("TR", 7), ("SR", 7), ("BI", 4), ("IR", 5), ("PS", 5)],
            survey.Components.Select(component => (component.Code, component.Items.Count)));
        Assert.Equal(
            ["SC", "OP", "TR SR", "BI IR PS"],
            survey.Categories.Select(category => string.Join(' ', category.Components)));
        Assert.All(survey.Formats, format => Assert.Equal([1, 2, 3, 4, 5], format.Options.Select(option => option.Value)));
        Assert.DoesNotContain(survey.Items, item => item.Reversed);
        Assert.Equal(60, survey.RequiredPercent);
    }

    [Fact]
    public void Every_question_is_asked_in_English_and_in_Spanish()
    {
        Assert.Equal(["en", "es"], BundledSurveys.TeacherSurvey.Languages);
        Assert.All(BundledSurveys.TeacherSurvey.Items, item =>
        {
            Assert.Matches(@"^[A-Z].*\?$", item.Text["en"]);
            Assert.Matches(@"^¿.*\?$", item.Text["es"]);
        });
    }

    /// <summary>A member that the schema does not name is an error in an editor; one that the reader refuses is an error at import.</summary>
    [Fact]
    public void The_published_schema_names_every_member_of_the_file()
    {
        using JsonDocument schema = Read("instrument.schema.json");
        using JsonDocument file = Read("onpoint-teacher-1.0", "instrument.json");
        JsonElement definitions = schema.RootElement.GetProperty("$defs");
        JsonElement root = file.RootElement;

        AssertNamed(schema.RootElement, root);
        AssertNamed(definitions.GetProperty("format"), [.. root.GetProperty("formats").EnumerateArray()]);
        AssertNamed(definitions.GetProperty("option"), [.. root.GetProperty("formats").EnumerateArray().SelectMany(format => format.GetProperty("options").EnumerateArray())]);
        AssertNamed(definitions.GetProperty("item"), [.. root.GetProperty("items").EnumerateArray()]);
        AssertNamed(definitions.GetProperty("component"), [.. root.GetProperty("components").EnumerateArray()]);
        AssertNamed(definitions.GetProperty("category"), [.. root.GetProperty("categories").EnumerateArray()]);
        AssertNamed(definitions.GetProperty("contextQuestion"), [.. root.GetProperty("context").EnumerateArray()]);
    }

    private static void AssertNamed(JsonElement definition, params JsonElement[] objects) => Assert.All(objects, json =>
    {
        Assert.False(definition.GetProperty("additionalProperties").GetBoolean());
        HashSet<string> members = [.. json.EnumerateObject().Select(member => member.Name)];
        Assert.Empty(members.Except(definition.GetProperty("properties").EnumerateObject().Select(member => member.Name)));
        Assert.Empty(definition.GetProperty("required").EnumerateArray().Select(member => member.GetString()!).Except(members));
    });

    private static JsonDocument Read(params string[] names) => JsonDocument.Parse(File.ReadAllBytes(BundledSurveys.PathOf(names)));
}
