using System.Diagnostics.CodeAnalysis;
using Onpoint.Measurement.Landmarks;

namespace Onpoint.Web.Features.Landmarks;

/// <summary>Landmarks as addresses and the API spell them.</summary>
internal static class LandmarkWords
{
    private static readonly Dictionary<string, Landmark> Slugs = new(StringComparer.Ordinal)
    {
        ["shared-understanding"] = Landmark.SharedUnderstanding,
        ["operations"] = Landmark.Operations,
        ["student-agency"] = Landmark.StudentAgency,
        ["culture"] = Landmark.Culture,
    };

    public static string Slug(Landmark landmark) => Slugs.First(pair => pair.Value == landmark).Key;

    public static bool TryParse([NotNullWhen(true)] string? slug, out Landmark landmark) => Slugs.TryGetValue(slug ?? "", out landmark);
}
