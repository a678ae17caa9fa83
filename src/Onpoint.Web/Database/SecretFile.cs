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
    public static byte[] ReadOrCreate(string dataFolder)
    {
        string file = Path.Combine(dataFolder, "secret");
        if (!File.Exists(file))
        {
            Create(file);
        }

        string text = File.ReadAllText(file).Trim();
        byte[] secret = new byte[Length];
        return text.Length == 2 * Length && Convert.FromHexString(text, secret, out _, out _) == System.Buffers.OperationStatus.Done
            ? secret
            : throw new InvalidDataException($"{file} should hold {2 * Length} hexadecimal digits. Restore it: links and keys made with another secret no longer match.");
    }

    private static void Create(string file)
    {
        // Complete before it gets its name, so that a program starting at the same time never reads half a secret.
        string draft = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(2 * Length, lowercase: true)));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // The other program was first; its secret is the one.
            File.Delete(draft);
        }
    }
}
