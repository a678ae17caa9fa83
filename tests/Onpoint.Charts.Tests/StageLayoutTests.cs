namespace Onpoint.Charts.Tests;

public sealed class StageLayoutTests
{
    public static TheoryData<ChartSize, int> Seeds() =>
        [.. Enum.GetValues<ChartSize>().SelectMany(s => Enumerable.Range(1, 40).Select(seed => (s, seed)))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_text_covers_another_or_leaves_the_drawing(ChartSize size, int seed)
    {
        var layout = new StageLayout(Invented(seed), size, ChartFonts.Registered());

        (ChartText Text, Box Box)[] boxes = [.. layout.Texts.Select(t => (t, BoxOf(t)))];
        Assert.All(boxes, b => Assert.True(
            b.Box.Left >= 0 && b.Box.Right <= layout.Frame.Width && b.Box.Top >= 0 && b.Box.Bottom <= layout.Frame.Height, $"{b.Text} leaves the drawing"));
        for (int i = 0; i < boxes.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.False(Overlap(boxes[i].Box, boxes[j].Box), $"{boxes[i].Text} covers {boxes[j].Text}");
            }
        }
    }

    [Theory]
    [InlineData("district-1")]
    [InlineData("district-2")]
    [InlineData("district-3")]
    [InlineData("district-4")]
    public void Labels_and_annotation_cover_no_mark_line_or_error_bar(string name)
    {
        foreach (ChartSize size in Enum.GetValues<ChartSize>())
        {
            var layout = new StageLayout(SampleCharts.Named(name), size, ChartFonts.Registered());

            Box[] boxes = [.. layout.Texts.Where(t => t.Halo).Select(BoxOf)];
            foreach (PlacedPoint[] points in layout.Series.Select(s => s.Points.ToArray()))
            {
                Assert.All(points, p => Assert.DoesNotContain(boxes, b => Overlap(b, new Box(p.X - 5, p.Y - p.Half!.Value, p.X + 5, p.Y + p.Half.Value))));
                foreach ((PlacedPoint a, PlacedPoint b) in points.Zip(points.Skip(1)))
                {
                    IEnumerable<(float X, float Y)> line = Enumerable.Range(0, 101).Select(i => (a.X + ((b.X - a.X) * i / 100f), a.Y + ((b.Y - a.Y) * i / 100f)));
                    Assert.All(line, p => Assert.DoesNotContain(boxes, box => box.Contains(p.X, p.Y, margin: 0)));
                }
            }
        }
    }

    [Theory]
    [InlineData("nation-1", 0, 1)]
    [InlineData("nation-4", 2, 4)]
    [InlineData("district-1", 0, 1)]
    [InlineData("district-4", 2, 4)]
    public void The_bracket_spans_its_stages_above_the_data(string name, int from, int to)
    {
        var layout = new StageLayout(SampleCharts.Named(name), ChartSize.Inline, ChartFonts.Registered());

        Assert.Equal((layout.X(from), layout.X(to)), (layout.Bracket[0].X, layout.Bracket[^1].X));
        float highest = layout.Series.SelectMany(s => s.Points).Where(p => p.Stage >= from && p.Stage <= to).Min(p => p.Y - p.Half!.Value);
        Assert.All(layout.Bracket, b => Assert.True(b.Y < highest));
    }

    // Without room above (800 is the top of the axis and 773 + 27 = 800), the remark goes below the curve.
    [Fact]
    public void An_annotation_without_room_above_goes_below()
    {
        StageChart chart = SampleCharts.Chart("High", new(["flat"], 2, 4), SampleCharts.District("Cedar Valley", 773, 773, 773, 773, 773));

        var layout = new StageLayout(chart, ChartSize.Small, ChartFonts.Registered());

        Assert.All(layout.Bracket, b => Assert.True(b.Y > layout.Y(773 - 27)));
    }

