namespace Onpoint.Measurement.Instruments;

/// <summary>How a response is kept: one byte per item in the instrument's order, then one per context question.</summary>
public static class ResponseLayout
{
    /// <summary>The byte of a question that was not answered.</summary>
    public const byte NotAnswered = 0;

    /// <summary>The byte of "Not part of my role".</summary>
    public const byte NotMyRole = 255;

    /// <summary>The highest option position.</summary>
    public const byte HighestPosition = 250;

    /// <summary>The length of a stored response of this instrument. Bytes.</summary>
    public static int Length(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return instrument.Items.Count + instrument.Context.Count;
    }
}
