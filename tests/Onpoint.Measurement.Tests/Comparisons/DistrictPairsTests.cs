using Onpoint.Measurement.Comparisons;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Tests.Norms;

namespace Onpoint.Measurement.Tests.Comparisons;

public sealed class DistrictPairsTests
{
    /// <summary>R prints 13 digits; the quantile of t is good to about 10.</summary>
    private const double Printed = 1e-8;

    /// <summary>
    /// R 4.2.2: x&lt;-c(640,585,660,500); se&lt;-c(12,18,20,25); df&lt;-c(60,30,25,15); k&lt;-combn(4,2); i&lt;-k[1,]; j&lt;-k[2,]; d&lt;-x[i]-x[j]; e&lt;-sqrt(se[i]^2+se[j]^2); w&lt;-e^4/(se[i]^4/df[i]+se[j]^4/df[j]);
    /// p&lt;-2*pt(-abs(d/e),w); bh&lt;-p.adjust(p,"BH"); R&lt;-sum(bh&lt;=.05); qt((2-.05*R/6)/2,w)*e; d/146*(1-3/(4*(2400-40)-1)).
    /// </summary>
    [Fact]
    public void All_pairs_match_R()
    {
        IReadOnlyList<DistrictDifference> pairs = DistrictPairs.All([.. Districts.Four.Reverse()], Districts.Cell);

        Assert.Equal(["ab", "ac", "ad", "bc", "bd", "cd"], pairs.Select(pair => pair.FirstId + pair.SecondId));
        Same([55, -20, 140, -75, 85, 160], pair => pair.Points);
        Same([21.63330765278, 23.32380757938, 27.73084924772, 26.90724809415, 30.80584360151, 32.01562118716], pair => pair.StandardErrorPoints);
        Same([2.5423758993656, -0.8574929257125, 5.0485291218223, -2.7873530484269, 2.7592167609351, 4.9975603804354], pair => pair.T!.Value);
        Same([56.96629213483, 43.87096774194, 22.41084715102, 52.95134960401, 30.48661402396, 32.38505008990], pair => pair.DegreesOfFreedom);
        Same([1.375335982862e-02, 3.958328385735e-01, 4.447126139372e-05, 7.362760312375e-03, 9.707905732685e-03, 1.944121677823e-05], pair => pair.P);
        Same([0.0165040317943418, 0.3958328385734962, 0.0001334137841811, 0.0145618585990277, 0.0145618585990277, 0.0001166473006694], pair => pair.AdjustedP);
        Same([45.08144851871, 48.94142706039, 59.91739109201, 56.17007850012, 65.50843153661, 67.90608005776], pair => pair.MarginPoints);
        Same([0.3765925981827, -0.1369427629755, 0.9585993408287, -0.5135353611582, 0.5820067426460, 1.0955421038042], pair => pair.HedgesG!.Value);
        Assert.All(pairs, pair => Assert.Equal(1 - 0.05 * 5 / 6, pair.Level, 1e-15));
        Assert.Equal(
            [DifferenceVerdict.FirstHigher, DifferenceVerdict.NoDetectableDifference, DifferenceVerdict.FirstHigher, DifferenceVerdict.SecondHigher, DifferenceVerdict.FirstHigher, DifferenceVerdict.FirstHigher],
            pairs.Select(pair => pair.Verdict));

        void Same(double[] expected, Func<DistrictDifference, double> actual) => Assert.Equal(expected, pairs.Select(actual), (x, y) => Math.Abs(x - y) < Printed);
    }

