using System.Globalization;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>One table as docs/methodology.md prints it.</summary>
/// <param name="Caption">What it shows, with its Monte Carlo error.</param>
/// <param name="Headers">One per column.</param>
internal sealed record ReportTable(string Caption, IReadOnlyList<string> Headers)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <summary>The table in Markdown, ending with a line feed.</summary>
    public string ToMarkdown() => string.Concat(
        new[] { $"**{Caption}**", "", Line(Headers), Line([.. Headers.Select(_ => "---")]) }.Concat(_rows.Select(Line)).Select(line => line + "\n"));

    /// <summary>".951"; "1.000"; "-" for no outcome.</summary>
    public static string Share(double share) => double.IsFinite(share) ? share.ToString(".000;-.000", CultureInfo.InvariantCulture) : "-";

    /// <summary>".951 to .957", or one of them when they read the same.</summary>
    public static string Shares(IEnumerable<double> shares)
    {
        double[] all = [.. shares];
        (string low, string high) = (Share(all.Min()), Share(all.Max()));
        return low == high ? low : $"{low} to {high}";
    }

    /// <summary>Per cent without the sign: "83"; "2.4" below ten.</summary>
    public static string Percent(double share) => double.IsFinite(share)
        ? (100 * share).ToString(share is > 0 and < 0.0995 ? "0.0" : "0", CultureInfo.InvariantCulture)
        : "-";

    /// <summary>Points with one decimal.</summary>
    public static string Points(double points) => points.ToString("0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    /// <summary>Two standard errors of a share seen in so many replications, such as "±.010".</summary>
    public static string MonteCarloError(double share, int replications) => "±" + Share(2 * Math.Sqrt(share * (1 - share) / replications));

    private static string Line(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |";
}
