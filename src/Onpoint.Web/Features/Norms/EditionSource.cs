using Onpoint.Measurement.Norms;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Imports;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Norms;

/// <summary>An edition that the command line names, with its dataset where it can be had.</summary>
/// <param name="Name">Where it was found.</param>
/// <param name="Document">The frozen bytes.</param>
/// <param name="Edition">What they say.</param>
/// <param name="Dataset">The rows it rests on, as <see cref="NormDataset.Parse"/> reads them; null when only the edition is there.</param>
internal sealed record EditionSource(string Name, byte[] Document, NormEdition Edition, IReadOnlyList<DistrictWave>? Dataset)
{
    public const string Description = "An edition file, a survey folder with edition.json, or the id of a frozen edition.";

    private const int Failed = 1;

    /// <summary>Finds editions by file, by survey folder, else by id in the database, and works on them.</summary>
    /// <param name="names">As <see cref="Description"/> says.</param>
    /// <param name="run">Gets them in order; its result is the exit code.</param>
    /// <param name="cancellationToken">Ctrl+C.</param>
    /// <returns>1, with a sentence on standard error, when something cannot be read.</returns>
    public static async Task<int> WithAsync(IReadOnlyList<string> names, Func<IReadOnlyList<EditionSource>, int> run, CancellationToken cancellationToken)
    {
        try
        {
            EditionSource?[] found = [.. names.Select(OnDisk)];
            return found.All(source => source is not null)
                ? run(found!)
                : await ProgramStart.WithDatabaseAsync(
                    async databases =>
                    {
                        for (int place = 0; place < found.Length; place++)
                        {
                            found[place] ??= await FrozenAsync(databases, names[place], cancellationToken);
                        }

                        return run(found!);
                    },
                    cancellationToken);
        }
        catch (Exception refused) when (refused is ImportException or FormatException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return Failed;
        }
    }

    /// <summary>The rows of a dataset file or of a survey folder.</summary>
    /// <exception cref="FormatException">There is no such file, or it is not a dataset in canonical form.</exception>
    /// <exception cref="ImportException">The folder, or a row of its responses, is wrong.</exception>
    public static IReadOnlyList<DistrictWave> ReadDataset(string path)
    {
        if (Directory.Exists(path))
        {
            return NormDataset.Parse(NormDataset.ToCanonicalJson(FolderScores.Contributed(SurveyFolder.Read(path))));
        }

        return File.Exists(path)
            ? Named(path, () => NormDataset.Parse(File.ReadAllBytes(path)))
            : throw new FormatException($"There is no dataset {path}: name a dataset file or a survey folder.");
    }

    private static EditionSource? OnDisk(string name)
    {
        string file = Directory.Exists(name) ? Path.Combine(name, "edition.json") : name;
        if (!File.Exists(file))
        {
            return Directory.Exists(name) ? throw new FormatException($"The folder {name} holds no edition.json; `onpoint norms build {name} --id ID` makes it.") : null;
        }

        byte[] document = File.ReadAllBytes(file);
        NormEdition edition = Named(file, () => NormEdition.Parse(document));
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return new EditionSource(file, document, edition, File.Exists(Path.Combine(folder, "waves.csv")) ? ReadDataset(folder) : null);
    }

    private static async Task<EditionSource> FrozenAsync(Databases databases, string id, CancellationToken cancellationToken)
    {
        await using OnpointDb db = new WorkerDatabase(databases).Open();
        FrozenEdition edition = await new EditionLibrary().FindAsync(db, id, cancellationToken)
            ?? throw new FormatException($"{id} is neither a file nor a folder, and no edition of this id is frozen in the database.");
        return new EditionSource($"frozen edition {id}", edition.Document, edition.Edition, await PlaceWaves.DatasetAsync(db, id, cancellationToken));
    }

    private static T Named<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"{file}: {wrong.Message}", wrong);
        }
    }
}
