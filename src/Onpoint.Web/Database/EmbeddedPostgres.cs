using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Onpoint.Web.Database;

/// <summary>What starting the embedded PostgreSQL leads to.</summary>
internal abstract record EmbeddedPostgresStart
{
    private EmbeddedPostgresStart() { }

    internal sealed record Running(EmbeddedPostgres Server) : EmbeddedPostgresStart;

    /// <summary>A sentence for the person at the terminal; the program ends with a non-zero code.</summary>
    internal sealed record NotPossible(string Sentence) : EmbeddedPostgresStart;
}

/// <summary>
/// A real PostgreSQL on 127.0.0.1 that the program starts by itself when no connection string is configured (decision 1).
/// The server is a session of its own: neither Ctrl+C nor a killed program reaches it. A later program on the same folder
/// adopts it. Only the handle that started a server stops it, and not while another program uses it.
/// </summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    public const string Database = "onpoint";

    /// <summary>The cluster's first role, and the name of its first database.</summary>
    public const string Superuser = "postgres";

    // A server that replays its log after a crash answers "starting up" for this long at most; longer is reported.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PostgresBinaries? _binaries;

    // Open for reading as long as the handle lives: who can open the file alone knows that nobody else uses the server.
    private FileStream? _use;

    private EmbeddedPostgres(string dataFolder, int port, PostgresBinaries? binaries)
    {
        DataFolder = dataFolder;
        Port = port;
        _binaries = binaries;
    }

    public string DataFolder { get; }

    public int Port { get; }

    /// <summary>True when the server ran already: disposing this handle leaves it running.</summary>
    public bool Adopted => _binaries is null;

    public string ConnectionString(string role, string database = Database) => ConnectionString(Port, role, database);

    /// <summary>Adopts the folder's server or starts it, creating cluster, roles and database where they are missing.</summary>
    public static async Task<EmbeddedPostgresStart> StartAsync(string dataFolder, CancellationToken cancellationToken)
    {
        try
        {
            if (Web.Database.DataFolder.Prepare(dataFolder) is { } refusal)
            {
                return new EmbeddedPostgresStart.NotPossible(refusal);
            }

            // Programs that start at the same time queue here: the first one starts the server, the others find it running.
            await using FileStream turn = await TakeTurnAsync(dataFolder, cancellationToken);
            EmbeddedPostgresStart start = await FindRunningAsync(dataFolder, cancellationToken) ?? await StartServerAsync(dataFolder, cancellationToken);
            if (start is EmbeddedPostgresStart.Running(var server))
            {
                await server.CreateDatabaseAsync(cancellationToken);
                server._use = new FileStream(UseFile(dataFolder), FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
            }

            return start;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or Win32Exception)
        {
            return new EmbeddedPostgresStart.NotPossible($"The embedded PostgreSQL cannot use {dataFolder}: {e.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_use is null)
        {
            return;
        }

        // In turn: nobody joins between the look and the stop.
        await using FileStream turn = await TakeTurnAsync(DataFolder, CancellationToken.None);
        await _use.DisposeAsync();
        _use = null;
        if (_binaries is not null && !IsUsed(DataFolder))
        {
            // "fast" is SIGINT: open transactions are rolled back. A server somebody else has stopped meanwhile is no error.
            await PostgresCommand.RunAsync(_binaries.Path("pg_ctl"), ["stop", "-s", "-w", "-m", "fast", "-D", Cluster(DataFolder)], CancellationToken.None);
        }
    }

    private static Task<FileStream> TakeTurnAsync(string dataFolder, CancellationToken cancellationToken) =>
        Web.Database.DataFolder.OpenAloneAsync(Path.Combine(dataFolder, "start.lock"), cancellationToken);

    private static bool IsUsed(string dataFolder)
    {
        try
        {
            using var alone = new FileStream(UseFile(dataFolder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static string UseFile(string dataFolder) => Path.Combine(dataFolder, "use.lock");

    private static string Cluster(string dataFolder) => Path.Combine(dataFolder, "postgres");

    private static string LogFile(string dataFolder) => Path.Combine(dataFolder, "postgres.log");

    private static string ConnectionString(int port, string role, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = port,
        Database = database,
        Username = role,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    private static NpgsqlConnection ConnectAsSuperuser(int port) =>
        new(new NpgsqlConnectionStringBuilder(ConnectionString(port, Superuser, Superuser)) { Pooling = false }.ConnectionString);

    /// <returns>Null when no server runs on the folder.</returns>
    private static async Task<EmbeddedPostgresStart?> FindRunningAsync(string dataFolder, CancellationToken cancellationToken)
    {
        string pidFile = Path.Combine(Cluster(dataFolder), "postmaster.pid");
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < Patience)
        {
            string[] lines = File.Exists(pidFile) ? await File.ReadAllLinesAsync(pidFile, cancellationToken) : [];
            if (lines.Length == 0 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out int pid))
            {
                return null;
            }

            string? name = ProcessName(pid);
            if (name is not ("postgres" or "postmaster"))
            {
                if (name is not null)
                {
                    // A container gives the same small numbers again: the number now belongs to another program, and
                    // PostgreSQL would refuse to start as long as the file names it.
                    File.Delete(pidFile);
                }

                return null;
            }

            // Line 4 is the port; the file is shorter while the server is only beginning.
            if (lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out int port) && await AnswersAsync(port, lines[..4], cancellationToken))
            {
                return new EmbeddedPostgresStart.Running(new EmbeddedPostgres(dataFolder, port, binaries: null));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        return new EmbeddedPostgresStart.NotPossible($"A PostgreSQL holds {dataFolder} but does not answer. Its log: {LogFile(dataFolder)}");
    }

    /// <returns>Null when no process has the number.</returns>
    private static string? ProcessName(int pid)
    {
        try
        {
            // "pid (name) Z ...": ended, but its parent never asked for the exit code, as in a container without an init process.
            string stat = $"/proc/{pid}/stat";
            using Process process = Process.GetProcessById(pid);
            return File.Exists(stat) && File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal) ? "" : process.ProcessName;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException)
        {
            // It does not exist, or it ended while we looked.
            return null;
        }
    }

    /// <summary>Another server may have the port by now, so the one that answers must name the same postmaster.pid.</summary>
    private static async Task<bool> AnswersAsync(int port, string[] pidLines, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlConnection connection = ConnectAsSuperuser(port);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select pg_read_file('postmaster.pid')", connection);
            string theirs = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
            return theirs.Split('\n').Take(pidLines.Length).SequenceEqual(pidLines);
        }
        catch (NpgsqlException)
        {
            // Not listening yet, still starting up, or no PostgreSQL of ours.
            return false;
        }
    }

    private static async Task<EmbeddedPostgresStart> StartServerAsync(string dataFolder, CancellationToken cancellationToken)
    {
        string cluster = Cluster(dataFolder);
        string versionFile = Path.Combine(cluster, "PG_VERSION");
        int? clusterMajor = File.Exists(versionFile) ? int.Parse((await File.ReadAllTextAsync(versionFile, cancellationToken)).Trim(), CultureInfo.InvariantCulture) : null;
        PostgresSearch search = await PostgresBinaries.FindAsync(clusterMajor, cancellationToken);
        if (search is PostgresSearch.Missing(var sentence))
        {
            return new EmbeddedPostgresStart.NotPossible(sentence);
        }

        PostgresBinaries binaries = ((PostgresSearch.Found)search).Binaries;
        if (clusterMajor is null && await CreateClusterAsync(binaries, dataFolder, cancellationToken) is { } failure)
        {
            return new EmbeddedPostgresStart.NotPossible(failure);
        }

        string log = LogFile(dataFolder);
        if (!File.Exists(log))
        {
            // For its owner only: the server's messages can hold values of rows.
            await (await Web.Database.DataFolder.OpenAloneAsync(log, cancellationToken)).DisposeAsync();
            if (PostgresCommand.RunsAsRoot)
            {
                await PostgresCommand.GiveToPostgresAsync(log, cancellationToken);
            }
        }

        // Between our look for a free port and the server's use of it another program may take it: look again.
        string output = "";
        for (int attempt = 0; attempt < 3; attempt++)
        {
            int port = FreePort();
            (int exitCode, output) = await PostgresCommand.RunAsync(
                binaries.Path("pg_ctl"), ["start", "-s", "-w", "-D", cluster, "-l", log, "-o", ServerOptions(port)], cancellationToken);
            if (exitCode == 0)
            {
                return new EmbeddedPostgresStart.Running(new EmbeddedPostgres(dataFolder, port, binaries));
            }
        }

        string last = string.Join(' ', File.ReadLines(log).TakeLast(3));
        return new EmbeddedPostgresStart.NotPossible($"PostgreSQL {binaries.Major} in {binaries.Folder} does not start: {output} {last} (log: {log})");
    }

    /// <returns>Null, or why it failed.</returns>
    private static async Task<string?> CreateClusterAsync(PostgresBinaries binaries, string dataFolder, CancellationToken cancellationToken)
    {
        // Under another name until it is complete: a program killed in the middle leaves nothing that looks like a cluster.
        string draft = Cluster(dataFolder) + ".new";
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        Directory.CreateDirectory(draft);
        if (PostgresCommand.RunsAsRoot)
        {
            await PostgresCommand.GiveToPostgresAsync(draft, cancellationToken);
        }

        // Trust: the server listens on the loopback only. C.UTF-8 is not known to every macOS and Windows; C sorts the same.
        string locale = OperatingSystem.IsLinux() ? "C.UTF-8" : "C";
        (int exitCode, string output) = await PostgresCommand.RunAsync(
            binaries.Path("initdb"),
            ["-D", draft, "-U", Superuser, "-A", "trust", "-E", "UTF8", $"--locale={locale}", "--no-sync", "--no-instructions"],
            cancellationToken);
        if (exitCode != 0)
        {
            return $"initdb of PostgreSQL {binaries.Major} failed in {dataFolder}: {output}";
        }

        Directory.Move(draft, Cluster(dataFolder));
        return null;
    }

    private static string ServerOptions(int port)
    {
        // Two programs with all their pools fit into 200 connections.
        string options = string.Create(CultureInfo.InvariantCulture, $"-p {port} -c listen_addresses=127.0.0.1 -c max_connections=200");

        // "." is the cluster: relative, so a long folder name does not meet the 107 bytes a socket's path may have.
        return OperatingSystem.IsWindows() ? options : options + " -c unix_socket_directories=.";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Throws the database away, whoever is connected to it, and creates it empty.</summary>
    public async Task RecreateDatabaseAsync(CancellationToken cancellationToken)
    {
        await using (NpgsqlConnection connection = ConnectAsSuperuser(Port))
        {
            await connection.OpenAsync(cancellationToken);
            await using var drop = new NpgsqlCommand($"drop database if exists {Database} with (force)", connection);
            await drop.ExecuteNonQueryAsync(cancellationToken);
        }

        await CreateDatabaseAsync(cancellationToken);
    }

    private async Task CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = ConnectAsSuperuser(Port);
        await connection.OpenAsync(cancellationToken);
        await DatabaseRoles.EnsureAsync(connection, passwords: new Dictionary<string, string>(), cancellationToken);
        await using var exists = new NpgsqlCommand("select exists (select 1 from pg_database where datname = $1)", connection)
        {
            Parameters = { new() { Value = Database } },
        };
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
        {
            // Owning the database is owning schema public: it belongs to pg_database_owner since PostgreSQL 15.
            await using var create = new NpgsqlCommand($"create database {Database} owner {DatabaseRoles.Owner}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
