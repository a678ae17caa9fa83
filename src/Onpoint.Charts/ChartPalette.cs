namespace Onpoint.Charts;

/// <summary>One colour per role, as <c>#rrggbb</c>. All distinct: the SVG finds the role of a shape by its colour.</summary>
/// <remarks>The values of the page's tokens (<c>--surface</c>, <c>--ink</c> and so on), so that a downloaded chart and a page look alike.</remarks>
internal sealed record ChartPalette(
    string Background, string Text, string Muted, string Grid, string Nation, string NationText, string District, string DistrictText)
{
    public static readonly ChartPalette Light = new("#ffffff", "#1b1f24", "#56606b", "#e1dfda", "#0072b2", "#00619a", "#d55e00", "#a94b01");

    public static readonly ChartPalette Dark = new("#191f27", "#e8ecf1", "#a6b0bc", "#2c343e", "#56b4e9", "#7cc5ef", "#e69f00", "#f0b23b");

    // A grey printer shows the light palette's blue and vermillion as the same grey: here the dataset is dark, the district lighter.
    public static readonly ChartPalette Print = new("#ffffff", "#000000", "#3d444b", "#c9c7c2", "#004a75", "#003f64", "#d9660a", "#8f4001");

    public static ChartPalette Of(ChartTheme theme) => theme switch
    {
        ChartTheme.Automatic or ChartTheme.Light => Light,
        ChartTheme.Dark => Dark,
        ChartTheme.Print => Print,
        _ => throw new ArgumentOutOfRangeException(nameof(theme), theme, "There is no such theme."),
    };

    /// <summary>The roles in the order in which stylesheets list them.</summary>
    public IEnumerable<(string Role, string Hex)> Roles() =>
    [
        (ChartRole.Background, Background), (ChartRole.Text, Text), (ChartRole.Muted, Muted), (ChartRole.Grid, Grid),
        (ChartRole.Nation, Nation), (ChartRole.NationText, NationText), (ChartRole.District, District), (ChartRole.DistrictText, DistrictText),
    ];

    public string Hex(string role) => Roles().First(r => r.Role == role).Hex;
}

/// <summary>The names of the roles: <c>f-nation</c> fills, <c>s-nation</c> strokes.</summary>
internal static class ChartRole
{
    public const string Background = "bg";
    public const string Text = "text";
    public const string Muted = "muted";
    public const string Grid = "grid";
    public const string Nation = "nation";
    public const string NationText = "nationtext";
    public const string District = "district";
    public const string DistrictText = "districttext";
}
