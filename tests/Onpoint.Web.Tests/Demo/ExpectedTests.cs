namespace Onpoint.Web.Tests.Demo;

/// <summary>The published numbers of the demonstration district stay what they were.</summary>
public sealed class ExpectedTests
{
    /// <summary>
    /// sample-surveys/demo-district/expected.json is a regression baseline, printed by the program itself. When a published number is meant to
    /// change, the file that the failure names replaces it, and CHANGELOG.md says so under Numbers.
    /// </summary>
    [Fact]
    public void The_demonstration_district_is_told_the_same_numbers_as_before()
    {
        string now = PublishedDemo.Make().ToJson();
        string expected = BundledSurvey.PathOf("demo-district", "expected.json");
        if (!File.Exists(expected) || File.ReadAllText(expected) != now)
        {
            string written = Path.Combine(AppContext.BaseDirectory, "expected.json");
            File.WriteAllText(written, now);
            Assert.Fail($"Published numbers differ from {expected}; compare it with {written}.");
        }
    }
}
