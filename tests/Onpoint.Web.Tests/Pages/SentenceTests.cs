using Onpoint.Measurement;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Placement;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Landmarks;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Tests.Pages;

/// <summary>The words around the numbers, from the voice of the design and the misreadings it answers. No-break spaces are read as spaces.</summary>
public sealed class SentenceTests
{
    private static readonly Placing Placing = new() { Edition = new EditionLabel("2026.1", Synthetic: true), Districts = 78, StageMeanPoints = 638 };

    [Theory]
    [InlineData("Cedar Valley School District", "Cedar Valley")]
    [InlineData("Cedar Valley Unified School District", "Cedar Valley")]
    [InlineData("Pine Hollow Schools", "Pine Hollow")]
    [InlineData("District 12", "District 12")]
    [InlineData("School District", "School District")]
    public void ShortName_drops_the_kind_of_district(string name, string text) => Assert.Equal(text, DistrictSentences.ShortName(name));

    [Theory]
    [InlineData(200, "Not at all")]
    [InlineData(299, "Not at all")]
    [InlineData(300, "A little")] // half-way takes the higher one
    [InlineData(636, "Somewhat")]
    [InlineData(700, "Quite a lot")]
    [InlineData(1000, "Completely")]
    public void AnswerWord_is_the_closest_answer(double points, string word) => Assert.Equal(word, DistrictSentences.AnswerWord(points));

    [Theory]
    [InlineData(640, 10, PublishedBound.None, "at about 640")]
    [InlineData(940, 10, PublishedBound.Above, "above 940")]
    [InlineData(260, 10, PublishedBound.Below, "below 260")]
    [InlineData(636, 1, PublishedBound.None, "at 636")]
    public void At_reads_as_a_sentence(double points, int rounding, PublishedBound bound, string text) =>
        Assert.Equal(text, Read(DistrictSentences.At(new PublishedMeasure("benchmark", points, null, 7, rounding, bound))));

    [Theory]
    [InlineData(120, TurnoutPrecision.Exact, 160, 0.75, "120 of 160", "75 %", "120 of 160 teachers answered (75 %)")]
    [InlineData(37, TurnoutPrecision.Exact, 35, null, "37 answers, 35 on the roster", "roster too short", "37 answers, 35 on the roster")]
    [InlineData(1, TurnoutPrecision.Exact, null, null, "1 answer", "roster unknown", "1 answer, number of teachers unknown")]
    [InlineData(82, TurnoutPrecision.AtLeast, 160, null, "at least 82 of 160", "not shown", "at least 82 of 160 teachers answered")]
    [InlineData(0, TurnoutPrecision.BelowFive, 8, null, "below 5", "not shown", "below 5 teachers answered")]
    [InlineData(0, TurnoutPrecision.FiveOrMore, 8, null, "5 or more", "not shown", "5 or more teachers answered")]
    public void Turnout_never_says_more_than_may_be_known(
        int answers, TurnoutPrecision precision, int? eligible, double? rate, string answered, string share, string line)
    {
        var turnout = new Turnout(answers, precision, eligible, rate);

        Assert.Equal(answered, Read(DistrictSentences.Answered(turnout)));
        Assert.Equal(share, Read(DistrictSentences.Rate(turnout)));
        Assert.Equal(line, Read(DistrictSentences.TurnoutLine(turnout)));
    }

    [Theory]
    [InlineData(new[] { Band.Typical }, "typical")]
    [InlineData(new[] { Band.Typical, Band.AboveTypical }, "typical or above typical")]
    [InlineData(new Band[0], "")]
    public void Bands_name_one_two_or_none(Band[] bands, string text) => Assert.Equal(text, DistrictSentences.Bands(bands));

    [Fact]
    public void BandSentence_says_synthetic_in_the_same_sentence_and_nothing_without_a_band()
    {
        Assert.Equal(
            "That is typical for Year 2 districts in the synthetic national dataset.",
            Read(DistrictSentences.BandSentence(Placing with { Bands = [Band.Typical] }, Stage.Year2)!));
        Assert.Null(DistrictSentences.BandSentence(Placing, Stage.Year2));
    }

