using System.CommandLine;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Landmarks;
using Onpoint.Web.Platform;
using Spectre.Console;

namespace Onpoint.Web.Features.Norms;

/// <summary><c>onpoint norms inspect EDITION</c>: what an edition holds, as tables.</summary>
internal static class InspectEdition
{
    public static Command Create()
    {
        Argument<string> edition = new("edition") { Description = EditionSource.Description };
        Command command = new("inspect", "Print what an edition holds.") { edition };
        command.SetAction((parsed, cancellationToken) => EditionSource.WithAsync(
            [parsed.GetValue(edition)!],
            sources =>
            {
                Print(sources[0]);
                return 0;
            },
            cancellationToken));
        return command;
    }

    private static void Print(EditionSource source)
    {
        NormEdition edition = source.Edition;
        string window = edition.FieldWindow is { } years ? $"{Display.SchoolYear(years.FirstSchoolYear)} to {Display.SchoolYear(years.LastSchoolYear)}" : "none";
        Console.WriteLine($"Edition {edition.Id}, {Kebab.Name(edition.Kind)}, of {source.Name}");
        Console.WriteLine($"Instrument      {edition.InstrumentCode} {edition.InstrumentVersion}");
        Console.WriteLine($"School years    {window}");
        Console.WriteLine($"Rests on        {Display.Count(edition.Districts)} districts, {Display.Count(edition.DistrictWaves)} waves, {Display.Count(edition.Responses)} responses; {edition.Weights}");
        Console.WriteLine($"Waves entered   with {Display.Count(edition.Inclusion.SmallestCount)} teachers or more and, where the roster is known, a response rate of {Display.Percent(edition.Inclusion.ResponseRate)} or more");
        Console.WriteLine($"Seen at both    {string.Join(", ", edition.PanelCounts.Select(pair => $"{Display.StageName(pair.From)} and {Display.StageName(pair.To)} {Display.Count(pair.Districts)}"))}");
        Console.WriteLine($"Edition SHA-256 {edition.Hash()}");
        Console.WriteLine($"Dataset SHA-256 {edition.DatasetHash}");

        Table table = TerminalTable.New(["Measure", "Stage"], ["Districts", "Responses", "Mean", "tau", "s_w", "10th", "50th", "90th", ""]);
        foreach (NormCell cell in edition.Cells)
        {
            table.AddRow(
            [
                cell.Measure, cell.Stage is { } stage ? Display.StageName(stage) : "All stages", Display.Count(cell.Districts), Display.Count(cell.Responses),
                Display.Points(cell.MeanPoints), Points(cell.TauPoints), Points(cell.WithinSdPoints),
                .. ((int[])[10, 50, 90]).Select(percent => Points(cell.Quantiles.Count == 0 ? null : cell.Quantiles[percent - 1])),
                cell.Provisional ? "provisional" : "",
            ]);
        }

        TerminalTable.Print(table);
        foreach (LandmarkResult landmark in edition.Landmarks)
        {
            string basis = landmark.Basis is { } found ? $", {Kebab.Name(found)} of {Display.Count(landmark.Districts)} districts" : "";
            string reason = landmark.Reason is { } why ? $", {Kebab.Name(why)}" : "";
            Console.WriteLine($"Landmark {LandmarkWords.Slug(landmark.Landmark)}: {Kebab.Name(landmark.Verdict)}{reason}{basis}");
        }
    }

    private static string Points(double? points) => points is { } known ? Display.Points(known) : "none";
}
