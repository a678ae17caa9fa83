using Onpoint.Measurement.Comparisons;
using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Tests.Comparisons;

public sealed class FunnelTests
{
    /// <summary>By hand: tau 45, s 146: n = 16 gives sqrt(2025 + 36.5²) = sqrt(3357.25) = 57.942; n = 1 sqrt(2025 + 21316) = 152.778.</summary>
    [Theory]
    [InlineData(16, 57.94178)]
    [InlineData(1, 152.77762)]
    public void Limits_match_arithmetic_by_hand(int respondents, double spread)
    {
        FunnelLimits limits = Funnel.Limits(Districts.Cell, respondents)!;

        Assert.Equal(614, limits.Centre);
        Assert.Equal(
            [614 - 3.09 * spread, 614 - 1.96 * spread, 614 + 1.96 * spread, 614 + 3.09 * spread], [limits.OuterLow, limits.InnerLow, limits.InnerHigh, limits.OuterHigh], (x, y) => Math.Abs(x - y) < 2e-5);
    }

    /// <summary>[Spiegelhalter2005] draws 95 % and 99.8 % limits: R 4.2.2, 2*pnorm(-1.96) = .0499958 and 2*pnorm(-3.09) = .0020016.</summary>
    [Fact]
    public void Limits_are_those_of_95_and_998_per_mille()
    {
        FunnelLimits limits = Funnel.Limits(Districts.Cell with { TauPoints = 0, WithinSdPoints = 10 }, 100)!; // spread 1

        Assert.Equal(0.0499958, 2 * MathNet.Numerics.Distributions.Normal.CDF(614, 1, limits.InnerLow), 1e-7);
        Assert.Equal(0.0020016, 2 * MathNet.Numerics.Distributions.Normal.CDF(614, 1, limits.OuterLow), 1e-7);
    }

    /// <summary>More answers narrow the funnel, down to the spread between districts: 1.96 x 45.</summary>
    [Fact]
    public void Limits_narrow_to_the_spread_between_districts()
    {
        double Width(int respondents) => Funnel.Limits(Districts.Cell, respondents)!.InnerHigh - 614;

        Assert.True(Width(10) > Width(11) && Width(11) > Width(1000));
        Assert.Equal(1.96 * 45, Width(int.MaxValue), 1e-4);
    }

    /// <summary>Spread 1, so that the limits are 614 -/+ 1.96 and 3.09; a score exactly on a limit is not beyond it.</summary>
    [Fact]
    public void Positions_follow_the_limits()
    {
        NormCell cell = Districts.Cell with { TauPoints = 0, WithinSdPoints = 10 };
        FunnelLimits limits = Funnel.Limits(cell, 100)!;
        (double Points, FunnelPosition Position)[] expected =
        [
            (610.8, FunnelPosition.BelowOuterLimit), (limits.OuterLow, FunnelPosition.BelowInnerLimit), (612, FunnelPosition.BelowInnerLimit), (limits.InnerLow, FunnelPosition.Inside), (614, FunnelPosition.Inside),
            (limits.InnerHigh, FunnelPosition.Inside), (616, FunnelPosition.AboveInnerLimit), (limits.OuterHigh, FunnelPosition.AboveInnerLimit), (617.2, FunnelPosition.AboveOuterLimit),
        ];
        IReadOnlyList<FunnelPlace> places = Funnel.Place([.. expected.Select((row, index) => new DistrictEstimate($"{index}", row.Points, 5, 50, 100)).Reverse()], cell)!;

        Assert.Equal(expected.Select((row, index) => new FunnelPlace($"{index}", row.Points, 100, limits, row.Position)), places);
    }

    [Fact]
    public void Each_district_has_the_limits_of_its_own_number_of_answers() =>
        Assert.Equal(Districts.Four.Select(district => Funnel.Limits(Districts.Cell, district.Respondents)), Funnel.Place(Districts.Four, Districts.Cell)!.Select(place => place.Limits));

    [Fact]
    public void Without_a_spread_there_is_no_funnel()
    {
        foreach (NormCell cell in new[] { Districts.Cell with { TauPoints = null }, Districts.Cell with { WithinSdPoints = null } })
        {
            Assert.Null(Funnel.Limits(cell, 30));
            Assert.Null(Funnel.Place(Districts.Four, cell));
        }

        Assert.Empty(Funnel.Place([], Districts.Cell)!);
    }

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        Assert.Throws<ArgumentOutOfRangeException>("respondents", () => Funnel.Limits(Districts.Cell, 0));
        Assert.Throws<ArgumentNullException>("cell", () => Funnel.Limits(null!, 1));
        Assert.Throws<ArgumentNullException>("cell", () => Funnel.Place(Districts.Four, null!));
        Assert.Throws<ArgumentNullException>("districts", () => Funnel.Place(null!, Districts.Cell));
    }
}
