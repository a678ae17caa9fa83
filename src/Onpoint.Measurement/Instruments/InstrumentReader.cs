using System.Text.Json;
using System.Text.RegularExpressions;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Instruments;

/// <summary>Walks the JSON of an instrument and collects every problem with its place; one reader reads one file.</summary>
internal sealed partial class InstrumentReader
{
    private const int MostItems = 1000;
    private const int MostComponents = 100; // totals keep a row for every pair of components
    private const int MostDigits = 6;
    private const decimal LargestPoints = 1_000_000;

    /// <summary>Columns of responses.csv that are not questions.</summary>
    private static readonly string[] ReservedColumns = ["district_id", "school_id", "wave"];

    private readonly List<InstrumentProblem> _problems = [];
    private string[] _languages = [];

    public IReadOnlyList<InstrumentProblem> Problems => _problems;

    /// <summary>The instrument; meaningful only when there are no <see cref="Problems"/>.</summary>
    public Instrument Read(JsonElement root)
    {
        Members members = Object(
            root, "$",
            required: ["code", "version", "title", "languages", "scale", "formats", "items", "components"],
            optional: ["$schema", "requiredPercent", "notMyRole", "categories", "context"]);
        _languages = Languages(members);

        var instrument = new Instrument
        {
            Code = Code(members, "code"),
            Version = Text(members, "version"),
            Title = Texts(members, "title"),
            Languages = _languages,
            Scale = Scale(members),
            RequiredPercent = RequiredPercent(members),
            NotMyRole = members.Has("notMyRole") ? Texts(members, "notMyRole") : null,
            Formats = List(members, "formats", Format),
            Items = List(members, "items", Item),
            Components = List(members, "components", Component),
            Categories = List(members, "categories", Category),
            Context = List(members, "context", Question),
        };
        CheckNames(instrument);
        CheckFormats(instrument);
        CheckItems(instrument);
        CheckComponents(instrument);
        CheckCategories(instrument);
        if (_problems.Count == 0)
        {
            CheckUnits(instrument);
        }

        return instrument;
    }

    private string[] Languages(Members members)
    {
        string[] languages = Strings(members, "languages");
        if (members.Has("languages") && languages.Length == 0)
        {
            Report(members.PlaceOf("languages"), "Name at least one language, such as \"en\"; the first is the default.");
        }

        for (int i = 0; i < languages.Length; i++)
        {
            if (!LanguageCode().IsMatch(languages[i]))
            {
                Report($"{members.PlaceOf("languages")}[{i}]", $"\"{languages[i]}\" is not a language code; write one such as \"en\" or \"es\".");
            }
        }

        ReportRepeats(languages, i => $"{members.PlaceOf("languages")}[{i}]", "language");
        return languages;
    }

    private ScoreScale Scale(Members members)
    {
        string scale = Text(members, "scale");
        if (scale is not ("" or "points" or "mean"))
        {
            Report(members.PlaceOf("scale"), $"\"{scale}\" is not a scale; write \"points\" (200 to 1,000) or \"mean\" (the plain mean).");
        }

        return scale == "mean" ? ScoreScale.Mean : ScoreScale.Points;
    }

    private int RequiredPercent(Members members)
    {
        int percent = members.Has("requiredPercent") ? Whole(members, "requiredPercent") ?? 1 : InstrumentFile.DefaultRequiredPercent;
        if (percent is < 1 or > 100)
        {
            Report(members.PlaceOf("requiredPercent"), $"{percent} is outside 1 to 100; it is the share of a component's items that must be answered, in per cent.");
        }

        return percent;
    }

    private ResponseFormat Format(JsonElement json, string place)
    {
        Members members = Object(json, place, required: ["code", "options"]);
        return new ResponseFormat(Code(members, "code"), List(members, "options", ScoredOption));
    }

    private AnswerOption ScoredOption(JsonElement json, string place)
    {
        Members members = Object(json, place, required: ["value", "text"], optional: ["points", "counts"]);
        int value = Whole(members, "value") ?? 0;
        return new AnswerOption(value, Texts(members, "text"), Points(members) ?? value, Flag(members, "counts", whenAbsent: true));
    }

