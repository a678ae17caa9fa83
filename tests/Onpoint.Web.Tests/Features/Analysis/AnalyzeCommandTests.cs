using System.Globalization;
using System.Text.Json;
using Onpoint.Web.Tests.Database;

namespace Onpoint.Web.Tests.Features.Analysis;

/// <summary><c>onpoint analyze</c> as a consultant runs it: on the bundled demonstration district and on small folders.</summary>
public sealed class AnalyzeCommandTests(PostgresFixture postgres)
{
    private static readonly string Demo = Path.Combine(AppContext.BaseDirectory, "sample-surveys", "demo-district");
    private static readonly string National = Path.Combine(AppContext.BaseDirectory, "sample-surveys", "national-2026-synthetic");

    /// <summary>demo-district.csv beside demo-district.R: points, errors, degrees of freedom and margins of the district and its schools by base R, 1e-9 relative.</summary>
    [Fact]
    public async Task Json_holds_the_numbers_of_R_with_all_digits()
    {
        using JsonDocument analysis = await JsonAsync(Demo, "--disclosure", "off");
        Dictionary<string, double> ours = [];
        foreach (JsonElement wave in analysis.RootElement.GetProperty("waves").EnumerateArray())
        {
            string place = $"{wave.GetProperty("district").GetString()}/{wave.GetProperty("wave").GetString()}";
            foreach (JsonElement unit in wave.GetProperty("schools").EnumerateArray().Prepend(wave.GetProperty("total")))
            {
                foreach (JsonElement measure in unit.GetProperty("measures").EnumerateArray())
                {
                    string name = $"{place}/{unit.GetProperty("school").GetString() ?? "district"}/{measure.GetProperty("measure").GetString()}";
                    foreach ((string suffix, string member) in (ReadOnlySpan<(string, string)>)
                        [("points", "points"), ("standard_error", "standardErrorPoints"), ("degrees_of_freedom", "degreesOfFreedom"), ("margin", "marginPoints")])
                    {
                        if (measure.GetProperty(member) is { ValueKind: JsonValueKind.Number } number)
                        {
                            ours.Add($"{name}/{suffix}", number.GetDouble());
                        }
                    }
                }
            }
        }

        (string Name, double Value)[] reference =
        [
            .. File.ReadLines(Path.Combine(Repository.Folder, "tests", "Onpoint.Measurement.Tests", "Bundled", "demo-district.csv")).Skip(1)
                .Select(line => line.Split(','))
                .Where(cells => cells[0].Split('/').Length == 5)
                .Select(cells => (cells[0], double.Parse(cells[1], CultureInfo.InvariantCulture))),
        ];
        Assert.True(reference.Length > 3 * 12 * 4, $"{reference.Length} reference values");
        Assert.All(reference, value => Assert.Equal(value.Value, ours[value.Name], 1e-9 * Math.Abs(value.Value)));
    }

    [Fact]
    public async Task Small_schools_are_protected_unless_the_owner_of_the_answers_asks()
    {
        using JsonDocument on = await JsonAsync(Demo);
        using JsonDocument off = await JsonAsync(Demo, "--disclosure", "off");

        // The demonstration district's README: six schools, the two smallest are withheld.
        Assert.Equal([4, 6], ((ReadOnlySpan<JsonDocument>)[on, off]).ToArray().Select(Shown));
        Assert.True(on.RootElement.GetProperty("settings").GetProperty("disclosureControl").GetBoolean());

        static int Shown(JsonDocument analysis) =>
            analysis.RootElement.GetProperty("waves")[0].GetProperty("schools").EnumerateArray().Count(school => school.GetProperty("measures").GetArrayLength() > 0);
    }

    /// <summary>Percentile, growth share and verdicts of the demonstration district as its README tells them; the share and its interval as demo-district.R computes them.</summary>
    [Fact]
    public async Task Placing_and_landmarks_are_those_of_the_service()
    {
        using JsonDocument analysis = await JsonAsync(Demo, "--norms", National);
        JsonElement root = analysis.RootElement;
        JsonElement newest = root.GetProperty("waves")[2];

        JsonElement percentile = newest.GetProperty("placing")[0].GetProperty("stagePercentile").GetProperty("value");
        Assert.Equal([47, 26, 69], ((string[])["value", "low", "high"]).Select(end => Math.Round(percentile.GetProperty(end).GetDouble())));
        JsonElement landmark = root.GetProperty("landmarks")[0].GetProperty("results")[0];
        Assert.Equal(("shared-understanding", "seen"), (landmark.GetProperty("landmark").GetString(), landmark.GetProperty("verdict").GetString()));
        JsonElement share = landmark.GetProperty("shares")[0];
        Assert.Equal(0.82438225182394731, share.GetProperty("share").GetDouble(), 1e-9);
        Assert.Equal(0.62333822896422397, share.GetProperty("low").GetDouble(), 1e-9);
        Assert.Equal(2, root.GetProperty("changes").GetArrayLength());
        Assert.Equal("2026.1", root.GetProperty("settings").GetProperty("edition").GetProperty("id").GetString());
    }

