using Npgsql;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Tests.Database;

namespace Onpoint.Web.Tests.Features.Scoring;

/// <summary>A worker process that dies in the middle of a scoring, on a database of its own.</summary>
public sealed class KilledWorkerTests(OnpointHost host) : IClassFixture<OnpointHost>
{
    [Fact]
    [Trait("Category", "Destructive")]
    public async Task Another_worker_takes_up_the_scoring_of_a_killed_one_and_leaves_each_row_once()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await using Databases databases = await host.Postgres.CreateMigratedDatabaseAsync(cancellationToken);
        string database = new NpgsqlConnectionStringBuilder(databases.Owner.ConnectionString).Database!;
        using SurveyFolderBuilder folder = SmallWave.Folder();
        await using OnpointDb db = new WorkerDatabase(databases).Open();
        Guid wave = (await new ImportFolder(db, TimeProvider.System).RunAsync(folder.Save(), cancellationToken)).Waves[0].WaveId;
        string state = $"select state from scoring_requests where wave_id = '{wave}'";

        await using (NpgsqlConnection owner = await databases.Owner.OpenConnectionAsync(cancellationToken))
        await using (NpgsqlTransaction holding = await owner.BeginTransactionAsync(cancellationToken))
        {
            // The job seals, estimates and then waits here, in the middle of its transaction.
            await using var hold = new NpgsqlCommand("lock table scores in exclusive mode", owner, holding);
            await hold.ExecuteNonQueryAsync(cancellationToken);
            using OnpointProcess first = OnpointProcess.Start(host.Postgres, database, "serve", "--role", "worker");
            await OnpointHost.WaitForAsync(databases.Owner, state, RequestState.Running);
            while (await databases.Owner.ScalarAsync<long>("select count(*) from pg_locks where relation = 'scores'::regclass and not granted") == 0)
            {
                await Task.Delay(50, cancellationToken);
            }

            await first.KillAsync();
        }

        Assert.Equal("running 1", await databases.Owner.ScalarAsync<string>($"select state || ' ' || attempts from scoring_requests where wave_id = '{wave}'"));
        Assert.Equal(0L, await databases.Owner.ScalarAsync<long>("select count(*) from scores"));

        using OnpointProcess second = OnpointProcess.Start(host.Postgres, database, "serve", "--role", "worker");
        await OnpointHost.WaitForAsync(databases.Owner, state, RequestState.Done);

        Assert.Equal(2, await databases.Owner.ScalarAsync<int>($"select attempts from scoring_requests where wave_id = '{wave}'"));
        await ScoreWaveJobTests.AssertRowsAsync(databases.Owner, wave, revision: 1);
        Assert.Equal(12L, await databases.Owner.ScalarAsync<long>("select count(*) from responses"));
    }
}
