using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Verification;

namespace Onpoint.Measurement.Tests.Verification;

public sealed class ScoreVerificationTests
{
    private static readonly Lazy<ScoreReproduction> SixSchools = new(() => new VerifiedWave()
        .Answer("a", 60, 40).Answer("b", 50, 30).Answer("c", 40, 24).Answer("d", 30, 22).Answer("e", 16, 9).Answer("f", 14, 4).File());

    [Fact]
    public void A_published_score_is_recomputed_from_its_file()
    {
        VerificationReport report = ScoreVerification.Verify(SixSchools.Value.ToCanonicalJson());

        Assert.True(report.Equal, report.FirstDifference?.ToString());
        Assert.Empty(report.NotChecked);

        // Six measures with points, margin, reliability and band; the benchmark with two percentiles and a stage equivalent.
        Assert.Equal(6 * 4 + 3, report.Quantities.Count);
        Assert.Contains(report.Quantities, quantity => quantity is { Name: "benchmark percentile", Published: var place } && place.Contains(" to ", StringComparison.Ordinal));
        Assert.Contains(report.Quantities, quantity => quantity is { Name: "benchmark stage equivalent", Published: var stage } && stage.StartsWith("between", StringComparison.Ordinal));
    }

    [Fact]
    public void One_line_for_all_schools_is_enough_where_weights_are_answers()
    {
        VerificationReport report = ScoreVerification.Verify(new VerifiedWave().Answer("a", null, 40).Answer("b", 50, 30).File().ToCanonicalJson());

        Assert.True(report.Equal, report.FirstDifference?.ToString());
        Assert.Equal(["The placing is not checked: the exact counts it rests on would give a small staff away."], report.NotChecked);
        Assert.Equal(12, report.Quantities.Count);
    }

    [Fact]
    public void Sampled_schools_are_one_line()
    {
        ScoreReproduction file = new VerifiedWave(samplesSchools: true).Answer("a", 60, 40).Answer("b", 50, 30).Answer("c", 50, 30).File();
        VerificationReport report = ScoreVerification.Verify(file.ToCanonicalJson());

        Assert.True(report.Equal, report.FirstDifference?.ToString());
        Assert.Equal((2, 2, 0), (file.Totals.LeastDegrees, file.Totals.MostDegrees, file.Totals.Schools.Count));
        Assert.Null(file.Totals.Joint!.SamplingFactors);
        Assert.Equal(27, report.Quantities.Count);
    }

    [Fact]
    public void The_plain_mean_has_steps_of_a_hundredth()
    {
        ScoreReproduction file = new VerifiedWave(scale: ScoreScale.Mean).Answer("a", 60, 40).Answer("b", 50, 30).File();
        Assert.True(ScoreVerification.Verify(file.ToCanonicalJson()).Equal);

        PublishedResult wrong = file.Published[0] with { Points = file.Published[0].Points + 0.011 };
        Assert.Equal("benchmark points", ScoreVerification.Verify((file with { Published = [wrong, .. file.Published.Skip(1)] }).ToCanonicalJson()).FirstDifference?.Name);
    }

    /// <summary>A school of eight beside one of thirty: both are the joint line, and its exact spread would give away that of the eight.</summary>
    [Fact]
    public void With_rounded_covariances_margins_and_placing_are_those_of_some_variance_within_half_a_step()
    {
        ScoreReproduction file = new VerifiedWave().Answer("a", 60, 40).Answer("b", 50, 30).Answer("e", 16, 8).File();
        VerificationReport report = ScoreVerification.Verify(file.ToCanonicalJson());

        Assert.True(report.Equal, report.FirstDifference?.ToString());
        Assert.True(file.Totals.Joint!.CovarianceStep > 0);
        Assert.Equal(27, report.Quantities.Count);
        Assert.Empty(report.NotChecked);

        // Margins are still held to about a point.
        PublishedResult wrong = file.Published[0] with { MarginPoints = file.Published[0].MarginPoints + 2 };
        Assert.Equal("benchmark margin", ScoreVerification.Verify((file with { Published = [wrong, .. file.Published.Skip(1)] }).ToCanonicalJson()).FirstDifference?.Name);
    }

    [Fact]
    public void A_wave_that_is_not_placed_has_points_and_margins()
    {
        ScoreReproduction file = SixSchools.Value with { Norms = null };

        Assert.Equal(12, ScoreVerification.Verify(file.ToCanonicalJson()).Quantities.Count);
        Assert.Empty(ScoreVerification.Verify(file.ToCanonicalJson()).NotChecked);
    }

    /// <summary>Each kind of number changed by hand in the file's text: the first quantity that no longer follows is named.</summary>
    [Theory]
    [InlineData("published[0].points", 1.1, "benchmark points")]
    [InlineData("published[0].marginPoints", 1.1, "benchmark margin")]
    [InlineData("published[5].points", -1.1, "c3 points")]
    [InlineData("published[0].reliability", 0.01, "benchmark reliability")]
    [InlineData("totals.schools[0].eligible", 90, "benchmark points")]
    [InlineData("totals.schools[1].counts[2]", 2, "benchmark points")]
    [InlineData("totals.schools[1].sums[2]", 3000, "benchmark points")]
    [InlineData("totals.schools[1].pairs[0].products", 99999999, "benchmark margin")]
    [InlineData("totals.schools[1].pairs[0].firstSum", -4000, "benchmark margin")]
    [InlineData("totals.schools[1].pairs[1].secondSum", 4000, "benchmark margin")]
    [InlineData("totals.joint.eligible", 300, "benchmark points")]
    [InlineData("totals.joint.meanPoints[1]", 100, "benchmark points")]
    [InlineData("totals.joint.covariances[0]", 900, "benchmark margin")]
    [InlineData("totals.joint.samplingFactors[0]", 0.05, "benchmark reliability")]
    [InlineData("totals.leastDegrees", -117, "benchmark percentile")]
    [InlineData("instrument.components[2].unitNumerator", 1, "benchmark points")]
    [InlineData("instrument.measures[0].weights[0].numerator", 1, "benchmark points")]
    [InlineData("norms.cells[0].meanPoints", 400, "benchmark stage equivalent")]
    [InlineData("norms.cells[1].tauPoints", -40, "benchmark reliability")]
    [InlineData("norms.cells[1].meanPoints", -60, "benchmark band")]
    [InlineData("norms.cells[5].meanPoints", -300, "benchmark percentile of all stages")]
    public void A_number_that_was_changed_is_named(string path, double by, string first)
    {
        VerificationReport report = ScoreVerification.Verify(Change(SixSchools.Value.ToCanonicalJson(), path, by));

        Assert.False(report.Equal);
        Assert.Equal(first, report.FirstDifference!.Name);
        Assert.NotEqual(report.FirstDifference.Published, report.FirstDifference.Recomputed);
    }

