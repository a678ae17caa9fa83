using Npgsql;

namespace Onpoint.Web.Tests.Database;

public sealed class PostgresFixtureTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Each_data_source_is_its_own_role_and_web_sessions_start_with_the_scope_of_all_districts()
    {
        Assert.Equal("onpoint_owner", await postgres.Owner.ScalarAsync<string>("select current_user::text"));
        Assert.Equal("onpoint_worker", await postgres.Worker.ScalarAsync<string>("select current_user::text"));
        Assert.Equal("onpoint_web all", await postgres.Web.ScalarAsync<string>("select current_user || ' ' || current_setting('onpoint.scope')"));
    }

    [Fact]
    public async Task A_pooled_web_connection_falls_back_to_the_scope_of_all_districts()
    {
        var one = new NpgsqlConnectionStringBuilder(postgres.Web.ConnectionString) { MaxPoolSize = 1 };
        await using var web = NpgsqlDataSource.Create(one);
        int session = await web.ScalarAsync<int>("select pg_backend_pid()");

        await web.ExecuteAsync("set onpoint.scope = 'writer'");

        Assert.Equal($"{session} all", await web.ScalarAsync<string>("select pg_backend_pid() || ' ' || current_setting('onpoint.scope')"));
    }
}
