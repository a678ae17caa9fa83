using System.Globalization;

namespace Onpoint.Charts;

/// <summary>A mark with its interval, in pixels; <see cref="Half"/> is null when there is no interval.</summary>
internal readonly record struct PlacedPoint(int Stage, float X, float Y, float? Half);

/// <summary>A curve in pixels: the stages that were seen, from left to right.</summary>
internal sealed record PlacedSeries(StageSeries Series, bool Hollow, IReadOnlyList<PlacedPoint> Points);

/// <summary>Where everything of a stage chart stands, in pixels. Nothing is drawn here.</summary>
internal sealed class StageLayout
{
    private const float TitleSize = 25;
    private const float SentenceSize = 16;
    private const float CaptionSize = 12;
    private const float LabelLine = 1.25f;
    private const float Ascent = .95f;

    /// <summary>From the grid's right end to the labels beside it.</summary>
    private const float LabelGap = 6;

    /// <summary>Within the drawing a name has more room than beside it.</summary>
    private const float WidestInside = 1.8f;

    // What a label may cover least: a mark or line first, a band only where nothing else is left.
    private const float LineWeight = 4;
    private const float BandWeight = 1;

    private readonly StageChart _chart;
    private readonly ChartTypefaces _typefaces;
    private readonly List<ChartText> _texts = [];
    private readonly InkMap _ink = new();

    public StageLayout(StageChart chart, ChartSize size, ChartTypefaces typefaces)
    {
        _chart = chart;
        _typefaces = typefaces;
        Frame = ChartFrame.Of(size);
        (Lowest, Highest) = ValueAxis(chart);

        (Top, Bottom) = Frame.Edge > 0 ? PlaceTitles() : (Frame.Top, Frame.Height - Frame.BelowPlot);
        GridRight = Frame.Width - Math.Max(Frame.Edge, 4) - GutterWidth();
        Series = [.. chart.Series.Select(Place)];
        MapInk();
        PlaceTicks();
        PlaceAnnotation();
        PlaceLabelsAtTheLastStage();
        PlaceLabelsAtEarlierStages();
    }

    public ChartFrame Frame { get; }

    public int Lowest { get; }

    public int Highest { get; }

    public float Top { get; }

    public float Bottom { get; }

    public float GridRight { get; }

    public IReadOnlyList<PlacedSeries> Series { get; }

    /// <summary>The bracket below or above the annotation; empty when there is none.</summary>
    public IReadOnlyList<(float X, float Y)> Bracket { get; private set; } = [];

    public IReadOnlyList<ChartText> Texts => _texts;

    /// <summary>Pixels from the first stage to the next.</summary>
    public float StageWidth => (GridRight - Frame.GridLeft - (2 * ChartFrame.Inset)) / (_chart.Stages.Count - 1);

    public float X(int stage) => Frame.GridLeft + ChartFrame.Inset + (stage * StageWidth);

    public float Y(double points) => (float)(Bottom - ((points - Lowest) * (Bottom - Top) / (Highest - Lowest)));

    /// <summary>The hundreds of the grid, from the lowest.</summary>
    public IEnumerable<int> Hundreds() => Enumerable.Range(0, ((Highest - Lowest) / 100) + 1).Select(i => Lowest + (100 * i));

    private static (int Lowest, int Highest) ValueAxis(StageChart chart)
    {
        int lowest = chart.LowestPoints;
        int highest = chart.HighestPoints;
        foreach (StagePoint point in chart.Series.SelectMany(s => s.Points).OfType<StagePoint>())
        {
            lowest = Math.Min(lowest, 100 * (int)Math.Floor((point.Value - (point.Margin ?? 0)) / 100));
            highest = Math.Max(highest, 100 * (int)Math.Ceiling((point.Value + (point.Margin ?? 0)) / 100));
        }

        return (lowest, highest);
    }

    private (float Top, float Bottom) PlaceTitles()
    {
        float width = Frame.Width - (2 * Frame.Edge);
        float y = 18;
        y = PlaceLines(_chart.Title, TitleSize, ChartRole.Text, bold: true, width, mostLines: 2, y);
        y = PlaceLines(_chart.Sentence, SentenceSize, ChartRole.Text, bold: false, width, mostLines: 4, y + 4);
        y = PlaceLines(_chart.Subtitle, Frame.TickSize, ChartRole.Muted, bold: false, width, mostLines: 1, y + 6);

        IReadOnlyList<string> caption = TextBlock.Wrap(_typefaces, _chart.Caption, CaptionSize, bold: false, width, mostLines: 2);
        float captionTop = Frame.Height - 14 - (caption.Count * CaptionSize * 1.4f);
        PlaceLines(_chart.Caption, CaptionSize, ChartRole.Muted, bold: false, width, mostLines: 2, captionTop);
        return (y + Frame.Top, captionTop - 8 - Frame.BelowPlot);
    }

