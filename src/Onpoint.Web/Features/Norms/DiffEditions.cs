using System.CommandLine;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Norms;

/// <summary><c>onpoint norms diff BEFORE AFTER [--all]</c>: where two editions differ, and whether the later one may follow the earlier.</summary>
internal static class DiffEditions
{
    private const int Different = 1;
    private const int MostPlaces = 40;

    public static Command Create()
    {
        Argument<string> before = new("before") { Description = EditionSource.Description };
        Argument<string> after = new("after") { Description = EditionSource.Description };
        Option<bool> all = new("--all") { Description = $"List every place, not the first {MostPlaces}." };
        Command command = new("diff", "Compare two editions. The exit code is 0 when they are equal and 1 when they differ.") { before, after, all };
        command.SetAction((parsed, cancellationToken) => EditionSource.WithAsync(
            [parsed.GetValue(before)!, parsed.GetValue(after)!], sources => Compare(sources[0], sources[1], parsed.GetValue(all)), cancellationToken));
        return command;
    }

    private static int Compare(EditionSource before, EditionSource after, bool all)
    {
        if (before.Document.AsSpan().SequenceEqual(after.Document))
        {
            Console.WriteLine($"Equal: SHA-256 {before.Edition.Hash()}.");
            return 0;
        }

        if (before.Dataset is { } earlier && after.Dataset is { } later)
        {
            foreach (CellChange change in CellChange.Between(earlier, later))
            {
                string stage = change.Stage is { } known ? Display.StageName(known) : "All stages";
                string verdict = change.Allowed ? "" : ": too few, the cells must not be published beside the earlier ones";
                Console.WriteLine($"{stage}: {Display.Count(change.Districts)} districts came, went or changed{verdict}");
            }
        }

        IReadOnlyList<EditionDifference> differences = EditionDifferences.Between(before.Edition, after.Edition);
        Console.WriteLine($"{Display.Count(differences.Count)} places differ:");
        foreach (EditionDifference difference in all ? differences : differences.Take(MostPlaces))
        {
            Console.WriteLine($"  {difference.Place}: {difference.Before ?? "nothing"} -> {difference.After ?? "nothing"}");
        }

        if (!all && differences.Count > MostPlaces)
        {
            Console.WriteLine($"  and {Display.Count(differences.Count - MostPlaces)} more; --all lists them.");
        }

        return Different;
    }
}
