using Onpoint.Web.Tests.Database;

namespace Onpoint.Web.Tests.Features.Norms;

/// <summary>The verbs that look at editions, as a user runs them, on the bundled national dataset.</summary>
public sealed class NormsCommandTests(PostgresFixture postgres)
{
    private static readonly string Bundled = Path.Combine(AppContext.BaseDirectory, "sample-surveys", "national-2026-synthetic");

    [Fact]
    public async Task The_bundled_edition_is_what_its_survey_folder_gives()
    {
        (int code, string output, string errors) = await RunAsync("verify", Bundled);

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("Equal: edition 2026.1 was built again from 314 waves of 142 districts", output, StringComparison.Ordinal); // counts of the folder's README
    }

    [Fact]
    public async Task An_edition_verifies_from_its_dataset_file_and_a_changed_number_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("e.json", (await FailureAsync("build", Bundled, "--id", "2026.1", "--out", Path.Combine(folder.Path, "e.json"))).Errors, StringComparison.Ordinal); // there is no such folder yet
        Directory.CreateDirectory(folder.Path);
        (string edition, string dataset, string changed) = (Path.Combine(folder.Path, "e.json"), Path.Combine(folder.Path, "d.json"), Path.Combine(folder.Path, "c.json"));
        Assert.Equal((0, ""), await FailureAsync("build", Bundled, "--id", "2026.1", "--out", edition, "--dataset", dataset));
        Assert.Equal(File.ReadAllBytes(Path.Combine(Bundled, "edition.json")), File.ReadAllBytes(edition));
        Assert.Equal((0, ""), await FailureAsync("verify", edition, "--dataset", dataset));

        // The first cell's responses: 2,305 teachers at Planning.
        File.WriteAllText(changed, File.ReadAllText(edition).Replace("\"responses\":2305,\"stage\":\"planning\"", "\"responses\":2306,\"stage\":\"planning\"", StringComparison.Ordinal));
        (int code, _, string errors) = await RunAsync("verify", changed, "--dataset", dataset);
        Assert.Equal(1, code);
        Assert.Contains("cells benchmark planning responses: 2306, built again 2305", errors, StringComparison.Ordinal);

        (code, string output, _) = await RunAsync("diff", edition, changed);
        Assert.Equal(1, code);
        Assert.Contains("cells benchmark planning responses: 2305 -> 2306", output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("diff", edition, Bundled)).Code);

        (code, _, errors) = await RunAsync("verify", edition);
        Assert.Equal(1, code);
        Assert.Contains("--dataset", errors, StringComparison.Ordinal);

        // An edition that follows itself keeps every row.
        Assert.Equal((0, ""), await FailureAsync("build", Bundled, "--id", "2026.1", "--out", changed, "--following", dataset));
        Assert.Equal(File.ReadAllBytes(edition), File.ReadAllBytes(changed));
    }

    [Fact]
    public async Task Inspect_prints_every_cell_and_landmark()
    {
        (int code, string output, _) = await RunAsync("inspect", Bundled);

        Assert.Equal(0, code);
        Assert.Equal(12 * 6 + 1, output.Split('\n').Count(line => line.StartsWith("  ", StringComparison.Ordinal) && line.Trim().Length > 0)); // measures x cells, and the heading
        Assert.Equal(4, output.Split('\n').Count(line => line.StartsWith("Landmark ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Something_that_is_no_edition_is_named()
    {
        (int code, _, string errors) = await RunAsync("inspect", Path.Combine(Bundled, "waves.csv"));
        Assert.Equal(1, code);
        Assert.StartsWith(Path.Combine(Bundled, "waves.csv"), errors, StringComparison.Ordinal);

        (code, _, errors) = await RunAsync("inspect", Path.Combine(Bundled, ".."));
        Assert.Equal(1, code);
        Assert.Contains("holds no edition.json", errors, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Errors)> FailureAsync(params string[] arguments)
    {
        (int code, _, string errors) = await RunAsync(arguments);
        return (code, errors);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) =>
        await OnpointProcess.RunAsync(postgres, "postgres", ["norms", .. arguments]);
}
