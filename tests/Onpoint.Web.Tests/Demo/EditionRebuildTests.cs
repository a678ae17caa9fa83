using System.Security.Cryptography;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Norms;

namespace Onpoint.Web.Tests.Demo;

/// <summary>The bundled edition can be made again from the bundled answers. Its numbers are checked against R in Onpoint.Measurement.Tests.</summary>
public sealed class EditionRebuildTests
{
    [Fact]
    public void The_edition_built_from_the_bundled_folder_is_the_committed_one_byte_for_byte()
    {
        SurveyFolder folder = SurveyFolder.Read(BundledSurvey.PathOf("national-2026-synthetic"));
        byte[] committed = File.ReadAllBytes(BundledSurvey.PathOf("national-2026-synthetic", "edition.json"));

        Assert.True(folder.Synthetic);
        Assert.All(folder.Districts, district => Assert.True(district.Contributes));
        NormEdition edition = NormEditionBuilder.Build(
            "2026.1", EditionKind.Synthetic, folder.Instrument.Code, folder.Instrument.Version, FolderScores.Score(folder), BuildEditionJob.Seed);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(committed)), edition.Hash());
    }
}
