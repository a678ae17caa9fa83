using System.Text.Json;
using Onpoint.Web.Features.Imports;

namespace Onpoint.Web.Tests.Features.Districts;

public sealed class GetDistrictsTests(OnpointHost host) : IClassFixture<OnpointHost>
{
    [Fact]
    public async Task Districts_come_page_by_page_in_the_order_of_their_own_ids()
    {
        using var folder = new SurveyFolderBuilder();
        string[] ids = [.. Enumerable.Range(1, 5).Select(n => $"{folder.District}-{n}")];
        foreach (string id in ids.Reverse())
        {
            folder.AddDistrict(id);
        }

        await host.ImportAsync(folder.Save());

        List<string?> seen = [];
        string? cursor = null;
        do
        {
            Reply page = await host.GetAsync($"/api/v1/districts?search={folder.District}&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.True(page.Body.GetProperty("districts").GetArrayLength() <= 2);
            seen.AddRange(page.Body.GetProperty("districts").EnumerateArray().Select(district => district.GetProperty("externalId").GetString()));
            cursor = page.Body.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.Equal(ids, seen);
    }

    [Fact]
    public async Task A_search_finds_parts_of_names_and_ids_in_any_case_and_takes_wildcards_literally()
    {
        using var folder = new SurveyFolderBuilder();
        await host.ImportAsync(folder.AddDistrict($"{folder.District}-100%_a").Save());
        string upper = folder.District.ToUpperInvariant();

        Assert.Equal(1, await FoundAsync(upper));
        Assert.Equal(1, await FoundAsync($"district {upper}"));
        Assert.Equal(1, await FoundAsync($"{folder.District}-100%_"));
        Assert.Equal(0, await FoundAsync($"{folder.District}%"));
        Assert.Equal(0, await FoundAsync($"{folder.District}_"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("cursor=!")]
    public async Task A_query_that_cannot_be_used_names_its_parameter(string query)
    {
        Reply reply = await host.GetAsync($"/api/v1/districts?{query}");

        Assert.Equal((400, "invalid-query"), (reply.Status, reply.Problem));
        Assert.Equal(query.Split('=')[0], reply.Body.GetProperty("parameter").GetString());
    }

    [Fact]
    public async Task A_district_its_waves_and_a_wave_with_its_schools_are_found_by_id()
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave();
        ImportedWave imported = (await host.ImportAsync(folder.Save())).Waves[0];

        JsonElement district = (await host.GetAsync($"/api/v1/districts/{imported.DistrictId}")).Body;
        JsonElement waves = (await host.GetAsync($"/api/v1/districts/{imported.DistrictId}/waves")).Body;
        JsonElement wave = (await host.GetAsync($"/api/v1/waves/{imported.WaveId}")).Body;

        Assert.Equal((folder.District, 2024, false), (district.GetProperty("externalId").GetString(), district.GetProperty("launchYear").GetInt32(), district.GetProperty("contributes").GetBoolean()));
        JsonElement one = Assert.Single(waves.GetProperty("waves").EnumerateArray());
        Assert.Equal((imported.WaveId, "open", "Year 1", 2026), (one.GetProperty("waveId").GetGuid(), one.GetProperty("state").GetString(), one.GetProperty("stage").GetString(), one.GetProperty("schoolYear").GetInt32()));
        Assert.Equal("2025-09-01T13:00:00+00:00", wave.GetProperty("wave").GetProperty("opensAt").GetString());
        Assert.Equal(
            ["S1 10", "S2 30"],
            wave.GetProperty("schools").EnumerateArray().Select(school => $"{school.GetProperty("externalId")} {school.GetProperty("eligibleTeachers")}"));
    }

    [Theory]
    [InlineData("/api/v1/districts/{0}", "no-such-district")]
    [InlineData("/api/v1/districts/{0}/waves", "no-such-district")]
    [InlineData("/api/v1/districts/{0}/benchmark", "no-such-district")]
    [InlineData("/api/v1/waves/{0}", "no-such-wave")]
    [InlineData("/api/v1/waves/{0}/scores", "no-such-wave")]
    public async Task What_is_not_there_is_404(string path, string problem)
    {
        Reply reply = await host.GetAsync(path.Replace("{0}", Guid.NewGuid().ToString(), StringComparison.Ordinal));

        Assert.Equal((404, problem), (reply.Status, reply.Problem));
    }

    [Theory]
    [InlineData("/api/v1/waves/7", 400)]
    [InlineData("/api/v1/nothing", 404)]
    public async Task Failures_nobody_answered_are_problems_too(string path, int status)
    {
        Reply reply = await host.GetAsync(path);

        Assert.Equal((status, "application/problem+json"), (reply.Status, reply.ContentType));
    }

    /// <summary>PostgreSQL takes no zero character in a text.</summary>
    [Theory]
    [InlineData("search=%00")]
    [InlineData("cursor=AA")]
    public async Task A_zero_character_finds_nothing(string query) => Assert.InRange((await host.GetAsync($"/api/v1/districts?{query}")).Status, 200, 400);

    private async Task<int> FoundAsync(string search) =>
        (await host.GetAsync($"/api/v1/districts?search={Uri.EscapeDataString(search)}")).Body.GetProperty("districts").GetArrayLength();
}
