namespace Onpoint.Measurement.Instruments;

/// <summary>The scale on which an instrument's scores are published.</summary>
public enum ScoreScale
{
    /// <summary>200 times the mean answer, rescaled to 1..5 where the range differs: 200 to 1,000.</summary>
    Points,

    /// <summary>The plain mean of the answers, not rescaled.</summary>
    Mean,
}

/// <summary>A versioned questionnaire: categories hold components, components hold items.</summary>
/// <remarks>A checked value: <see cref="InstrumentFile"/> is the only way to read one, and it refuses inconsistent ones.</remarks>
public sealed record Instrument
{
    /// <summary>The questionnaire's stable code, such as <c>onpoint-teacher</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The version, such as <c>1.0</c>. Scores of different versions are compared on common items only.</summary>
    public required string Version { get; init; }

    /// <summary>The title by language code.</summary>
    public required IReadOnlyDictionary<string, string> Title { get; init; }

    /// <summary>Language codes in which every text exists; the first is the default.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>The published scale.</summary>
    public required ScoreScale Scale { get; init; }

    /// <summary>Fewest answered items of a component, in per cent of its items, for a score. Whole number, 1 to 100.</summary>
    public required int RequiredPercent { get; init; }

    /// <summary>The text of "Not part of my role" by language code; null when the instrument does not offer it.</summary>
    public IReadOnlyDictionary<string, string>? NotMyRole { get; init; }

    /// <summary>The response formats that items refer to.</summary>
    public required IReadOnlyList<ResponseFormat> Formats { get; init; }

    /// <summary>The scored items in questionnaire order: the order of the bytes of a stored response.</summary>
    public required IReadOnlyList<Item> Items { get; init; }

    /// <summary>The components in order. An item may belong to several.</summary>
    public required IReadOnlyList<Component> Components { get; init; }

    /// <summary>The categories in order; empty when the instrument has none, and then it has no benchmark.</summary>
    public required IReadOnlyList<Category> Categories { get; init; }

    /// <summary>Unscored, optional context questions; their bytes follow those of the items.</summary>
    public required IReadOnlyList<ContextQuestion> Context { get; init; }
}

/// <summary>A list of answer options that items share.</summary>
/// <param name="Code">Unique in the instrument.</param>
/// <param name="Options">At least two, at most 250, in the order shown; a stored answer is a position in this list, from 1.</param>
public sealed record ResponseFormat(string Code, IReadOnlyList<AnswerOption> Options);

/// <summary>One answer option.</summary>
/// <param name="Value">The code in files and in the interface; unique in its format.</param>
/// <param name="Text">The label by language code.</param>
/// <param name="Points">What the answer is worth before reversing and rescaling; the value unless the instrument says otherwise.</param>
/// <param name="Counts">False for an option such as "don't know" that leaves numerator and denominator.</param>
public sealed record AnswerOption(int Value, IReadOnlyDictionary<string, string> Text, decimal Points, bool Counts);

/// <summary>One scored question.</summary>
/// <param name="Code">Unique in the instrument.</param>
/// <param name="Format">The code of its response format.</param>
/// <param name="Text">The question by language code.</param>
/// <param name="Reversed">True when a high answer means little: scored as lowest + highest points - points.</param>
/// <param name="NotAnswered">Codes in files that mean "not answered", besides a blank.</param>
public sealed record Item(string Code, string Format, IReadOnlyDictionary<string, string> Text, bool Reversed, IReadOnlyList<int> NotAnswered);

/// <summary>The smallest scored unit.</summary>
/// <param name="Code">Unique among components and categories.</param>
/// <param name="Name">The name by language code.</param>
/// <param name="Items">Item codes, at least one.</param>
public sealed record Component(string Code, IReadOnlyDictionary<string, string> Name, IReadOnlyList<string> Items);

/// <summary>A group of components; its score is their equal mean.</summary>
/// <param name="Code">Unique among components and categories.</param>
/// <param name="Name">The name by language code.</param>
/// <param name="Components">Component codes, at least one; a component belongs to at most one category.</param>
public sealed record Category(string Code, IReadOnlyDictionary<string, string> Name, IReadOnlyList<string> Components);

/// <summary>An optional question that is never scored.</summary>
/// <param name="Code">Unique among the items and context questions.</param>
/// <param name="Text">The question by language code.</param>
/// <param name="Options">Its answers; points and counting have no meaning here.</param>
public sealed record ContextQuestion(string Code, IReadOnlyDictionary<string, string> Text, IReadOnlyList<AnswerOption> Options);
