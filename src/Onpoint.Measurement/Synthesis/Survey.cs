using Onpoint.Measurement.Instruments;

namespace Onpoint.Measurement.Synthesis;

/// <summary>What a survey folder holds, made by the generator.</summary>
public sealed record Survey
{
    /// <summary>The questionnaire that was answered.</summary>
    public required Instrument Instrument { get; init; }

    /// <summary>The seed every number was drawn from.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The districts in order.</summary>
    public required IReadOnlyList<SurveyDistrict> Districts { get; init; }

    /// <summary>The waves by district and stage.</summary>
    public required IReadOnlyList<SurveyWave> Waves { get; init; }

    /// <summary>Every school of every wave, by district, stage and school; schools without answers too.</summary>
    public required IReadOnlyList<RosterRow> Roster { get; init; }

    /// <summary>The responses by district, stage, school and teacher.</summary>
    public required IReadOnlyList<SurveyResponse> Responses { get; init; }
}

/// <summary>A district of a survey.</summary>
/// <param name="Id">Text id.</param>
/// <param name="Name">The name readers see.</param>
/// <param name="State">Postal code of the state, two letters.</param>
/// <param name="Locale">NCES locale code, 11 to 43.</param>
/// <param name="LaunchYear">Ending year of the Planning year.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Contributes">Whether it counts in the national dataset.</param>
public sealed record SurveyDistrict(string Id, string Name, string State, int Locale, int LaunchYear, string TimeZone, bool Contributes);

/// <summary>A wave of a survey. Every school is invited.</summary>
/// <param name="DistrictId">Text id of its district.</param>
/// <param name="Wave">Text id: the school year, such as <c>2025-26</c>.</param>
/// <param name="SchoolYear">Ending year of the school year.</param>
/// <param name="Stage">Stage of the district in that school year.</param>
/// <param name="Opens">When the first answer could come.</param>
/// <param name="Closes">When answers ended.</param>
public sealed record SurveyWave(string DistrictId, string Wave, int SchoolYear, Stage Stage, DateTimeOffset Opens, DateTimeOffset Closes);

/// <summary>One school of one wave.</summary>
/// <param name="DistrictId">Text id of its district.</param>
/// <param name="Wave">Text id of the wave.</param>
/// <param name="SchoolId">Text id of the school.</param>
/// <param name="School">The name readers see.</param>
/// <param name="EligibleTeachers">Teachers who could answer (count).</param>
public sealed record RosterRow(string DistrictId, string Wave, string SchoolId, string School, int EligibleTeachers);

/// <summary>One teacher's answers.</summary>
/// <param name="DistrictId">Text id of the district.</param>
/// <param name="SchoolId">Text id of the school.</param>
/// <param name="Wave">Text id of the wave.</param>
/// <param name="Answers">In the layout of <see cref="ResponseLayout"/>.</param>
public sealed record SurveyResponse(string DistrictId, string SchoolId, string Wave, ReadOnlyMemory<byte> Answers);
