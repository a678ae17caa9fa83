using System.Globalization;
using System.Text;

namespace Onpoint.Web.Features.Districts;

/// <summary>
/// The picture "100 districts, one dot each": dots stacked over an axis of points, the district's own score below it. Every place is in
/// the picture's own units; one layout serves the wide and the slim drawing.
/// </summary>
internal sealed class HundredDots
{
    // About as many columns as leave the fullest one six or seven dots high when scores are normal: 3.2 tau to each side.
    private const int Columns = 41;
    private const double TausToEachSide = 3.2;

    private readonly List<(int Column, int Row, bool Solid)> _dots = [];
    private readonly double _low;
    private readonly double _high;

    /// <summary>Lays the dots out.</summary>
    /// <param name="quantiles">Shape [99]: the quantiles at 1..99 per cent, in points.</param>
    /// <param name="mean">Mean of the stage, in points.</param>
    /// <param name="tau">Standard deviation of districts, in points, above 0.</param>
    /// <param name="place">The dots of its interval are solid.</param>
    /// <param name="score">The district's score; its interval lies on the axis.</param>
    /// <param name="margin">Its margin; null when there is none.</param>
    public HundredDots(IReadOnlyList<double> quantiles, double mean, double tau, PlaceAmong100 place, double score, double? margin)
    {
        _low = Math.Min(mean - (TausToEachSide * tau), score - (margin ?? 0) - (tau / 4));
        _high = Math.Max(mean + (TausToEachSide * tau), score + (margin ?? 0) + (tau / 4));
        Edges = [mean - (1.5 * tau), mean - (0.5 * tau), mean + (0.5 * tau), mean + (1.5 * tau)];
        int[] heights = new int[Columns];
        for (int dot = 1; dot <= 100; dot++)
        {
            // Dot k stands in the middle between the quantiles at k - 1 and k per cent; the first and the last at the outermost ones.
            double points = (quantiles[Math.Max(dot - 2, 0)] + quantiles[Math.Min(dot - 1, quantiles.Count - 1)]) / 2;
            int column = Math.Clamp((int)((points - _low) / (_high - _low) * Columns), 0, Columns - 1);
            _dots.Add((column, heights[column]++, dot >= place.Low && dot <= place.High));
        }

        Rows = heights.Max();
    }

    /// <summary>The four borders of the bands, in points.</summary>
    public IReadOnlyList<double> Edges { get; }

    /// <summary>Dots in the fullest column (count).</summary>
    public int Rows { get; }

    /// <summary>How many dots are solid (count).</summary>
    public int Solid => _dots.Count(dot => dot.Solid);

    /// <summary>Where a score lies on an axis of this width.</summary>
    public double X(double points, double width) => (Math.Clamp(points, _low, _high) - _low) / (_high - _low) * width;

    /// <summary>Centre of a band, 0 to 4, on an axis of this width.</summary>
    public double BandCenter(int band, double width) =>
        (X(band == 0 ? _low : Edges[band - 1], width) + X(band == Edges.Count ? _high : Edges[band], width)) / 2;

    /// <summary>The distance between two dots on an axis of this width.</summary>
    public static double Step(double width) => width / Columns;

    /// <summary>One path for all solid or all pale dots: strokes of no length with round ends, a tenth of the size of a hundred circles.</summary>
    public string Path(bool solid, double width, double ground)
    {
        double step = Step(width);
        var path = new StringBuilder();
        foreach ((int column, int row, bool _) in _dots.Where(dot => dot.Solid == solid))
        {
            path.Append(CultureInfo.InvariantCulture, $"M{(column + 0.5) * step:0.#} {ground - ((row + 0.5) * step):0.#}h0");
        }

        return path.ToString();
    }
}
