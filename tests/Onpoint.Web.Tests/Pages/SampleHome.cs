using Onpoint.Measurement;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Placement;
using Onpoint.Web.Features.Home;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Tests.Pages;

/// <summary>The home page with and without a demonstration district.</summary>
internal static class SampleHome
{
    public static HomeModel WithDemo { get; } = new()
    {
        Frame = new PageFrame { Edition = SampleLandmarks.Edition, Demo = SampleLandmarks.Demo, ShowsDemo = true },
        Specimen = new Specimen
        {
            District = SampleLandmarks.Demo,
            Stage = Stage.Year2,
            Benchmark = new PublishedMeasure("benchmark", 636, 21, 120, 1),
            Bands = [Band.Typical],
            Change = SampleDistricts.Change("Benchmark score", 605, 636, 30, ChangeVerdict.Up, 30),
            ChangeSince = Stage.Year1,
            Chart = SampleLandmarks.Svg("spec", 420, 230, [SampleLandmarks.Operations], [SampleLandmarks.Own("benchmark", "Benchmark", 520, 605, 636)]),
        },
    };

    public static HomeModel Empty { get; } = new() { Frame = PageFrame.Bare };
}
