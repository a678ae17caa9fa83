namespace Onpoint.Measurement.Synthesis;

/// <summary>What a random number is drawn for: the first key of its address. The numbers are public and never change.</summary>
internal enum Purpose
{
    DistrictSize = 1,
    SchoolCount = 2,
    SchoolShare = 3,
    WaveRate = 4,
    SchoolRate = 5,
    Responding = 6,
    DistrictEffect = 7,
    WaveEffect = 8,
    SchoolEffect = 9,
    TeacherEffect = 10,
    AnswerNoise = 11,
    Careless = 12,
    CarelessKind = 13,
    ConstantAnswer = 14,
    RandomAnswer = 15,
    Specialist = 16,
    NotMyRole = 17,
    Skip = 18,
    BreakOff = 19,
    LastPage = 20,
    State = 21,
    Locale = 22,
    GradeSpan = 23,
    YearsPersonalizing = 24,
    ContextSkip = 25,
}

/// <summary>The unit a number is drawn for. Keys count from 1; 0 stands for a level the draw does not depend on.</summary>
/// <param name="District">The district's number.</param>
/// <param name="Wave">1 for Planning to 5 for Year 4+.</param>
/// <param name="School">The school's number in its district.</param>
/// <param name="Teacher">The teacher's number on the school's roster of the wave.</param>
internal readonly record struct DrawAddress(int District, int Wave = 0, int School = 0, int Teacher = 0);

/// <summary>
/// Random numbers found by address, not taken from a sequence: a number depends on the seed, its purpose and its unit only,
/// so neither the order of the draws, nor threads, nor a purpose added later can change another.
/// </summary>
/// <remarks>
/// Definition: mix is the finaliser of SplitMix64 [Steele2014]; h = mix(seed), then h = mix(h xor (key · G + G)) for the six
/// keys purpose, district, wave, school, teacher, item in this order, with G = 0x9E3779B97F4A7C15 and arithmetic modulo
/// 2^64. A uniform number is ((h shifted right by 11) + 0.5) / 2^53.
/// </remarks>
internal sealed class Draws(ulong seed)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    // (2^53 - 1) + 0.5 rounds up to 2^53; the quantile of 1 is infinite.
    private const double LargestBelowOne = 1 - (1.0 / (1UL << 53));

    private readonly ulong _seedState = Mix(seed);

    /// <summary>A uniform number. Fraction, strictly between 0 and 1.</summary>
    public double Uniform(Purpose purpose, DrawAddress address, int item = 0)
    {
        ulong h = _seedState;
        h = Append(h, (ulong)purpose);
        h = Append(h, (ulong)address.District);
        h = Append(h, (ulong)address.Wave);
        h = Append(h, (ulong)address.School);
        h = Append(h, (ulong)address.Teacher);
        h = Append(h, (ulong)item);
        return Math.Min(((h >> 11) + 0.5) / (1UL << 53), LargestBelowOne);
    }

    /// <summary>A standard normal number: the normal quantile of the uniform number at the same address.</summary>
    public double Normal(Purpose purpose, DrawAddress address, int item = 0) =>
        NormalQuantile.Compute(Uniform(purpose, address, item));

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1, all equally likely.</summary>
    public int Index(int count, Purpose purpose, DrawAddress address, int item = 0) =>
        (int)(count * Uniform(purpose, address, item));

    private static ulong Append(ulong h, ulong key) => Mix(h ^ ((key * GoldenGamma) + GoldenGamma));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
