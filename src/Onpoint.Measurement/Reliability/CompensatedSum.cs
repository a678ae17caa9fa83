namespace Onpoint.Measurement.Reliability;

/// <summary>A running sum that also keeps what each addition rounds away. Source: [Neumaier1974].</summary>
/// <remarks>Its last bits still depend on the order of the terms, so callers add in a canonical order.</remarks>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    /// <summary>The sum so far.</summary>
    public readonly double Value => _sum + _lost;

    /// <summary>Adds a finite term.</summary>
    public void Add(double term)
    {
        double sum = _sum + term;
        _lost += Math.Abs(_sum) >= Math.Abs(term) ? _sum - sum + term : term - sum + _sum;
        _sum = sum;
    }
}