    private AnswerOption ContextOption(JsonElement json, string place)
    {
        Members members = Object(json, place, required: ["value", "text"]);
        int value = Whole(members, "value") ?? 0;
        return new AnswerOption(value, Texts(members, "text"), value, Counts: true);
    }

    private decimal? Points(Members members)
    {
        if (!members.Has("points"))
        {
            return null;
        }

        if (members["points"] is not { ValueKind: JsonValueKind.Number } json || !json.TryGetDecimal(out decimal points)
            || Math.Abs(points) > LargestPoints || decimal.Round(points, MostDigits) != points)
        {
            Report(members.PlaceOf("points"), $"Write a number from -1000000 to 1000000 with at most {MostDigits} decimals.");
            return null;
        }

        return points;
    }

    private Item Item(JsonElement json, string place)
    {
        Members members = Object(json, place, required: ["code", "format", "text"], optional: ["reversed", "notAnswered"]);
        string code = Code(members, "code");
        if (ReservedColumns.Contains(code))
        {
            Report(members.PlaceOf("code"), $"\"{code}\" is a column of responses.csv; choose another code.");
        }

        return new Item(
            code, Text(members, "format"), Texts(members, "text"), Flag(members, "reversed", whenAbsent: false),
            List(members, "notAnswered", (value, at) => Whole(value, at) ?? 0));
    }

    private Component Component(JsonElement json, string place)
    {
        Members members = Object(json, place, required: ["code", "name", "items"]);
        return new Component(Code(members, "code"), Texts(members, "name"), Strings(members, "items"));
    }

    private Category Category(JsonElement json, string place)
    {
        Members members = Object(json, place, required: ["code", "name", "components"]);
        return new Category(Code(members, "code"), Texts(members, "name"), Strings(members, "components"));
    }

    private ContextQuestion Question(JsonElement json, string place)
    {
        Members members = Object(json, place, required: ["code", "text", "options"]);
        string code = Code(members, "code");
        if (ReservedColumns.Contains(code))
        {
            Report(members.PlaceOf("code"), $"\"{code}\" is a column of responses.csv; choose another code.");
        }

        return new ContextQuestion(code, Texts(members, "text"), List(members, "options", ContextOption));
    }

    private void CheckNames(Instrument instrument)
    {
        ReportRepeats([.. instrument.Formats.Select(format => format.Code)], i => $"formats[{i}].code", "format");

        int items = instrument.Items.Count;
        ReportRepeats(
            [.. instrument.Items.Select(item => item.Code), .. instrument.Context.Select(question => question.Code)],
            i => i < items ? $"items[{i}].code" : $"context[{i - items}].code", "question (items and context questions share their codes)");

        int components = instrument.Components.Count;
        ReportRepeats(
            [.. instrument.Components.Select(component => component.Code), .. instrument.Categories.Select(category => category.Code), ScoringPlan.Benchmark],
            i => i < components ? $"components[{i}].code" : $"categories[{i - components}].code",
            "measure (components, categories and \"benchmark\" share their codes)");
    }

    private void CheckFormats(Instrument instrument)
    {
        for (int i = 0; i < instrument.Formats.Count; i++)
        {
            IReadOnlyList<AnswerOption> options = instrument.Formats[i].Options;
            CheckOptions(options, $"formats[{i}].options");
            if (options.Count >= 2 && options.Where(option => option.Counts).Select(option => option.Points).Distinct().Count() < 2)
            {
                Report($"formats[{i}].options", "At least two options that count need different points: else every score is the same.");
            }
        }

        for (int i = 0; i < instrument.Context.Count; i++)
        {
            CheckOptions(instrument.Context[i].Options, $"context[{i}].options");
        }
    }

    private void CheckOptions(IReadOnlyList<AnswerOption> options, string place)
    {
        if (options.Count is < 2 or > ResponseLayout.HighestPosition)
        {
            Report(place, $"There are {options.Count} options; give 2 to {ResponseLayout.HighestPosition}.");
        }

        ReportRepeats([.. options.Select(option => option.Value)], i => $"{place}[{i}].value", "value");
    }

