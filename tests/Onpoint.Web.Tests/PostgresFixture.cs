using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Onpoint.Web.Database;
using Onpoint.Web.Platform;

[assembly: AssemblyFixture(typeof(Onpoint.Web.Tests.PostgresFixture))]

namespace Onpoint.Web.Tests;

/// <summary>
/// One migrated database for the whole suite: on the server that ONPOINT_TEST_POSTGRES names (an administrator's connection
/// string; databases are new and dropped at the end), else on an embedded PostgreSQL in a temporary folder.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public const string ServerVariable = "ONPOINT_TEST_POSTGRES";

    private readonly List<string> _created = [];
    private string _administrator = Environment.GetEnvironmentVariable(ServerVariable) ?? "";
    private EmbeddedPostgres? _embedded;
    private readonly Lazy<Task<WebApplication>> _app;
    private Databases? _databases;

    public PostgresFixture() => _app = new Lazy<Task<WebApplication>>(StartAppAsync);

    public NpgsqlDataSource Owner => _databases!.Owner;

    public NpgsqlDataSource Web => _databases!.Web;

    public NpgsqlDataSource Worker => _databases!.Worker;

    internal Databases Databases => _databases!;

    /// <summary>Name of the migrated database.</summary>
    public string Database { get; private set; } = "";

    /// <summary>For a program under test, which opens the database itself. <paramref name="role"/> is one of onpoint_owner, onpoint_web and onpoint_worker.</summary>
    public string ConnectionString(string role, string database) =>
        _embedded is not null
            ? _embedded.ConnectionString(role, database)
            : new NpgsqlConnectionStringBuilder(_administrator) { Database = database, Options = $"-c role={role}" }.ConnectionString;

    /// <summary>An empty database of its own for a test that changes the schema; dropped with the fixture.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        string name = $"onpoint_test_{Guid.NewGuid():N}";
        await ExecuteAsAdministratorAsync($"create database {name} owner {DatabaseRoles.Owner}", cancellationToken);
        lock (_created) // tests run in parallel
        {
            _created.Add(name);
        }

        return name;
    }

    /// <summary>A database of its own with our schema, for tests whose jobs must not meet those of others.</summary>
    internal async Task<Databases> CreateMigratedDatabaseAsync(CancellationToken cancellationToken)
    {
        Databases databases = Open(await CreateDatabaseAsync(cancellationToken));
        await databases.MigrateAsync(Migrations.BundledFolder, cancellationToken);
        return databases;
    }

    /// <summary>The tables as the owner sees them: no policy hides a row.</summary>
    internal async Task WithDbAsync(Func<OnpointDb, Task> run)
    {
        await using OnpointDb db = new(OnpointDb.Options(Owner));
        await run(db);
    }

    /// <summary>The whole program on the migrated database, started by the first test that asks. Listens on a free port.</summary>
    internal Task<WebApplication> AppAsync() => _app.Value;

    public async ValueTask InitializeAsync()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        if (_administrator.Length == 0)
        {
            await StartEmbeddedAsync(cancellationToken);
        }

        await using (var administrator = new NpgsqlConnection(_administrator))
        {
            await administrator.OpenAsync(cancellationToken);
            await DatabaseRoles.EnsureAsync(administrator, new Dictionary<string, string>(), cancellationToken);
        }

        Database = await CreateDatabaseAsync(cancellationToken);
        await Console.Error.WriteLineAsync(_embedded is null
            ? $"Database: {Database} on the server that {ServerVariable} names"
            : $"Database: {Database} on an embedded PostgreSQL in {_embedded.DataFolder}");
        _databases = Open(Database);
        await _databases.MigrateAsync(Migrations.BundledFolder, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app.IsValueCreated)
        {
            await using WebApplication app = await _app.Value;
            await app.StopAsync();
        }

        if (_databases is not null)
        {
            await _databases.DisposeAsync();
        }

        if (_embedded is not null)
        {
            await _embedded.DisposeAsync();
            Directory.Delete(_embedded.DataFolder, recursive: true);
            return;
        }

        foreach (string name in _created)
        {
            await ExecuteAsAdministratorAsync($"drop database {name} with (force)", CancellationToken.None);
        }
    }

    private Databases Open(string database) => new(
        ConnectionString(DatabaseRoles.Owner, database), ConnectionString(DatabaseRoles.Web, database), ConnectionString(DatabaseRoles.Worker, database));

    private async Task<WebApplication> StartAppAsync()
    {
        // Quick looks into the queue; processes that a test starts inherit them.
        Environment.SetEnvironmentVariable("Jobs__QueuePollIntervalMilliseconds", "100");
        Environment.SetEnvironmentVariable("Jobs__SchedulePollingIntervalMilliseconds", "500");
        Environment.SetEnvironmentVariable("Jobs__StopTimeoutMilliseconds", "0");
        Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning");
        WebApplication app = OnpointApp.BuildWeb(Databases, RandomNumberGenerator.GetBytes(SecretFile.Length), AppRole.All, port: 0);
        await app.StartAsync();
        return app;
    }

    private async Task StartEmbeddedAsync(CancellationToken cancellationToken)
    {
        string folder = Path.Combine(Path.GetTempPath(), $"onpoint-tests-{Guid.NewGuid():N}");
        _embedded = await EmbeddedPostgres.StartAsync(folder, cancellationToken) switch
        {
            EmbeddedPostgresStart.Running(var server) => server,
            EmbeddedPostgresStart.NotPossible(var sentence) => throw new InvalidOperationException(
                $"The tests need PostgreSQL. {sentence} Or run them on a server: {ServerVariable}='Host=localhost;Username=postgres;Password=...' dotnet test Onpoint.sln"),
            _ => throw new UnreachableException(),
        };
        _administrator = _embedded.ConnectionString(EmbeddedPostgres.Superuser, EmbeddedPostgres.Superuser);
    }

    private async Task ExecuteAsAdministratorAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_administrator);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
