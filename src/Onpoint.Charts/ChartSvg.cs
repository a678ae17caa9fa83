using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Onpoint.Charts;

/// <summary>Makes one clean SVG of a plot's shapes and a layout's texts: roles as classes, no style attributes, no scripts, ids by prefix.</summary>
internal static partial class ChartSvg
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string[] Shapes = ["path", "rect", "ellipse", "circle", "line", "polygon"];

    /// <param name="raw">What the plot drew, in the colours of <paramref name="palette"/>.</param>
    /// <param name="layout">The texts and the size.</param>
    /// <param name="chart">Its name and description.</param>
    /// <param name="palette">The colours drawn with.</param>
    /// <param name="idPrefix">What every id begins with.</param>
    /// <param name="family">The family the texts were measured in.</param>
    /// <param name="standalone">Whether it is a file of its own, with a background.</param>
    /// <param name="styles">Rules to carry along; null for none.</param>
    public static string Write(
        string raw, StageLayout layout, StageChart chart, ChartPalette palette, string idPrefix, string family, bool standalone, string? styles)
    {
        string width = Number(layout.Frame.Width);
        string height = Number(layout.Frame.Height);
        var svg = new XElement(
            Svg + "svg",
            new XAttribute("class", "chart"),
            new XAttribute("viewBox", $"0 0 {width} {height}"),
            new XAttribute("width", width),
            new XAttribute("height", height),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{idPrefix}-title {idPrefix}-desc"),
            new XElement(Svg + "title", new XAttribute("id", $"{idPrefix}-title"), Clean(chart.Title)),
            new XElement(Svg + "desc", new XAttribute("id", $"{idPrefix}-desc"), Clean(chart.AltText)));
        if (styles is not null)
        {
            svg.Add(new XElement(Svg + "style", styles));
        }

        if (standalone)
        {
            svg.Add(new XElement(
                Svg + "rect", new XAttribute("class", $"f-{ChartRole.Background}"), new XAttribute("fill", palette.Background), new XAttribute("width", width), new XAttribute("height", height)));
        }

        Dictionary<string, string> roleOf = palette.Roles().ToDictionary(r => r.Hex, r => r.Role);
        foreach (XElement shape in XDocument.Parse(raw).Root!.Descendants().Where(e => Shapes.Contains(e.Name.LocalName)))
        {
            // Clip paths hold the drawing's own size; error bars without a horizontal part leave an empty path.
            if (shape.Parent!.Name.LocalName != "clipPath" && (string?)shape.Attribute("d") != "")
            {
                svg.Add(Shape(shape, roleOf));
            }
        }

        svg.Add(new XElement(
            Svg + "g", new XAttribute("font-family", $"{family}, Verdana, sans-serif"), layout.Texts.Select(t => Text(t, palette))));
        return svg.ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Shape(XElement raw, Dictionary<string, string> roleOf)
    {
        var shape = new XElement(Svg + raw.Name.LocalName);
        var classes = new List<string>();
        foreach (XAttribute attribute in raw.Attributes())
        {
            string value = attribute.Value;
            if (attribute.Name.LocalName == "stroke-miterlimit")
            {
                // Skia writes the default of SVG each time.
                continue;
            }

            if (attribute.Name.LocalName is "fill" or "stroke" && value != "none")
            {
                value = Hex(value);
                classes.Add($"{attribute.Name.LocalName[0]}-{roleOf[value]}");
            }

            // A hundredth of a pixel is enough and halves the file.
            shape.SetAttributeValue(
                attribute.Name.LocalName,
                Fraction().Replace(value, m => Number(float.Parse(m.ValueSpan, CultureInfo.InvariantCulture))));
        }

        shape.SetAttributeValue("class", string.Join(' ', classes));
        return shape;
    }

    private static XElement Text(ChartText text, ChartPalette palette)
    {
        var element = new XElement(
            Svg + "text",
            new XAttribute("class", text.Halo ? $"f-{text.Role} s-{ChartRole.Background}" : $"f-{text.Role}"),
            new XAttribute("fill", palette.Hex(text.Role)),
            new XAttribute("x", Number(text.X)),
            new XAttribute("y", Number(text.Baseline)),
            new XAttribute("font-size", Number(text.Size)),
            Clean(text.Text));
        if (text.Bold)
        {
            element.SetAttributeValue("font-weight", "600");
        }

        if (text.Anchor != TextAnchor.Start)
        {
            element.SetAttributeValue("text-anchor", text.Anchor == TextAnchor.Middle ? "middle" : "end");
        }

        if (text.Halo)
        {
            element.SetAttributeValue("stroke", palette.Background);
            element.SetAttributeValue("stroke-width", Number(ChartText.HaloWidth));
            element.SetAttributeValue("stroke-linejoin", "round");
            element.SetAttributeValue("paint-order", "stroke");
        }

        return element;
    }

    /// <summary>Control characters, which a name may carry out of an import, are no XML.</summary>
    private static string Clean(string text) =>
        string.Concat(text.EnumerateRunes().Select(r => r.IsBmp && !XmlConvert.IsXmlChar((char)r.Value) ? "\ufffd" : r.ToString()));

    // Skia shortens the colours it can.
    private static string Hex(string colour) => colour switch
    {
        "white" => "#ffffff",
        "black" => "#000000",
        ['#', var r, var g, var b] => $"#{r}{r}{g}{g}{b}{b}".ToLowerInvariant(),
        _ => colour.ToLowerInvariant(),
    };

    private static string Number(float value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-?\d+\.\d+(?:e[-+]?\d+)?")]
    private static partial Regex Fraction();
}
