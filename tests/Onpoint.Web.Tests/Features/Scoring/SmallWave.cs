namespace Onpoint.Web.Tests.Features.Scoring;

/// <summary>A wave small enough to be computed by hand: schools S1 (roster 10) and S2 (roster 30), six teachers each, in two strata.</summary>
internal static class SmallWave
{
    /// <summary>Component A: 2, 2, 2, 4, 4, 4. Component B: 1, 3, 5, 1, 3, 5. Their products of deviations cancel.</summary>
    public static readonly string[] First = ["2,2,10,", "2,2,30,", "2,2,50,", "4,4,10,", "4,4,30,", "4,4,50,"];

    /// <summary>Component A: 3, 3, 3, 5, 5, 5. Component B: 2, 3, 4, 2, 3, 4.</summary>
    public static readonly string[] Second = ["3,3,20,", "3,3,30,", "3,3,40,", "5,5,20,", "5,5,30,", "5,5,40,"];

    /// <summary>
    /// By hand, from docs/methodology.md 3. Means in points: A 600 and 800, B 600 and 600; weights 10/40 and 30/40.
    /// A = 0.25 * 600 + 0.75 * 800 = 750, B = 600, benchmark (750 + 600) / 2 = 675.
    /// Squared deviations: A 6 * 200² = 240,000 in both schools; B 4 * 400² = 640,000 and 4 * 200² = 160,000; A with B 0.
    /// Variance: SUM W² SS / (n (n - 1)): A (1/16 + 9/16) * 240,000 / 30 = 5,000; B (640,000 + 9 * 160,000) / 16 / 30 = 13,000 / 3;
    /// benchmark (5,000 + 13,000 / 3) / 4 = 7,000 / 3. Degrees of freedom 12 - 2 = 10.
    /// </summary>
    public static readonly (string Measure, double Points, double Variance)[] District =
        [("benchmark", 675, 7000.0 / 3), ("left", 750, 5000), ("right", 600, 13000.0 / 3), ("A", 750, 5000), ("B", 600, 13000.0 / 3)];

    /// <summary>t(0.975, 10) = 2.228 (any printed table) times the root of the variance: 107.6, 157.5, 146.7 to the nearest whole point.</summary>
    public static readonly Dictionary<string, double> Margins = new() { ["benchmark"] = 108, ["left"] = 158, ["right"] = 147, ["A"] = 158, ["B"] = 147 };

    public static SurveyFolderBuilder Folder(WaveTime time = WaveTime.Closed) =>
        SurveyFolderBuilder.WithOpenWave(time).Answer("S1", First).Answer("S2", Second);
}
