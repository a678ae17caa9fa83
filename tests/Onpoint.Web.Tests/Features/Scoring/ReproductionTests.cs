using System.Text;
using Onpoint.Measurement.Verification;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Tests.Database;

namespace Onpoint.Web.Tests.Features.Scoring;

public sealed class ReproductionTests(OnpointHost host) : IClassFixture<OnpointHost>
{
    /// <summary>Twelve teachers in two schools of six: both are the joint line, and points and margins of the small wave's own arithmetic follow from it.</summary>
    [Fact]
    public async Task A_scored_wave_can_be_downloaded_and_verified()
    {
        using SurveyFolderBuilder folder = SmallWave.Folder();
        Guid wave = await ScoredAsync(folder);
        byte[] file = await host.Http.GetByteArrayAsync($"/api/v1/waves/{wave}/reproduction", TestContext.Current.CancellationToken);
        VerificationReport report = ScoreVerification.Verify(file);

        Assert.True(report.Equal, report.FirstDifference?.ToString());
        Assert.Equal((10, (int?)10, 1), (report.Reproduction.Totals.LeastDegrees, report.Reproduction.Totals.MostDegrees, report.Reproduction.Wave.Revision));
        Assert.Equal(["S1", "S2"], report.Reproduction.Totals.Joint!.Schools);
        Assert.Equal(10, report.Quantities.Count);
        foreach ((string measure, double points, _) in SmallWave.District)
        {
            PublishedResult published = report.Reproduction.Published.Single(result => result.Measure == measure);
            Assert.Equal((points, SmallWave.Margins[measure]), (published.Points!.Value, published.MarginPoints!.Value));
        }

        Assert.Equal(file, await host.Http.GetByteArrayAsync($"/api/v1/waves/{wave}/reproduction", TestContext.Current.CancellationToken));
        Assert.Contains("Reproduce this score", await host.Http.GetStringAsync($"/districts/{await DistrictAsync(wave)}", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>Nine answers in all: shown rounded to ten, and no totals.</summary>
    [Fact]
    public async Task A_district_below_ten_has_no_reproduction()
    {
        using SurveyFolderBuilder folder = SurveyFolderBuilder.WithOpenWave(WaveTime.Closed).Answer("S1", SmallWave.First[..5]).Answer("S2", SmallWave.Second[..4]);
        Guid wave = await ScoredAsync(folder);

        Assert.Equal((409, "protected"), await AskAsync(wave));
        Assert.DoesNotContain("Reproduce this score", await host.Http.GetStringAsync($"/districts/{await DistrictAsync(wave)}", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_wave_and_an_unknown_one_have_no_reproduction()
    {
        using SurveyFolderBuilder folder = SmallWave.Folder(WaveTime.Open);
        ImportReport report = await host.ImportAsync(folder.Save());

        Assert.Equal((409, "wave-open"), await AskAsync(report.Waves[0].WaveId));
        Assert.Equal((404, "no-such-wave"), await AskAsync(Guid.NewGuid()));
    }

    /// <summary>Five late answers change the district's score; exact totals of twelve and seventeen teachers would be those of the five.</summary>
    [Fact]
    public async Task Too_few_late_answers_have_no_further_reproduction_and_enough_have_one()
    {
        using SurveyFolderBuilder folder = SmallWave.Folder();
        Guid wave = await ScoredAsync(folder);
        await LateAsync("late-5.csv", SmallWave.Second[..5], 2);
        Assert.Equal(2, (await host.GetAsync($"/api/v1/waves/{wave}/scores")).Body.GetProperty("revision").GetInt32());
        Assert.Equal((409, "protected"), await AskAsync(wave));

        await LateAsync("late-12.csv", [.. SmallWave.First, .. SmallWave.Second], 3);
        VerificationReport report = ScoreVerification.Verify(await host.Http.GetByteArrayAsync($"/api/v1/waves/{wave}/reproduction", TestContext.Current.CancellationToken));
        Assert.True(report.Equal, report.FirstDifference?.ToString());
        Assert.Equal(3, report.Reproduction.Wave.Revision);

        async Task LateAsync(string file, IReadOnlyList<string> rows, int revision)
        {
            await host.ImportFileAsync(folder.SaveAnswers(file, rows.Select(row => $"S2,{row}")), wave);
            await host.WaitForScoresAsync(wave, revision);
        }
    }

    [Fact]
    public async Task Verify_says_equal_or_where_not_or_what_is_wrong_with_the_file()
    {
        using SurveyFolderBuilder folder = SmallWave.Folder();
        Guid wave = await ScoredAsync(folder);
        string path = Path.Combine(folder.Path, "score.json");
        string file = await host.Http.GetStringAsync($"/api/v1/waves/{wave}/reproduction", TestContext.Current.CancellationToken);

        Assert.Equal((0, true), await VerifyAsync(file, "score.json: equal. 10 published numbers of wave"));
        Assert.Equal((1, true), await VerifyAsync(file.Replace("\"points\":675", "\"points\":677", StringComparison.Ordinal), "benchmark points: published 677, recomputed 675"));
        Assert.Equal((1, true), await VerifyAsync("{}", "is not the file of a published score."));
        Assert.Equal((1, true), await VerifyAsync(null, "cannot be read"));

        async Task<(int, bool)> VerifyAsync(string? content, string sentence)
        {
            File.Delete(path);
            if (content is not null)
            {
                await File.WriteAllTextAsync(path, content, new UTF8Encoding(false), TestContext.Current.CancellationToken);
            }

            await using StringWriter output = new();
            int code = VerifyCommand.Run(path, output, output);
            return (code, output.ToString().Contains(sentence, StringComparison.Ordinal));
        }
    }

    private async Task<Guid> ScoredAsync(SurveyFolderBuilder survey)
    {
        Guid wave = (await host.ImportAsync(survey.Save())).Waves[0].WaveId;
        await host.WaitForScoresAsync(wave);
        return wave;
    }

    private async Task<(int, string?)> AskAsync(Guid wave) =>
        await host.GetAsync($"/api/v1/waves/{wave}/reproduction") is { } reply ? (reply.Status, reply.Problem) : default;

    private async Task<Guid> DistrictAsync(Guid wave) => await host.Postgres.Owner.ScalarAsync<Guid>($"select district_id from waves where wave_id = '{wave}'");
}