    [Fact]
    public void EquivalentMeaning_says_that_it_is_no_target()
    {
        Assert.Equal(
            "Districts averaging this score are typically between Year 1 and Year 2. It is not a target or a forecast.",
            Read(DistrictSentences.EquivalentMeaning(new EquivalentStage.Range(1, 2, 1.5, null, null))));
        Assert.Equal("About Year 1½", Read(DistrictSentences.EquivalentName(new EquivalentStage.Range(1, 2, 1.5, null, null))));
        Assert.Equal("Year ½ to Year 3", Read(DistrictSentences.EquivalentName(new EquivalentStage.Range(0.5, 3, null, null, null))));
        Assert.Equal("Before the Planning average", DistrictSentences.EquivalentName(new EquivalentStage.BeforePlanning()));
        Assert.Contains("above the average of districts in Year 4+", Read(DistrictSentences.EquivalentMeaning(new EquivalentStage.AboveYear4Plus())), StringComparison.Ordinal);
    }

    [Fact]
    public void Change_that_cannot_be_detected_names_the_smallest_we_would_call_one()
    {
        var change = new ChangeTable
        {
            Before = new SurveyWave(Guid.Empty, "spring", 2024, Stage.Planning),
            AnswersBefore = SampleDistricts.Exact(117, 160),
            Benchmark = SampleDistricts.Change("Benchmark score", 640, 612, 30, ChangeVerdict.NoDetectableChange, 43),
            Parts = [SampleDistricts.Change("Operations", 640, 560, 55, ChangeVerdict.Down, 61)],
        };

        Assert.Equal("No detectable change of the benchmark since the Planning year", DistrictSentences.ChangeHeading(change));
        Assert.Equal(
            "It was 640 and is 612, a change of −28 ± 30. On their own: Operations down. The smallest change we would call a change is 30 points. "
            + "Smaller changes may be there: a true change of 43 points in the benchmark would be found four times in five.",
            Read(DistrictSentences.ChangeSentence(change)));
    }

    [Fact]
    public void ChangeHeading_of_a_fall_has_no_minus_sign()
    {
        var change = new ChangeTable
        {
            Before = new SurveyWave(Guid.Empty, "spring", 2025, Stage.Year1),
            AnswersBefore = SampleDistricts.Exact(117, 160),
            Benchmark = SampleDistricts.Change("Benchmark score", 640, 600, 30, ChangeVerdict.Down, 43),
            Parts = [],
        };

        Assert.Equal("The benchmark went down by 40 points since Year 1", Read(DistrictSentences.ChangeHeading(change)));
    }

    [Fact]
    public void CategoriesHeading_names_no_order_where_the_printed_scores_tie()
    {
        CategoryRow Category(string name, double points) => new(SampleDistricts.Row(name, points, 20, 600), []);

        Assert.Equal("C stands highest, A lowest", DistrictSentences.CategoriesHeading([Category("A", 500), Category("B", 550), Category("C", 600)]));
        Assert.Equal("What is behind the score", DistrictSentences.CategoriesHeading([Category("A", 500), Category("B", 500), Category("C", 600)]));
    }

    /// <summary>Steps are differences of printed points: 630.5 prints as 631, so the step is 631 - 598 = 33.</summary>
    [Fact]
    public void Steps_agree_with_the_readers_own_subtraction() => Assert.Equal([48, 33], LandmarkSentences.Steps([550, 598, 630.5]));

    [Theory]
    [InlineData(0, "Strategy Communication grows by 200 points from Planning to Year 4+. 140 of them, 70 %, come by Year 1 (between 66 % and 74 %).")]
    [InlineData(1, "Operations grow by 38, 36, 34 and 32 points a year. No year brings a leap and none stands still.")]
    [InlineData(2, "Instructional Design grows most in the first year: 80 points, against 48 a year later. The teacher role leads (100 points against 60), then the student role catches up (148 against 62 by Year 4+).")]
    [InlineData(3, "Culture grows by 90 points to Year 2 and then stops: 650, 646, 645. On average, nothing is added after the second year.")]
    public void National_sentences_carry_the_numbers_of_their_charts(int landmark, string text) =>
        Assert.Equal(text, Read(LandmarkSentences.National(SampleLandmarks.National.Landmarks[landmark])));

