namespace Onpoint.Measurement.Synthesis;

/// <summary>A district before anybody answers: its schools, its waves, its persistent effects.</summary>
internal sealed record DistrictPlan
{
    /// <summary>The district's key in every address.</summary>
    public required int Key { get; init; }

    /// <summary>What readers see of the district.</summary>
    public required SurveyDistrict District { get; init; }

    /// <summary>The schools in order.</summary>
    public required IReadOnlyList<SchoolPlan> Schools { get; init; }

    /// <summary>Stage of the first wave.</summary>
    public required Stage First { get; init; }

    /// <summary>Stage of the last wave; there is one wave in every stage between.</summary>
    public required Stage Last { get; init; }

    /// <summary>Respondents by stage and school, fixed beforehand; null when every teacher decides by chance.</summary>
    public IReadOnlyDictionary<Stage, int[]>? RespondentCounts { get; init; }

    /// <summary>The wave of a stage.</summary>
    public SurveyWave Wave(Stage stage)
    {
        int year = District.LaunchYear + (int)stage;
        return new SurveyWave(
            District.Id,
            $"{year - 1}-{year % 100:00}",
            year,
            stage,
            new DateTimeOffset(year, 3, 1, 18, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(year, 3, 13, 18, 0, 0, TimeSpan.Zero));
    }
}

/// <summary>A school before anybody answers.</summary>
/// <param name="Id">Text id.</param>
/// <param name="Name">The name readers see.</param>
/// <param name="Eligible">Teachers on the roster, the same in every wave (count).</param>
/// <param name="GradeSpan">Position of its answer to the question on grades taught: 1 elementary, 2 middle, 3 high school.</param>
internal sealed record SchoolPlan(string Id, string Name, int Eligible, int GradeSpan);

/// <summary>Districts that are seen at the same stages.</summary>
/// <param name="First">Stage of the first wave.</param>
/// <param name="Last">Stage of the last wave.</param>
/// <param name="Districts">How many (count).</param>
internal sealed record PanelPattern(Stage First, Stage Last, int Districts)
{
    /// <summary>The national dataset: six panel patterns, A to F, then one stage each. District numbers run through them in this order.</summary>
    public static readonly IReadOnlyList<PanelPattern> National =
    [
        new(Stage.Planning, Stage.Year2, 10),
        new(Stage.Planning, Stage.Year3, 10),
        new(Stage.Year1, Stage.Year3, 6),
        new(Stage.Year1, Stage.Year4Plus, 12),
        new(Stage.Year2, Stage.Year4Plus, 10),
        new(Stage.Planning, Stage.Year4Plus, 14),
        new(Stage.Planning, Stage.Planning, 16),
        new(Stage.Year1, Stage.Year1, 16),
        new(Stage.Year2, Stage.Year2, 16),
        new(Stage.Year3, Stage.Year3, 16),
        new(Stage.Year4Plus, Stage.Year4Plus, 16),
    ];
}

/// <summary>Plans the districts: how large they are, which schools they have, when they launched.</summary>
internal static class DistrictPlans
{
    private const int DemoKey = 1000;

    // Ending year of the newest school year in the dataset.
    private const int NewestYear = 2026;

    private static readonly (string Code, string TimeZone)[] States =
    [
        ("AZ", "America/Phoenix"), ("CA", "America/Los_Angeles"), ("CO", "America/Denver"), ("GA", "America/New_York"),
        ("IL", "America/Chicago"), ("NC", "America/New_York"), ("NY", "America/New_York"), ("OH", "America/New_York"),
        ("SC", "America/New_York"), ("TX", "America/Chicago"), ("WA", "America/Los_Angeles"), ("WI", "America/Chicago"),
    ];

    private static readonly int[] Locales = [11, 12, 13, 21, 22, 23, 31, 32, 33, 41, 42, 43];

    /// <summary>The districts of one pattern.</summary>
    /// <param name="draws">The random numbers.</param>
    /// <param name="pattern">When they are seen.</param>
    /// <param name="firstKey">Number of the pattern's first district.</param>
    public static DistrictPlan[] OfPattern(Draws draws, PanelPattern pattern, int firstKey) =>
        [.. Enumerable.Range(firstKey, pattern.Districts).Select(key => National(draws, pattern, key))];

    /// <summary>The district every demonstration shows: three waves, six schools, two of them too small to be shown.</summary>
    public static DistrictPlan Demo() => new()
    {
        Key = DemoKey,
        District = new SurveyDistrict("cedar-valley", "Cedar Valley School District", "CO", 32, NewestYear - (int)Stage.Year2, "America/Denver", Contributes: false),
        Schools =
        [
            new("cedar-valley-1", "Cedar Valley High School", 44, 3),
            new("cedar-valley-2", "Riverside Elementary School", 36, 1),
            new("cedar-valley-3", "Cedar Valley Middle School", 30, 2),
            new("cedar-valley-4", "Hillcrest Elementary School", 26, 1),
            new("cedar-valley-5", "Old Mill School", 16, 1),
            new("cedar-valley-6", "North Fork School", 8, 1),
        ],
        First = Stage.Planning,
        Last = Stage.Year2,
        RespondentCounts = new Dictionary<Stage, int[]>
        {
            [Stage.Planning] = [35, 27, 23, 19, 9, 5],
            [Stage.Year1] = [34, 28, 24, 20, 7, 4],
            [Stage.Year2] = [36, 29, 25, 21, 6, 3],
        },
    };

    private static DistrictPlan National(Draws draws, PanelPattern pattern, int key)
    {
        var address = new DrawAddress(key);
        string id = $"S{key:000}";
        (string state, string timeZone) = States[draws.Index(States.Length, Purpose.State, address)];
        int lastYear = key % 2 == 0 ? NewestYear : NewestYear - 1;
        return new DistrictPlan
        {
            Key = key,
            District = new SurveyDistrict(
                id,
                $"Synthetic District {key:000}",
                state,
                Locales[draws.Index(Locales.Length, Purpose.Locale, address)],
                lastYear - (int)pattern.Last,
                timeZone,
                Contributes: true),
            Schools = Schools(draws, address, id),
            First = pattern.First,
            Last = pattern.Last,
        };
    }

    private static SchoolPlan[] Schools(Draws draws, DrawAddress address, string districtId)
    {
        double teachers = Math.Clamp(Round(Math.Exp(Math.Log(62) + (0.30 * draws.Normal(Purpose.DistrictSize, address)))), 36, 120);
        int count = (int)Math.Clamp(Round(teachers / (14 + (14 * draws.Uniform(Purpose.SchoolCount, address)))), 1, 8);
        double[] shares = [.. Enumerable.Range(1, count).Select(school =>
            Math.Exp(0.45 * draws.Normal(Purpose.SchoolShare, address with { School = school })))];
        double all = shares.Sum();
        return [.. shares.Select((share, index) => new SchoolPlan(
            $"{districtId}-{index + 1}",
            $"Synthetic School {address.District:000}-{index + 1}",
            (int)Math.Max(4, Round(teachers * share / all)),
            GradeSpan(draws.Uniform(Purpose.GradeSpan, address with { School = index + 1 }))))];
    }

    // Half of the schools are elementary, a quarter middle and a quarter high schools.
    private static int GradeSpan(double uniform) => uniform < 0.5 ? 1 : uniform < 0.75 ? 2 : 3;

    private static double Round(double value) => Math.Round(value, MidpointRounding.AwayFromZero);
}