    /// <summary>Two of the pairs only: m = 2, so p.adjust(p[1:2], "BH") of R 4.2.2 and the level 1 - .05 x 1/2; the other way round the sign turns.</summary>
    [Fact]
    public void Chosen_pairs_are_the_only_tests()
    {
        IReadOnlyList<DistrictDifference> pairs = DistrictPairs.Of(Districts.Four, [("b", "a"), ("a", "c")]);

        Assert.Equal([("b", "a", -55.0), ("a", "c", -20.0)], pairs.Select(pair => (pair.FirstId, pair.SecondId, pair.Points)));
        Assert.Equal([0.02750671965724, 0.39583283857350], pairs.Select(pair => pair.AdjustedP), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal([DifferenceVerdict.SecondHigher, DifferenceVerdict.NoDetectableDifference], pairs.Select(pair => pair.Verdict));
        Assert.All(pairs, pair => Assert.Equal((0.975, null), (pair.Level, pair.HedgesG)));
    }

    /// <summary>Nothing found among six: margins at 1 - .05/6; R 4.2.2 on the errors above, qt(1-.05/12,w)*e.</summary>
    [Fact]
    public void Without_a_finding_margins_are_those_of_one()
    {
        IReadOnlyList<DistrictDifference> pairs = DistrictPairs.All([.. Districts.Four.Select(district => district with { Points = 600 })], Districts.Cell);

        Assert.Equal([59.13509968578, 64.44827216786, 80.23507200559, 73.75286574928, 86.91966854033, 89.96872047314], pairs.Select(pair => pair.MarginPoints), (x, y) => Math.Abs(x - y) < Printed);
        Assert.All(pairs, pair => Assert.Equal((DifferenceVerdict.NoDetectableDifference, 1, 0, 0), (pair.Verdict, pair.AdjustedP, pair.HedgesG, pair.T)));
    }

    [Fact]
    public void Picture_and_verdict_agree()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = new SplitMix64(seed);
            IReadOnlyList<DistrictDifference> pairs = DistrictPairs.All([.. Enumerable.Range(0, 7).Select(d => new DistrictEstimate($"{d}", 600 + random.Next(90), 10 + random.Next(10), 20 + random.Next(9), 30))]);
            Assert.All(pairs, pair => Assert.Equal(pair.Verdict == DifferenceVerdict.NoDetectableDifference, Math.Abs(pair.Points) <= pair.MarginPoints));
            Assert.All(pairs, pair => Assert.Equal(pair.Verdict == DifferenceVerdict.NoDetectableDifference, pair.AdjustedP > 0.05));
        }
    }

    [Fact]
    public void Bits_do_not_depend_on_the_order() =>
        Assert.Equal(DistrictPairs.All(Districts.Four, Districts.Cell), DistrictPairs.All([Districts.Four[2], Districts.Four[0], Districts.Four[3], Districts.Four[1]], Districts.Cell));

    [Fact]
    public void Districts_without_any_error_differ_or_do_not()
    {
        IReadOnlyList<DistrictDifference> pairs = DistrictPairs.All([new("a", 600, 0, 5, 9), new("b", 601, 0, 5, 9), new("c", 601, 0, 5, 9)]);

        Assert.Equal([(DifferenceVerdict.SecondHigher, 0.0), (DifferenceVerdict.SecondHigher, 0), (DifferenceVerdict.NoDetectableDifference, 1)], pairs.Select(pair => (pair.Verdict, pair.AdjustedP)));
        Assert.All(pairs, pair => Assert.Equal((null, 0, 10), (pair.T, pair.MarginPoints, pair.DegreesOfFreedom)));
    }

    [Fact]
    public void One_district_has_no_pair()
    {
        Assert.Empty(DistrictPairs.All([]));
        Assert.Empty(DistrictPairs.All([Districts.Four[0]]));
        Assert.Empty(DistrictPairs.Of(Districts.Four, []));
    }

    [Fact]
    public void Without_a_standard_there_is_no_effect_size()
    {
        Assert.Null(DistrictPairs.All(Districts.Four, Districts.Cell with { WithinSdPoints = null })[0].HedgesG);
        Assert.Null(DistrictPairs.All(Districts.Four, Districts.Cell with { WithinSdPoints = 0 })[0].HedgesG);
    }

    [Fact]
    public void An_estimate_is_a_measure_of_a_wave()
    {
        DistrictWave wave = SyntheticWaves.Wave("x", Stage.Year1, 590, 21, 33, 35, [("TR", 640)]);

        Assert.Equal(new DistrictEstimate("x", 640, 21, 33, 35), DistrictEstimate.Of(wave, "TR"));
        Assert.Null(DistrictEstimate.Of(wave, "XX"));
        Assert.Throws<ArgumentNullException>("wave", () => DistrictEstimate.Of(null!, "TR"));
    }

    public static TheoryData<DistrictEstimate> Impossible =>
    [
        new DistrictEstimate("e", double.NaN, 12, 60, 62),
        new DistrictEstimate("e", 600, -1, 60, 62),
        new DistrictEstimate("e", 600, double.PositiveInfinity, 60, 62),
        new DistrictEstimate("e", 600, 12, 0.9, 62),
        new DistrictEstimate("e", 600, 12, double.PositiveInfinity, 62),
        new DistrictEstimate("e", 600, 12, 60, 0),
        new DistrictEstimate("d", 600, 12, 60, 62),
    ];

    [Theory, MemberData(nameof(Impossible))]
    public void Impossible_districts_are_refused_everywhere(DistrictEstimate district)
    {
        DistrictEstimate[] districts = [.. Districts.Four, district];

        Assert.Throws<ArgumentException>("districts", () => DistrictPairs.All(districts));
        Assert.Throws<ArgumentException>("districts", () => DistrictPairs.Of(districts, []));
        Assert.Throws<ArgumentException>("districts", () => Funnel.Place(districts, Districts.Cell));
        Assert.Throws<ArgumentException>("districts", () => League.Positions(districts, null, 1));
    }

    [Fact]
    public void The_least_possible_district_is_accepted() => Assert.Single(DistrictPairs.All([Districts.Four[0], new("e", 600, 0, 1, 1)]));

    [Fact]
    public void Wrong_calls_name_the_parameter()
    {
        Assert.Throws<ArgumentNullException>("districts", () => DistrictPairs.All(null!));
        Assert.Throws<ArgumentNullException>("pairs", () => DistrictPairs.Of(Districts.Four, null!));
        foreach ((string, string)[] pairs in new (string, string)[][] { [("a", "x")], [("x", "a")], [("a", "a")], [("a", "b"), ("a", "b")], [("a", "b"), ("b", "a")] })
        {
            Assert.Throws<ArgumentException>("pairs", () => DistrictPairs.Of(Districts.Four, pairs));
        }
    }
}
