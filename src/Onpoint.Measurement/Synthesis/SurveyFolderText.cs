using System.Globalization;
using System.Text;
using System.Text.Json;
using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Synthesis;

/// <summary>Writes a generated survey as the files of a survey folder.</summary>
/// <remarks>UTF-8 without byte order mark, LF, quotes only where a field needs them: the same survey is the same bytes everywhere.</remarks>
public static class SurveyFolderText
{
    /// <summary>The files by name, in the order they refer to each other.</summary>
    /// <param name="survey">A generated survey.</param>
    /// <returns>
    /// dataset.json (what marks the folder as synthetic), districts.csv, waves.csv, roster.csv, responses.csv. A survey folder
    /// also holds instrument.json: a copy of the file the instrument was read from.
    /// </returns>
    public static IReadOnlyList<(string Name, byte[] Content)> Files(Survey survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        return
        [
            ("dataset.json", Dataset(survey)),
            ("districts.csv", Table(
                ["district_id", "name", "state", "locale", "launch_year", "time_zone", "contributes"],
                survey.Districts.Select(district => (string[])
                [
                    district.Id, district.Name, district.State, Number(district.Locale), Number(district.LaunchYear), district.TimeZone,
                    district.Contributes ? "yes" : "no",
                ]))),
            ("waves.csv", Table(
                ["district_id", "wave", "school_year", "term", "stage", "opens", "closes", "sample"],
                survey.Waves.Select(wave => (string[])
                    [wave.DistrictId, wave.Wave, Number(wave.SchoolYear), "Spring", StageWords.Of(wave.Stage), Time(wave.Opens), Time(wave.Closes), "all"]))),
            ("roster.csv", Table(
                ["district_id", "wave", "school_id", "school", "eligible_teachers"],
                survey.Roster.Select(row => (string[])[row.DistrictId, row.Wave, row.SchoolId, row.School, Number(row.EligibleTeachers)]))),
            ("responses.csv", Responses(survey)),
        ];
    }

    private static byte[] Dataset(Survey survey)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("kind", "synthetic");
            json.WriteNumber("seed", survey.Seed);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static byte[] Responses(Survey survey)
    {
        Instrument instrument = survey.Instrument;
        var optionsByFormat = instrument.Formats.ToDictionary(format => format.Code, format => format.Options);
        IReadOnlyList<AnswerOption>[] options =
            [.. instrument.Items.Select(item => optionsByFormat[item.Format]), .. instrument.Context.Select(question => question.Options)];
        return Table(
            ["district_id", "school_id", "wave", .. instrument.Items.Select(item => item.Code), .. instrument.Context.Select(question => question.Code)],
            survey.Responses.Select(response => (string[])
            [
                response.DistrictId, response.SchoolId, response.Wave,
                .. options.Select((options, index) => Answer(response.Answers.Span[index], options)),
            ]));
    }

    private static string Answer(byte answer, IReadOnlyList<AnswerOption> options) => answer switch
    {
        ResponseLayout.NotAnswered => "",
        ResponseLayout.NotMyRole => "NA",
        _ => Number(options[answer - 1].Value),
    };

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static byte[] Table(string[] header, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        foreach (string[] row in rows.Prepend(header))
        {
            text.AppendJoin(',', row.Select(Quoted)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Quoted(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