    /// <summary>S001 is one of the 142 districts of the edition: alone it is placed among the 141 others, as the service places it.</summary>
    [Fact]
    public async Task A_contributing_district_is_placed_without_its_own_waves()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        foreach (string file in (string[])["districts.csv", "waves.csv", "roster.csv", "responses.csv"])
        {
            string[] lines = File.ReadAllLines(Path.Combine(National, file));
            File.WriteAllLines(Path.Combine(folder.Path, file), lines.Where((line, place) => place == 0 || line.StartsWith("S001,", StringComparison.Ordinal)));
        }

        File.Copy(Path.Combine(National, "instrument.json"), Path.Combine(folder.Path, "instrument.json"));
        using JsonDocument alone = await JsonAsync(folder.Path, "--norms", National);

        Assert.Equal("S001", alone.RootElement.GetProperty("settings").GetProperty("edition").GetProperty("withoutDistrict").GetString());
        JsonElement wave = alone.RootElement.GetProperty("waves")[0];
        using JsonDocument norms = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(National, "edition.json")));
        JsonElement full = norms.RootElement.GetProperty("cells").EnumerateArray().First(cell =>
            cell.GetProperty("measure").GetString() == "benchmark" && cell.GetProperty("stage").GetString() == wave.GetProperty("stage").GetString());

        // (D x mean - X) / (D - 1): the mean of the others, by hand.
        JsonElement placing = wave.GetProperty("placing")[0];
        double districts = full.GetProperty("districts").GetInt32();
        double others = (districts * full.GetProperty("meanPoints").GetDouble() - placing.GetProperty("points").GetDouble()) / (districts - 1);
        Assert.Equal(others, placing.GetProperty("stageMeanPoints").GetDouble(), 1e-5);
    }

    /// <summary>All 316 waves of 142 districts: the national landmarks as decision 0010 and the edition tell them.</summary>
    [Fact]
    public async Task A_nation_is_analysed_like_a_district()
    {
        using JsonDocument analysis = await JsonAsync(National);
        JsonElement root = analysis.RootElement;

        Assert.Equal((142, 316, 14585), (root.GetProperty("counts").GetProperty("districts").GetInt32(), root.GetProperty("counts").GetProperty("waves").GetInt32(), root.GetProperty("counts").GetProperty("responses").GetInt32()));
        JsonElement all = root.GetProperty("landmarks")[0];
        Assert.Equal(JsonValueKind.Null, all.GetProperty("district").ValueKind);
        Assert.All(all.GetProperty("results").EnumerateArray(), result => Assert.Equal(("seen", "panel"), (result.GetProperty("verdict").GetString(), result.GetProperty("basis").GetString())));

        // The generator draws districts with an SD of 42 points and 24 more by component: 48 together.
        Assert.All(root.GetProperty("components").EnumerateArray(), component => Assert.InRange(component.GetProperty("variances").GetProperty("betweenDistrictsSdPoints").GetDouble(), 30, 90));
    }

    /// <summary>Ten of twenty teachers in both schools: a finite population halves every variance, so SE falls by the square root of 2.</summary>
    [Fact]
    public async Task Population_corrections_shrink_margins()
    {
        using var folder = new SurveyFolderBuilder();
        folder.AddDistrict().AddWave().AddSchool("S1", 20).AddSchool("S2", 20);
        foreach (string school in (string[])["S1", "S2"])
        {
            folder.Answer(school, Enumerable.Range(0, 10).Select(teacher => $"{teacher % 5 + 1},{(teacher + 2) % 5 + 1},{10 * (teacher % 4 + 1)},1"));
        }

        using JsonDocument without = await JsonAsync(folder.Save());
        using JsonDocument with = await JsonAsync(folder.Path, "--population-schools", "2");

        Assert.Equal(Error(without) / Math.Sqrt(2), Error(with), 1e-9);
        (int code, _, string errors) = await RunAsync(folder.Path, "--population-schools", "1");
        Assert.Equal(1, code);
        Assert.Contains("2 schools, more than --population-schools 1", errors, StringComparison.Ordinal);

        static double Error(JsonDocument analysis) =>
            analysis.RootElement.GetProperty("waves")[0].GetProperty("total").GetProperty("measures")[0].GetProperty("standardErrorPoints").GetDouble();
    }

    /// <summary>Two sampled schools whose answers are all 2 and all 4: X = 600 and, by hand, Var = 2/(2 - 1) (2 x (200/2)²) = 40,000 with equal weights of 1/2.</summary>
    [Fact]
    public async Task Sampled_schools_are_clusters()
    {
        using var folder = new SurveyFolderBuilder();
        folder.AddDistrict().AddWave().AddSchool("S1", 20).AddSchool("S2", 20)
            .Answer("S1", Enumerable.Repeat("2,2,20,1", 10)).Answer("S2", Enumerable.Repeat("4,4,40,1", 10));

        using JsonDocument analysis = await JsonAsync(folder.Save(), "--design", "clusters");

        JsonElement benchmark = analysis.RootElement.GetProperty("waves")[0].GetProperty("total").GetProperty("measures")[0];
        Assert.Equal((600.0, 1.0), (benchmark.GetProperty("points").GetDouble(), benchmark.GetProperty("degreesOfFreedom").GetDouble()));
        Assert.Equal(200, benchmark.GetProperty("standardErrorPoints").GetDouble(), 1e-9);
        Assert.Equal("clusters", analysis.RootElement.GetProperty("settings").GetProperty("design").GetString());
    }

    /// <summary>Without a roster schools count by their answers: (12 x 400 + 6 x 800) / 18 = 533.3.</summary>
    [Fact]
    public async Task Files_one_by_one_need_neither_waves_nor_a_roster()
    {
        using var folder = new SurveyFolderBuilder();
        folder.AddDistrict().AddWave().AddSchool("S1", 20).AddSchool("S2", 20).Save();
        string answers = folder.SaveAnswers("mine.csv", [.. Enumerable.Repeat("S1,2,2,20,1", 12), .. Enumerable.Repeat("S2,4,4,40,1", 6)]);

        using JsonDocument analysis = await JsonAsync("--instrument", Path.Combine(folder.Path, "instrument.json"), "--responses", answers, "--disclosure", "off");

        JsonElement wave = analysis.RootElement.GetProperty("waves")[0];
        Assert.True(wave.GetProperty("denominatorUnknown").GetBoolean());
        Assert.Equal(JsonValueKind.Null, wave.GetProperty("responseRate").ValueKind);
        Assert.Equal(1600.0 / 3, wave.GetProperty("total").GetProperty("measures")[0].GetProperty("points").GetDouble(), 1e-9);

        folder.Replace("one.csv", "school_id,eligible_teachers\nS1,30\nS2,10\n");
        using JsonDocument weighted = await JsonAsync(
            "--instrument", Path.Combine(folder.Path, "instrument.json"), "--responses", answers, "--roster", Path.Combine(folder.Path, "one.csv"), "--disclosure", "off");
        Assert.Equal(500, weighted.RootElement.GetProperty("waves")[0].GetProperty("total").GetProperty("measures")[0].GetProperty("points").GetDouble(), 1e-9); // (3 x 400 + 800) / 4
    }

    [Fact]
    public async Task What_is_wrong_is_named_with_its_place()
    {
        using var folder = new SurveyFolderBuilder();
        folder.AddDistrict().AddWave().AddSchool("S1", 20).Answer("S1", "2,2,20,1", "9,2,20,1").Answer("S9", "2,2,20,1");

        (int code, string output, string errors) = await RunAsync(folder.Save());
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("responses.csv, line 3, column A1: 9 is not an answer", errors, StringComparison.Ordinal);
        Assert.Contains("responses.csv, line 4, column school_id: S9 is not in roster.csv", errors, StringComparison.Ordinal);

        Assert.Equal(1, (await RunAsync(Demo, "--responses", "x.csv")).Code);
        Assert.Equal(1, (await RunAsync("--responses", "x.csv")).Code);
        Assert.Contains("There is no folder", (await RunAsync("/nowhere")).Errors, StringComparison.Ordinal);
        folder.Replace("responses.csv", "school_id,district_id,wave,A1\n");
        Assert.Contains("is of onpoint-teacher 1.0", (await RunAsync(folder.Path, "--norms", National)).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_shows_every_part()
    {
        (int code, string output, _) = await RunAsync(Demo, "--norms", National);

        Assert.Equal(0, code);
        Assert.All(
            (string[])["Reliability of the components", "Items", "Scores with 95 % margins", "Placed against the norms", "Changes between waves", "Growth over the stages", "Landmarks", "636\u00A0±\u00A021"],
            part => Assert.Contains(part, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_published_schema_is_that_of_the_program()
    {
        (int code, string output, _) = await RunAsync("--schema");

        Assert.Equal(0, code);
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Folder, "docs", "analysis.schema.json")), output);
    }

    private async Task<JsonDocument> JsonAsync(params string[] arguments)
    {
        (int code, string output, string errors) = await RunAsync([.. arguments, "--format", "json"]);
        Assert.Equal((0, ""), (code, errors));
        return JsonDocument.Parse(output);
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) =>
        OnpointProcess.RunAsync(postgres, "postgres", ["analyze", .. arguments]);
}
