namespace Onpoint.Charts;

/// <summary>The rules that colour inline charts by the page's own tokens, in light, dark and print.</summary>
public static class ChartStyles
{
    private static readonly (string Role, string Token)[] Tokens =
    [
        (ChartRole.Background, "surface"), (ChartRole.Text, "ink"), (ChartRole.Muted, "muted"), (ChartRole.Grid, "line"),
        (ChartRole.Nation, "nation"), (ChartRole.NationText, "nation-text"), (ChartRole.District, "district"), (ChartRole.DistrictText, "district-text"),
    ];

    /// <summary>CSS for a stylesheet file, so that <c>style-src 'self'</c> is enough. Needs the custom properties named in it.</summary>
    public static string Css() =>
        ".chart { display: block; width: 100%; height: auto; overflow: visible; font-variant-numeric: lining-nums tabular-nums; }\n"
        + ".chart text { font-family: var(--sans); }\n"
        + string.Concat(Tokens.Select(t => Rules(t.Role, $"var(--{t.Token})", " ")));

    /// <summary>The same roles for a file of its own: light, and dark for those who prefer it.</summary>
    internal static string Standalone() =>
        string.Concat(ChartPalette.Light.Roles().Select(r => Rules(r.Role, r.Hex, "")))
        + "@media (prefers-color-scheme:dark){\n"
        + string.Concat(ChartPalette.Dark.Roles().Select(r => Rules(r.Role, r.Hex, "")))
        + "}\n";

    private static string Rules(string role, string colour, string space) =>
        $".chart .f-{role}{space}{{{space}fill:{space}{colour};{space}}}{space}.chart .s-{role}{space}{{{space}stroke:{space}{colour};{space}}}\n";
}
