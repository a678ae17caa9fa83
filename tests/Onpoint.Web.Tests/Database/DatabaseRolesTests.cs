using Npgsql;
using Onpoint.Web.Database;

namespace Onpoint.Web.Tests.Database;

/// <summary>Roles belong to a whole server, so this test takes them away from one of its own.</summary>
public sealed class DatabaseRolesTests
{
    [Fact]
    public async Task Missing_roles_are_created_by_who_may_and_named_to_who_may_not()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using EmbeddedPostgres server =
            Assert.IsType<EmbeddedPostgresStart.Running>(await EmbeddedPostgres.StartAsync(folder.Path, cancellationToken)).Server;
        await using var administrator = NpgsqlDataSource.Create(server.ConnectionString(EmbeddedPostgres.Superuser, EmbeddedPostgres.Superuser));
        foreach (string statement in new[] { "drop database onpoint", "drop role onpoint_owner, onpoint_web, onpoint_worker", "create role guest login" })
        {
            await administrator.ExecuteAsync(statement);
        }

        string guest = server.ConnectionString("guest", EmbeddedPostgres.Superuser);
        await using (var asGuest = new Databases(guest, guest, guest))
        {
            MigrateResult result = await asGuest.MigrateAsync(folder.Path, cancellationToken);
            Assert.Equal(
                ["create role onpoint_owner login;", "create role onpoint_web login;", "create role onpoint_worker login;"],
                Assert.IsType<MigrateResult.RolesMissing>(result).Statements);
        }

        string web = new NpgsqlConnectionStringBuilder(guest) { Username = DatabaseRoles.Web, Password = "it's" }.ConnectionString;
        await using var asAdministrator = new Databases(administrator.ConnectionString, web, administrator.ConnectionString);
        Assert.IsType<MigrateResult.UpToDate>(await asAdministrator.MigrateAsync(folder.Path, cancellationToken));
        Assert.Equal(
            "onpoint_owner:login onpoint_web:login:password onpoint_worker:login",
            await administrator.ScalarAsync<string>(
                """
                select string_agg(rolname || case when rolcanlogin then ':login' else '' end || case when rolpassword is null then '' else ':password' end, ' ' order by rolname)
                  from pg_authid where rolname like 'onpoint%'
                """));
    }
}