    private void CheckItems(Instrument instrument)
    {
        if (instrument.Items.Count is 0 or > MostItems)
        {
            Report("items", $"There are {instrument.Items.Count} items; give 1 to {MostItems}.");
        }

        for (int i = 0; i < instrument.Items.Count; i++)
        {
            Item item = instrument.Items[i];
            ResponseFormat? format = instrument.Formats.FirstOrDefault(format => format.Code == item.Format);
            if (format is null)
            {
                ReportUnknown($"items[{i}].format", item.Format, "formats");
            }

            for (int code = 0; code < item.NotAnswered.Count; code++)
            {
                if (format?.Options.Any(option => option.Value == item.NotAnswered[code]) == true)
                {
                    Report($"items[{i}].notAnswered[{code}]", $"{item.NotAnswered[code]} is an option of format \"{item.Format}\"; a code is either an answer or no answer.");
                }
            }

            ReportRepeats([.. item.NotAnswered], code => $"items[{i}].notAnswered[{code}]", "code");
        }
    }

    private void CheckComponents(Instrument instrument)
    {
        if (instrument.Components.Count is 0 or > MostComponents)
        {
            Report("components", $"There are {instrument.Components.Count} components; give 1 to {MostComponents}.");
        }

        HashSet<string> items = [.. instrument.Items.Select(item => item.Code)];
        for (int i = 0; i < instrument.Components.Count; i++)
        {
            CheckReferences(instrument.Components[i].Items, items, $"components[{i}].items", "items");
        }
    }

    private void CheckCategories(Instrument instrument)
    {
        HashSet<string> components = [.. instrument.Components.Select(component => component.Code)];
        Dictionary<string, int> owners = [];
        for (int i = 0; i < instrument.Categories.Count; i++)
        {
            IReadOnlyList<string> members = instrument.Categories[i].Components;
            CheckReferences(members, components, $"categories[{i}].components", "components");
            for (int j = 0; j < members.Count; j++)
            {
                if (!owners.TryAdd(members[j], i) && owners[members[j]] != i)
                {
                    Report($"categories[{i}].components[{j}]", $"Component \"{members[j]}\" is already in categories[{owners[members[j]]}]; a component belongs to one category at most.");
                }
            }
        }
    }

    private void CheckReferences(IReadOnlyList<string> codes, HashSet<string> known, string place, string list)
    {
        if (codes.Count == 0)
        {
            Report(place, $"Name at least one of the {list}.");
        }

        for (int i = 0; i < codes.Count; i++)
        {
            if (!known.Contains(codes[i]))
            {
                ReportUnknown($"{place}[{i}]", codes[i], list);
            }
        }

        ReportRepeats([.. codes], i => $"{place}[{i}]", "code");
    }

    /// <summary>Scores are added as whole numbers; an instrument must not need numbers for which that could overflow.</summary>
    private void CheckUnits(Instrument instrument)
    {
        const string remedy = "needs whole numbers that are too large for exact totals; use fewer items per component, or points with fewer decimals.";
        ComponentUnits[] units = [.. instrument.Components.Select(component => ScoringUnits.OfComponent(instrument, component))];
        for (int i = 0; i < units.Length; i++)
        {
            if (!ScoringUnits.Fits(units[i].Unit, units[i].Largest))
            {
                Report($"components[{i}].items", $"The score of component \"{instrument.Components[i].Code}\" {remedy}");
            }
        }

        for (int i = 0; i < instrument.Categories.Count; i++)
        {
            CompositeUnits category = ScoringUnits.OfComposite(ScoringUnits.CategoryWeights(instrument, instrument.Categories[i]), units);
            if (!ScoringUnits.Fits(category.Unit, category.Largest))
            {
                Report($"categories[{i}].components", $"The score of category \"{instrument.Categories[i].Code}\" {remedy}");
            }
        }

        if (instrument.Categories.Count > 0)
        {
            CompositeUnits benchmark = ScoringUnits.OfComposite(ScoringUnits.BenchmarkWeights(instrument), units);
            if (!ScoringUnits.Fits(benchmark.Unit, benchmark.Largest))
            {
                Report("categories", $"The benchmark score {remedy}");
            }
        }
    }

