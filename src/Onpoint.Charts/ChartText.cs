namespace Onpoint.Charts;

/// <summary>One line of text at a place in the drawing, in pixels.</summary>
/// <param name="Text">What is written.</param>
/// <param name="X">Where the text starts, ends or is centred, as <paramref name="Anchor"/> says.</param>
/// <param name="Baseline">The height of its baseline, from the top.</param>
/// <param name="Size">Font size.</param>
/// <param name="Role">Its colour, a <see cref="ChartRole"/>.</param>
/// <param name="Bold">Whether it is bold.</param>
/// <param name="Anchor">Which part of the text stands at <paramref name="X"/>.</param>
/// <param name="Halo">Whether a rim in the background's colour keeps grid and curves off it.</param>
internal sealed record ChartText(
    string Text, float X, float Baseline, float Size, string Role, bool Bold = false, TextAnchor Anchor = TextAnchor.Start, bool Halo = false)
{
    /// <summary>Width of the rim around text with a halo: 2 px show on each side.</summary>
    public const float HaloWidth = 4;
}

/// <summary>Which part of a text its place names.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}
