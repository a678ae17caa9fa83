using System.Security.Cryptography;
using System.Text;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Responses;

/// <summary>One checked response on its way into the database.</summary>
internal sealed record Submission(WaveId WaveId, SchoolId SchoolId, byte[] Key, byte[] Answers);

/// <summary>What became of a submission.</summary>
internal enum SubmissionOutcome
{
    /// <summary>Stored and committed.</summary>
    Stored,

    /// <summary>The same key was stored before: counted once.</summary>
    Repeat,

    /// <summary>The wave does not take answers now.</summary>
    NotOpen,
}

/// <summary>
/// Makes the 16 bytes under which a submission is remembered. The secret is not in the database, so a key there cannot be
/// traced to the caller's own; it also makes the order of keys random.
/// </summary>
internal sealed class SubmissionKeys(byte[] secret)
{
    public const int KeyBytes = 16;

    /// <summary>The key of a caller's Idempotency-Key within a channel; without one every request is a new submission.</summary>
    public byte[] For(string channel, string? callersKey) => callersKey is null
        ? RandomNumberGenerator.GetBytes(KeyBytes)
        : HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{channel}\n{callersKey}"))[..KeyBytes];
}
