using Onpoint.Web.Features.Imports;
using Onpoint.Web.Tests.Database;

namespace Onpoint.Web.Tests.Features.Importing;

/// <summary>Survey folders, as <c>onpoint import FOLDER</c> takes them.</summary>
public sealed class ImportFolderTests(OnpointHost host) : IClassFixture<OnpointHost>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_creates_what_is_missing_stores_its_answers_and_says_the_ids(bool gzip)
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave().Answer("S1", "4,,30,2", "NA,99,10,").Answer("S2", "1,2,50,3");

        ImportReport report = await host.ImportAsync(folder.Save(gzip));

        Assert.Equal((3, 3, 0), (report.Read, report.Stored, report.Rejected));
        ImportedWave wave = Assert.Single(report.Waves);
        Assert.Equal((folder.District, "w1", "open", 3, false), (wave.District, wave.Wave, wave.State, wave.Stored, wave.AlreadyLoaded));
        Assert.Equal(200, (await host.GetAsync($"/api/v1/districts/{wave.DistrictId}")).Status);

        // A blank is a skip (00), NA is "not part of my role" (ff), 99 is the item's own code for "not answered".
        Assert.Equal(["01020503", "04000302", "ff000100"], await host.StoredAsync(wave.WaveId));
    }

    [Fact]
    public async Task The_same_folder_again_stores_nothing()
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave(WaveTime.Closed).Answer("S1", "1,1,10,");
        ImportReport first = await host.ImportAsync(folder.Save());

        ImportReport again = await host.ImportAsync(folder.Path);

        Assert.Equal(0, again.Stored);
        Assert.Equal(first.Waves[0] with { Stored = 0, AlreadyLoaded = true }, again.Waves[0]);
        Assert.Single(await host.StoredAsync(first.Waves[0].WaveId));
        Assert.Equal(1L, await host.Postgres.Owner.ScalarAsync<long>($"select count(*) from scoring_requests where wave_id = '{first.Waves[0].WaveId}'"));
    }

    [Fact]
    public async Task Another_file_for_a_loaded_wave_is_refused()
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave().Answer("S1", "1,1,10,");
        Guid wave = (await host.ImportAsync(folder.Save())).Waves[0].WaveId;

        ImportException refused = await Assert.ThrowsAsync<ImportException>(() => host.ImportAsync(folder.Answer("S1", "2,2,20,").Save()));

        Assert.Contains($"already holds answers from another file. Late answers are added with: onpoint import FILE --wave {wave}", refused.Message, StringComparison.Ordinal);
        Assert.Single(await host.StoredAsync(wave));
    }

    [Fact]
    public async Task Bad_rows_are_reported_with_file_line_and_column_and_the_others_stored()
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave().Answer("S1", "1,1,10,", "6,1,10,", "1,1,11,", "1,1,10,4").Answer("S9", "1,1,10,");
        folder.AddLines($"{folder.District},S1,w2,1,1,10,", $"{folder.District},S1,w1,1,1", $"{folder.District},S2,w1,2,2,20,");

        ImportReport report = await host.ImportAsync(folder.Save());

        Assert.Equal((8, 2, 6), (report.Read, report.Stored, report.Rejected));
        Assert.Equal(
            ["3 A1", "4 B1", "5 YEARS", "6 school_id", "7 wave", "8 "],
            report.Problems.Select(problem => $"{problem.Line} {problem.Column}"));
        Assert.Equal("responses.csv, line 3, column A1: 6 is not an answer to this question; allowed are 1, 2, 3, 4, 5, NA or nothing.", report.Problems[0].ToString());
        Assert.Equal(["01010100", "02020200"], await host.StoredAsync(report.Waves[0].WaveId));
    }

    [Theory]
    [InlineData("A1,A2,B9,YEARS", "responses.csv, line 1, column B9: is not a question of this instrument; remove the column.")]
    [InlineData("A1,A1,B1,YEARS", "responses.csv, line 1, column A1: stands twice in the header; keep one column.")]
    public async Task A_bad_header_is_refused_and_nothing_is_stored(string questions, string problem)
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave().Answer("S1", "1,1,10,");
        folder.Questions = questions;

        ImportException refused = await Assert.ThrowsAsync<ImportException>(() => host.ImportAsync(folder.Save()));

        Assert.Equal(problem, refused.Message);
        await AssertNothingAsync(folder);
    }

    [Theory]
    [InlineData("districts.csv", "district_id\nX\n", "districts.csv, line 1, column name: is missing")]
    [InlineData("districts.csv", "district_id,name,time_zone,contributes\nX,X,Mars/Base,maybe\nX,X,UTC,no\n", "districts.csv, line 2, column time_zone: Mars/Base is not an IANA time zone")]
    [InlineData("waves.csv", "district_id,wave,school_year,stage,opens,closes\nX,w1,1999,Year 9,today,2026-01-01T00:00Z\n", "waves.csv, line 2, column district_id: X is not in districts.csv.")]
    [InlineData("roster.csv", "district_id,wave,school_id,eligible_teachers\nX,w1,S1,many\n", "roster.csv, line 2, column eligible_teachers: many is not a whole number from 0 to 100000.")]
    [InlineData("roster.csv", "district_id,wave,school_id\n\"X,w1,S1\n", "roster.csv, line")]
    [InlineData("instrument.json", "{", "instrument.json, column line 1")]
    [InlineData("dataset.json", "{\"kind\": \"real\"}", "dataset.json, column kind: must be \"synthetic\"; remove the file when the data are real.")]
    [InlineData("responses.csv", "", "responses.csv")]
    public async Task A_wrong_file_is_refused_with_its_place(string file, string content, string problem)
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave();
        folder.Save();
        folder.Replace(file, content);

        ImportException refused = await Assert.ThrowsAsync<ImportException>(() => host.ImportAsync(folder.Path));

        Assert.Contains(refused.Problems, found => found.ToString().StartsWith(problem, StringComparison.Ordinal));
        await AssertNothingAsync(folder);
    }

    [Fact]
    public async Task A_changed_instrument_needs_a_new_version()
    {
        using SurveyFolderBuilder first = SurveyFolderBuilder.WithOpenWave();
        await host.ImportAsync(first.Save());
        using SurveyFolderBuilder second = SurveyFolderBuilder.WithOpenWave();
        second.Instrument = [.. first.Instrument, .. "\n"u8];

        ImportException refused = await Assert.ThrowsAsync<ImportException>(() => host.ImportAsync(second.Save()));

        Assert.Contains("give a changed instrument a new version", refused.Message, StringComparison.Ordinal);
        await AssertNothingAsync(second);
    }

    [Fact]
    public async Task A_late_file_after_sealing_is_a_late_batch_and_a_revision_of_its_own()
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave(WaveTime.Closed).Answer("S1", "1,1,10,");
        Guid wave = (await host.ImportAsync(folder.Save())).Waves[0].WaveId;
        await host.WaitForScoresAsync(wave);
        string late = folder.SaveAnswers("late.csv", "S1,2,2,20,", "S2,3,3,30,", "S9,3,3,30,");

        ImportReport report = await host.ImportFileAsync(late, wave);
        ImportReport again = await host.ImportFileAsync(late, wave);
        await host.WaitForScoresAsync(wave, 2);

        Assert.Equal((3, 2, 1), (report.Read, report.Stored, report.Rejected));
        Assert.Equal("late.csv, line 4, column school_id: S9 is not on the wave's roster.", report.Problems[0].ToString());
        Assert.True(again.Waves[0].AlreadyLoaded);
        Assert.Equal("00 11 11", await host.Postgres.Worker.ScalarAsync<string>(
            $"select string_agg(late_batch::text || (get_byte(answers, 0) > 1)::int, ' ' order by answers) from responses where wave_id = '{wave}'"));
        Assert.Equal("2", await host.Postgres.Owner.ScalarAsync<string>($"select max(revision)::text from scoring_requests where wave_id = '{wave}'"));
    }

    [Fact]
    public async Task A_file_for_an_open_wave_is_part_of_its_first_load()
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave();
        Guid wave = (await host.ImportAsync(folder.Save())).Waves[0].WaveId;

        await host.ImportFileAsync(folder.SaveAnswers("paper.csv.gz", "S1,2,2,20,"), wave);

        Assert.Equal((short)0, await host.Postgres.Worker.ScalarAsync<short>($"select late_batch from responses where wave_id = '{wave}'"));
        Assert.Equal(0L, await host.Postgres.Owner.ScalarAsync<long>($"select count(*) from scoring_requests where wave_id = '{wave}'"));
    }

    /// <summary>The verb as a user runs it: what it prints, and its exit codes.</summary>
    [Fact]
    public async Task The_command_prints_ids_and_counts_and_ends_with_0_or_1()
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave().Answer("S1", "1,1,10,", "7,1,10,");

        (int exitCode, string output, string errors) = await RunAsync("import", folder.Save());
        (int refusedCode, _, string refused) = await RunAsync("import", folder.SaveAnswers("late.csv"));

        Assert.Equal(0, exitCode);
        Assert.Equal("responses.csv, line 3, column A1: 7 is not an answer to this question; allowed are 1, 2, 3, 4, 5, NA or nothing.", errors.Trim());
        string[] lines = output.Trim().Split('\n');
        Assert.Matches($"^district {folder.District} [0-9a-f-]{{36}}  wave w1 [0-9a-f-]{{36}}  open  1 stored$", lines[0]);
        Assert.Equal("2 rows read, 1 stored, 1 rejected.", lines[1]);
        Assert.Equal(1, refusedCode);
        Assert.Contains("is a file: say which wave it fills with --wave ID.", refused, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => OnpointProcess.RunAsync(host.Postgres, host.Postgres.Database, arguments);

    private async Task AssertNothingAsync(SurveyFolderBuilder folder) =>
        Assert.Equal(0L, await host.Postgres.Owner.ScalarAsync<long>($"select count(*) from districts where external_id = '{folder.District}'"));
}
