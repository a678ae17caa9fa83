namespace Onpoint.Measurement.Scoring;

/// <summary>The whole-number totals of one school's responses: additive, in any order, on any number of threads.</summary>
public sealed class UnitTotals
{
    /// <summary>Responses added, also those without any score (count).</summary>
    public int Responses { get; }

    /// <summary>Teachers with at least one component score (count).</summary>
    public int ScoredTeachers { get; }

    /// <summary>n*: the smallest number of scores that any component has (count).</summary>
    public int SmallestCount { get; }

    /// <summary>Adds one response in the layout of <see cref="Instruments.ResponseLayout"/>.</summary>
    public void Add(ReadOnlySpan<byte> answers) => throw new NotImplementedException();

    /// <summary>Adds another unit's totals.</summary>
    public void Add(UnitTotals other) => throw new NotImplementedException();

    /// <summary>Option counts of an item: shape [options], by position - 1.</summary>
    public IReadOnlyList<long> OptionCounts(int item) => throw new NotImplementedException();
}
