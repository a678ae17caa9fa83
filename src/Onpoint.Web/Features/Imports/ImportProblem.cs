namespace Onpoint.Web.Features.Imports;

/// <summary>One thing wrong in a file, with its place.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Column">The column's name; null when the whole line is meant.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record ImportProblem(string File, long Line, string? Column, string Message)
{
    public override string ToString() => (Line, Column) switch
    {
        (0, null) => $"{File}: {Message}",
        (0, _) => $"{File}, column {Column}: {Message}",
        (_, null) => $"{File}, line {Line}: {Message}",
        _ => $"{File}, line {Line}, column {Column}: {Message}",
    };
}

/// <summary>Files that cannot be imported as they are. Nothing of them was stored.</summary>
internal sealed class ImportException(IReadOnlyList<ImportProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems.Take(20)) + (problems.Count > 20 ? $"{Environment.NewLine}and {problems.Count - 20} more" : ""))
{
    public IReadOnlyList<ImportProblem> Problems { get; } = problems;
}
