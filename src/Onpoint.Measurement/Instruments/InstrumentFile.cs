using System.Text.Encodings.Web;
using System.Text.Json;

namespace Onpoint.Measurement.Instruments;

/// <summary>One thing wrong with an instrument file.</summary>
/// <param name="Place">Where, as a JSON path such as <c>items[3].format</c>; <c>$</c> is the file itself.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record InstrumentProblem(string Place, string Message);

/// <summary>Reads, checks and writes <c>instrument.json</c>.</summary>
/// <remarks>
/// <para>
/// The members are those of <see cref="Instrument"/> in camelCase. <c>scale</c> is <c>points</c> or <c>mean</c>. May be absent:
/// <c>$schema</c> (ignored), <c>requiredPercent</c> (60), <c>notMyRole</c>, <c>categories</c>, <c>context</c>, an option's <c>points</c>
/// (its value) and <c>counts</c> (true), an item's <c>reversed</c> (false) and <c>notAnswered</c> (none). A member of another name is
/// refused, because it is a typing error more often than a remark. Every text exists in every declared language and in no other.
/// </para>
/// <para>
/// A component may belong to no category: then it is published and is not part of the benchmark.
/// </para>
/// </remarks>
public static class InstrumentFile
{
    /// <summary>Fewest answered items of a component when the file does not say. Per cent.</summary>
    internal const int DefaultRequiredPercent = 60;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Parses and validates.</summary>
    /// <param name="utf8Json">The whole file, UTF-8, with or without a byte order mark. Comments and trailing commas are allowed.</param>
    /// <returns>
    /// The instrument and no problems, or null and every problem found, in the order of the checks. Malformed JSON is one problem that
    /// names line and position. Nothing a file can contain throws.
    /// </returns>
    public static (Instrument? Instrument, IReadOnlyList<InstrumentProblem> Problems) Parse(ReadOnlySpan<byte> utf8Json)
    {
        byte[] json = (utf8Json.StartsWith(ByteOrderMark) ? utf8Json[ByteOrderMark.Length..] : utf8Json).ToArray();
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };
        try
        {
            using var document = JsonDocument.Parse(json, options);
            var reader = new InstrumentReader();
            Instrument instrument = reader.Read(document.RootElement);
            return (reader.Problems.Count == 0 ? instrument : null, reader.Problems);
        }
        catch (JsonException malformed)
        {
            // The parser's own message ends with the place, counted from 0.
            string place = malformed.LineNumber is { } line ? $"line {line + 1}, position {malformed.BytePositionInLine + 1}" : "$";
            string reason = malformed.Message.Split(" LineNumber:")[0];
            return (null, [new InstrumentProblem(place, $"This is not valid JSON: {reason}")]);
        }
        catch (InvalidOperationException)
        {
            // What JsonElement throws for text that cannot be decoded: the reader asks for the kind of a value before its text.
            return (null, [new InstrumentProblem("$", "Some text is not valid Unicode; save the file as UTF-8.")]);
        }
    }

    /// <summary>Writes the instrument as indented UTF-8 JSON that <see cref="Parse"/> reads back to the same instrument.</summary>
    /// <param name="instrument">A checked instrument.</param>
    /// <returns>The file, line feeds only, without a byte order mark; members that equal their default are left out. The same bytes for the same instrument.</returns>
    public static byte[] Write(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        using var stream = new MemoryStream();

        // The file is read by people and never pasted into HTML: accented letters stay letters.
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("code", instrument.Code);
            json.WriteString("version", instrument.Version);
            WriteTexts(json, "title", instrument.Title);
            WriteStrings(json, "languages", instrument.Languages);
            json.WriteString("scale", instrument.Scale == ScoreScale.Mean ? "mean" : "points");
            json.WriteNumber("requiredPercent", instrument.RequiredPercent);
            if (instrument.NotMyRole is not null)
            {
                WriteTexts(json, "notMyRole", instrument.NotMyRole);
            }

            WriteObjects(json, "formats", instrument.Formats, WriteFormat);
            WriteObjects(json, "items", instrument.Items, WriteItem);
            WriteObjects(json, "components", instrument.Components, WriteComponent);
            WriteObjects(json, "categories", instrument.Categories, WriteCategory);
            WriteObjects(json, "context", instrument.Context, WriteQuestion);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteFormat(Utf8JsonWriter json, ResponseFormat format)
    {
        json.WriteString("code", format.Code);
        WriteObjects(json, "options", format.Options, WriteOption);
    }

    private static void WriteOption(Utf8JsonWriter json, AnswerOption option)
    {
        json.WriteNumber("value", option.Value);
        WriteTexts(json, "text", option.Text);
        if (option.Points != option.Value)
        {
            json.WriteNumber("points", option.Points);
        }

        if (!option.Counts)
        {
            json.WriteBoolean("counts", false);
        }
    }

    private static void WriteItem(Utf8JsonWriter json, Item item)
    {
        json.WriteString("code", item.Code);
        json.WriteString("format", item.Format);
        WriteTexts(json, "text", item.Text);
        if (item.Reversed)
        {
            json.WriteBoolean("reversed", true);
        }

        if (item.NotAnswered.Count > 0)
        {
            json.WriteStartArray("notAnswered");
            foreach (int code in item.NotAnswered)
            {
                json.WriteNumberValue(code);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteComponent(Utf8JsonWriter json, Component component)
    {
        json.WriteString("code", component.Code);
        WriteTexts(json, "name", component.Name);
        WriteStrings(json, "items", component.Items);
    }

    private static void WriteCategory(Utf8JsonWriter json, Category category)
    {
        json.WriteString("code", category.Code);
        WriteTexts(json, "name", category.Name);
        WriteStrings(json, "components", category.Components);
    }

    private static void WriteQuestion(Utf8JsonWriter json, ContextQuestion question)
    {
        json.WriteString("code", question.Code);
        WriteTexts(json, "text", question.Text);
        WriteObjects(json, "options", question.Options, WriteOption);
    }

    private static void WriteObjects<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T value in values)
        {
            json.WriteStartObject();
            write(json, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> texts)
    {
        json.WriteStartObject(name);
        foreach ((string language, string text) in texts)
        {
            json.WriteString(language, text);
        }

        json.WriteEndObject();
    }
}
