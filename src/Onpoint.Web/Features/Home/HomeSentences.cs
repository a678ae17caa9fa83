using Onpoint.Measurement.Placement;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Home;

/// <summary>The words under the example on the home page.</summary>
internal static class HomeSentences
{
    /// <summary>"Typical for a district in Year 2, and 31 points up since Year 1. Compared with the synthetic national dataset, edition 2026.1."</summary>
    public static string Caption(Specimen specimen, EditionLabel? edition)
    {
        string stage = Display.StageName(specimen.Stage);
        string? change = (specimen.Change, specimen.ChangeSince) switch
        {
            ({ Verdict: ChangeVerdict.NoDetectableChange }, { } since) => $"no detectable change since {DistrictSentences.SinceName(since)}",
            ({ Verdict: ChangeVerdict.Up } up, { } since) => $"{Display.Points(up.Points)} points up since {DistrictSentences.SinceName(since)}",
            ({ Verdict: ChangeVerdict.Down } down, { } since) => $"{Display.Points(-down.Points)} points down since {DistrictSentences.SinceName(since)}",
            _ => null,
        };
        string? band = specimen.Bands.Count == 0 ? null : $"{DistrictSentences.Bands(specimen.Bands)} for a district in {stage}";
        string sentence = Display.Capital((band, change) switch
        {
            ({ } place, { } moved) => $"{place}, and {moved}.",
            ({ } place, null) => $"{place}.",
            (null, { } moved) => $"{moved}.",
            _ => "",
        });
        return edition is null ? sentence
            : $"{sentence} Compared with {Landmarks.LandmarkSentences.Dataset(edition.Synthetic)}, edition {edition.Id}.".TrimStart();
    }
}
