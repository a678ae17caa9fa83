using System.Text.Json;
using FsCheck.Xunit;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Tests.Synthesis;

namespace Onpoint.Measurement.Tests.Estimation;

public sealed class SurveyDesignTests
{
    /// <summary>Every number that two-stage-design.R wrote (R 4.2.2, base packages, own formulas; survey 4.1.1 gives the same): 18 significant digits, so 1e-12 relative is rounding.</summary>
    [Fact]
    public void A_small_unbalanced_sample_in_two_stages_agrees_with_R()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = Csv("two-stage-design.csv");
        double?[] y = Column("y");
        double?[] x = Column("x");
        bool[] domain = [.. rows.Select(row => row["in_domain"] == "1")];
        Dictionary<string, SurveyDesign> designs = new()
        {
            ["both"] = Design(first: true, units: true, second: true),
            ["second-replaced"] = Design(first: true, units: true, second: false),
            ["clusters-whole"] = Design(first: true, units: false, second: false),
            ["replaced"] = Design(first: false, units: true, second: false),
        };

        IReadOnlyList<IReadOnlyDictionary<string, string>> values = Csv("two-stage-design-values.csv");
        Assert.Equal(126, values.Count);
        foreach (IReadOnlyDictionary<string, string> value in values)
        {
            string[] name = value["quantity"].Split('/');
            bool[]? rowsOf = name[1] == "domain" ? domain : null;
            SurveyDesign design = designs[name[0]];
            DesignEstimate estimate = (name[2] switch { "mean" => design.Mean(y, rowsOf), "total" => design.Total(y, rowsOf), _ => design.Ratio(y, x, rowsOf) })!;
            double? actual = name[3] switch
            {
                "value" => estimate.Value,
                "se" => estimate.StandardError,
                "df" => estimate.DegreesOfFreedom,
                "rows" => estimate.Rows,
                "deff" => estimate.DesignEffect,
                _ => estimate.DesignEffectWithoutReplacement,
            };
            double expected = ReferenceCase.Number(value["value"]);
            Assert.True(Math.Abs(actual!.Value - expected) <= 1e-12 * expected, $"{value["quantity"]}: {actual:R}, in R {expected:R}.");
        }

        Assert.Equal((20, 2, 7, 5), (designs["both"].Rows, designs["both"].Strata, designs["both"].Clusters, designs["both"].DegreesOfFreedom));

        // Cluster c has one unit: drawn with replacement, its variance is unknown.
        Assert.Null(designs["second-replaced"].Mean(y)!.StandardError);

        double?[] Column(string name) => [.. rows.Select(row => row[name].Length == 0 ? (double?)null : ReferenceCase.Number(row[name]))];

