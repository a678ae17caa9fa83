using System.Text;
using Onpoint.Measurement.Synthesis;

namespace Onpoint.Measurement.Tests.Synthesis;

public sealed class SurveyFolderTextTests
{
    private static readonly byte[] Answers = [1, 255, 0, .. Enumerable.Repeat((byte)5, 37), 3, 1];

    /// <summary>docs/api.md written out by hand; the position of "0 years" is 1, its value 0.</summary>
    [Fact]
    public void Files_have_the_published_columns_and_codes()
    {
        var opens = new DateTimeOffset(2026, 3, 1, 18, 0, 0, TimeSpan.Zero);
        var survey = new Survey
        {
            Instrument = BundledSurveys.TeacherSurvey,
            Seed = 7,
            Districts = [new SurveyDistrict("D", "North, \"Old\" and New", "NY", 11, 2022, "America/New_York", Contributes: false)],
            Waves = [new SurveyWave("D", "2025-26", 2026, Stage.Year4Plus, opens, opens.AddDays(12))],
            Roster = [new RosterRow("D", "2025-26", "D-1", "School, First", 12)],
            Responses = [new SurveyResponse("D", "D-1", "2025-26", Answers)],
        };

        Dictionary<string, string> files = SurveyFolderText.Files(survey).ToDictionary(file => file.Name, file => Encoding.UTF8.GetString(file.Content));

        Assert.Equal("{\n  \"kind\": \"synthetic\",\n  \"seed\": 7\n}\n", files["dataset.json"]);
        Assert.Equal(
            "district_id,name,state,locale,launch_year,time_zone,contributes\n"
            + "D,\"North, \"\"Old\"\" and New\",NY,11,2022,America/New_York,no\n",
            files["districts.csv"]);
        Assert.Equal(
            "district_id,wave,school_year,term,stage,opens,closes,sample\n"
            + "D,2025-26,2026,Spring,Year 4+,2026-03-01T18:00:00+00:00,2026-03-13T18:00:00+00:00,all\n",
            files["waves.csv"]);
        Assert.Equal("district_id,wave,school_id,school,eligible_teachers\nD,2025-26,D-1,\"School, First\",12\n", files["roster.csv"]);
        string[] rows = files["responses.csv"].Split('\n');
        Assert.StartsWith("district_id,school_id,wave,SC1,SC2,", rows[0], StringComparison.Ordinal);
        Assert.EndsWith(",PS4,PS5,grade-span,years-personalizing", rows[0], StringComparison.Ordinal);
        Assert.Equal("D,D-1,2025-26,1,NA,," + string.Concat(Enumerable.Repeat("5,", 37)) + "3,0", rows[1]);
        Assert.Equal(3, rows.Length);
    }

    [Theory]
    [InlineData("national-2026-synthetic")]
    [InlineData("demo-district")]
    public void Committed_folders_are_what_the_generator_makes(string folder)
    {
        Survey survey = folder == "demo-district" ? BundledSurveys.Demo : BundledSurveys.National;

        Assert.All(
            SurveyFolderText.Files(survey),
            file => Assert.True(file.Content.AsSpan().SequenceEqual(File.ReadAllBytes(BundledSurveys.PathOf(folder, file.Name))), file.Name));
        Assert.Equal(
            File.ReadAllBytes(BundledSurveys.PathOf("onpoint-teacher-1.0", "instrument.json")),
            File.ReadAllBytes(BundledSurveys.PathOf(folder, "instrument.json")));
    }
}
