using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Verification;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Norms;

namespace Onpoint.Web.Tests.Demo;

public sealed class ReproducedDemoTests
{
    /// <summary>Every published number of the demonstration district, all three waves, follows from the file that "Reproduce this score" downloads.</summary>
    [Fact]
    public void The_demonstration_districts_scores_follow_from_their_files()
    {
        SurveyFolder folder = SurveyFolder.Read(BundledSurvey.PathOf("demo-district"));
        ScoringPlan plan = new(folder.Instrument);
        NormEdition edition = BundledSurvey.Edition;
        Assert.All(BundledSurvey.Estimate(folder, plan), wave =>
        {
            IReadOnlyList<MeasurePlacing> placings = DistrictPlacement.Place(wave.Record, edition.NormCells());
            IReadOnlyList<DisclosureDecision> decisions = DisclosureControl.Decide(
                1, [DisclosureUnit.New(null, wave.Estimate.District, plan), .. wave.Estimate.Schools.Select(school => DisclosureUnit.New(school.Key, school.Value, plan))]);
            ReproductionTotals? totals = ReproductionLines.Make(plan, wave.Schools, wave.Wave.SamplesSchools, 1, decisions, null);
            ScoreReproduction file = ScoreReproduction.Compose(
                plan,
                new ReproducedWave(wave.Wave.District, wave.Wave.Id, wave.Wave.Stage, wave.Wave.SchoolYear, 1, 1),
                totals!,
                new ReproducedNorms(edition.Id, edition.Kind, edition.Hash(), false, PlaceWaves.UsedBy(edition.NormCells(), wave.Wave.Stage)),
                [.. wave.Estimate.District.Measures.Zip(placings, (measure, placing) => PublishedResult.Of(
                    DisclosureControl.Publish(measure, wave.Estimate.District.SmallestCount, null, plan.Instrument.Scale), placing))]);
            VerificationReport report = ScoreVerification.Verify(file.ToCanonicalJson());

            Assert.True(report.Equal, report.FirstDifference?.ToString());
            Assert.Empty(report.NotChecked);
            Assert.Equal(12 * 4 + 3, report.Quantities.Count);
            Assert.InRange(totals!.Schools.Count, 3, 4);
        });
    }
}