        SurveyDesign Design(bool first, bool units, bool second) => new([.. rows.Select(row => new SampledRow(ReferenceCase.Number(row["weight"]))
        {
            Stratum = row["stratum"],
            Cluster = row["cluster"],
            SecondStageUnit = units ? row["unit"] : null,
            Clusters = first ? FinitePopulation.OfSize(ReferenceCase.Number(row["clusters"])) : null,
            SecondStageUnits = second ? FinitePopulation.OfSize(ReferenceCase.Number(row["units"])) : null,
        })]);
    }

    /// <summary>By hand: 1, 2, 3, 6 of equal weight: mean 3, s² 14/3, SE² 14/12, t(0.975; 3) = 3.182446 (R 4.2.2: qt(.975, 3) = 3.18244630528371).</summary>
    [Fact]
    public void Rows_of_equal_weight_are_a_simple_random_sample()
    {
        DesignEstimate mean = Simple(4, 2.5).Mean([1, 2, 3, 6])!;

        Assert.Equal((3.0, 3, 4), (mean.Value, mean.DegreesOfFreedom, mean.Rows));
        Assert.Equal(Math.Sqrt(14.0 / 12), mean.StandardError!.Value, 1e-15);
        Assert.Equal(1.0, mean.DesignEffect!.Value, 1e-15);
        Assert.Equal(10.0 / 6, mean.DesignEffectWithoutReplacement!.Value, 1e-15);
        Assert.Equal(3 - 3.18244630528371 * Math.Sqrt(14.0 / 12), mean.Interval()!.Value.Lower, 1e-12);
        Assert.Equal(3 + 3.18244630528371 * Math.Sqrt(14.0 / 12), mean.Interval()!.Value.Upper, 1e-12);

        // R 4.2.2: qt(.95, 3) = 2.35336343480182
        Assert.Equal(3 + 2.35336343480182 * Math.Sqrt(14.0 / 12), mean.Interval(0.9)!.Value.Upper, 1e-12);
    }

    [Theory]
    [InlineData(1.0, false)]
    [InlineData(0.5, false)]
    [InlineData(1.01, true)]
    public void Weights_that_sum_to_no_more_than_the_rows_are_no_population(double weight, bool population)
    {
        DesignEstimate mean = Simple(4, weight).Mean([1, 2, 3, 6])!;

        Assert.Equal(population, mean.DesignEffectWithoutReplacement is not null);
        Assert.Equal(1.0, mean.DesignEffect!.Value, 1e-15);
    }

    /// <summary>By hand: 4 of 16 rows drawn, SE² = (1 − 1/4) 14/12. A share and a size say the same.</summary>
    [Fact]
    public void A_population_can_be_given_as_a_size_or_as_the_share_drawn()
    {
        foreach (FinitePopulation population in new[] { FinitePopulation.OfSize(16), FinitePopulation.OfShare(0.25) })
        {
            SurveyDesign design = new([.. Enumerable.Range(0, 4).Select(_ => new SampledRow(1) { Clusters = population })]);
            Assert.Equal(Math.Sqrt(0.75 * 14 / 12), design.Mean([1, 2, 3, 6])!.StandardError!.Value, 1e-15);
        }
    }

    [Fact]
    public void A_whole_population_has_no_error()
    {
        SurveyDesign design = new([.. Enumerable.Range(0, 4).Select(_ => new SampledRow(1) { Clusters = FinitePopulation.OfSize(4) })]);

        Assert.Equal(0.0, design.Mean([1, 2, 3, 6])!.StandardError);
        Assert.Equal(0.0, design.Mean([1, 2, 3, 6])!.DesignEffect);
    }

    /// <summary>A single row of its stratum: unknown, unless it is all there is. By hand: stratum b alone, 3 and 5 of a total weight 6, SE² = 2 · (2/6)² · 2.</summary>
    [Theory]
    [InlineData(null, null)]
    [InlineData(1.0, 2.0 / 3)]
    [InlineData(2.0, null)]
    public void A_stratum_of_one_cluster_has_no_variance_unless_it_is_the_only_one(double? population, double? standardError)
    {
        SurveyDesign design = new(
        [
            new(2) { Stratum = "a", Clusters = population is { } size ? FinitePopulation.OfSize(size) : null },
            new(2) { Stratum = "b" },
            new(2) { Stratum = "b" },
        ]);
        DesignEstimate mean = design.Mean([1, 3, 5])!;

        Assert.Equal((3.0, 1), (mean.Value, mean.DegreesOfFreedom));
        Assert.Equal(standardError is null, mean.StandardError is null);
        Assert.Equal(standardError is null, mean.Interval() is null);
        Assert.Equal(standardError is null, mean.DesignEffect is null);
        Assert.Equal(standardError is null, mean.DesignEffectWithoutReplacement is null);
        Assert.Equal(standardError ?? 0, mean.StandardError ?? 0, 1e-15);

        // Outside the domain the stratum does not matter.
        Assert.Equal(1.0, design.Mean([1, 3, 5], [false, true, true])!.StandardError!.Value, 1e-15);
    }

    [Fact]
    public void One_row_has_a_value_and_no_error()
    {
        DesignEstimate mean = Simple(1).Mean([7])!;

        Assert.Equal(new DesignEstimate(7, null, 0, 1, null, null), mean);
        Assert.Null(mean.Interval());
    }

    /// <summary>Two strata of one row each, both the only one there is: no error and no degree of freedom, so no interval.</summary>
    [Fact]
    public void Without_degrees_of_freedom_there_is_no_interval()
    {
        SurveyDesign design = new([.. "ab".Select(stratum => new SampledRow(1) { Stratum = $"{stratum}", Clusters = FinitePopulation.OfSize(1) })]);
        DesignEstimate mean = design.Mean([1, 2])!;

        Assert.Equal((0.0, 0), (mean.StandardError, mean.DegreesOfFreedom));
        Assert.Null(mean.Interval());
    }

    [Fact]
    public void Rows_that_do_not_vary_have_no_design_effect()
    {
        DesignEstimate mean = Simple(3).Mean([4, 4, 4])!;

        Assert.Equal((4.0, 0.0, null), (mean.Value, mean.StandardError, mean.DesignEffect));
    }

    [Fact]
    public void Nobody_in_the_domain_gives_nothing()
    {
        SurveyDesign design = Simple(3);

        Assert.Null(design.Mean([1, 2, 3], [false, false, false]));
        Assert.Null(design.Mean([null, null, 3], [true, true, false]));
        Assert.Null(design.Total([null, null, null]));
        Assert.Null(design.Ratio([1, null, 3], [null, 2, null]));
        Assert.Null(design.Ratio([1, 2, 3], [-1, 0, 1]));
        Assert.Null(design.Share([null, null, null]));
    }

    /// <summary>By hand: of the three with an answer of weight 1, 2 and 1, those of weight 1 and 2 have it.</summary>
    [Fact]
    public void A_share_counts_the_rows_of_which_the_property_is_known()
    {
        SurveyDesign design = new([new(1), new(2), new(1), new(9)]);
        DesignEstimate share = design.Share([true, true, false, null])!;

        Assert.Equal((0.75, 3, 2), (share.Value, share.Rows, share.DegreesOfFreedom));
    }

    [Fact]
    public void The_largest_values_give_no_infinite_error()
    {
        DesignEstimate total = new SurveyDesign([new(1e100), new(1e100)]).Total([1e100, -1e100])!;

        Assert.Equal((0.0, null, null), (total.Value, total.StandardError, total.DesignEffect));
    }

    /// <summary>The same bits for any order of rows and any ids that sort differently; the mean and the ratio do not know the size of the weights.</summary>
    [Property(MaxTest = 25)]
    public void Order_and_ids_do_not_change_a_bit(int seed)
    {
        var random = new Random(seed);
        (SampledRow Row, double? Y, double? X, bool In)[] rows = [.. Enumerable.Range(0, random.Next(2, 40)).Select(row =>
        {
            int cluster = random.Next(8);
            return (
                new SampledRow(random.Next(1, 5) / 3.0)
                {
                    Stratum = $"s{cluster % 2}",
                    Cluster = $"c{cluster}",
                    SecondStageUnit = $"{random.Next(4)}",
                    Clusters = FinitePopulation.OfSize(10),
                    SecondStageUnits = FinitePopulation.OfShare(0.5),
                },
                random.Next(5) == 0 ? (double?)null : random.NextDouble() * 10 - 3,
                (double?)random.NextDouble() + 1,
                random.Next(3) > 0);
        })];
        string expected = All(rows);
        random.Shuffle(rows);

        Assert.Equal(expected, All([.. rows.Select(row => row with { Row = row.Row with { Cluster = $"{9 - row.Row.Cluster![1]}", SecondStageUnit = $"{100 - row.Row.SecondStageUnit![0]}" } })]));

        static string All((SampledRow Row, double? Y, double? X, bool In)[] rows)
        {
            SurveyDesign design = new([.. rows.Select(row => row.Row)]);
            double?[] y = [.. rows.Select(row => row.Y)];
            double?[] x = [.. rows.Select(row => row.X)];
            bool[] domain = [.. rows.Select(row => row.In)];
            return JsonSerializer.Serialize(new object?[]
            {
                design.Mean(y), design.Total(y), design.Ratio(y, x), design.Mean(y, domain), design.Ratio(y, x, domain), design.Share([.. y.Select(value => value > 0)], domain),
            });
        }
    }

    [Property(MaxTest = 25)]
    public void Twice_the_weights_are_twice_the_total_and_the_same_mean(int seed)
    {
        var random = new Random(seed);
        double?[] y = [.. Enumerable.Range(0, random.Next(2, 20)).Select(_ => (double?)random.Next(-50, 50))];
        SampledRow[] rows = [.. y.Select(_ => new SampledRow(random.Next(1, 9)))];
        SurveyDesign once = new(rows);
        SurveyDesign twice = new([.. rows.Select(row => row with { Weight = 2 * row.Weight })]);

        Assert.Equal(once.Mean(y)! with { DesignEffectWithoutReplacement = null }, twice.Mean(y)! with { DesignEffectWithoutReplacement = null });
        Assert.Equal((2 * once.Total(y)!.Value, 2 * once.Total(y)!.StandardError), (twice.Total(y)!.Value, twice.Total(y)!.StandardError));
    }

    [Fact]
    public void Wrong_designs_name_the_parameter()
    {
        SampledRow two = new(1) { Cluster = "a", SecondStageUnit = "1" };
        SampledRow[][] wrong =
        [
            [],
            [new(0)],
            [new(-1)],
            [new(double.NaN)],
            [new(double.PositiveInfinity)],
            [new(1.1e100)],
            [new(1) { Cluster = "a" }, new(1)],
            [new(1), new(1) { Cluster = "a" }],
            [two, new(1) { Cluster = "a" }],
            [new(1) { SecondStageUnit = "1" }],
            [new(1) { Cluster = "a", SecondStageUnits = FinitePopulation.OfSize(3) }],
            [new(1) { Cluster = "a", Stratum = "x" }, new(1) { Cluster = "a", Stratum = "y" }],
            [new(1) { Clusters = FinitePopulation.OfSize(5) }, new(1) { Clusters = FinitePopulation.OfSize(6) }],
            [new(1) { Clusters = FinitePopulation.OfSize(5) }, new(1)],
            [two with { SecondStageUnits = FinitePopulation.OfSize(5) }, two with { SecondStageUnits = FinitePopulation.OfShare(0.2) }],
            [new(1) { Clusters = FinitePopulation.OfSize(1) }, new(1) { Clusters = FinitePopulation.OfSize(1) }],
        ];
        Assert.All(wrong, sample => Assert.Throws<ArgumentException>("rows", () => new SurveyDesign(sample)));
        Assert.Throws<ArgumentNullException>("rows", () => new SurveyDesign(null!));
        Assert.Equal(2, new SurveyDesign([new(1e100), new(double.Epsilon)]).Rows);
    }

    [Fact]
    public void Wrong_values_name_the_parameter()
    {
        SurveyDesign design = Simple(2);
        Assert.Throws<ArgumentException>("outcome", () => design.Mean([1]));
        Assert.Throws<ArgumentException>("outcome", () => design.Mean([1, double.NaN]));
        Assert.Throws<ArgumentException>("outcome", () => design.Mean([1, 1.1e100]));
        Assert.Throws<ArgumentException>("outcome", () => design.Total([-1.1e100, 1]));
        Assert.Throws<ArgumentNullException>("outcome", () => design.Total(null!));
        Assert.Throws<ArgumentException>("domain", () => design.Mean([1, 2], [true]));
        Assert.Throws<ArgumentException>("numerator", () => design.Ratio([1], [1, 2]));
        Assert.Throws<ArgumentException>("denominator", () => design.Ratio([1, 2], [1, 2, 3]));
        Assert.Throws<ArgumentException>("property", () => design.Share([true]));
        Assert.Throws<ArgumentNullException>("property", () => design.Share(null!));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => FinitePopulation.OfSize(0.99));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => FinitePopulation.OfSize(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => FinitePopulation.OfSize(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("share", () => FinitePopulation.OfShare(0));
        Assert.Throws<ArgumentOutOfRangeException>("share", () => FinitePopulation.OfShare(1.01));
        Assert.Throws<ArgumentOutOfRangeException>("share", () => FinitePopulation.OfShare(double.NaN));
        DesignEstimate mean = design.Mean([1, 2])!;
        Assert.Throws<ArgumentOutOfRangeException>("level", () => mean.Interval(0));
        Assert.Throws<ArgumentOutOfRangeException>("level", () => mean.Interval(1));
        Assert.Throws<ArgumentOutOfRangeException>("level", () => mean.Interval(double.NaN));
    }

    [Fact]
    public void A_share_of_one_is_the_whole_stratum()
    {
        SurveyDesign design = new([.. Enumerable.Range(0, 2).Select(_ => new SampledRow(1) { Clusters = FinitePopulation.OfShare(1) })]);

        Assert.Equal(0.0, design.Mean([1, 2])!.StandardError);
    }

    private static SurveyDesign Simple(int rows, double weight = 1) => new([.. Enumerable.Repeat(new SampledRow(weight), rows)]);

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Csv(string file) =>
        ReferenceCase.ReadCsv(BundledSurveys.PathOf("..", "tests", "Onpoint.Measurement.Tests", "Estimation", file));
}
