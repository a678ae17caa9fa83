using Onpoint.Measurement.Synthesis;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>True means of the seven components over the stages.</summary>
internal static class TrueCurves
{
    public const int StageCount = 5;

    public const int ComponentCount = 7;

    /// <summary>Shape [components][5 stages]: the table of docs/methodology.md and of the bundled dataset. Points.</summary>
    public static double[][] Published() => [.. ComponentModel.All.Select(model => model.Targets.ToArray())];

    /// <summary>Shape [components]: the means at a stage.</summary>
    public static double[] At(double[][] curves, int stage) => [.. curves.Select(curve => curve[stage])];

    /// <summary>The weighted sum of the component curves.</summary>
    /// <param name="curves">Shape [components][5 stages].</param>
    /// <param name="weights">Shape [components].</param>
    /// <returns>Shape [5 stages].</returns>
    public static double[] Of(double[][] curves, IReadOnlyList<double> weights) =>
        [.. Enumerable.Range(0, StageCount).Select(stage => Weighted(weights, At(curves, stage)))];

    public static double Weighted(IReadOnlyList<double> weights, IReadOnlyList<double> values) => weights.Zip(values, (weight, value) => weight * value).Sum();
}
