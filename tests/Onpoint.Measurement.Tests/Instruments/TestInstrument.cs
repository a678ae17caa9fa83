using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Tests.Instruments;

/// <summary>Instruments of any shape for tests: English only, one format per number of options, items named after their component.</summary>
internal static class TestInstrument
{
    /// <summary>Components c1, c2 … of the given numbers of items, all in categories as given by component numbers; items c1.1, c1.2 …</summary>
    public static Instrument Of(int[] itemsPerComponent, int[][]? categories = null, int options = 5, ScoreScale scale = ScoreScale.Points, int requiredPercent = 60) => new()
    {
        Code = "test",
        Version = "1.0",
        Title = English("Test"),
        Languages = ["en"],
        Scale = scale,
        RequiredPercent = requiredPercent,
        Formats = [Format("scale", [.. Enumerable.Range(1, options).Select(value => Option(value))])],
        Items = [.. itemsPerComponent.SelectMany((count, c) => Enumerable.Range(1, count).Select(item => Item($"c{c + 1}.{item}")))],
        Components = [.. itemsPerComponent.Select((count, c) => new Component($"c{c + 1}", English($"Component {c + 1}"), [.. Enumerable.Range(1, count).Select(item => $"c{c + 1}.{item}")]))],
        Categories = [.. (categories ?? []).Select((members, i) => new Category($"g{i + 1}", English($"Category {i + 1}"), [.. members.Select(c => $"c{c}")]))],
        Context = [],
    };

    public static Item Item(string code, string format = "scale", bool reversed = false) => new(code, format, English(code), reversed, []);

    public static ResponseFormat Format(string code, params IReadOnlyList<AnswerOption> options) => new(code, options);

    public static AnswerOption Option(int value, decimal? points = null, bool counts = true) => new(value, English($"Option {value}"), points ?? value, counts);

    public static IReadOnlyDictionary<string, string> English(string text) => new Dictionary<string, string> { ["en"] = text };
}
