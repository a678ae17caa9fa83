using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Onpoint.Web.Tests.Database;

/// <summary>The schema's own rules: what the model may rely on, and what each role may do.</summary>
public sealed class SchemaTests(PostgresFixture postgres)
{
    private const string Refused = PostgresErrorCodes.InsufficientPrivilege;

    [Fact]
    public Task Every_mapped_column_exists_in_the_migrated_database() => postgres.WithDbAsync(async db =>
    {
        foreach (IEntityType entity in db.Model.GetEntityTypes().Where(entity => entity.GetTableName() is not null))
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            string columns = string.Join(", ", entity.GetProperties().Select(property => $"\"{property.GetColumnName(table)}\""));
            await postgres.Owner.ExecuteAsync($"select {columns} from \"{table.Name}\" limit 0");
        }
    });

    [Fact]
    public Task A_property_is_nullable_where_its_column_is() => postgres.WithDbAsync(async db =>
    {
        List<string> wrong = [];
        foreach (IEntityType entity in db.Model.GetEntityTypes())
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            foreach (IProperty property in entity.GetProperties())
            {
                string column = property.GetColumnName(table)!;
                string? nullable = await postgres.Owner.ScalarAsync<string>(
                    $"select is_nullable::text from information_schema.columns where table_schema = 'public' and table_name = '{table.Name}' and column_name = '{column}'");
                if (nullable == "YES" != property.IsNullable)
                {
                    wrong.Add($"{table.Name}.{column}");
                }
            }
        }

        Assert.Empty(wrong);
    });

    [Fact]
    public Task Every_foreign_key_has_an_index_that_starts_with_its_columns() => postgres.WithDbAsync(async db =>
    {
        List<string> unindexed = await db.Database.SqlQuery<string>(
            $"""
            select c.conrelid::regclass || ' ' || c.conname as "Value"
              from pg_constraint c
             where c.contype = 'f' and c.connamespace = 'public'::regnamespace
               and not exists (
                     select 1 from pg_index i
                      where i.indrelid = c.conrelid
                        and (i.indkey::smallint[])[0:cardinality(c.conkey) - 1] = c.conkey)
            """).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Empty(unindexed);
    });

    /// <summary>Decision 10: no id, no key, no date, nothing that refers to another row.</summary>
    [Fact]
    public async Task A_stored_response_is_a_school_and_answers_and_nothing_else()
    {
        Assert.Equal(
            "school_year smallint, wave_id uuid, school_id uuid, late_batch smallint, answers bytea",
            await postgres.Owner.ScalarAsync<string>(
                "select string_agg(column_name || ' ' || data_type, ', ' order by ordinal_position) from information_schema.columns where table_name = 'responses'"));
        Assert.Equal(0L, await postgres.Owner.ScalarAsync<long>("select count(*) from pg_constraint where conrelid = 'responses'::regclass"));
        Assert.Equal(
            "wave_id uuid, key bytea",
            await postgres.Owner.ScalarAsync<string>(
                "select string_agg(column_name || ' ' || data_type, ', ' order by ordinal_position) from information_schema.columns where table_name = 'submission_keys'"));
    }

    [Theory]
    [InlineData("select from responses limit 0")]
    [InlineData("select from responses_2026 limit 0")]
    [InlineData("insert into responses_2026 select 2026::smallint, gen_random_uuid(), gen_random_uuid(), 0::smallint, ''::bytea")]
    [InlineData("update responses set late_batch = 1")]
    [InlineData("delete from responses")]
    [InlineData("delete from submission_keys")]
    [InlineData("update scores set points = 1000")]
    [InlineData("insert into scores select")]
    [InlineData("delete from scores")]
    [InlineData("update score_units set shown_revision = 1")]
    [InlineData("update score_revisions set response_rate = 1")]
    [InlineData("update scoring_requests set attempts = 0")]
    [InlineData("insert into placings select")]
    [InlineData("insert into reproductions select")]
    [InlineData("update reproductions set totals = ''")]
    [InlineData("insert into norm_editions select")]
    [InlineData("update districts set name = ''")]
    [InlineData("insert into imports select")]
    [InlineData("insert into hangfire.job (invocationdata, arguments, createdat) values ('{}', '[]', clock_timestamp())")]
    [InlineData("insert into hangfire.jobqueue (jobid, queue) values (1, 'scoring')")]
    [InlineData("create table mine ()")]
    public async Task The_web_role_may_not(string sql) =>
        Assert.Equal(Refused, (await Assert.ThrowsAsync<PostgresException>(() => postgres.Web.ExecuteAsync(sql))).SqlState);

    [Theory]
    [InlineData("update norm_editions set document = ''")]
    [InlineData("delete from norm_editions")]
    [InlineData("update responses set answers = ''")]
    [InlineData("delete from waves")]
    [InlineData("create table mine ()")]
    public async Task The_worker_role_may_not(string sql) =>
        Assert.Equal(Refused, (await Assert.ThrowsAsync<PostgresException>(() => postgres.Worker.ExecuteAsync(sql))).SqlState);

    [Fact]
    public async Task The_web_role_may_insert_answers_it_can_never_read() =>
        Assert.Equal(
            "insert true, select false",
            await postgres.Web.ScalarAsync<string>(
                "select format('insert %s, select %s', has_table_privilege('responses', 'insert')::text, (has_table_privilege('responses', 'select') or has_any_column_privilege('responses', 'select'))::text)"));

    /// <summary>A table without a policy is one that shows every district's rows to everybody: each such table is named here, with its reason.</summary>
    [Fact]
    public async Task Every_table_of_districts_has_row_level_security() =>
        Assert.Equal(
            // instruments and editions belong to no district; the other three hold rights instead (migration 0002).
            "edition_requests, instruments, norm_editions, responses, schema_migrations, submission_counts, submission_keys",
            await postgres.Owner.ScalarAsync<string>(
                """
                select string_agg(relname, ', ' order by relname collate "C") from pg_class
                 where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and not relrowsecurity
                """));

    [Fact]
    public async Task Without_a_scope_the_web_role_sees_no_district_and_with_a_list_only_those()
    {
        (Guid one, Guid two) = (await MakeDistrictAsync(), await MakeDistrictAsync());
        await using NpgsqlDataSource bare = NpgsqlDataSource.Create(postgres.ConnectionString("onpoint_web", postgres.Database));

        Assert.Equal("", await SeenAsync(bare, one, two, ""));
        Assert.Equal($"{two}", await SeenAsync(bare, one, two, $"select set_config('onpoint.districts', '{two}', true);"));
        Assert.Equal("", await SeenAsync(bare, one, two, "select set_config('onpoint.scope', 'writer', true);"));
        Assert.Equal(string.Join(' ', new[] { one, two }.Order()), await SeenAsync(bare, one, two, "select set_config('onpoint.scope', 'all', true);"));
    }

    /// <summary>Scores, units, reproductions, requests and imports follow the wave they belong to.</summary>
    [Theory]
    [InlineData("rosters")]
    [InlineData("imports")]
    [InlineData("scoring_requests")]
    [InlineData("score_revisions")]
    [InlineData("score_units")]
    [InlineData("scores")]
    [InlineData("reproductions")]
    public async Task Without_a_scope_the_web_role_sees_no_row_of(string table)
    {
        Guid wave = await MakeWaveAsync();
        await using NpgsqlDataSource bare = NpgsqlDataSource.Create(postgres.ConnectionString("onpoint_web", postgres.Database));
        string count = $"select count(*) from {table} where wave_id = '{wave}'";

        Assert.Equal(0L, await bare.ScalarAsync<long>(count));
        Assert.Equal(1L, await postgres.Web.ScalarAsync<long>(count));
    }

    [Fact]
    public async Task The_writer_of_answers_may_lock_a_wave_but_not_change_it()
    {
        Guid wave = await MakeWaveAsync();
        const string writer = "select set_config('onpoint.scope', 'writer', true);";

        Assert.Equal(wave, await LastScalarAsync<Guid>(postgres.Web, $"{writer} select wave_id from waves where wave_id = '{wave}' and state = 'open' for share"));
        PostgresException refused = await Assert.ThrowsAsync<PostgresException>(
            () => LastScalarAsync<Guid>(postgres.Web, $"{writer} update waves set state = 'closed' where wave_id = '{wave}' returning wave_id"));

        Assert.Equal(Refused, refused.SqlState);
        Assert.Contains("row-level security", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partitions_of_responses_hold_every_school_year_a_wave_may_have() =>
        Assert.Equal(
            "30 from responses_2016 to responses_2045",
            await postgres.Owner.ScalarAsync<string>(
                "select format('%s from %s to %s', count(*), min(inhrelid::regclass::text), max(inhrelid::regclass::text)) from pg_inherits where inhparent = 'responses'::regclass"));

    private static async Task<string> SeenAsync(NpgsqlDataSource source, Guid one, Guid two, string setting) =>
        await LastScalarAsync<string>(
            source, $"{setting} select coalesce(string_agg(district_id::text, ' ' order by district_id), '') from districts where district_id in ('{one}', '{two}')") ?? "";

    /// <summary>Several statements are one transaction, so a setting holds for the last of them; its first value is the answer.</summary>
    private static async Task<T?> LastScalarAsync<T>(NpgsqlDataSource source, string sql)
    {
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        object? last = null;
        do
        {
            last = await reader.ReadAsync(TestContext.Current.CancellationToken) ? reader.GetValue(0) : null;
        }
        while (await reader.NextResultAsync(TestContext.Current.CancellationToken));

        return (T?)last;
    }

    private async Task<Guid> MakeDistrictAsync() => await postgres.Owner.ScalarAsync<Guid>(
        "insert into districts (district_id, external_id, name, time_zone, contributes, synthetic) values (gen_random_uuid(), gen_random_uuid(), 'D', 'UTC', false, false) returning district_id");

    /// <summary>An open wave with one row in each table that hangs on it.</summary>
    private async Task<Guid> MakeWaveAsync() => await postgres.Owner.ScalarAsync<Guid>(
        $"""
        with i as (insert into instruments values (gen_random_uuid(), gen_random_uuid(), '1', '') returning instrument_id),
             s as (insert into schools values (gen_random_uuid(), '{await MakeDistrictAsync()}', 'S', 'S') returning school_id, district_id),
             w as (insert into waves (wave_id, district_id, instrument_id, external_id, school_year, stage, opens_at, closes_at, samples_schools, state)
                   select gen_random_uuid(), district_id, instrument_id, 'w', 2026, 0, '2026-01-01', '2026-02-01', false, 'open' from i, s returning wave_id),
             o as (insert into rosters select wave_id, school_id from w, s),
             m as (insert into imports select wave_id, sha256(''), 'f', 0, 0, 0 from w),
             q as (insert into scoring_requests (wave_id, revision, state) select wave_id, 1, 'withdrawn' from w),
             r as (insert into score_revisions select wave_id, 1, 1, false, null, 1, 1, '[]' from w),
             u as (insert into score_units select wave_id, 1, school_id, false, 1, 1, 1 from w, s),
             c as (insert into scores select wave_id, 1, school_id, 'A', 600, null, null, 1, 0, 0 from w, s),
             t as (insert into reproductions select wave_id, 1, '' from w)
        select wave_id from w
        """);
}
