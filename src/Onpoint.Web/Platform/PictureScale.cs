using System.Globalization;

namespace Onpoint.Web.Platform;

/// <summary>A horizontal axis of points, for the small pictures inside tables. Places are per cents of the picture's width.</summary>
/// <param name="Low">The left end, in points.</param>
/// <param name="High">The right end, above <paramref name="Low"/>.</param>
/// <param name="Step">Points between two grid lines.</param>
public readonly record struct PictureScale(double Low, double High, double Step)
{
    /// <summary>The whole scale of scores.</summary>
    public static readonly PictureScale Whole = new(200, 1000, 200);

    // More grid lines than this crowd the axis of a phone.
    private const int MostSteps = 5;

    /// <summary>Grid lines, from left to right.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            for (double tick = Math.Ceiling(Low / Step) * Step; tick <= High; tick += Step)
            {
                yield return tick;
            }
        }
    }

    /// <summary>An axis in hundreds that holds the given scores with their margins, at least from <paramref name="low"/> to <paramref name="high"/>.</summary>
    internal static PictureScale OfScores(double low, double high, IEnumerable<(double Points, double? Margin)> scores) =>
        Covering(100, low, high, scores, Whole.Low, Whole.High);

    /// <summary>An axis in fifties around zero that holds the given changes with their margins.</summary>
    internal static PictureScale OfChanges(IEnumerable<(double Points, double? Margin)> changes) => Covering(50, -50, 100, changes, -800, 800);

    /// <summary>Where a value lies, limited to the axis: "37.5%".</summary>
    public string Place(double points) => Percent((Math.Clamp(points, Low, High) - Low) / (High - Low));

    /// <summary>How wide a stretch is, limited to the axis: "5.25%".</summary>
    public string Width(double from, double to) => Percent((Math.Clamp(to, Low, High) - Math.Clamp(from, Low, High)) / (High - Low));

    private static PictureScale Covering(double unit, double low, double high, IEnumerable<(double Points, double? Margin)> values, double lowest, double highest)
    {
        foreach ((double points, double? margin) in values)
        {
            low = Math.Min(low, unit * Math.Floor((points - (margin ?? 0)) / unit));
            high = Math.Max(high, unit * Math.Ceiling((points + (margin ?? 0)) / unit));
        }

        low = Math.Max(low, lowest);
        high = Math.Min(high, highest);
        return new PictureScale(low, high, (high - low) / unit > MostSteps ? 2 * unit : unit);
    }

    private static string Percent(double fraction) => (100 * fraction).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
