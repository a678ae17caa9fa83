using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Onpoint.Measurement;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Synthesis;
using Onpoint.Measurement.Verification;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Norms;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Features.Waves;
using Onpoint.Web.Tests.Database;

namespace Onpoint.Web.Tests.Features.Norms;

/// <summary>Twelve districts of the generated national dataset under names of their own, and a thirteenth that comes later.</summary>
public sealed class PlaceWavesTests(OnpointHost host) : IClassFixture<OnpointHost>
{
    private const int Contributors = 12;

    [Fact]
    public async Task Scored_waves_are_placed_when_an_edition_is_frozen_and_later_ones_when_they_are_scored()
    {
        string tag = $"P{Guid.NewGuid():N}";
        using var folders = new TemporaryFolder();
        (Survey survey, byte[] instrument) = Generate(tag);
        ImportReport first = await host.ImportAsync(Save(folders, "first", instrument, survey, survey.Districts.Take(Contributors)));
        Assert.Equal(Contributors, first.Waves.Count);

        await using OnpointDb db = host.OpenWorkerDb();
        WaveId one = new(first.Waves[0].WaveId);
        Web.Features.Instruments.InstrumentId instrumentId = (await db.Waves.SingleAsync(wave => wave.WaveId == one, TestContext.Current.CancellationToken)).InstrumentId;
        Assert.True(await NormsCommand.RequestAsync(db, tag, EditionKind.Synthetic, instrumentId, TestContext.Current.CancellationToken));
        Assert.False(await NormsCommand.RequestAsync(db, tag, EditionKind.Synthetic, instrumentId, TestContext.Current.CancellationToken));
        await OnpointHost.WaitForAsync(host.Postgres.Worker, $"select state from edition_requests where edition_id = '{tag}'", RequestState.Done);

        // The edition waited for the scores it rests on, and every one of its waves is placed.
        Reply edition = await host.GetAsync($"/api/v1/norms/{tag}");
        Assert.Equal((Contributors, Contributors), (edition.Body.GetProperty("districts").GetInt32(), edition.Body.GetProperty("districtWaves").GetInt32()));
        Assert.Equal(Contributors, await PlacedAsync(tag));

        ImportReport second = await host.ImportAsync(Save(folders, "second", instrument, survey, survey.Districts.Skip(Contributors)));
        Guid late = Assert.Single(second.Waves).WaveId;
        await host.WaitForScoresAsync(late);

        Assert.Equal(Contributors + 1, await PlacedAsync(tag));
        Reply benchmark = await host.GetAsync($"/api/v1/districts/{second.Waves[0].DistrictId}/benchmark");
        Assert.Equal(tag, benchmark.Body.GetProperty("edition").GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Number, benchmark.Body.GetProperty("points").ValueKind);
        await AssertReproducedAsync([.. first.Waves.Concat(second.Waves).Select(wave => wave.WaveId)], tag, late);
        Assert.True(
            benchmark.Body.GetProperty("percentile").ValueKind == JsonValueKind.Object || benchmark.Body.GetProperty("percentileReason").ValueKind == JsonValueKind.String,
            "A missing percentile has a reason.");

        // One more district would change every cell by one: the next edition waits for more of them and keeps the rows of this one.
        string next = $"{tag}b";
        Assert.True(await NormsCommand.RequestAsync(db, next, EditionKind.Synthetic, instrumentId, TestContext.Current.CancellationToken));
        await OnpointHost.WaitForAsync(host.Postgres.Worker, $"select state from edition_requests where edition_id = '{next}'", RequestState.Done);
        Reply following = await host.GetAsync($"/api/v1/norms/{next}");
        Assert.Equal(edition.Body.GetProperty("datasetHash").GetString(), following.Body.GetProperty("datasetHash").GetString());
    }

    private static (Survey Survey, byte[] Instrument) Generate(string tag)
    {
        string bundled = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sample-surveys", "onpoint-teacher-1.0", "instrument.json"));
        byte[] json = Encoding.UTF8.GetBytes(bundled.Replace("\"onpoint-teacher\"", $"\"{tag}\"", StringComparison.Ordinal));
        Survey national = SyntheticSurveys.National(InstrumentFile.Parse(json).Instrument!, seed: 2026);
        SurveyWave[] waves = [.. national.Waves.Where(wave => wave.Stage == Stage.Year1).DistinctBy(wave => wave.DistrictId).Take(Contributors + 1)];
        HashSet<(string, string)> kept = [.. waves.Select(wave => (wave.DistrictId, wave.Wave))];
        return (
            national with
            {
                Districts = [.. waves.Select(wave => national.Districts.Single(district => district.Id == wave.DistrictId)).Select(district => district with { Id = tag + district.Id })],
                Waves = [.. waves.Select(wave => wave with { DistrictId = tag + wave.DistrictId })],
                Roster = [.. national.Roster.Where(row => kept.Contains((row.DistrictId, row.Wave))).Select(row => row with { DistrictId = tag + row.DistrictId })],
                Responses = [.. national.Responses.Where(row => kept.Contains((row.DistrictId, row.Wave))).Select(row => row with { DistrictId = tag + row.DistrictId })],
            },
            json);
    }

    private static string Save(TemporaryFolder folders, string name, byte[] instrument, Survey survey, IEnumerable<SurveyDistrict> districts)
    {
        SurveyDistrict[] chosen = [.. districts];
        HashSet<string> ids = [.. chosen.Select(district => district.Id)];
        string folder = Path.Combine(folders.Path, name);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "instrument.json"), instrument);
        Survey part = survey with
        {
            Districts = chosen,
            Waves = [.. survey.Waves.Where(wave => ids.Contains(wave.DistrictId))],
            Roster = [.. survey.Roster.Where(row => ids.Contains(row.DistrictId))],
            Responses = [.. survey.Responses.Where(row => ids.Contains(row.DistrictId))],
        };
        foreach ((string file, byte[] content) in SurveyFolderText.Files(part))
        {
            File.WriteAllBytes(Path.Combine(folder, file), content);
        }

        return folder;
    }

    /// <summary>What each wave's score rests on can be downloaded, and points, margins and placing follow from it; those of a contributor from norms without it.</summary>
    private async Task AssertReproducedAsync(Guid[] waves, string edition, Guid late)
    {
        int placed = 0;
        foreach (Guid wave in waves)
        {
            Reply reply = await host.GetAsync($"/api/v1/waves/{wave}/reproduction");
            if (reply.Problem == "protected")
            {
                continue;
            }

            VerificationReport report = ScoreVerification.Verify(await host.Http.GetByteArrayAsync($"/api/v1/waves/{wave}/reproduction", TestContext.Current.CancellationToken));
            Assert.True(report.Equal, report.FirstDifference?.ToString());
            Assert.True(report.Reproduction.Norms is null || report.Reproduction.Norms.Id == edition);
            Assert.True(report.Reproduction.Norms is null || report.Reproduction.Norms.WithoutDistrict == (wave != late));
            placed += report.Quantities.Any(quantity => quantity.Name == "benchmark percentile") ? 1 : 0;
        }

        Assert.True(placed >= 5, $"Only {placed} of {waves.Length} waves could be verified with their placing.");
    }

    private async Task<int> PlacedAsync(string edition) => (int)await host.Postgres.Owner.ScalarAsync<long>($"select count(*) from placings where edition_id = '{edition}'");
}
