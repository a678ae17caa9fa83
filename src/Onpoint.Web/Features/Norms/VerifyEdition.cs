using System.CommandLine;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Norms;

/// <summary><c>onpoint norms verify EDITION [--dataset PATH]</c>: builds an edition again from its dataset and compares the bytes.</summary>
internal static class VerifyEdition
{
    private const int Failed = 1;
    private const int MostPlaces = 20;

    public static Command Create()
    {
        Argument<string> edition = new("edition") { Description = EditionSource.Description };
        Option<string?> dataset = new("--dataset") { Description = "A dataset file or a survey folder; needed when the edition is a file alone." };
        Command command = new("verify", "Build an edition again from its dataset and compare.") { edition, dataset };
        command.SetAction((parsed, cancellationToken) => EditionSource.WithAsync(
            [parsed.GetValue(edition)!], sources => Verify(sources[0], parsed.GetValue(dataset)), cancellationToken));
        return command;
    }

    private static int Verify(EditionSource source, string? datasetPath)
    {
        if ((datasetPath is null ? source.Dataset : EditionSource.ReadDataset(datasetPath)) is not { } dataset)
        {
            throw new FormatException($"{source.Name} stands without its dataset: name the dataset file or the survey folder with --dataset.");
        }

        NormEdition edition = source.Edition;
        string hash = NormDataset.Hash(dataset);
        if (hash != edition.DatasetHash)
        {
            Console.Error.WriteLine($"Not the dataset of this edition: it has the SHA-256 {hash}, the edition names {edition.DatasetHash}.");
            return Failed;
        }

        NormEdition rebuilt = NormEditionBuilder.Build(edition.Id, edition.Kind, edition.InstrumentCode, edition.InstrumentVersion, dataset, edition.Seed);
        IReadOnlyList<EditionDifference> differences = EditionDifferences.Between(edition, rebuilt);
        if (differences.Count == 0)
        {
            Console.WriteLine($"Equal: edition {edition.Id} was built again from {Display.Count(rebuilt.DistrictWaves)} waves of {Display.Count(rebuilt.Districts)} districts, SHA-256 {rebuilt.Hash()}.");
            return 0;
        }

        Console.Error.WriteLine($"Not equal: edition {edition.Id} has the SHA-256 {edition.Hash()}, built again {rebuilt.Hash()}. They differ in {Display.Count(differences.Count)} places:");
        foreach (EditionDifference difference in differences.Take(MostPlaces))
        {
            Console.Error.WriteLine($"  {difference.Place}: {difference.Before ?? "nothing"}, built again {difference.After ?? "nothing"}");
        }

        return Failed;
    }
}