    [Theory]
    [InlineData(0, "grows by 200 points from Planning to Year 4+.")]
    [InlineData(1, "points a year.")]
    [InlineData(2, "afterwards the student role 148 against 62 by Year 4+.")]
    [InlineData(3, "from there on it is at 650, 646 and 645.")]
    public void National_sentences_claim_no_pattern_that_is_not_seen(int landmark, string ending) =>
        Assert.EndsWith(ending, Read(LandmarkSentences.National(SampleLandmarks.Undecided.Landmarks[landmark])), StringComparison.Ordinal);

    [Fact]
    public void A_share_is_of_the_growth_so_far_until_the_last_stage_and_above_the_whole_it_is_all()
    {
        Assert.Equal(
            "By Year 1, Cedar Valley had made 83 % of its growth so far (somewhere between 55 % and all of it). Districts in the dataset made 82 % over the same stages.",
            Landmark(new ShareOfGrowth(0.83, 0.55, 1.12, Stage.Year2)));
        Assert.StartsWith("By Year 1, Cedar Valley had made all of its growth (somewhere between 80 % and all of it).", Landmark(new ShareOfGrowth(1.1, 0.8, 1.4, Stage.Year4Plus)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_landmark_that_cannot_be_told_says_how_far_the_district_moved() =>
        Assert.Equal("From Planning to Year 2, Cedar Valley’s Operations grew by 66 points (dataset: +74).", Read(DistrictSentences.OwnGrowth("Cedar Valley", Landmarks[1])));

    [Fact]
    public void A_test_line_states_the_side_on_which_its_interval_must_lie()
    {
        Assert.Equal(
            "Growth of Culture of Innovation from Year 2 to Year 4+: −5 points (interval −14 to +4; to lie below 10).",
            Read(LandmarkSentences.Line(new TestLine(LandmarkQuantity.GrowthAfterYear2, "Culture of Innovation", Stage.Year2, Stage.Year4Plus, -5.33, -14, 4))));
        Assert.Equal(
            "Growth of the teacher role minus that of the student role, Planning to Year 1: +40 points (interval +31 to +49; to lie above 0).",
            Read(LandmarkSentences.Line(new TestLine(LandmarkQuantity.TeacherBeyondStudent, "Instructional Design", Stage.Planning, Stage.Year1, 40, 31, 49))));
    }

    [Fact]
    public void All_landmarks_open_is_said_once_with_every_reason()
    {
        DistrictLandmark Open(int landmark, LandmarkOutcome test) => Landmarks[landmark] with { Test = test };
        DistrictLandmark[] landmarks =
        [
            Open(0, SampleLandmarks.Open(LandmarkReason.GrowthNotEstablished, LandmarkBasis.OwnWaves)),
            Open(1, SampleLandmarks.Open(LandmarkReason.TooFewWaves, null)),
            Open(2, SampleLandmarks.Open(LandmarkReason.MarginsTooWide, LandmarkBasis.OwnWaves)),
            Open(3, SampleLandmarks.Open(LandmarkReason.TooFewWaves, null)),
        ];

        Assert.Equal("The four landmarks", DistrictSentences.LandmarksHeading(landmarks));
        Assert.Equal(
            "Districts pass four landmarks on the way. For all four we cannot tell yet: two need a later wave; for one it is not established that there is growth; for one the margins are too wide.",
            DistrictSentences.LandmarksSentence("Cedar Valley", landmarks));
    }

    private static IReadOnlyList<DistrictLandmark> Landmarks => ((DistrictState.Scored)SampleDistricts.All["district"].State).Result.Landmarks;

    private static string Landmark(ShareOfGrowth share) => Read(DistrictSentences.OwnGrowth("Cedar Valley", Landmarks[0] with { Share = share }));

    private static string Read(string text) => text.Replace('\u00A0', ' ');
}
