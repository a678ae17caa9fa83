using Npgsql;
using Onpoint.Web.Database;

namespace Onpoint.Web.Tests.Database;

/// <summary>Each test has a folder and a database of its own.</summary>
public sealed class MigrationsTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private NpgsqlDataSource? _owner;

    private NpgsqlDataSource Owner => _owner!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder.Path);
        string database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        _owner = NpgsqlDataSource.Create(postgres.ConnectionString(DatabaseRoles.Owner, database));
    }

    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Files_are_applied_in_order_and_once()
    {
        Write("0002_fill.sql", "insert into t values (2)");
        Write("0001_table.sql", "create table t (n int)");

        Assert.Equal(2, await ApplyAsync());
        Assert.Equal(0, await ApplyAsync());
        Assert.Equal("1 0001_table.sql, 2 0002_fill.sql", await AppliedAsync());
        Assert.Equal(1L, await Owner.ScalarAsync<long>("select count(*) from t"));
    }

    [Fact]
    public async Task A_missing_folder_is_a_program_without_migrations()
    {
        Directory.Delete(_folder.Path);

        Assert.Equal(0, await ApplyAsync());
    }

    [Fact]
    public async Task A_file_edited_after_it_was_applied_is_refused()
    {
        Write("0001_table.sql", "create table t (n int)");
        await ApplyAsync();
        Write("0001_table.sql", "create table t (n bigint)");

        Assert.Contains("0001_table.sql was edited", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_line_ends_are_not_an_edit()
    {
        Write("0001_table.sql", "create table t (\n  n int\n);\n");
        await ApplyAsync();
        Write("0001_table.sql", "create table t (\r\n  n int\r\n);\r\n");

        Assert.Equal(0, await ApplyAsync());
    }

    [Fact]
    public async Task A_file_that_is_gone_is_refused()
    {
        Write("0001_table.sql", "create table t (n int)");
        await ApplyAsync();
        File.Delete(Path.Combine(_folder.Path, "0001_table.sql"));

        Assert.Contains("0001_table.sql was applied but its file is gone", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_file_below_the_last_applied_number_is_refused_and_nothing_is_applied()
    {
        Write("0001_table.sql", "create table t (n int)");
        Write("0003_third.sql", "create table third ()");
        await ApplyAsync();
        Write("0002_late.sql", "create table late ()");
        Write("0004_fourth.sql", "create table fourth ()");

        Assert.Contains("0002_late.sql is numbered below 0003", await RefusalAsync(), StringComparison.Ordinal);
        Assert.Equal("1 0001_table.sql, 3 0003_third.sql", await AppliedAsync());
    }

    [Fact]
    public async Task A_number_used_twice_is_refused()
    {
        Write("0001_a.sql", "create table a ()");
        Write("0001_b.sql", "create table b ()");

        Assert.Contains("have the same number", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1_table.sql")]
    [InlineData("0001-table.sql")]
    [InlineData("0001_Table.sql")]
    [InlineData("notes.sql")]
    public async Task A_misnamed_file_is_refused(string name)
    {
        Write(name, "create table t ()");

        Assert.StartsWith($"{name} is not named NNNN_topic.sql", await RefusalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_file_leaves_nothing_behind_and_the_files_before_it_stay()
    {
        Write("0001_first.sql", "create table first ()");
        Write("0002_second.sql", "create table second (); select 1 / 0;");

        Assert.StartsWith("0002_second.sql: division by zero (22012", await RefusalAsync(), StringComparison.Ordinal);
        Assert.Equal("1 0001_first.sql", await AppliedAsync());
        Assert.True(await Owner.ScalarAsync<bool>("select to_regclass('second') is null"));

        Write("0002_second.sql", "create table second ();");
        Assert.Equal(1, await ApplyAsync());
    }

    [Fact]
    public async Task Four_programs_at_once_apply_each_file_once()
    {
        Write("0001_table.sql", "create table t (n int)");
        Write("0002_fill.sql", "insert into t values (1); select pg_sleep(0.2);");

        // A lock that is never given back would otherwise hang the whole run.
        int[] applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ApplyAsync()))
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal([0, 0, 0, 2], applied.Order());
        Assert.Equal(1L, await Owner.ScalarAsync<long>("select count(*) from t"));
    }

    [Fact]
    public async Task A_statement_that_no_transaction_may_hold_needs_the_first_line_that_says_so()
    {
        const string Index = "create index concurrently if not exists i on t (n)";
        Write("0001_table.sql", "create table t (n int)");
        Write("0002_index.sql", Index);

        Assert.Contains("(25001", await RefusalAsync(), StringComparison.Ordinal); // active_sql_transaction, PostgreSQL manual, appendix A

        Write("0002_index.sql", "-- migrate: no-transaction\n" + Index);
        Assert.Equal(1, await ApplyAsync());
        Assert.True(await Owner.ScalarAsync<bool>("select to_regclass('i') is not null"));
    }

    [Fact]
    public async Task A_refusal_gives_the_lock_back()
    {
        Write("0001_table.sql", "select 1 / 0");
        await RefusalAsync();

        Assert.Equal(0L, await Owner.ScalarAsync<long>(
            "select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"));
    }

    private void Write(string name, string sql) => File.WriteAllText(Path.Combine(_folder.Path, name), sql);

    private Task<int> ApplyAsync() => Migrations.ApplyAsync(Owner, _folder.Path, TestContext.Current.CancellationToken);

    private async Task<string> RefusalAsync() => (await Assert.ThrowsAsync<MigrationException>(ApplyAsync)).Message;

    private Task<string?> AppliedAsync() =>
        Owner.ScalarAsync<string>("select string_agg(number || ' ' || name, ', ' order by number) from schema_migrations");
}
