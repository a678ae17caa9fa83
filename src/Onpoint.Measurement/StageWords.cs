namespace Onpoint.Measurement;

/// <summary>Stages as files and the interface spell them: Planning, Year 1, Year 2, Year 3, Year 4+.</summary>
public static class StageWords
{
    private static readonly string[] Words = ["Planning", "Year 1", "Year 2", "Year 3", "Year 4+"];

    /// <summary>The words of a stage.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a stage.</exception>
    public static string Of(Stage stage) =>
        Enum.IsDefined(stage) ? Words[(int)stage] : throw new ArgumentOutOfRangeException(nameof(stage), stage, "Not a stage.");

    /// <summary>Reads the words of a stage, exactly as they are written here.</summary>
    /// <param name="words">The words.</param>
    /// <param name="stage">The stage; Planning when there is none of these words.</param>
    /// <returns>False when there is none.</returns>
    public static bool TryParse(string words, out Stage stage)
    {
        int index = Array.IndexOf(Words, words);
        stage = (Stage)Math.Max(index, 0);
        return index >= 0;
    }
}
