using System.Text.Json;
using Onpoint.Measurement.Norms;

namespace Onpoint.Web.Features.Norms;

/// <summary>One place at which two editions differ.</summary>
/// <param name="Place">Such as <c>cells benchmark year2 meanPoints</c>.</param>
/// <param name="Before">What the first says; null when it has nothing there.</param>
/// <param name="After">What the second says; null when it has nothing there.</param>
internal sealed record EditionDifference(string Place, string? Before, string? After);

/// <summary>Compares two editions number by number, in their canonical spelling.</summary>
internal static class EditionDifferences
{
    private static readonly string[] Keys = ["measure", "landmark", "stage", "quantity", "from", "to", "last"];

    public static IReadOnlyList<EditionDifference> Between(NormEdition before, NormEdition after)
    {
        using JsonDocument first = JsonDocument.Parse(before.ToCanonicalJson());
        using JsonDocument second = JsonDocument.Parse(after.ToCanonicalJson());
        Dictionary<string, string> old = [];
        Dictionary<string, string> now = [];
        List<string> places = [];
        Flatten(first.RootElement, "", old, places);
        Flatten(second.RootElement, "", now, places);
        return
        [
            .. places.Distinct(StringComparer.Ordinal)
                .Select(place => new EditionDifference(place, old.GetValueOrDefault(place), now.GetValueOrDefault(place)))
                .Where(difference => difference.Before != difference.After),
        ];
    }

    private static void Flatten(JsonElement element, string place, Dictionary<string, string> values, List<string> places)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Flatten(property.Value, $"{place} {property.Name}", values, places);
                }

                break;
            case JsonValueKind.Array:
                foreach ((int index, JsonElement member) in element.EnumerateArray().Index())
                {
                    Flatten(member, $"{place} {Name(member, index)}", values, places);
                }

                break;
            default:
                values[place.TrimStart()] = element.GetRawText();
                places.Add(place.TrimStart());
                break;
        }
    }

    /// <summary>A member of a list by what it is about, so that one missing cell does not shift all others; a plain number by its place from 1.</summary>
    private static string Name(JsonElement member, int index) => member.ValueKind == JsonValueKind.Object
        ? string.Join(' ', Keys
            .Where(key => member.TryGetProperty(key, out _))
            .Select(key => member.GetProperty(key) is { ValueKind: JsonValueKind.String } word ? word.GetString() : "all-stages"))
        : $"{index + 1}";
}
