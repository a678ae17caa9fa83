using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Onpoint.Web.Database;

/// <summary>One file of db-migrations. The checksum is over its text with LF line ends, so a checkout's line ends do not matter.</summary>
internal sealed partial record MigrationFile(int Number, string Name, string Sql, string Checksum)
{
    private const string NoTransaction = "-- migrate: no-transaction\n";

    /// <summary>False for a file whose first line says so: one statement PostgreSQL refuses in a transaction, written so that it can be repeated.</summary>
    public bool InTransaction => !Sql.StartsWith(NoTransaction, StringComparison.Ordinal);

    /// <summary>The folder's files by number.</summary>
    /// <exception cref="MigrationException">A name is not NNNN_topic.sql, or a number occurs twice.</exception>
    public static IReadOnlyList<MigrationFile> ReadFolder(string folder)
    {
        MigrationFile[] files = [.. Directory.EnumerateFiles(folder, "*.sql").Select(Read).OrderBy(file => file.Number)];
        foreach ((MigrationFile earlier, MigrationFile later) in files.Zip(files.Skip(1)))
        {
            if (earlier.Number == later.Number)
            {
                throw new MigrationException($"{earlier.Name} and {later.Name} have the same number.");
            }
        }

        return files;
    }

    private static MigrationFile Read(string path)
    {
        string name = Path.GetFileName(path);
        Match match = NamePattern().Match(name);
        if (!match.Success)
        {
            throw new MigrationException($"{name} is not named NNNN_topic.sql (four digits, then a-z, 0-9 and _).");
        }

        string sql = File.ReadAllText(path, Encoding.UTF8).ReplaceLineEndings("\n");
        string checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        return new MigrationFile(int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), name, sql, checksum);
    }

    [GeneratedRegex(@"\A(?<number>[0-9]{4})_[a-z0-9_]+\.sql\z")]
    private static partial Regex NamePattern();
}
