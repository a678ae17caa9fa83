using Npgsql;

namespace Onpoint.Web.Tests.Database;

public sealed class PostgresFixtureTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Each_data_source_is_its_own_role_and_web_sessions_start_with_the_scope_of_all_districts()
    {
        Assert.Equal("onpoint_owner", await ScalarAsync(postgres.Owner, "select current_user::text"));
        Assert.Equal("onpoint_worker", await ScalarAsync(postgres.Worker, "select current_user::text"));
        Assert.Equal("onpoint_web all", await ScalarAsync(postgres.Web, "select current_user || ' ' || current_setting('onpoint.scope')"));
    }

    [Fact]
    public async Task A_pooled_web_connection_falls_back_to_the_scope_of_all_districts()
    {
        await using (NpgsqlConnection connection = await postgres.Web.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var narrow = new NpgsqlCommand("set onpoint.scope = 'writer'", connection);
            await narrow.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("all", await ScalarAsync(postgres.Web, "select current_setting('onpoint.scope')"));
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using NpgsqlCommand command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
