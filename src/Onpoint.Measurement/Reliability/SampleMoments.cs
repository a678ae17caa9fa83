namespace Onpoint.Measurement.Reliability;

/// <summary>Count, mean and sum of squared deviations of some values, accurate beside any offset and equal for every order of the values.</summary>
/// <remarks>
/// Two passes over the sorted values: m is their compensated mean in double precision, then the deviations from m give the sum of squares and the
/// part of the mean that m cannot hold. Values 10^6 with a spread of 0.1 keep all digits that the values themselves have (NIST SmLs04 to 06).
/// </remarks>
/// <param name="Count">Number of values.</param>
/// <param name="Rounded">The mean, rounded to a double; 0 without values.</param>
/// <param name="Remainder">The mean is <paramref name="Rounded"/> + this.</param>
/// <param name="SumSquares">Squared deviations from the mean; exactly 0 when all values are equal.</param>
internal readonly record struct SampleMoments(int Count, double Rounded, double Remainder, double SumSquares) : IComparable<SampleMoments>
{
    /// <summary>Largest absolute value accepted: squares and their sums stay far from the end of the double range (about 10^308).</summary>
    public const double Largest = 1e100;

    /// <summary>The mean.</summary>
    public double Mean => Rounded + Remainder;

    /// <summary>The moments of some values.</summary>
    /// <param name="values">Finite, any number, any order.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">A value is not finite or beyond <see cref="Largest"/>.</exception>
    public static SampleMoments Of(IReadOnlyList<double> values, string parameter)
    {
        var sorted = new double[values.Count];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = values[i] + 0.0; // turns -0 into 0, which sorting would not tell apart
            if (!(Math.Abs(sorted[i]) <= Largest)) // also rejects NaN
            {
                throw new ArgumentException($"A value is {values[i]}; values must be finite and at most {Largest} in size.", parameter);
            }
        }

        Array.Sort(sorted);
        if (sorted.Length == 0 || sorted[0] == sorted[^1])
        {
            return new SampleMoments(sorted.Length, sorted.Length == 0 ? 0 : sorted[0], 0, 0);
        }

        CompensatedSum sum = default;
        foreach (double value in sorted)
        {
            sum.Add(value);
        }

        double rounded = sum.Value / sorted.Length;
        CompensatedSum deviations = default;
        CompensatedSum squares = default;
        foreach (double value in sorted)
        {
            double deviation = value - rounded;
            deviations.Add(deviation);
            squares.Add(deviation * deviation);
        }

        double remainder = deviations.Value / sorted.Length;
        return new SampleMoments(sorted.Length, rounded, remainder, squares.Value - deviations.Value * remainder);
    }

    /// <summary>Mean minus a centre near it, with the digits that the rounded mean has lost.</summary>
    public double From(double centre) => Rounded - centre + Remainder;

    /// <summary>By mean, then by everything else, so that a sorted list is the same for every order of the groups.</summary>
    public int CompareTo(SampleMoments other) =>
        (Rounded, Remainder, Count, SumSquares).CompareTo((other.Rounded, other.Remainder, other.Count, other.SumSquares));
}
