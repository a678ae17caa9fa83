using Npgsql;

namespace Onpoint.Web.Database;

/// <summary>What opening the database leads to.</summary>
internal abstract record DatabasesResult
{
    private DatabasesResult() { }

    internal sealed record Ready(Databases Databases) : DatabasesResult;

    /// <summary>No connection string, and the embedded PostgreSQL cannot run: a sentence, and the program ends with a non-zero code.</summary>
    internal sealed record NotPossible(string Sentence) : DatabasesResult;
}

/// <summary>What bringing the schema up to date leads to. A failing file is a <see cref="MigrationException"/>.</summary>
internal abstract record MigrateResult
{
    private MigrateResult() { }

    internal sealed record UpToDate(int FilesApplied) : MigrateResult;

    /// <summary>An administrator of the server runs these first: the owner's connection may not create roles.</summary>
    internal sealed record RolesMissing(IReadOnlyList<string> Statements) : MigrateResult;
}

/// <summary>The one database, seen by its three roles (decision 2). A pool is made when its role is first used.</summary>
internal sealed partial class Databases : IAsyncDisposable
{
    /// <summary>
    /// Row-level security reads this setting; without it the web role sees no row. Until accounts exist each session starts
    /// with all districts. Sent as a start-up option, so that a pooled connection falls back to it and not to nothing.
    /// </summary>
    private const string WebSessionOptions = "-c onpoint.scope=all";

    private readonly Lazy<NpgsqlDataSource> _owner;
    private readonly Lazy<NpgsqlDataSource> _web;
    private readonly Lazy<NpgsqlDataSource> _worker;
    private readonly Dictionary<string, string> _passwords;

    /// <summary>Takes one connection string by role; disposing also disposes <paramref name="embedded"/>.</summary>
    public Databases(string owner, string web, string worker, EmbeddedPostgres? embedded = null, bool ownerIsKnown = true)
    {
        Embedded = embedded;
        OwnerIsKnown = ownerIsKnown;
        _owner = Pool(owner, "onpoint owner", connections: 4);
        _web = Pool(web, "onpoint web", connections: 60, builder => builder.Options = $"{builder.Options} {WebSessionOptions}".TrimStart());

        // 64 KiB (default 8): a third of a bulk load's time went into small writes, and two thirds of reading answers into small reads.
        _worker = Pool(worker, "onpoint worker", connections: 20, builder =>
        {
            builder.WriteBufferSize = 65_536;
            builder.ReadBufferSize = 65_536;
        });
        _passwords = new[] { owner, web, worker }
            .Select(text => new NpgsqlConnectionStringBuilder(text))
            .Where(builder => builder is { Username: not null, Password: not null })
            .GroupBy(builder => builder.Username!, builder => builder.Password!)
            .ToDictionary(group => group.Key, group => group.First());
    }

    /// <summary>Migrations; nothing else.</summary>
    public NpgsqlDataSource Owner => _owner.Value;

    /// <summary>Pages and the API.</summary>
    public NpgsqlDataSource Web => _web.Value;

    /// <summary>Scoring, imports and Hangfire.</summary>
    public NpgsqlDataSource Worker => _worker.Value;

    /// <summary>Null on a server.</summary>
    public EmbeddedPostgres? Embedded { get; }

    /// <summary>False when no connection of the owner was configured, so that another role's stands in for it.</summary>
    public bool OwnerIsKnown { get; }

    /// <summary>
    /// Connection strings Onpoint (web), OnpointWorker and OnpointOwner; a missing one is the first of them that is there.
    /// None at all: the embedded PostgreSQL, started or adopted.
    /// </summary>
    public static async Task<DatabasesResult> OpenAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        string? web = configuration.GetConnectionString("Onpoint");
        string? worker = configuration.GetConnectionString("OnpointWorker");
        string? owner = configuration.GetConnectionString("OnpointOwner");
        if ((web ?? worker ?? owner) is { } first)
        {
            return new DatabasesResult.Ready(new Databases(owner ?? first, web ?? first, worker ?? first, ownerIsKnown: owner is not null));
        }

