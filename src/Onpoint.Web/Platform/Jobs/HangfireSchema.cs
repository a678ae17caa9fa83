using Hangfire.PostgreSql;
using Npgsql;

namespace Onpoint.Web.Platform.Jobs;

/// <summary>Hangfire's tables, installed by the owner only: web and worker need no right to change a schema.</summary>
internal static class HangfireSchema
{
    public const string Name = "hangfire";

    /// <summary>
    /// What each role may do there; repeatable. A missing grant on <c>lock</c> gives no error: the call spins for minutes.
    /// The web role only reads, for the dashboard: whoever may insert jobs makes a worker call any public method of any loaded type.
    /// </summary>
    private const string Grants =
        """
        revoke all on schema hangfire from public;
        revoke all on all tables in schema hangfire from onpoint_web, onpoint_worker;
        revoke all on all sequences in schema hangfire from onpoint_web, onpoint_worker;
        -- worker: rows only, no DDL
        grant usage on schema hangfire to onpoint_web, onpoint_worker;
        grant select, insert, update, delete on all tables in schema hangfire to onpoint_worker;
        revoke insert, update, delete on hangfire.schema from onpoint_worker;
        grant usage on all sequences in schema hangfire to onpoint_worker;
        grant select on all tables in schema hangfire to onpoint_web;
        """;

    /// <summary>Installs or upgrades the schema. The caller holds the migrations' lock: two installers at once get in each other's way.</summary>
    public static async Task InstallAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        PostgreSqlObjectsInstaller.Install(connection, Name);

        // One transaction: a running worker never sees the moment between revoke and grant.
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var grants = new NpgsqlCommand(Grants, connection, transaction);
        await grants.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
