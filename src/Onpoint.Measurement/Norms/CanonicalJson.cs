using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Onpoint.Measurement.Norms;

/// <summary>The one spelling of a record that hashes are taken of: docs/methodology.md sections 5 and 10.</summary>
/// <remarks>
/// UTF-8 without a byte order mark, on one line that ends with a line feed; no other white space; keys camelCase in ordinal order; null written out; enumerations
/// as lower-case words joined by hyphens; whole numbers as they are; other numbers rounded to 9 significant digits and written in the shortest
/// form that reads back to the same double, 0 without a sign. No time, no machine, no culture. Source: ours.
/// </remarks>
public static class CanonicalJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the file is never put into a page; names stay readable
        IgnoreReadOnlyProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false), new RoundedNumberConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { SortKeys } },
    };

    /// <summary>Rounds to 9 significant digits, halves of the decimal expansion as .NET's <c>E8</c> format does; -0 becomes 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not finite.</exception>
    public static double Round(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "Only finite numbers have a canonical form.");
        }

        return value == 0 ? 0 : double.Parse(value.ToString("E8", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Writes a record.</summary>
    public static byte[] Write<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Options), (byte)'\n'];

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are not the canonical form of a <typeparamref name="T"/>.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8Json)
    {
        T? value;
        try
        {
            value = JsonSerializer.Deserialize<T>(utf8Json, Options);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"Not a {typeof(T).Name}: {exception.Message}", exception);
        }

        return value is not null && utf8Json.SequenceEqual(Write(value))
            ? value
            : throw new FormatException($"Not in canonical form: this {typeof(T).Name} was written by another program or changed since.");
    }

    private static void SortKeys(JsonTypeInfo type)
    {
        foreach ((int order, JsonPropertyInfo property) in type.Properties.OrderBy(property => property.Name, StringComparer.Ordinal).Index())
        {
            property.Order = order;
        }
    }

    private sealed class RoundedNumberConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble() switch
        {
            double value when double.IsFinite(value) => value,
            double value => throw new JsonException($"{value} is not a finite number."),
        };

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(Round(value));
    }
}