    private float PlaceLines(string text, float size, string role, bool bold, float width, int mostLines, float top)
    {
        foreach (string line in TextBlock.Wrap(_typefaces, text, size, bold, width, mostLines))
        {
            _texts.Add(new ChartText(line, Frame.Edge, top + (size * 1.05f), size, role, bold));
            top += size * 1.4f;
        }

        return top;
    }

    private float GutterWidth()
    {
        int last = _chart.Stages.Count - 1;
        float overhang = (_typefaces.Width(_chart.Stages[last], Frame.TickSize, bold: false) / 2) - ChartFrame.Inset;
        return _chart.Series.Where(s => s.Points[last] is not null)
            .Select(s => LabelOf(s, Frame.WidestLabel).Width + LabelGap)
            .Append(overhang)
            .Max();
    }

    private PlacedSeries Place(StageSeries series)
    {
        float dodge = series.Kind == SeriesKind.District ? Frame.Dodge : 0;
        float pixelsPerPoint = (Bottom - Top) / (Highest - Lowest);
        return new PlacedSeries(
            series,
            Hollow: !ReferenceEquals(_chart.Series.First(s => s.Kind == series.Kind), series),
            [
                .. series.Points.Index().Where(p => p.Item is not null)
                    .Select(p => new PlacedPoint(p.Index, X(p.Index) + dodge, Y(p.Item!.Value), (float?)p.Item.Margin * pixelsPerPoint)),
            ]);
    }

    private void MapInk()
    {
        foreach (PlacedSeries series in Series)
        {
            foreach (PlacedPoint p in series.Points)
            {
                _ink.AddBox(new Box(p.X - 6, p.Y - 6, p.X + 6, p.Y + 6), LineWeight);
                float half = p.Half ?? 0;
                _ink.AddLine(p.X, p.Y - half, p.X, p.Y + half, LineWeight);
            }

            foreach ((PlacedPoint a, PlacedPoint b) in series.Points.Zip(series.Points.Skip(1)))
            {
                _ink.AddLine(a.X, a.Y, b.X, b.Y, LineWeight);
                if (series.Series.Kind == SeriesKind.Nation && a.Half is { } ha && b.Half is { } hb)
                {
                    _ink.AddLine(a.X, a.Y - ha, b.X, b.Y - hb, BandWeight);
                    _ink.AddLine(a.X, a.Y + ha, b.X, b.Y + hb, BandWeight);
                }
            }
        }
    }

    private void PlaceTicks()
    {
        foreach (int points in Hundreds())
        {
            _texts.Add(new ChartText(
                points.ToString(CultureInfo.InvariantCulture), Frame.GridLeft - 8, Y(points) + (Frame.TickSize * .35f), Frame.TickSize, ChartRole.Muted, Anchor: TextAnchor.End));
        }

        foreach ((int stage, string name) in _chart.Stages.Index())
        {
            _texts.Add(new ChartText(name, X(stage), Bottom + 22, Frame.TickSize, ChartRole.Muted, Anchor: TextAnchor.Middle));
        }
    }

    private void PlaceAnnotation()
    {
        if (_chart.Annotation is not { } annotation)
        {
            return;
        }

        float line = Frame.LabelSize * LabelLine;
        float width = annotation.Lines.Max(l => _typefaces.Width(l, Frame.LabelSize, bold: true));
        float height = annotation.Lines.Count * line;
        bool bracket = annotation.FromStage is not null;
        (float legs, float space) = bracket ? (6f, 9f) : (0f, 0f);
        float from = X(annotation.FromStage ?? 0);
        float to = X(annotation.ToStage ?? 0);
        bool centred = annotation.FromStage > 0;
        float left = centred ? ((from + to) / 2) - (width / 2) : from;
        left = Math.Max(Frame.GridLeft, Math.Min(left, GridRight - width));

        // Ink under the text and under the bracket counts, also the district's caps, a little to the right.
        (float inkTop, float inkBottom) = _ink.Extent(Math.Min(left, from) - 8, Math.Max(left + width, to) + 12) ?? (Bottom, Bottom);
        float above = inkTop - (bracket ? 12 : 22) - legs - space - height;
        float below = inkBottom + 12 + legs + space;
        Box box;
        if (above >= Top - Math.Min(Frame.Top, 20))
        {
            box = new Box(left, above, left + width, above + height);
            PlaceBracket(box.Bottom + space, legs);
        }
        else if (below + height <= Bottom)
        {
            box = new Box(left, below, left + width, below + height);
            PlaceBracket(box.Top - space, -legs);
        }
        else
        {
            // Curves from bottom to top: the remark stands where there is room, without its bracket.
            box = FreePlace(new PlacedPoint(0, from, Top, null), width, height);
        }

        foreach ((int i, string text) in annotation.Lines.Index())
        {
            _texts.Add(new ChartText(
                text, centred ? (box.Left + box.Right) / 2 : box.Left, box.Top + (i * line) + (Frame.LabelSize * Ascent), Frame.LabelSize, ChartRole.Text, Bold: true,
                centred ? TextAnchor.Middle : TextAnchor.Start, Halo: true));
        }

        _ink.AddBox(box, LineWeight);

        void PlaceBracket(float y, float leg)
        {
            if (bracket)
            {
                Bracket = [(from, y + leg), (from, y), (to, y), (to, y + leg)];
                _ink.AddLine(from, y, to, y, LineWeight);
            }
        }
    }

