using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Onpoint.Web.Database;

/// <summary>
/// The key behind submission keys and invitation links. It lies beside the cluster and never in the database: whoever holds
/// only one of the two cannot join answers and people.
/// </summary>
internal static class SecretFile
{
    /// <summary>Length of the secret (bytes); the file holds it as hexadecimal text.</summary>
    public const int Length = 32;

    /// <summary>Reads <c>secret</c> in the data folder, which must exist; the first caller creates it.</summary>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static async Task<byte[]> ReadOrCreateAsync(string dataFolder, CancellationToken cancellationToken)
    {
        string path = Path.Combine(dataFolder, "secret");

        // Alone: File.Move without overwriting is no way out, two programs both succeed with it (tried).
        await using FileStream file = await DataFolder.OpenAloneAsync(path, cancellationToken);
        if (file.Length == 0)
        {
            await file.WriteAsync(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(2 * Length, lowercase: true)), cancellationToken);
            file.Flush(flushToDisk: true);
            file.Position = 0;
        }

        using var reader = new StreamReader(file, Encoding.ASCII);
        string text = (await reader.ReadToEndAsync(cancellationToken)).Trim();
        byte[] secret = new byte[Length];
        return text.Length == 2 * Length && Convert.FromHexString(text, secret, out _, out _) == OperationStatus.Done
            ? secret
            : throw new InvalidDataException($"{path} should hold {2 * Length} hexadecimal digits. Restore it: links and keys made with another secret no longer match.");
    }
}
