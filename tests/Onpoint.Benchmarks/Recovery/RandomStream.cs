using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Synthesis;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>The random numbers of one replication. They depend on the seed and the replication only, so threads cannot matter.</summary>
/// <param name="seed">The configuration's seed.</param>
/// <param name="replication">From 0.</param>
internal sealed class RandomStream(ulong seed, int replication)
{
    private SplitMix64 _bits = SplitMix64.ForStream(seed, replication);

    /// <summary>A uniform number. Fraction, strictly between 0 and 1.</summary>
    public double Uniform() => Math.Min(((_bits.Next() >> 11) + 0.5) * double.Exp2(-53), double.BitDecrement(1));

    /// <summary>A standard normal number: the normal quantile of a uniform one.</summary>
    public double Normal() => NormalQuantile.Compute(Uniform());

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1, all equally likely.</summary>
    public int Index(int count) => _bits.Next(count);

    /// <summary>A chi-squared number: twice a sum of standard exponentials, and the square of a normal number for an odd degree of freedom.</summary>
    /// <param name="degreesOfFreedom">At least 1, below 1,400: the product of that many halves of uniforms stays above 0.</param>
    public double ChiSquared(int degreesOfFreedom)
    {
        double product = 1;
        for (int pair = 0; pair < degreesOfFreedom / 2; pair++)
        {
            product *= Uniform();
        }

        double odd = degreesOfFreedom % 2 == 0 ? 0 : Normal();
        return odd * odd - 2 * Math.Log(product);
    }
}