    private Members Object(JsonElement json, string place, string[] required, string[]? optional = null)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Report(place, "Write an object in braces here.");
            return new Members(place, []);
        }

        var members = new Members(place, json.EnumerateObject().ToDictionary(member => member.Name, member => member.Value));
        foreach (string unknown in members.Names.Except(required).Except(optional ?? []))
        {
            Report(members.PlaceOf(unknown), $"There is no member \"{unknown}\" here; possible are {string.Join(", ", required.Concat(optional ?? []))}.");
        }

        foreach (string missing in required.Except(members.Names))
        {
            Report(members.PlaceOf(missing), $"The member \"{missing}\" is missing; add it.");
        }

        return members;
    }

    private T[] List<T>(Members members, string name, Func<JsonElement, string, T> read)
    {
        if (members[name] is not { } json)
        {
            return [];
        }

        if (json.ValueKind != JsonValueKind.Array)
        {
            Report(members.PlaceOf(name), "Write a list in square brackets here.");
            return [];
        }

        return [.. json.EnumerateArray().Select((element, i) => read(element, $"{members.PlaceOf(name)}[{i}]"))];
    }

    private string[] Strings(Members members, string name) => List(members, name, (json, place) =>
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return json.GetString()!;
        }

        Report(place, "Write a text in quotation marks here.");
        return "";
    });

    private string Text(Members members, string name)
    {
        if (members[name] is not { } json)
        {
            return ""; // reported as missing
        }

        if (json.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(json.GetString()))
        {
            return json.GetString()!;
        }

        Report(members.PlaceOf(name), "Write a text in quotation marks that is not blank.");
        return "";
    }

    private string Code(Members members, string name)
    {
        string code = Text(members, name);
        if (code.Length > 0 && !PlainCode().IsMatch(code))
        {
            Report(members.PlaceOf(name), $"\"{code}\" is not a code; use up to 120 letters, digits, dots, hyphens and underscores, beginning with a letter or digit.");
        }

        return code;
    }

    private Dictionary<string, string> Texts(Members members, string name)
    {
        if (members[name] is not { } json)
        {
            return [];
        }

        Members texts = Object(json, members.PlaceOf(name), required: _languages);
        return _languages.Where(texts.Has).Distinct().ToDictionary(language => language, language => Text(texts, language));
    }

    private bool Flag(Members members, string name, bool whenAbsent)
    {
        if (members[name] is not { } json)
        {
            return whenAbsent;
        }

        if (json.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Report(members.PlaceOf(name), "Write true or false.");
        }

        return json.ValueKind == JsonValueKind.True;
    }

    private int? Whole(Members members, string name) => members[name] is { } json ? Whole(json, members.PlaceOf(name)) : null;

    private int? Whole(JsonElement json, string place)
    {
        if (json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int number))
        {
            return number;
        }

        Report(place, "Write a whole number.");
        return null;
    }

    /// <summary>Reports every later occurrence; blank texts were reported where they were read.</summary>
    private void ReportRepeats<T>(T[] values, Func<int, string> place, string what)
        where T : notnull
    {
        HashSet<T> seen = [];
        for (int i = 0; i < values.Length; i++)
        {
            if (!seen.Add(values[i]) && values[i] is not "")
            {
                Report(place(i), $"The {what} \"{values[i]}\" appears twice; remove or rename one.");
            }
        }
    }

    private void ReportUnknown(string place, string code, string list)
    {
        if (code.Length > 0)
        {
            Report(place, $"\"{code}\" is not among the {list}; correct the code or add it there.");
        }
    }

    private void Report(string place, string message) => _problems.Add(new InstrumentProblem(place, message));

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,119}\z")]
    private static partial Regex PlainCode();

    [GeneratedRegex(@"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\z")]
    private static partial Regex LanguageCode();

    /// <summary>The members of one JSON object and its place in the file.</summary>
    private sealed class Members(string place, Dictionary<string, JsonElement> values)
    {
        public IEnumerable<string> Names => values.Keys;

        public JsonElement? this[string name] => values.TryGetValue(name, out JsonElement value) ? value : null;

        public bool Has(string name) => values.ContainsKey(name);

        public string PlaceOf(string name) => place == "$" ? name : $"{place}.{name}";
    }
}
