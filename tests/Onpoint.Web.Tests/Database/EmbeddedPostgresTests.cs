using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Onpoint.Web.Database;

namespace Onpoint.Web.Tests.Database;

/// <summary>Each test starts servers of its own in a temporary folder.</summary>
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_program_leaves_its_server_running_and_the_next_one_adopts_it()
    {
        // The handle is not disposed before the second start, as when its process is killed.
        await using EmbeddedPostgres killed = await StartAsync();
        EmbeddedPostgres next = await StartAsync();

        Assert.False(killed.Adopted);
        Assert.True(next.Adopted);
        Assert.Equal(killed.Port, next.Port);
        await next.DisposeAsync();
        Assert.Equal(1, await ScalarAsync(killed, DatabaseRoles.Web, "select 1"));
    }

    [Fact]
    public async Task The_handle_that_started_the_server_stops_it()
    {
        EmbeddedPostgres server = await StartAsync();
        await server.DisposeAsync();

        await Assert.ThrowsAsync<NpgsqlException>(() => ScalarAsync(server, DatabaseRoles.Web, "select 1"));
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task Programs_that_start_together_on_an_empty_folder_share_one_server()
    {
        EmbeddedPostgres[] servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartAsync()));

        Assert.Single(servers, server => !server.Adopted);
        Assert.Single(servers.Select(server => server.Port).Distinct());
        foreach (EmbeddedPostgres server in servers.OrderByDescending(server => server.Adopted))
        {
            await server.DisposeAsync();
        }

        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task A_short_command_that_started_the_server_does_not_stop_it_under_another_program()
    {
        EmbeddedPostgres command = await StartAsync();
        EmbeddedPostgres site = await StartAsync();

        await command.DisposeAsync();

        Assert.Equal(1, await ScalarAsync(site, DatabaseRoles.Web, "select 1"));
        await site.DisposeAsync();
        Assert.True(File.Exists(PidFile)); // left for the next program to adopt
        KillServer();
    }

    [Fact]
    public async Task After_a_crash_of_the_server_the_next_start_finds_what_was_committed()
    {
        await using EmbeddedPostgres crashed = await StartAsync();
        await ScalarAsync(crashed, DatabaseRoles.Owner, "create table kept as select 42 as value");
        KillServer();

        await using EmbeddedPostgres next = await StartAsync();

        Assert.False(next.Adopted);
        Assert.Equal(42, await ScalarAsync(next, DatabaseRoles.Owner, "select value from kept"));
    }

    [Fact]
    public async Task A_process_number_that_now_belongs_to_another_program_does_not_keep_the_server_from_starting()
    {
        await (await StartAsync()).DisposeAsync();
        string[] stale = [$"{Environment.ProcessId}", Path.Combine(_folder.Path, "postgres"), "1", "1", "", "127.0.0.1", "", "ready"];
        await File.WriteAllLinesAsync(PidFile, stale, TestContext.Current.CancellationToken);

        await using EmbeddedPostgres server = await StartAsync();

        Assert.False(server.Adopted);
        Assert.Equal(1, await ScalarAsync(server, DatabaseRoles.Web, "select 1"));
    }

    [Fact]
    public async Task The_owner_owns_the_database_and_nobody_but_the_owner_may_create_tables()
    {
        await using EmbeddedPostgres server = await StartAsync();

        Assert.Equal("onpoint_owner", await ScalarAsync(server, DatabaseRoles.Web, "select datdba::regrole::text from pg_database where datname = current_database()"));
        await ScalarAsync(server, DatabaseRoles.Owner, "create table t ()");
        PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(server, DatabaseRoles.Worker, "create table u ()"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.Equal("on on", await ScalarAsync(server, DatabaseRoles.Web, "select current_setting('fsync') || ' ' || current_setting('synchronous_commit')"));
    }

    [Fact]
    public async Task The_log_is_for_its_owner_only_because_it_can_hold_values_of_rows()
    {
        await using EmbeddedPostgres server = await StartAsync();

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(_folder.Path, "postgres.log")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task A_folder_name_longer_than_a_socket_path_may_be_works()
    {
        await using EmbeddedPostgres server = await StartAsync(Path.Combine(_folder.Path, new string('d', 120)));

        Assert.Equal(1, await ScalarAsync(server, DatabaseRoles.Web, "select 1"));
    }

    [Fact]
    public async Task A_cluster_of_a_version_that_is_not_installed_is_refused_with_a_sentence()
    {
        string cluster = Directory.CreateDirectory(Path.Combine(_folder.Path, "postgres")).FullName;
        await File.WriteAllTextAsync(Path.Combine(cluster, "PG_VERSION"), "9\n", TestContext.Current.CancellationToken);

        EmbeddedPostgresStart start = await EmbeddedPostgres.StartAsync(_folder.Path, TestContext.Current.CancellationToken);

        Assert.StartsWith("The data folder was made by PostgreSQL 9 ", Assert.IsType<EmbeddedPostgresStart.NotPossible>(start).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_nobody_cannot_reach_is_refused_as_root_only()
    {
        Directory.CreateDirectory(_folder.Path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        string? refusal = DataFolder.Prepare(Path.Combine(_folder.Path, "below", "onpoint"));

        Assert.Equal(PostgresCommand.RunsAsRoot, refusal?.Contains($"may not enter {_folder.Path}. Set ONPOINT_DATA", StringComparison.Ordinal) ?? false);
    }

    private string PidFile => Path.Combine(_folder.Path, "postgres", "postmaster.pid");

    private async Task<EmbeddedPostgres> StartAsync(string? folder = null) =>
        await EmbeddedPostgres.StartAsync(folder ?? _folder.Path, TestContext.Current.CancellationToken) switch
        {
            EmbeddedPostgresStart.Running(var server) => server,
            EmbeddedPostgresStart.NotPossible(var sentence) => throw new InvalidOperationException(sentence),
            _ => throw new UnreachableException(),
        };

    private void KillServer()
    {
        using var postmaster = Process.GetProcessById(int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture));
        postmaster.Kill();
    }

    private static async Task<object?> ScalarAsync(EmbeddedPostgres server, string role, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString(role));
        return await source.ScalarAsync<object>(sql);
    }
}