    private void PlaceLabelsAtTheLastStage()
    {
        int last = _chart.Stages.Count - 1;
        PlacedSeries[] ending = [.. Series.Where(s => s.Points.Count > 0 && s.Points[^1].Stage == last).OrderBy(s => s.Points[^1].Y)];
        Label[] labels = [.. ending.Select(s => LabelOf(s.Series, Frame.WidestLabel))];
        float[] centres = LabelColumn.Spread([.. ending.Select(s => s.Points[^1].Y)], [.. labels.Select(l => l.Height)], gap: 3, Top - 12, Bottom + 4);
        foreach ((Label label, float centre) in labels.Zip(centres))
        {
            Write(label, GridRight + LabelGap, centre - (label.Height / 2));
        }
    }

    private void PlaceLabelsAtEarlierStages()
    {
        foreach (PlacedSeries series in Series.Where(s => s.Points.Count > 0 && s.Points[^1].Stage < _chart.Stages.Count - 1))
        {
            Label label = LabelOf(series.Series, WidestInside * Frame.WidestLabel);
            Box box = FreePlace(series.Points[^1], label.Width, label.Height);
            Write(label, box.Left, box.Top);
            _ink.AddBox(box, LineWeight);
        }
    }

    /// <summary>The nearest place to a point where a label covers nothing; the one that covers least when there is none.</summary>
    private Box FreePlace(PlacedPoint point, float width, float height)
    {
        float rightmost = Math.Max(Frame.GridLeft, GridRight - width);
        var best = default(Box);
        float least = float.MaxValue;
        // To the right first: there the curve has not been.
        foreach ((float shift, float dislike) in ((float, float)[])[(14, 0), (-width / 4, 8), (-width / 2, 8), (-3 * width / 4, 14), (-width - 10, 24)])
        {
            for (float centre = Top; centre <= Bottom - (height / 2) - 4; centre += 2)
            {
                float left = Math.Clamp(point.X + shift, Frame.GridLeft, rightmost);
                var box = new Box(left, centre - (height / 2), left + width, centre + (height / 2));
                float dx = Math.Max(0, Math.Max(box.Left - point.X, point.X - box.Right));
                float dy = Math.Max(0, Math.Max(box.Top - point.Y, point.Y - box.Bottom));
                float distance = MathF.Sqrt((dx * dx) + (dy * dy)) + dislike;
                if (distance >= least)
                {
                    continue;
                }

                // 20: one covered point of a line outweighs any distance that still reads as "beside".
                float cost = distance + (20 * _ink.Covered(box, margin: 4));
                if (cost < least)
                {
                    (best, least) = (box, cost);
                }
            }
        }

        return best;
    }

    private void Write(Label label, float left, float top)
    {
        foreach ((int i, (string text, bool bold)) in label.Lines.Index())
        {
            float baseline = top + (i * Frame.LabelSize * LabelLine) + (Frame.LabelSize * Ascent);
            _texts.Add(new ChartText(text, left, baseline, Frame.LabelSize, label.Role, bold, Halo: true));
        }
    }

    // The value has a line of its own: "District 14 794" would be read as one number.
    private Label LabelOf(StageSeries series, float widest)
    {
        string name = Frame.Edge > 0 ? series.StandaloneName ?? series.Name : series.Name;
        (string Text, bool Bold)[] lines =
        [
            .. TextBlock.Wrap(_typefaces, name, Frame.LabelSize, bold: true, widest, mostLines: 3).Select(l => (l, true)),
            (series.EndValue, name.Length == 0),
        ];
        return new Label(
            lines,
            series.Kind == SeriesKind.District ? ChartRole.DistrictText : ChartRole.NationText,
            lines.Max(l => _typefaces.Width(l.Text, Frame.LabelSize, l.Bold)),
            lines.Length * Frame.LabelSize * LabelLine);
    }

    /// <summary>A label at the end of a curve.</summary>
    private sealed record Label((string Text, bool Bold)[] Lines, string Role, float Width, float Height);
}
