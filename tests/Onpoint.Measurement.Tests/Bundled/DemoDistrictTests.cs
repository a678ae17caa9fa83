using System.Text.Json;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Tests.Synthesis;

namespace Onpoint.Measurement.Tests.Bundled;

/// <summary>
/// The demonstration district from its files to its numbers. Expected numbers: demo-district.csv, computed teacher by teacher by demo-district.R (R 4.2.2).
/// The tolerance leaves both programs their rounding, about 1e-14, and the 1e-10 or so to which either inverts Student's t.
/// </summary>
public sealed class DemoDistrictTests
{
    private const double Relative = 1e-9;

    private static readonly Lazy<IReadOnlyList<EstimatedWave>> Waves = new(() => SurveyCsv.Estimate("demo-district"));

    /// <summary>District and shown schools of all three waves, and landmark 1 with Fieller's interval: 745 numbers.</summary>
    [Fact]
    public void Every_number_is_that_of_R()
    {
        LandmarkResult landmark = Result(Landmark.SharedUnderstanding);
        GrowthShare share = landmark.Shares[^1];
        Dictionary<string, double> ours = Waves.Value.SelectMany(WaveValues.Of)
            .Concat(Waves.Value.SelectMany(wave => ShownSchools(wave).SelectMany(school => wave.Estimate.Schools[school].Measures.SelectMany(measure =>
                WaveValues.Of($"{wave.District}/{wave.Wave}/{school}", measure, TwoSidedT.Quantile(measure.DegreesOfFreedom!.Value) * measure.StandardError!.Value)))))
            .Concat(WaveValues.Of(landmark))
            .Append(("landmark-1/share_low", share.Low!.Value))
            .Append(("landmark-1/share_high", share.High!.Value))
            .ToDictionary(value => value.Item1, value => value.Item2);

        ReferenceValues.AssertSame(ReferenceValues.Read("demo-district.csv"), ours, Relative);
    }

    /// <summary>expected.json, the regression baseline of the published numbers, against demo-district.csv: points and margins rounded to whole points, halves away from zero.</summary>
    [Fact]
    public void The_published_points_and_margins_round_those_of_R()
    {
        IReadOnlyDictionary<string, double> reference = ReferenceValues.Read("demo-district.csv");
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllBytes(BundledSurveys.PathOf("demo-district", "expected.json")));
        (string Unit, JsonElement Score)[] scores = [.. expected.RootElement.GetProperty("waves").EnumerateArray().SelectMany(wave =>
            Scores(wave, "district").Select(score => ("district", score))
                .Concat(wave.GetProperty("schools").EnumerateArray().SelectMany(school => Scores(school, "scores").Select(score => (school.GetProperty("id").GetString()!, score))))
                .Select(score => ($"cedar-valley/{wave.GetProperty("wave").GetString()}/{score.Item1}", score.score)))];

        Assert.Equal(3 * (1 + 4) * 12, scores.Length);
        Assert.All(scores, score =>
        {
            string name = $"{score.Unit}/{score.Score.GetProperty("measure").GetString()}";
            Assert.Equal(Math.Round(reference[$"{name}/points"], MidpointRounding.AwayFromZero), score.Score.GetProperty("points").GetDouble());
            Assert.Equal(Math.Round(reference[$"{name}/margin"], MidpointRounding.AwayFromZero), score.Score.GetProperty("margin").GetDouble());
        });

        static IEnumerable<JsonElement> Scores(JsonElement unit, string name) => unit.GetProperty(name).EnumerateArray();
    }

    /// <summary>README of the dataset: North Fork has fewer than five scores, and Old Mill hides it.</summary>
    [Fact]
    public void The_two_smallest_schools_are_withheld_in_every_wave() => Assert.All(
        Waves.Value,
        wave => Assert.Equal(["cedar-valley-1", "cedar-valley-2", "cedar-valley-3", "cedar-valley-4"], ShownSchools(wave)));

    /// <summary>The verdicts that the national dataset's README, section 10 expects; landmark 1 with a contrast of 55 and a standard error of 17, in whole points.</summary>
    [Fact]
    public void Landmark_1_is_seen_and_three_waves_are_too_little_for_the_others()
    {
        LandmarkResult first = Result(Landmark.SharedUnderstanding);

        Assert.Equal(LandmarkVerdict.Seen, first.Verdict);
        Assert.Equal(55, first.Conditions.Single().Points, 0.5);
        Assert.Equal(17, first.Conditions.Single().StandardErrorPoints, 0.5);
        Assert.Equal((LandmarkVerdict.CannotTell, LandmarkReason.TooFewWaves), Verdict(Landmark.Operations));
        Assert.Equal(LandmarkVerdict.CannotTell, Verdict(Landmark.StudentAgency).Verdict);
        Assert.Equal((LandmarkVerdict.CannotTell, LandmarkReason.TooFewWaves), Verdict(Landmark.Culture));
    }

    private static LandmarkResult Result(Landmark landmark) =>
        LandmarkTests.ForDistrict([.. Waves.Value.Select(wave => wave.Record)]).Single(result => result.Landmark == landmark);

    private static (LandmarkVerdict Verdict, LandmarkReason? Reason) Verdict(Landmark landmark) => (Result(landmark).Verdict, Result(landmark).Reason);

    /// <summary>As a first revision shows them.</summary>
    private static IEnumerable<string> ShownSchools(EstimatedWave wave) => DisclosureControl
        .Decide(1, [.. wave.Estimate.Schools.OrderBy(school => school.Key, StringComparer.Ordinal).Select(school => Unit(school.Key, school.Value)).Prepend(Unit(null, wave.Estimate.District))])
        .Where(decision => decision is { UnitId: not null, ShownRevision: not null })
        .Select(decision => decision.UnitId!);

    private static DisclosureUnit Unit(string? id, UnitEstimate unit) =>
        new(id, [unit.SmallestCount], unit.Responses, unit.Eligible, ShownRevision: null, OwnRow: null, WasWithheld: false, InDistrictRow: null);
}