    [Theory]
    [InlineData("published[0].band", "benchmark band")]
    [InlineData("published[0].stagePercentile", "benchmark percentile")]
    [InlineData("published[0].allStagesPercentile", "benchmark percentile of all stages")]
    [InlineData("published[0].stageEquivalent", "benchmark stage equivalent")]
    public void A_word_that_was_changed_is_named(string path, string first) =>
        Assert.Equal(first, ScoreVerification.Verify(Edit(SixSchools.Value.ToCanonicalJson(), path, _ => JsonValue.Create("else"))).FirstDifference!.Name);

    [Theory]
    [InlineData("schema", "\"onpoint-reproduction-0\"", "schema: ")]
    [InlineData("instrument.components[0].unitDenominator", "0", "instrument.components: ")]
    [InlineData("instrument.measures[1].weights", "[]", "instrument.measures[1].weights: ")]
    [InlineData("instrument.measures[1].weights[0].component", "3", "instrument.measures[1].weights: ")]
    [InlineData("published[1].measure", "\"x\"", "published: ")]
    [InlineData("totals.leastDegrees", "0", "totals.leastDegrees: ")]
    [InlineData("totals.mostDegrees", "1", "totals.leastDegrees: ")]
    [InlineData("totals.schools[0].eligible", "0", "totals.schools[0].eligible: ")]
    [InlineData("totals.schools[1].counts[0]", "1", "totals.schools[1].counts: ")]
    [InlineData("totals.schools[1].counts", "[9]", "totals.schools[1].counts: ")]
    [InlineData("totals.schools[1].sums", "[9]", "totals.schools[1].sums: ")]
    [InlineData("totals.schools[1].pairs", "[]", "totals.schools[1].pairs: ")]
    [InlineData("totals.joint.eligible", "0", "totals.joint.eligible: ")]
    [InlineData("totals.joint.meanPoints", "[9]", "totals.joint.meanPoints: ")]
    [InlineData("totals.joint.covariances", "[9]", "totals.joint.covariances: ")]
    [InlineData("totals.joint.covarianceStep", "-1", "totals.joint.covarianceStep: ")]
    [InlineData("totals.joint.samplingFactors", "null", "totals.joint.samplingFactors: ")]
    [InlineData("totals.joint.samplingFactors", "[1]", "totals.joint.samplingFactors: ")]
    [InlineData("totals.joint.samplingFactors[0]", "0", "totals.joint.samplingFactors: ")]
    public void A_file_whose_parts_do_not_fit_is_refused_with_the_place(string path, string value, string place)
    {
        FormatException refused = Assert.Throws<FormatException>(() => ScoreVerification.Verify(Edit(SixSchools.Value.ToCanonicalJson(), path, _ => JsonNode.Parse(value))));
        Assert.StartsWith(place, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_line_is_refused()
    {
        byte[] noSchool = Edit(SixSchools.Value.ToCanonicalJson(), "totals.schools", _ => new JsonArray());
        Assert.StartsWith("totals: ", Assert.Throws<FormatException>(() => ScoreVerification.Verify(Edit(noSchool, "totals.joint", _ => null))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("")]
    public void What_is_no_reproduction_is_refused(string text) => Assert.Throws<FormatException>(() => ScoreVerification.Verify(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Another_spelling_of_the_same_file_is_refused() =>
        Assert.Throws<FormatException>(() => ScoreVerification.Verify(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(SixSchools.Value.ToCanonicalJson()).Replace(",", ", ", StringComparison.Ordinal))));

    private static byte[] Change(byte[] file, string path, double by) => Edit(file, path, old => decimal.Parse(old!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) + (decimal)by is var sum && sum == Math.Floor(sum)
        ? JsonValue.Create((long)sum)
        : JsonValue.Create(CanonicalJson.Round((double)sum)));

    private static byte[] Edit(byte[] file, string path, Func<JsonNode?, JsonNode?> edit)
    {
        JsonNode root = JsonNode.Parse(file)!;
        string[] steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        JsonNode parent = steps.SkipLast(1).Aggregate(root, (node, step) => step[0] == '[' ? node[Index(step)]! : node[step]!);
        if (steps[^1][0] == '[')
        {
            parent[Index(steps[^1])] = edit(parent[Index(steps[^1])]);
        }
        else
        {
            parent[steps[^1]] = edit(parent[steps[^1]]);
        }

        return [.. Encoding.UTF8.GetBytes(root.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })), (byte)'\n'];

        static int Index(string step) => int.Parse(step[1..^1], CultureInfo.InvariantCulture);
    }
}