    // Heights of 34 and a gap of 3 keep centres 37 apart; around the mean of 100 and 104, 102, that is 83.5 and 120.5.
    [Theory]
    [InlineData(new[] { 100f, 104f }, new[] { 83.5f, 120.5f })]
    [InlineData(new[] { 100f, 200f }, new[] { 100f, 200f })]
    // Each 37 from the next around the mean 101: 101 - 37, 101, 101 + 37.
    [InlineData(new[] { 100f, 101f, 102f }, new[] { 64f, 101f, 138f })]
    // 0 would begin above the top: 17 is half a label below it.
    [InlineData(new[] { 0f }, new[] { 17f })]
    [InlineData(new[] { 290f }, new[] { 283f })]
    [InlineData(new float[] { }, new float[] { })]
    public void Labels_are_pushed_apart_no_further_than_needed(float[] wanted, float[] expected) =>
        Assert.Equal(expected, LabelColumn.Spread(wanted, [.. wanted.Select(_ => 34f)], gap: 3, top: 0, bottom: 300));

    [Fact]
    public void Wrapping_keeps_all_words_and_no_break_spaces_within_the_width()
    {
        ChartTypefaces typefaces = ChartFonts.Registered();
        const string Sentence = "Districts averaging this score are typically between Year\u00a01 and Year\u00a02. It is not a target or a forecast.";

        IReadOnlyList<string> lines = TextBlock.Wrap(typefaces, Sentence, 16, bold: false, 300, mostLines: 9);

        Assert.Equal(Sentence, string.Join(' ', lines));
        Assert.True(lines.Count > 2);
        Assert.All(lines, l => Assert.True(typefaces.Width(l, 16, bold: false) <= 300));
    }

    [Theory]
    [InlineData("Donaudampfschifffahrtsgesellschaftsschule", 1)]
    [InlineData("More words than one line of this width can hold", 1)]
    [InlineData("More words than two lines of this width can ever hold", 2)]
    public void What_does_not_fit_ends_in_an_ellipsis(string text, int mostLines)
    {
        IReadOnlyList<string> lines = TextBlock.Wrap(ChartFonts.Registered(), text, 14, bold: true, 120, mostLines);

        Assert.Equal(mostLines, lines.Count);
        Assert.EndsWith("…", lines[^1], StringComparison.Ordinal);
        Assert.All(lines, l => Assert.True(ChartFonts.Registered().Width(l, 14, bold: true) <= 120));
    }

    /// <summary>One or two curves of the dataset and one or two of a district that was seen from the first to some stage.</summary>
    private static StageChart Invented(int seed)
    {
        var random = new Random(seed);
        double[] Curve(int stages) => [.. Enumerable.Range(0, stages).Select(i => 470 + (20 * i) + random.Next(0, 100))];
        int both = 1 + random.Next(2);
        int seen = 1 + random.Next(5);
        StageAnnotation? annotation = random.Next(3) switch
        {
            0 => new(["83 % of its growth", "so far, by Year 1"], 0, 1),
            1 => new(["flat after Year 2"], 2, 4),
            _ => null,
        };
        return SampleCharts.Chart(
            "Invented", annotation,
            [
                .. Enumerable.Range(0, both).Select(i => SampleCharts.Nation(both == 1 ? "Dataset" : $"Role {i}", Curve(5))),
                .. Enumerable.Range(0, both).Select(_ => SampleCharts.District(both == 1 ? "Cedar Valley" : "", Curve(seen))),
            ]);
    }

    // Letters reach about three quarters of the size above the baseline and a fifth below it.
    private static Box BoxOf(ChartText text)
    {
        float width = ChartFonts.Registered().Width(text.Text, text.Size, text.Bold);
        float left = text.Anchor switch
        {
            TextAnchor.Start => text.X,
            TextAnchor.Middle => text.X - (width / 2),
            _ => text.X - width,
        };
        return new Box(left, text.Baseline - (.75f * text.Size), left + width, text.Baseline + (.2f * text.Size));
    }

    private static bool Overlap(Box a, Box b) => a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;
}
