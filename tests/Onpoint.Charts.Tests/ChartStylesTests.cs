using SkiaSharp;

namespace Onpoint.Charts.Tests;

public sealed class ChartStylesTests
{
    [Theory]
    [InlineData("bg", "--surface")]
    [InlineData("text", "--ink")]
    [InlineData("muted", "--muted")]
    [InlineData("grid", "--line")]
    [InlineData("nation", "--nation")]
    [InlineData("nationtext", "--nation-text")]
    [InlineData("district", "--district")]
    [InlineData("districttext", "--district-text")]
    public void Each_role_is_coloured_by_its_token(string role, string token)
    {
        string css = ChartStyles.Css();

        Assert.Contains($".chart .f-{role} {{ fill: var({token}); }}", css, StringComparison.Ordinal);
        Assert.Contains($".chart .s-{role} {{ stroke: var({token}); }}", css, StringComparison.Ordinal);
    }

    public static TheoryData<ChartTheme> Themes() => [.. Enum.GetValues<ChartTheme>()];

    [Theory]
    [MemberData(nameof(Themes))]
    public void No_two_roles_share_a_colour(ChartTheme theme)
    {
        string[] colours = [.. ChartPalette.Of(theme).Roles().Select(r => r.Hex)];

        Assert.Equal(colours.Length, colours.Distinct().Count());
    }

    // WCAG 2.1, 1.4.3: text at least 4.5 : 1; 1.4.11: marks at least 3 : 1.
    [Theory]
    [MemberData(nameof(Themes))]
    public void Texts_and_marks_have_the_contrast_of_WCAG_AA(ChartTheme theme)
    {
        var palette = ChartPalette.Of(theme);

        Assert.All([palette.Text, palette.Muted, palette.NationText, palette.DistrictText], c => Assert.InRange(Contrast(c, palette.Background), 4.5, 21));
        Assert.All([palette.Nation, palette.District], c => Assert.InRange(Contrast(c, palette.Background), 3, 21));
    }

    [Fact]
    public void In_print_the_two_kinds_of_curve_are_different_greys() =>
        Assert.InRange(Contrast(ChartPalette.Print.Nation, ChartPalette.Print.District), 2, 21);

    // WCAG 2.1, definitions of contrast ratio and relative luminance.
    private static double Contrast(string a, string b)
    {
        (double one, double other) = (Luminance(a), Luminance(b));
        return (Math.Max(one, other) + .05) / (Math.Min(one, other) + .05);
    }

    private static double Luminance(string hex)
    {
        var colour = SKColor.Parse(hex);
        return (.2126 * Linear(colour.Red)) + (.7152 * Linear(colour.Green)) + (.0722 * Linear(colour.Blue));

        static double Linear(byte channel) => channel / 255.0 is var v && v <= .04045 ? v / 12.92 : Math.Pow((v + .055) / 1.055, 2.4);
    }
}
