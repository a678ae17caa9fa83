using Npgsql;

namespace Onpoint.Web.Database;

/// <summary>What asking for the three roles leads to.</summary>
internal abstract record RolesResult
{
    private RolesResult() { }

    internal sealed record Ready : RolesResult;

    /// <summary>This connection may not create roles: an administrator runs these statements.</summary>
    internal sealed record Missing(IReadOnlyList<string> Statements) : RolesResult;
}

/// <summary>The three database roles (decision 2): grants and policies in db-migrations name them.</summary>
internal static class DatabaseRoles
{
    public const string Owner = "onpoint_owner";
    public const string Web = "onpoint_web";
    public const string Worker = "onpoint_worker";

    // Roles belong to the whole server: two programs that migrate two databases on it must not create them at the same time.
    private const long LockKey = 0x4F6E506F696E7402;

    /// <summary>Creates the missing roles, with the password <paramref name="passwords"/> has for them, if it has one.</summary>
    public static async Task<RolesResult> EnsureAsync(
        NpgsqlConnection connection, IReadOnlyDictionary<string, string> passwords, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var missing = new NpgsqlCommand(
            """
            with locked as materialized (select pg_advisory_xact_lock($1))
            select r.name, (select rolsuper or rolcreaterole from pg_roles where rolname = current_user)
              from locked, unnest($2) as r (name)
             where not exists (select 1 from pg_roles where rolname = r.name)
            """,
            connection,
            transaction)
        {
            Parameters = { new() { Value = LockKey }, new() { Value = new[] { Owner, Web, Worker } } },
        };
        var names = new List<string>();
        bool mayCreate = false;
        await using (NpgsqlDataReader reader = await missing.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                names.Add(reader.GetString(0));
                mayCreate = reader.GetBoolean(1);
            }
        }

        if (names.Count > 0 && !mayCreate)
        {
            return new RolesResult.Missing([.. names.Select(name => $"create role {name} login;")]);
        }

        foreach (string name in names)
        {
            // DDL takes no parameters: the server itself quotes the password.
            await using var statement = new NpgsqlCommand("select format('create role %I login password %L', $1::text, $2::text)", connection, transaction)
            {
                Parameters = { new() { Value = name }, new NpgsqlParameter<string?> { TypedValue = passwords.GetValueOrDefault(name) } },
            };
            await using var create = new NpgsqlCommand((string)(await statement.ExecuteScalarAsync(cancellationToken))!, connection, transaction);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new RolesResult.Ready();
    }
}
