namespace Onpoint.Measurement;

/// <summary>How far a district's move to personalized learning has come: school years since its launch.</summary>
public enum Stage
{
    /// <summary>The school year before the launch.</summary>
    Planning = 0,

    /// <summary>The first school year.</summary>
    Year1 = 1,

    /// <summary>The second school year.</summary>
    Year2 = 2,

    /// <summary>The third school year.</summary>
    Year3 = 3,

    /// <summary>The fourth school year and every later one.</summary>
    Year4Plus = 4,
}
