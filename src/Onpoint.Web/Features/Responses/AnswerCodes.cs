using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Onpoint.Measurement.Instruments;

namespace Onpoint.Web.Features.Responses;

/// <summary>An answer that an instrument does not know.</summary>
/// <param name="Item">The question's code.</param>
/// <param name="Value">What was sent.</param>
/// <param name="Allowed">What may be sent, for a person.</param>
internal sealed record InvalidAnswer(string Item, string Value, string Allowed);

/// <summary>Turns answers as they are sent (option values, words) into the bytes that are stored, for one instrument.</summary>
internal sealed class AnswerCodes
{
    private const string NotMyRoleWord = "not-my-role";
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<Question> _questions = [];

    public AnswerCodes(Instrument instrument)
    {
        Dictionary<string, ResponseFormat> formats = instrument.Formats.ToDictionary(format => format.Code, StringComparer.Ordinal);
        foreach (Item item in instrument.Items)
        {
            Add(new Question(item.Code, Positions(formats[item.Format].Options), item.NotAnswered.ToHashSet(), instrument.NotMyRole is not null));
        }

        foreach (ContextQuestion question in instrument.Context)
        {
            Add(new Question(question.Code, Positions(question.Options), [], false));
        }
    }

    /// <summary>The codes of all questions, in the order of a stored response's bytes.</summary>
    public IEnumerable<string> Questions => _questions.Select(question => question.Code);

    /// <summary>The length of a stored response (bytes).</summary>
    public int Length => _questions.Count;

    /// <summary>The place of a question in a stored response; false when the instrument has no such question.</summary>
    public bool TryGetPlace(string code, out int place) => _places.TryGetValue(code, out place);

    /// <summary>One cell of a file: blank is a skip, NA is "not part of my role".</summary>
    public InvalidAnswer? ReadCell(int place, ReadOnlySpan<byte> cell, out byte answer)
    {
        Question question = _questions[place];
        cell = cell.Trim(" \t"u8);
        if (cell.IsEmpty)
        {
            answer = ResponseLayout.NotAnswered;
            return null;
        }

        if (cell.SequenceEqual("NA"u8) && question.OffersNotMyRole)
        {
            answer = ResponseLayout.NotMyRole;
            return null;
        }

        if (Utf8Parser.TryParse(cell, out int value, out int read) && read == cell.Length && question.TryRead(value, out answer))
        {
            return null;
        }

        answer = 0;
        return question.Invalid(Encoding.UTF8.GetString(cell.Length > 40 ? cell[..40] : cell), "NA");
    }

    /// <summary>The <c>answers</c> object of a submission. A missing code is a skip.</summary>
    public InvalidAnswer? ReadObject(JsonElement answers, Span<byte> stored)
    {
        stored.Clear();
        foreach (JsonProperty property in answers.EnumerateObject())
        {
            if (!_places.TryGetValue(property.Name, out int place))
            {
                return new InvalidAnswer(property.Name, Shown(property.Value), "no question of this instrument has that code");
            }

            Question question = _questions[place];
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Null:
                    stored[place] = ResponseLayout.NotAnswered;
                    break;
                case JsonValueKind.Number when property.Value.TryGetInt32(out int value) && question.TryRead(value, out byte answer):
                    stored[place] = answer;
                    break;
                case JsonValueKind.String when question.OffersNotMyRole && property.Value.ValueEquals(NotMyRoleWord):
                    stored[place] = ResponseLayout.NotMyRole;
                    break;
                default:
                    return question.Invalid(Shown(property.Value), $"\"{NotMyRoleWord}\"");
            }
        }

        return null;
    }

    private static Dictionary<int, byte> Positions(IReadOnlyList<AnswerOption> options) =>
        options.Select((option, index) => (option.Value, Position: (byte)(index + 1))).ToDictionary(pair => pair.Value, pair => pair.Position);

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > 40 } text ? text[..40] : value.GetRawText();

    private void Add(Question question)
    {
        _places.Add(question.Code, _questions.Count);
        _questions.Add(question);
    }

    private sealed record Question(string Code, Dictionary<int, byte> Positions, HashSet<int> NotAnswered, bool OffersNotMyRole)
    {
        public bool TryRead(int value, out byte answer)
        {
            if (Positions.TryGetValue(value, out answer))
            {
                return true;
            }

            answer = ResponseLayout.NotAnswered;
            return NotAnswered.Contains(value);
        }

        public InvalidAnswer Invalid(string value, string notMyRole)
        {
            string values = string.Join(", ", Positions.Keys.Select(key => key.ToString(CultureInfo.InvariantCulture)));
            return new InvalidAnswer(Code, value, OffersNotMyRole ? $"{values}, {notMyRole} or nothing" : $"{values} or nothing");
        }
    }
}
