namespace Onpoint.Measurement.Instruments;

/// <summary>One thing wrong with an instrument file.</summary>
/// <param name="Place">Where, as a JSON path such as <c>items[3].format</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record InstrumentProblem(string Place, string Message);

/// <summary>Reads and checks <c>instrument.json</c>.</summary>
public static class InstrumentFile
{
    /// <summary>Parses and validates; on any problem the instrument is null.</summary>
    public static (Instrument? Instrument, IReadOnlyList<InstrumentProblem> Problems) Parse(ReadOnlySpan<byte> utf8Json) => throw new NotImplementedException();

    /// <summary>Writes the instrument as indented UTF-8 JSON that <see cref="Parse"/> reads back.</summary>
    public static byte[] Write(Instrument instrument) => throw new NotImplementedException();
}
