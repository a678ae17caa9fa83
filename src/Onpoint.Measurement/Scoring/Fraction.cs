using System.Numerics;

namespace Onpoint.Measurement.Scoring;

/// <summary>An exact fraction in lowest terms with a positive denominator: scores stay whole numbers until the school is summed.</summary>
internal readonly record struct Fraction
{
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    /// <summary>The decimal as it is written: 96 bits over a power of ten.</summary>
    public static implicit operator Fraction(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = (BigInteger)new decimal(bits[0], bits[1], bits[2], value < 0, scale: 0);
        return new Fraction(digits, BigInteger.Pow(10, value.Scale));
    }

    public static implicit operator Fraction(int value) => new(value, BigInteger.One);

    /// <summary>The largest fraction of which both are whole multiples; that of 0 and b is b.</summary>
    public static Fraction LargestUnit(Fraction a, Fraction b) => new(
        BigInteger.GreatestCommonDivisor(a.Numerator * b.Denominator, b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Fraction operator +(Fraction a, Fraction b) =>
        new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Fraction operator -(Fraction a, Fraction b) =>
        new(a.Numerator * b.Denominator - b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Fraction operator /(Fraction a, Fraction b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);
}
