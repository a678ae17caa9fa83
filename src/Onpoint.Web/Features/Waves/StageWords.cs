using Onpoint.Measurement;

namespace Onpoint.Web.Features.Waves;

/// <summary>Stages as files and the API spell them.</summary>
internal static class StageWords
{
    private static readonly string[] Words = ["Planning", "Year 1", "Year 2", "Year 3", "Year 4+"];

    public static string Of(Stage stage) => Words[(int)stage];

    public static bool TryParse(string word, out Stage stage)
    {
        int index = Array.IndexOf(Words, word);
        stage = (Stage)Math.Max(index, 0);
        return index >= 0;
    }
}