        return await EmbeddedPostgres.StartAsync(DataFolder.Default(), cancellationToken) switch
        {
            EmbeddedPostgresStart.Running(var server) => new DatabasesResult.Ready(new Databases(
                server.ConnectionString(DatabaseRoles.Owner), server.ConnectionString(DatabaseRoles.Web), server.ConnectionString(DatabaseRoles.Worker), server)),
            EmbeddedPostgresStart.NotPossible(var sentence) => new DatabasesResult.NotPossible(sentence),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Whether every file of the folder is applied, as any role can see. A web process needs no owner for that.</summary>
    public async Task<bool> IsMigratedAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlCommand command = Web.CreateCommand("select number from public.schema_migrations");
            await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
            HashSet<int> applied = [];
            while (await rows.ReadAsync(cancellationToken))
            {
                applied.Add(rows.GetInt32(0));
            }

            return applied.SetEquals(MigrationFile.ReadFolder(folder).Select(file => file.Number));
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InsufficientPrivilege)
        {
            return false;
        }
    }

    /// <summary>Creates the missing roles, then applies the folder's migrations as the owner.</summary>
    /// <exception cref="MigrationException">The schema was left as it was.</exception>
    public async Task<MigrateResult> MigrateAsync(string folder, CancellationToken cancellationToken)
    {
        await using (NpgsqlConnection connection = await Owner.OpenConnectionAsync(cancellationToken))
        {
            if (await DatabaseRoles.EnsureAsync(connection, _passwords, cancellationToken) is RolesResult.Missing(var statements))
            {
                return new MigrateResult.RolesMissing(statements);
            }
        }

        return new MigrateResult.UpToDate(await Migrations.ApplyAsync(Owner, folder, cancellationToken));
    }

    /// <summary>
    /// Logs a warning when pages could read single answers, for example because one administrator's connection string
    /// serves all three roles.
    /// </summary>
    public async Task WarnWhenWebReadsResponsesAsync(ILogger logger, CancellationToken cancellationToken)
    {
        // to_regclass is null before the first migration, and coalesce then says no.
        await using NpgsqlCommand command = Web.CreateCommand("select coalesce(has_table_privilege(to_regclass('public.responses'), 'select'), false), current_user");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (reader.GetBoolean(0))
        {
            LogWebReadsResponses(logger, reader.GetString(1));
        }
    }

    /// <summary>Drops pooled connections: they lead to a database that was thrown away.</summary>
    public void ForgetConnections()
    {
        foreach (Lazy<NpgsqlDataSource> pool in new[] { _owner, _web, _worker }.Where(pool => pool.IsValueCreated))
        {
            pool.Value.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Lazy<NpgsqlDataSource> pool in new[] { _owner, _web, _worker })
        {
            if (pool.IsValueCreated)
            {
                await pool.Value.DisposeAsync();
            }
        }

        if (Embedded is not null)
        {
            await Embedded.DisposeAsync();
        }
    }

    private static Lazy<NpgsqlDataSource> Pool(string connectionString, string name, int connections, Action<NpgsqlConnectionStringBuilder>? also = null) => new(() =>
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        builder.ApplicationName ??= name;

        // Only a connection string that says so itself has another size.
        if (!builder.ContainsKey("Maximum Pool Size"))
        {
            builder.MaxPoolSize = connections;
        }

        also?.Invoke(builder);
        return NpgsqlDataSource.Create(builder);
    });

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The web role {Role} can read table responses. Give ConnectionStrings__Onpoint the user onpoint_web, and ConnectionStrings__OnpointWorker and ConnectionStrings__OnpointOwner their own.")]
    private static partial void LogWebReadsResponses(ILogger logger, string role);
}
