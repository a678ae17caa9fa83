using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Scoring;

/// <summary>An instrument made ready for scoring: option positions to whole numbers, measures with their weights.</summary>
public sealed class ScoringPlan
{
    /// <summary>The code of the measure that is the equal mean of the categories.</summary>
    public const string Benchmark = "benchmark";

    /// <summary>Compiles an instrument.</summary>
    public ScoringPlan(Instrument instrument) => throw new NotImplementedException();

    /// <summary>The instrument.</summary>
    public Instrument Instrument { get; } = null!;

    /// <summary>Measures in publishing order: benchmark (when there are categories), categories, components.</summary>
    public IReadOnlyList<Measure> Measures { get; } = [];

    /// <summary>The score of one teacher on each component (instrument order), on the instrument's scale; null where too few items were answered.</summary>
    public double?[] ComponentScores(ReadOnlySpan<byte> answers) => throw new NotImplementedException();

    /// <summary>Empty totals for one unit.</summary>
    public UnitTotals NewTotals() => throw new NotImplementedException();
}

/// <summary>One published measure.</summary>
/// <param name="Code">benchmark, a category code or a component code.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Weights">Shape [components]: the weight a_c of every component; they sum to 1.</param>
public sealed record Measure(string Code, MeasureKind Kind, IReadOnlyList<double> Weights);

/// <summary>The three levels of a measure.</summary>
public enum MeasureKind
{
    /// <summary>The single number.</summary>
    Benchmark,

    /// <summary>A group of components.</summary>
    Category,

    /// <summary>The smallest scored unit.</summary>
    Component,
}
