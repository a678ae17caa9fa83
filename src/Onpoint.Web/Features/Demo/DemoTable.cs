using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Placement;
using Onpoint.Measurement.Scoring;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Scoring;
using Onpoint.Web.Platform;
using Spectre.Console;

namespace Onpoint.Web.Features.Demo;

/// <summary>The demonstration district's result as a table at the terminal.</summary>
internal static class DemoTable
{
    public static void Print(PublishedDistrict district, string address)
    {
        IReadOnlyList<PublishedWave> waves = [.. district.Waves.Reverse()];
        PublishedWave newest = waves[^1];
        AnsiConsole.MarkupLineInterpolated($"[bold]{district.District.Name}[/] (synthetic), beside the synthetic national dataset, edition {newest.Edition?.Edition.Id ?? "none"}");
        Table table = new Table().Border(TableBorder.Rounded).AddColumn("Points, 200 to 1,000");
        foreach (PublishedWave wave in waves)
        {
            table.AddColumn(new TableColumn(Display.StageName(wave.Wave.Stage)).RightAligned());
        }

        foreach (Measure measure in newest.Instrument.Plan.Measures.Where(measure => measure.Kind != MeasureKind.Component))
        {
            table.AddRow([measure.Kind == MeasureKind.Benchmark ? "Benchmark score" : Name(newest, measure.Code), .. waves.Select(wave => Cell(wave.Unit?.Find(measure.Code)))]);
        }

        table.AddRow(["Percentile at its stage", .. waves.Select(wave => Percentile(wave.FindPlacing(ScoringPlan.Benchmark)))]);
        table.AddRow(["Answers", .. waves.Select(wave => Answers(wave.Counts.Total))]);
        AnsiConsole.Write(table);

        Table landmarks = new Table().Border(TableBorder.Rounded).AddColumn("Landmark").AddColumn("This district").AddColumn("National dataset");
        foreach (LandmarkResult result in district.Landmarks)
        {
            LandmarkResult? nation = newest.Edition?.Edition.Landmarks.FirstOrDefault(landmark => landmark.Landmark == result.Landmark);
            landmarks.AddRow(Display.Capital(Kebab.Words(result.Landmark)), Verdict(result), nation is null ? "" : Verdict(nation));
        }

        AnsiConsole.Write(landmarks);
        AnsiConsole.WriteLine();
        Console.WriteLine($"District page   {address}/districts/{district.District.DistrictId}");
        Console.WriteLine($"Landmarks       {address}/landmarks");
        Console.WriteLine($"API reference   {address}/docs");
        Console.WriteLine($"Jobs            {address}/admin/jobs");
        Console.WriteLine("Only this machine can reach these addresses: there are no accounts yet. Stop with Ctrl+C; the data are kept.");
    }

    private static string Name(PublishedWave wave, string category) =>
        wave.Instrument.Definition.Categories.First(known => known.Code == category).Name[wave.Instrument.Definition.Languages[0]];

    private static string Answers(PublishedCount total) =>
        $"{(total.Precision == CountPrecision.Exact ? "" : "at least ")}{Display.Count(total.Responses)}{(total.Eligible is { } eligible ? $" of {Display.Count(eligible)}" : "")}";

    private static string Cell(PublishedMeasure? measure) => measure is { Points: not null } ? Display.WithMargin(measure) : "withheld";

    private static string Percentile(MeasurePlacing? placing) => placing?.StagePercentile switch
    {
        Placing<Percentile>.Made(var percentile) => Display.Percentile(percentile),
        Placing<Percentile>.Withheld(var reason) => Kebab.Words(reason),
        _ => "not placed",
    };

    private static string Verdict(LandmarkResult result) => result.Reason is { } reason
        ? $"{Kebab.Words(result.Verdict)}: {Kebab.Words(reason)}"
        : Kebab.Words(result.Verdict);
}
