using Microsoft.Extensions.Options;
using Onpoint.Charts;
using Onpoint.Web.Database;

namespace Onpoint.Web.Platform;

/// <summary>What every verb needs before its work: a database that can be reached and a schema that is up to date.</summary>
internal static class ProgramStart
{
    /// <summary>Exit code when the machine lacks something; the sentence on standard error says what to do.</summary>
    public const int NotPossible = 3;

    private const string SecretVariable = "ONPOINT_SECRET";

    /// <summary>appsettings.json beside the program, then environment variables.</summary>
    public static IConfiguration Configuration { get; } = new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .Build();

    /// <summary>Opens and migrates the database, runs the verb, closes. Expected failures end in a sentence and a code, not in a stack trace.</summary>
    /// <param name="run">The verb; its result is the exit code.</param>
    /// <param name="cancellationToken">Ctrl+C.</param>
    /// <param name="prepare">What comes before the migrations; a sentence refuses.</param>
    public static async Task<int> WithDatabaseAsync(Func<Databases, Task<int>> run, CancellationToken cancellationToken, Func<Databases, Task<string?>>? prepare = null)
    {
        switch (await Databases.OpenAsync(Configuration, cancellationToken))
        {
            case DatabasesResult.NotPossible(var sentence):
                return Refuse(sentence);
            case DatabasesResult.Ready(var databases):
                await using (databases)
                {
                    try
                    {
                        string? refusal = (prepare is null ? null : await prepare(databases)) ?? await MigrateAsync(databases, cancellationToken);
                        return refusal is null ? await run(databases) : Refuse(refusal);
                    }
                    catch (OptionsValidationException invalid)
                    {
                        return Refuse($"The configuration cannot be used: {invalid.Message} docs/configuration.md lists what is allowed.");
                    }
                }

            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Null, or why the schema is not up to date.</summary>
    private static async Task<string?> MigrateAsync(Databases databases, CancellationToken cancellationToken)
    {
        try
        {
            if (!databases.OwnerIsKnown && await databases.IsMigratedAsync(Migrations.BundledFolder, cancellationToken))
            {
                return null;
            }

            return await databases.MigrateAsync(Migrations.BundledFolder, cancellationToken) is MigrateResult.RolesMissing(var statements)
                ? $"The database lacks its roles, and this user may not create them. An administrator runs:{Environment.NewLine}{string.Join(Environment.NewLine, statements)}"
                : null;
        }
        catch (MigrationException failure)
        {
            return failure.Message;
        }
        catch (Npgsql.NpgsqlException failure)
        {
            return $"The database cannot be reached: {failure.Message} Check ConnectionStrings__Onpoint, or remove it to use the embedded PostgreSQL.";
        }
    }

    /// <summary>Finds the charts' font; without one, texts would be missing from charts without any error.</summary>
    public static string? FindFont() => ChartFonts.Register(Environment.GetEnvironmentVariable("ONPOINT_FONT")) is FontOutcome.NoFont(var what, var command)
        ? $"{what} Charts need one: {command}"
        : null;

    /// <summary>
    /// The secret behind submission keys: a file beside the embedded database, an environment value on a server. Without a
    /// usable one, what to do about it.
    /// </summary>
    public static async Task<(byte[]? Secret, string? Refusal)> SecretAsync(Databases databases, CancellationToken cancellationToken)
    {
        string? configured = Environment.GetEnvironmentVariable(SecretVariable);
        if (configured is null && databases.Embedded is { } embedded)
        {
            try
            {
                return (await SecretFile.ReadOrCreateAsync(embedded.DataFolder, cancellationToken), null);
            }
            catch (InvalidDataException damaged)
            {
                return (null, damaged.Message);
            }
        }

        byte[] secret = new byte[SecretFile.Length];
        return configured?.Length == 2 * SecretFile.Length && Convert.FromHexString(configured, secret, out _, out _) == System.Buffers.OperationStatus.Done
            ? (secret, null)
            : (null, $"{SecretVariable} must hold {2 * SecretFile.Length} hexadecimal digits; make them once with: openssl rand -hex {SecretFile.Length}");
    }

    /// <summary>Tells a person at the terminal why there is no result.</summary>
    public static int Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return NotPossible;
    }
}
