namespace Onpoint.Measurement.Growth;

/// <summary>A small generator of random whole numbers that gives the same sequence everywhere. Source: [Steele2014] with the finaliser Mix13 of [Stafford2011].</summary>
/// <param name="seed">Any value.</param>
internal struct SplitMix64(ulong seed)
{
    private const ulong Increment = 0x9E3779B97F4A7C15; // 2^64 / golden ratio, odd

    private ulong _state = seed;

    /// <summary>The generator of one resample: streams of neighbouring numbers start far apart, so threads can share the work in any order.</summary>
    public static SplitMix64 ForStream(ulong seed, int stream) => new(Mix(seed ^ Mix((ulong)stream + Increment)));

    /// <summary>64 random bits.</summary>
    public ulong Next() => Mix(_state += Increment);

    /// <summary>A whole number from 0 to count - 1, by the high half of a product; its bias is below count / 2^64.</summary>
    public int Next(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
