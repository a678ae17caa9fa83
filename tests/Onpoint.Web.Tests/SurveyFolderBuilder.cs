using System.Globalization;
using System.IO.Compression;
using System.Text;
using Onpoint.Web.Tests.Database;

namespace Onpoint.Web.Tests;

/// <summary>When a wave of a built folder takes answers.</summary>
internal enum WaveTime
{
    Closed,
    Open,
    Scheduled,
}

/// <summary>
/// Writes survey folders. The instrument and the district have names of their own, so tests that share a database do not
/// meet. Unless told otherwise the instrument has two components of equal weight, A (items A1 and A2, values 1 to 5) and B
/// (item B1, values 10 to 50, worth 1 to 5), one category each, and the context question YEARS (values 1 to 3).
/// </summary>
internal sealed class SurveyFolderBuilder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _districts = [];
    private readonly List<string> _waves = [];
    private readonly List<string> _roster = [];
    private readonly List<string> _responses = [];

    public SurveyFolderBuilder()
    {
        District = $"D-{Guid.NewGuid():N}";
        Instrument = SmallInstrument($"i-{Guid.NewGuid():N}");
    }

    /// <summary>Text id of the first district.</summary>
    public string District { get; }

    public string Path => _folder.Path;

    public byte[] Instrument { get; set; }

    /// <summary>The columns of responses.csv after district_id, school_id and wave.</summary>
    public string Questions { get; set; } = "A1,A2,B1,YEARS";

    public SurveyFolderBuilder AddDistrict(string? id = null, bool contributes = false)
    {
        _districts.Add($"{id ?? District},District {id ?? District},TX,21,2024,America/Chicago,{(contributes ? "yes" : "no")}");
        return this;
    }

    public SurveyFolderBuilder AddWave(WaveTime time = WaveTime.Closed, string wave = "w1", string? district = null, int schoolYear = 2026, string stage = "Year 1")
    {
        (string opens, string closes) = time switch
        {
            WaveTime.Closed => ("2025-09-01T08:00:00-05:00", "2025-10-01T08:00:00-05:00"),
            WaveTime.Open => ("2025-09-01T08:00:00-05:00", "2900-01-01T00:00:00Z"),
            _ => ("2899-01-01T00:00:00Z", "2900-01-01T00:00:00Z"),
        };
        _waves.Add(string.Create(CultureInfo.InvariantCulture, $"{district ?? District},{wave},{schoolYear},Fall,{stage},{opens},{closes},all"));
        return this;
    }

    /// <summary>A school on a wave's roster; <paramref name="eligible"/> is null where the count is unknown.</summary>
    public SurveyFolderBuilder AddSchool(string school, int? eligible, string wave = "w1", string? district = null)
    {
        _roster.Add(string.Create(CultureInfo.InvariantCulture, $"{district ?? District},{wave},{school},School {school},{eligible}"));
        return this;
    }

    /// <summary>One row per teacher: the cells of <see cref="Questions"/>.</summary>
    public SurveyFolderBuilder Answer(string school, params IEnumerable<string> rows)
    {
        _responses.AddRange(rows.Select(row => $"{District},{school},w1,{row}"));
        return this;
    }

    /// <summary>Lines of responses.csv as they are, also wrong ones.</summary>
    public SurveyFolderBuilder AddLines(params IEnumerable<string> lines)
    {
        _responses.AddRange(lines);
        return this;
    }

    /// <summary>An open wave of one district with two schools, S1 and S2, and no answers.</summary>
    public static SurveyFolderBuilder WithOpenWave(WaveTime time = WaveTime.Open) =>
        new SurveyFolderBuilder().AddDistrict().AddWave(time).AddSchool("S1", 10).AddSchool("S2", 30);

    /// <summary>Writes the folder and returns its path.</summary>
    public string Save(bool gzip = false)
    {
        Directory.CreateDirectory(Path);
        File.WriteAllBytes(System.IO.Path.Combine(Path, "instrument.json"), Instrument);
        Write("districts.csv", "district_id,name,state,locale,launch_year,time_zone,contributes", _districts);
        Write("waves.csv", "district_id,wave,school_year,term,stage,opens,closes,sample", _waves);
        Write("roster.csv", "district_id,wave,school_id,school,eligible_teachers", _roster);
        Write(gzip ? "responses.csv.gz" : "responses.csv", $"district_id,school_id,wave,{Questions}", _responses);
        return Path;
    }

    /// <summary>Replaces a file of the saved folder.</summary>
    public void Replace(string file, string content) => File.WriteAllText(System.IO.Path.Combine(Path, file), content);

    /// <summary>A file of answers of its own, such as late ones: header school_id and the questions.</summary>
    public string SaveAnswers(string file, params IEnumerable<string> rows)
    {
        Directory.CreateDirectory(Path);
        Write(file, $"school_id,{Questions}", rows);
        return System.IO.Path.Combine(Path, file);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string file, string header, IEnumerable<string> lines)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(lines.Prepend(header).Select(line => $"{line}\n")));
        string path = System.IO.Path.Combine(Path, file);
        if (!file.EndsWith(".gz", StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, text);
            return;
        }

        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        gzip.Write(text);
    }

    private static byte[] SmallInstrument(string code) => Encoding.UTF8.GetBytes(
        $$$"""
        {
          "code": "{{{code}}}", "version": "1.0", "title": {"en": "Small"}, "languages": ["en"], "scale": "points", "notMyRole": {"en": "Not part of my role"},
          "formats": [
            {"code": "ONES", "options": [{"value": 1, "text": {"en": "1"}}, {"value": 2, "text": {"en": "2"}}, {"value": 3, "text": {"en": "3"}}, {"value": 4, "text": {"en": "4"}}, {"value": 5, "text": {"en": "5"}}]},
            {"code": "TENS", "options": [{"value": 10, "points": 1, "text": {"en": "1"}}, {"value": 20, "points": 2, "text": {"en": "2"}}, {"value": 30, "points": 3, "text": {"en": "3"}},
                                         {"value": 40, "points": 4, "text": {"en": "4"}}, {"value": 50, "points": 5, "text": {"en": "5"}}]}
          ],
          "items": [
            {"code": "A1", "format": "ONES", "text": {"en": "First"}},
            {"code": "A2", "format": "ONES", "text": {"en": "Second"}, "notAnswered": [99]},
            {"code": "B1", "format": "TENS", "text": {"en": "Third"}}
          ],
          "components": [{"code": "A", "name": {"en": "A"}, "items": ["A1", "A2"]}, {"code": "B", "name": {"en": "B"}, "items": ["B1"]}],
          "categories": [{"code": "left", "name": {"en": "Left"}, "components": ["A"]}, {"code": "right", "name": {"en": "Right"}, "components": ["B"]}],
          "context": [{"code": "YEARS", "text": {"en": "Years"}, "options": [{"value": 1, "text": {"en": "1"}}, {"value": 2, "text": {"en": "2"}}, {"value": 3, "text": {"en": "3"}}]}]
        }
        """);
}
