using System.Globalization;
using System.Xml.Linq;

namespace Onpoint.Charts.Tests;

public sealed class ChartSvgTests
{
    public static TheoryData<string, ChartSize> Drawings() =>
        [.. SampleCharts.Names.SelectMany(n => Enum.GetValues<ChartSize>().Select(s => (n, s)))];

    [Theory]
    [MemberData(nameof(Drawings))]
    public void A_drawing_is_named_described_and_holds_every_text(string name, ChartSize size)
    {
        StageChart chart = SampleCharts.Named(name);

        XElement svg = Svg(chart, size);

        Assert.Equal("img", (string?)svg.Attribute("role"));
        XElement title = svg.Elements().Single(e => e.Name.LocalName == "title");
        XElement description = svg.Elements().Single(e => e.Name.LocalName == "desc");
        Assert.Equal((chart.Title, chart.AltText), (title.Value, description.Value));
        Assert.Equal($"{(string?)title.Attribute("id")} {(string?)description.Attribute("id")}", (string?)svg.Attribute("aria-labelledby"));

        IEnumerable<string> expected = [.. chart.Stages, "400", "500", "600", "700", "800", .. chart.Annotation!.Lines, .. chart.Series.Select(s => s.EndValue)];
        Assert.Subset(Texts(svg).ToHashSet(), expected.ToHashSet());
        string all = string.Join(' ', Texts(svg));
        Assert.All(chart.Series, s => Assert.Contains(s.Name, all, StringComparison.Ordinal));
        foreach (string inside in (string[])[chart.Title, chart.Subtitle, chart.Sentence, chart.Caption])
        {
            Assert.Equal(size == ChartSize.Standalone, all.Contains(inside, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void No_drawing_has_style_attributes_scripts_links_or_clip_paths(string name, ChartSize size)
    {
        XElement svg = Svg(SampleCharts.Named(name), size);

        Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), a => a.Name.LocalName is "style" or "href" or "clip-path" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        string[] allowed = ["svg", "title", "desc", "style", "g", "text", "path", "rect", "ellipse"];
        Assert.All(svg.DescendantsAndSelf(), e => Assert.Contains(e.Name.LocalName, allowed));
        Assert.Equal(size == ChartSize.Standalone, svg.Descendants().Any(e => e.Name.LocalName == "style"));
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void Every_shape_and_text_has_the_class_of_each_of_its_colours(string name, ChartSize size)
    {
        XElement svg = Svg(SampleCharts.Named(name), size);

        XElement[] drawn = [.. svg.Descendants().Where(e => e.Name.LocalName is "text" or "path" or "rect" or "ellipse")];
        Dictionary<string, string> roleOf = ChartPalette.Light.Roles().ToDictionary(r => r.Hex, r => r.Role);
        Assert.All(drawn, e => Assert.Equal(
            e.Attributes().Where(a => a.Name.LocalName is "fill" or "stroke" && a.Value != "none").Select(a => $"{a.Name.LocalName[0]}-{roleOf[a.Value]}").Order(),
            ((string)e.Attribute("class")!).Split(' ').Order()));
    }

    [Theory]
    [InlineData("nation-1", 5, 0, 0, 0)]
    [InlineData("nation-3", 5, 5, 0, 0)]
    [InlineData("district-1", 5, 0, 3, 0)]
    [InlineData("district-3", 5, 5, 3, 3)]
    public void A_kind_of_curve_has_its_own_shape_and_its_second_curve_is_hollow(string name, int filledCircles, int hollowCircles, int filledSquares, int hollowSquares)
    {
        XElement svg = Svg(SampleCharts.Named(name), ChartSize.Inline);

        Assert.Equal(
            (filledCircles, hollowCircles, filledSquares, hollowSquares),
            (Marks(svg, "ellipse", "f-nation").Length, Marks(svg, "ellipse", "s-nation").Length, Marks(svg, "rect", "f-district").Length, Marks(svg, "rect", "s-district").Length));
        Assert.Equal(hollowCircles > 0 ? 2 : 1, Marks(svg, "path", "f-nation").Length);
    }

    // Inline: 16 px above the 800 line, 34 px below the 400 line, so (400 - 50) / 400 = 0.875 px a point; y = 366 - 0.875 (points - 400).
    // Small: (300 - 50) / 400 = 0.625 px a point; y = 266 - 0.625 (points - 400). Communication: 520, 660, 690, 708, 720.
    [Theory]
    [InlineData(ChartSize.Inline, new[] { 261.0, 138.5, 112.25, 96.5, 86.0 })]
    [InlineData(ChartSize.Small, new[] { 191.0, 103.5, 84.75, 73.5, 66.0 })]
    public void Marks_stand_at_their_values(ChartSize size, double[] expected)
    {
        XElement svg = Svg(SampleCharts.Named("nation-1"), size);

        // 0.005: coordinates are written to a hundredth of a pixel.
        Assert.Equal(expected, Marks(svg, "ellipse", "f-nation").Select(e => Number(e, "cy")), Within(.005));
    }

    [Fact]
    public void Stages_are_equally_far_apart_and_the_district_stands_7_px_to_the_right()
    {
        XElement svg = Svg(SampleCharts.Named("district-1"), ChartSize.Inline);

        double[] nation = [.. Marks(svg, "ellipse", "f-nation").Select(e => Number(e, "cx"))];
        double[] district = [.. Marks(svg, "rect", "f-district").Select(e => Number(e, "x") + (Number(e, "width") / 2))];
        double step = (nation[4] - nation[0]) / 4;
        Assert.Equal([nation[0], nation[0] + step, nation[0] + (2 * step), nation[0] + (3 * step), nation[4]], nation, Within(.011));
        Assert.Equal(nation[..3].Select(x => x + 7), district, Within(.011));
    }

    // y = 366 - 0.875 (points - 400) as above: 517 + 27 = 544 -> 240, 517 - 27 = 490 -> 287.25.
    [Fact]
    public void Error_bars_end_at_value_plus_and_minus_margin()
    {
        XElement bars = Marks(Svg(SampleCharts.Named("district-1"), ChartSize.Inline), "path", "s-district")[0];

        double[] numbers = [.. ((string)bars.Attribute("d")!).Split('M', 'L', ' ').Where(n => n.Length > 0).Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        double[] ys = [.. numbers.Where((_, i) => i % 2 == 1).Take(6)];
        Assert.Equal((240, 287.25), (ys.Min(), ys.Max()));
    }

    // 520 +/- 14: 366 - 0.875 * 134 = 248.75 and 366 - 0.875 * 106 = 273.25.
    [Fact]
    public void The_band_runs_from_value_minus_to_value_plus_margin()
    {
        string band = (string)Marks(Svg(SampleCharts.Named("nation-1"), ChartSize.Inline), "path", "f-nation")[0].Attribute("d")!;

        Assert.Contains("52 248.75", band, StringComparison.Ordinal);
        Assert.Contains("52 273.25", band, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(800, 0, 400, 800)]
    [InlineData(790, 27, 400, 900)]
    [InlineData(427, 27, 400, 800)]
    [InlineData(426, 27, 300, 800)]
    [InlineData(330, 140, 100, 800)]
    public void The_value_axis_widens_by_hundreds_only_when_an_interval_leaves_it(double value, double margin, int lowest, int highest)
    {
        var series = new StageSeries(SeriesKind.District, "Cedar Valley", "x", [new(value, margin), null, null, null, null]);

        HashSet<string> texts = [.. Texts(Svg(SampleCharts.Chart("Widening", null, series), ChartSize.Inline))];

        IEnumerable<string> hundreds = Enumerable.Range(0, 11).Select(i => (i * 100).ToString(CultureInfo.InvariantCulture)).Where(texts.Contains);
        Assert.Equal(Enumerable.Range(lowest / 100, ((highest - lowest) / 100) + 1).Select(i => (i * 100).ToString(CultureInfo.InvariantCulture)), hundreds);
    }

    [Fact]
    public void A_line_passes_over_a_stage_that_was_not_seen_and_a_band_does_not()
    {
        var series = new StageSeries(SeriesKind.Nation, "Dataset", "720", [new(520, 14), new(660, 12), null, new(708, 12), new(720, 14)]);

        XElement svg = Svg(SampleCharts.Chart("A gap", null, series), ChartSize.Inline);

        Assert.Equal(4, Marks(svg, "ellipse", "f-nation").Length);
        Assert.Equal(2, Marks(svg, "path", "f-nation").Length);
        Assert.Single(Marks(svg, "path", "s-nation"));
    }

    [Fact]
    public void A_stage_of_the_dataset_without_neighbours_shows_its_interval_as_a_bar()
    {
        var series = new StageSeries(SeriesKind.Nation, "Dataset", "690", [null, null, new(690, 11), null, null]);

        XElement svg = Svg(SampleCharts.Chart("Alone", null, series), ChartSize.Inline);

        Assert.Empty(Marks(svg, "path", "f-nation"));
        Assert.Single(Marks(svg, "path", "s-nation"));
    }

    [Fact]
    public void Curves_without_any_point_leave_an_empty_grid()
    {
        var series = new StageSeries(SeriesKind.District, "Cedar Valley", "", [null, null, null, null, null]);

        XElement svg = Svg(SampleCharts.Chart("Nothing yet", null, series), ChartSize.Inline);

        Assert.Empty(Marks(svg, "rect", "f-district"));
        Assert.DoesNotContain("Cedar Valley", Texts(svg));
    }

    [Theory]
    [InlineData(ChartSize.Standalone, "0 0 960 520")]
    [InlineData(ChartSize.Inline, "0 0 640 400")]
    [InlineData(ChartSize.Small, "0 0 420 300")]
    public void The_three_sizes_have_their_view_boxes(ChartSize size, string viewBox) =>
        Assert.Equal(viewBox, (string?)Svg(SampleCharts.Named("nation-1"), size).Attribute("viewBox"));

    [Fact]
    public void Two_charts_of_one_page_share_no_id()
    {
        StageChart chart = SampleCharts.Named("district-3");

        string[] ids = [.. Svg(chart, ChartSize.Small, "small").DescendantsAndSelf().Concat(Svg(chart, ChartSize.Inline, "wide").DescendantsAndSelf()).Attributes("id").Select(a => a.Value)];

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void The_same_chart_gives_the_same_text_again_and_from_many_threads()
    {
        string[] Draw() => [.. SampleCharts.Names.AsParallel().AsOrdered().WithDegreeOfParallelism(8)
            .Select(n => ChartRenderer.Svg(SampleCharts.Named(n), ChartSize.Small, ChartTheme.Light, "c"))];
        string[] alone = [.. SampleCharts.Names.Select(n => ChartRenderer.Svg(SampleCharts.Named(n), ChartSize.Small, ChartTheme.Light, "c"))];

        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(alone, Draw());
        }
    }

    [Fact]
    public void The_current_culture_does_not_show()
    {
        StageChart chart = SampleCharts.Named("district-1");
        string invariant = ChartRenderer.Svg(chart, ChartSize.Standalone, ChartTheme.Light, "c");
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        commas.NumberFormat.NegativeSign = "~";
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.Equal(invariant, ChartRenderer.Svg(chart, ChartSize.Standalone, ChartTheme.Light, "c"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(ChartTheme.Light, "#0072b2")]
    [InlineData(ChartTheme.Dark, "#56b4e9")]
    [InlineData(ChartTheme.Print, "#004a75")]
    public void A_forced_theme_needs_no_rules(ChartTheme theme, string nation)
    {
        XElement svg = XElement.Parse(ChartRenderer.Svg(SampleCharts.Named("nation-1"), ChartSize.Standalone, theme, "c"));

        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName == "style");
        Assert.All(Marks(svg, "ellipse", "f-nation"), e => Assert.Equal(nation, (string?)e.Attribute("fill")));
    }

    [Fact]
    public void The_automatic_theme_of_a_file_brings_light_and_dark_rules()
    {
        string style = Svg(SampleCharts.Named("nation-1"), ChartSize.Standalone).Descendants().Single(e => e.Name.LocalName == "style").Value;

        string[] parts = style.Split("@media (prefers-color-scheme:dark){");
        Assert.Equal(2, parts.Length);
        Assert.All(ChartPalette.Light.Roles(), r => Assert.Contains($".f-{r.Role}{{fill:{r.Hex};}}", parts[0], StringComparison.Ordinal));
        Assert.All(ChartPalette.Dark.Roles(), r => Assert.Contains($".s-{r.Role}{{stroke:{r.Hex};}}", parts[1], StringComparison.Ordinal));
    }

    [Fact]
    public void Control_characters_and_markup_in_a_name_are_harmless()
    {
        StageChart chart = SampleCharts.Chart("A\u0001 <b>title</b>", null, SampleCharts.District("Cedar \u0002<script>", 517));

        XElement svg = Svg(chart, ChartSize.Standalone);

        Assert.Equal("A\ufffd <b>title</b>", svg.Elements().Single(e => e.Name.LocalName == "title").Value);
        Assert.Contains("Cedar \ufffd<script>", Texts(svg));
        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName is "b" or "script");
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("a b")]
    [InlineData("a\"")]
    public void A_prefix_that_is_no_id_is_refused(string prefix) =>
        Assert.Throws<ArgumentException>("idPrefix", () => Svg(SampleCharts.Named("nation-1"), ChartSize.Inline, prefix));

    private static XElement Svg(StageChart chart, ChartSize size, string prefix = "c") =>
        XElement.Parse(ChartRenderer.Svg(chart, size, ChartTheme.Automatic, prefix));

    private static IEnumerable<string> Texts(XElement svg) => svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value);

    private static XElement[] Marks(XElement svg, string element, string role) =>
        [.. svg.Elements().Where(e => e.Name.LocalName == element && ((string?)e.Attribute("class"))!.Split(' ').Contains(role))];

    private static double Number(XElement element, string attribute) => double.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);

    private static Func<double, double, bool> Within(double tolerance) => (a, b) => Math.Abs(a - b) <= tolerance;
}
