using Npgsql;
using Onpoint.Web.Database;

[assembly: AssemblyFixture(typeof(Onpoint.Web.Tests.PostgresFixture))]

namespace Onpoint.Web.Tests;

/// <summary>
/// One migrated database for the whole suite: on the server that ONPOINT_TEST_POSTGRES names (an administrator's connection
/// string; the database is new and dropped at the end), else on an embedded PostgreSQL in a temporary folder.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public const string ServerVariable = "ONPOINT_TEST_POSTGRES";

    private readonly string _name = $"onpoint_test_{Guid.NewGuid():N}";
    private string? _server;
    private EmbeddedPostgres? _embedded;
    private Databases? _databases;

    public NpgsqlDataSource Owner => _databases!.Owner;

    public NpgsqlDataSource Web => _databases!.Web;

    public NpgsqlDataSource Worker => _databases!.Worker;

    /// <summary>For a program under test, whose own process needs the string: <c>onpoint_owner</c>, <c>onpoint_web</c> or <c>onpoint_worker</c>.</summary>
    public string ConnectionString(string role) =>
        _embedded is not null
            ? _embedded.ConnectionString(role)
            : new NpgsqlConnectionStringBuilder(_server) { Database = _name, Options = $"-c role={role}" }.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        _server = Environment.GetEnvironmentVariable(ServerVariable);
        if (string.IsNullOrEmpty(_server))
        {
            await StartEmbeddedAsync(cancellationToken);
        }
        else
        {
            await CreateDatabaseAsync(_server, cancellationToken);
        }

        _databases = new Databases(ConnectionString(DatabaseRoles.Owner), ConnectionString(DatabaseRoles.Web), ConnectionString(DatabaseRoles.Worker), _embedded);
        await _databases.MigrateAsync(Migrations.BundledFolder, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_databases is not null)
        {
            await _databases.DisposeAsync();
        }

        if (_embedded is not null)
        {
            Directory.Delete(_embedded.DataFolder, recursive: true);
        }
        else if (_server is not null)
        {
            await ExecuteOnServerAsync(_server, $"drop database if exists {_name} with (force)", CancellationToken.None);
        }
    }

    private async Task StartEmbeddedAsync(CancellationToken cancellationToken)
    {
        string folder = Path.Combine(Path.GetTempPath(), _name);
        _embedded = await EmbeddedPostgres.StartAsync(folder, cancellationToken) switch
        {
            EmbeddedPostgresStart.Running(var server) => server,
            EmbeddedPostgresStart.NotPossible(var sentence) => throw new InvalidOperationException(
                $"The tests need PostgreSQL. {sentence} To use a running server: {ServerVariable}='Host=localhost;Username=postgres;Password=...' dotnet test"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        await Console.Error.WriteLineAsync($"Database: embedded PostgreSQL in {folder}, port {_embedded.Port}");
    }

    private async Task CreateDatabaseAsync(string server, CancellationToken cancellationToken)
    {
        await using (var connection = new NpgsqlConnection(server))
        {
            await connection.OpenAsync(cancellationToken);
            await DatabaseRoles.EnsureAsync(connection, new Dictionary<string, string>(), cancellationToken);
        }

        await ExecuteOnServerAsync(server, $"create database {_name} owner {DatabaseRoles.Owner}", cancellationToken);
        await Console.Error.WriteLineAsync($"Database: {_name} on the server that {ServerVariable} names");
    }

    private static async Task ExecuteOnServerAsync(string server, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
