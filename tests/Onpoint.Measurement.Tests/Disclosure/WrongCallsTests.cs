using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Tests.Verification;

namespace Onpoint.Measurement.Tests.Disclosure;

/// <summary>What is missing is refused by name, before anything is decided.</summary>
public sealed class WrongCallsTests
{
    [Fact]
    public void Nothing_may_be_missing_from_a_decision()
    {
        PublishedRevision revision = new(1, [], true, [], []);

        Assert.Throws<ArgumentNullException>("units", () => DisclosureControl.Decide(1, null!));
        Assert.Throws<ArgumentNullException>("questions", () => ContextDisclosure.Decide(null!, [], [revision], []));
        Assert.Throws<ArgumentNullException>("atoms", () => ContextDisclosure.Decide([], null!, [revision], []));
        Assert.Throws<ArgumentNullException>("history", () => ContextDisclosure.Decide([], [], null!, []));
        Assert.Throws<ArgumentNullException>("withheldBefore", () => ContextDisclosure.Decide([], [], [revision], null!));
    }

    [Fact]
    public void Nothing_may_be_missing_from_a_publication()
    {
        Assert.Throws<ArgumentNullException>("item", () => DisclosureControl.PublishItem(null!, [6, 6], 12));
        Assert.Throws<ArgumentNullException>("optionCounts", () => DisclosureControl.PublishItem("SC1", null!, 12));
        Assert.Throws<ArgumentNullException>("apart", () => DisclosureControl.PublishItem("SC1", [6, 6], 12, null!));
        Assert.Throws<ArgumentNullException>("estimate", () => DisclosureControl.Publish(null!, 12, 110, ScoreScale.Points));
        Assert.Throws<ArgumentNullException>("schools", () => ResponseCounts.Publish(null!, new HashSet<string>()));
        Assert.Throws<ArgumentNullException>("withheldTogether", () => ResponseCounts.Publish([], null!));
    }

    [Fact]
    public void Nothing_may_be_missing_from_a_unit()
    {
        VerifiedWave wave = new VerifiedWave().Answer("a", 60, 12);
        UnitEstimate district = wave.Estimate.District;

        Assert.Throws<ArgumentNullException>("estimate", () => DisclosureUnit.New(null, null!, wave.Plan));
        Assert.Throws<ArgumentNullException>("estimate", () => DisclosureUnit.CountsOf(null!, wave.Plan));
        Assert.Throws<ArgumentNullException>("plan", () => DisclosureUnit.CountsOf(district, null!));
        Assert.Throws<ArgumentNullException>("estimate", () => StratumSize.Of(null!));
    }
}
