using System.Diagnostics.CodeAnalysis;

namespace Onpoint.Web.Features.Landmarks;

/// <summary>Landmarks as addresses and the API spell them.</summary>
internal static class LandmarkWords
{
    private static readonly Dictionary<string, Onpoint.Measurement.Landmarks.Landmark> Slugs = new(StringComparer.Ordinal)
    {
        ["shared-understanding"] = Onpoint.Measurement.Landmarks.Landmark.SharedUnderstanding,
        ["operations"] = Onpoint.Measurement.Landmarks.Landmark.Operations,
        ["student-agency"] = Onpoint.Measurement.Landmarks.Landmark.StudentAgency,
        ["culture"] = Onpoint.Measurement.Landmarks.Landmark.Culture,
    };

    public static string Slug(Onpoint.Measurement.Landmarks.Landmark landmark) => Slugs.First(pair => pair.Value == landmark).Key;

    public static bool TryParse([NotNullWhen(true)] string? slug, out Onpoint.Measurement.Landmarks.Landmark landmark) => Slugs.TryGetValue(slug ?? "", out landmark);
}
