using System.Data;
using System.Diagnostics;
using Npgsql;
using Onpoint.Web.Platform.Jobs;

namespace Onpoint.Web.Database;

/// <summary>Why the schema was left as it was, in a sentence for the person who runs <c>migrate</c>.</summary>
internal sealed class MigrationException : Exception
{
    public MigrationException(string message)
        : base(message)
    {
    }

    public MigrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>
/// Applies db-migrations/NNNN_topic.sql in order, once each, then Hangfire's schema and its grants. Own, because of the
/// runners tried one has no lock, does not notice an edited file and reads $word$ as a variable, and the other refuses our file names.
/// </summary>
internal static class Migrations
{
    // Any fixed number; this one is "OnPoint" in ASCII.
    private const long LockKey = 0x4F6E506F696E74;

    /// <summary>Where the build puts the repository's db-migrations.</summary>
    public static string BundledFolder { get; } = Path.Combine(AppContext.BaseDirectory, "db-migrations");

    /// <summary>
    /// Brings the database up to date as its owner. Programs that do so at the same time wait for each other. A file that
    /// fails leaves nothing behind; the files before it stay applied.
    /// </summary>
    /// <returns>The number of files applied now (count).</returns>
    /// <exception cref="MigrationException">
    /// A file fails, was edited after it was applied, is gone, is numbered below the last applied one, or is misnamed.
    /// </exception>
    public static async Task<int> ApplyAsync(NpgsqlDataSource owner, string folder, CancellationToken cancellationToken)
    {
        // Git keeps no empty folder, so a build without any file has none.
        IReadOnlyList<MigrationFile> files = Directory.Exists(folder) ? MigrationFile.ReadFolder(folder) : [];
        await using NpgsqlConnection connection = await owner.OpenConnectionAsync(cancellationToken);

        // A loop, because a session that waits inside pg_advisory_lock holds a snapshot, and a `create index concurrently`
        // of the session that has the lock would wait for it for ever.
        while (!await ScalarAsync<bool>(connection, "select pg_try_advisory_lock($1)", [LockKey], cancellationToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        try
        {
            int applied = await ApplyFilesAsync(connection, files, cancellationToken);
            await HangfireSchema.InstallAsync(connection, cancellationToken);
            return applied;
        }
        finally
        {
            // A connection that broke has lost its lock; asking it would hide why it broke.
            if (connection.State == ConnectionState.Open)
            {
                await ScalarAsync<bool>(connection, "select pg_advisory_unlock($1)", [LockKey], CancellationToken.None);
            }
        }
    }

    private static async Task<int> ApplyFilesAsync(NpgsqlConnection connection, IReadOnlyList<MigrationFile> files, CancellationToken cancellationToken)
    {
        Dictionary<int, (string Name, string Checksum)> done = await ReadAppliedAsync(connection, cancellationToken);
        foreach ((int number, (string name, _)) in done)
        {
            if (files.All(file => file.Number != number))
            {
                throw new MigrationException($"{name} was applied but its file is gone. Is this program older than the database?");
            }
        }

        int last = done.Keys.DefaultIfEmpty().Max();
        foreach (MigrationFile file in files)
        {
            if (done.TryGetValue(file.Number, out (string Name, string Checksum) before))
            {
                if (before.Checksum != file.Checksum)
                {
                    throw new MigrationException($"{file.Name} was edited after it was applied. Restore it and put the change into a new file.");
                }
            }
            else if (file.Number < last)
            {
                throw new MigrationException($"{file.Name} is numbered below {last:D4}, which is applied already. Give it the next number.");
            }
        }

        MigrationFile[] open = [.. files.Where(file => !done.ContainsKey(file.Number))];
        foreach (MigrationFile file in open)
        {
            await ApplyFileAsync(connection, file, cancellationToken);
        }

        return open.Length;
    }

    private static async Task<Dictionary<int, (string Name, string Checksum)>> ReadAppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string Create =
            """
            create table if not exists public.schema_migrations (
                number int primary key,
                name text not null,
                checksum text not null,
                applied_at timestamptz not null default now(),
                duration_milliseconds int not null)
            """;
        await ExecuteAsync(connection, transaction: null, Create, [], cancellationToken);

        var applied = new Dictionary<int, (string Name, string Checksum)>();
        await using NpgsqlCommand command = Command(connection, transaction: null, "select number, name, checksum from public.schema_migrations", []);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetInt32(0), (reader.GetString(1), reader.GetString(2)));
        }

        return applied;
    }

    private static async Task ApplyFileAsync(NpgsqlConnection connection, MigrationFile file, CancellationToken cancellationToken)
    {
        const string Record = "insert into public.schema_migrations (number, name, checksum, duration_milliseconds) values ($1, $2, $3, $4)";
        long begin = Stopwatch.GetTimestamp();
        await using NpgsqlTransaction? transaction = file.InTransaction ? await connection.BeginTransactionAsync(cancellationToken) : null;
        try
        {
            await ExecuteAsync(connection, transaction, file.Sql, [], cancellationToken);
            int duration = (int)Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            await ExecuteAsync(connection, transaction, Record, [file.Number, file.Name, file.Checksum, duration], cancellationToken);
            if (transaction is not null)
            {
                await transaction.CommitAsync(cancellationToken);
            }
        }
        catch (PostgresException e)
        {
            throw new MigrationException($"{file.Name}: {e.MessageText} ({e.SqlState}, character {e.Position} of the failing statement)", e);
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, object[] arguments)
    {
        // 0: no time limit. A file may fill a column of millions of rows.
        var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 };
        foreach (object argument in arguments)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        }

        return command;
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, object[] arguments, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(connection, transaction, sql, arguments);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, object[] arguments, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(connection, transaction: null, sql, arguments);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
