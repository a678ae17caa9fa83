using System.Reflection;
using System.Text.RegularExpressions;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Web.Tests;

/// <summary>Rules of docs/architecture.md that a reader of one file would not notice broken.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] BannedWords = ["Manager", "Helper", "Util", "Utils", "Common", "Core", "Shared", "Base", "Impl", "Dto", "Service"];

    [Fact]
    public void Score_rows_are_read_and_written_in_scoring_and_norms_only() => Assert.Empty(
        Repository.Sources("src/Onpoint.Web", ".cs", ".razor")
            .Where(source => !source.Path.Contains("/Features/Scoring/", StringComparison.Ordinal) && !source.Path.Contains("/Features/Norms/", StringComparison.Ordinal))
            .Where(source => source.Path != "src/Onpoint.Web/Database/OnpointDb.cs")
            .Where(source => ScoreRows().IsMatch(source.Text))
            .Select(source => source.Path));

    [Fact]
    public void The_kernel_references_mathematics_and_the_runtime_only() => Assert.All(
        typeof(ScoringPlan).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!),
        name => Assert.True(name == "MathNet.Numerics" || name.StartsWith("System.", StringComparison.Ordinal), name));

    [Fact]
    public void No_type_and_no_folder_is_named_after_a_pattern()
    {
        Assembly[] ours = [typeof(ScoringPlan).Assembly, typeof(Onpoint.Charts.ChartRenderer).Assembly, typeof(Web.Platform.Problems).Assembly, typeof(ArchitectureTests).Assembly];
        Assert.All(
            ours.SelectMany(assembly => assembly.GetTypes())
                .Where(type => type.Namespace?.StartsWith("Onpoint", StringComparison.Ordinal) == true)
                .Select(type => type.Name.Split('`')[0]),
            name => Assert.False(BannedWords.Any(word => name.EndsWith(word, StringComparison.Ordinal)), name));
        Assert.All(
            Repository.Sources("src", ".cs", ".razor").Concat(Repository.Sources("tests", ".cs")).SelectMany(source => source.Path.Split('/').SkipLast(1)).Distinct(),
            folder => Assert.False(BannedWords.Contains(folder.TrimEnd('s')) || BannedWords.Contains(folder), folder));
    }

    [Fact]
    public void Time_comes_from_a_TimeProvider_and_nobody_sleeps() => Assert.Empty(
        Repository.Sources("src", ".cs", ".razor").Concat(Repository.Sources("tests", ".cs"))
            .Where(source => Clocks().IsMatch(source.Text))
            .Select(source => source.Path));

    /// <summary>The Content-Security-Policy of the pages forbids them, and a browser drops them in silence.</summary>
    [Fact]
    public void No_markup_carries_styles_of_its_own() => Assert.Empty(
        Repository.Sources("src/Onpoint.Web", ".razor", ".html", ".js", ".svg")
            .Where(source => InlineStyles().IsMatch(source.Text))
            .Select(source => source.Path));

    [GeneratedRegex(@"\b(db|Db)\.(Scores|ScoreUnits|ScoreRevisions|Placings|Reproductions)\b|\b(from|into|update) (scores|score_units|placings|reproductions)\b")]
    private static partial Regex ScoreRows();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b|\bThread\.Sleep\(")]
    private static partial Regex Clocks();

    [GeneratedRegex(@"\sstyle\s*=")]
    private static partial Regex InlineStyles();
}
