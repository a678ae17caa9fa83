namespace Onpoint.Measurement.Disclosure;

/// <summary>Exact arithmetic modulo the prime 2^61 − 1: rational rows keep their ranks, and no number grows.</summary>
internal static class PrimeField
{
    /// <summary>A Mersenne prime, so that a remainder is two additions.</summary>
    public const ulong Prime = (1UL << 61) - 1;

    public static ulong Of(long value) => (ulong)(value % (long)Prime + (value < 0 ? (long)Prime : 0));

    public static ulong Multiply(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        ulong sum = (low & Prime) + ((low >> 61) | (high << 3));
        return sum >= Prime ? sum - Prime : sum;
    }

    public static ulong Subtract(ulong a, ulong b) => a >= b ? a - b : a + Prime - b;

    /// <summary>By Fermat: a^(p − 2).</summary>
    /// <param name="a">Not 0.</param>
    public static ulong Inverse(ulong a)
    {
        ulong result = 1;
        for (ulong exponent = Prime - 2; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) == 1)
            {
                result = Multiply(result, a);
            }

            a = Multiply(a, a);
        }

        return result;
    }
}
