using System.Globalization;
using System.Runtime.CompilerServices;

namespace Onpoint.Charts.Tests;

/// <summary>The four landmark charts: stage means of docs/methodology.md section 5, and Cedar Valley, a made-up district with margins of 27.</summary>
internal static class SampleCharts
{
    public const string Caption = "Synthetic national dataset, edition 2026.1.";

    private static readonly double[] Communication = [520, 660, 690, 708, 720];
    private static readonly double[] Operations = [540, 578, 614, 648, 680];
    private static readonly double[] TeacherRole = [500, 600, 640, 655, 662];
    private static readonly double[] StudentRole = [440, 500, 556, 606, 648];
    private static readonly double[] Culture = [560, 620, 650, 646, 645];

    public static readonly string[] Names = ["nation-1", "nation-2", "nation-3", "nation-4", "district-1", "district-2", "district-3", "district-4"];

    /// <summary>Every test of this project draws, and drawing needs a font.</summary>
    [ModuleInitializer]
    internal static void RegisterFont()
    {
        if (ChartFonts.Register(null) is FontOutcome.NoFont(var reason, var command))
        {
            throw new InvalidOperationException($"{reason} Run: {command}");
        }
    }

    public static StageChart Named(string name) => name switch
    {
        "nation-1" => Chart("Shared understanding comes first", new(["70 % of the growth", "by Year 1"], 0, 1), Nation("Dataset", Communication)),
        "nation-2" => Chart("Operations improve a step at a time", new(["32 to 38 points", "at every step"]), Nation("Dataset", Operations)),
        "nation-3" => Chart("Teachers change their practice, then students do", new(["Teachers first"]), Nation("Teacher role", TeacherRole), Nation("Student role", StudentRole)),
        "nation-4" => Chart("Culture levels off after Year 2", new(["flat after Year 2"], 2, 4), Nation("Dataset", Culture)),
        "district-1" => With("nation-1", District("Cedar Valley", 517, 664, 694)),
        "district-2" => With("nation-2", District("Cedar Valley", 522, 561, 588)),
        "district-3" => With("nation-3", District("", 503, 610, 645), District("", 436, 518, 551)),
        "district-4" => With("nation-4", District("Cedar Valley", 570, 631, 664)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such sample."),
    };

    public static StageChart Chart(string title, StageAnnotation? annotation, params StageSeries[] series) => new()
    {
        Title = title,
        Subtitle = "Score by stage, with 95 % margins",
        Sentence = "The sentence that carries the numbers: 140 of 200 points come by Year 1, and the rest of them in the three years after it.",
        Caption = Caption,
        AltText = $"{title}, told in words & numbers < 1,000.",
        Stages = ["Planning", "Year 1", "Year 2", "Year 3", "Year 4+"],
        Series = series,
        Annotation = annotation,
    };

    /// <summary>A curve of the dataset with margins of 14 at each stage.</summary>
    public static StageSeries Nation(string name, params double[] means) =>
        new(SeriesKind.Nation, name, Text(means[^1]), [.. means.Select(m => new StagePoint(m, 14))]);

    /// <summary>A district's curve with margins of 27, not seen at the stages left out at the end.</summary>
    public static StageSeries District(string name, params double[] means) =>
        new(SeriesKind.District, name, Text(means[^1]), [.. means.Select(m => new StagePoint(m, 27)), .. Enumerable.Repeat<StagePoint?>(null, 5 - means.Length)]);

    private static StageChart With(string name, params StageSeries[] more)
    {
        StageChart chart = Named(name);
        return chart with { Series = [.. chart.Series, .. more] };
    }

    private static string Text(double points) => points.ToString("0", CultureInfo.InvariantCulture);
}
