using System.Text.Json;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Waves;

namespace Onpoint.Web.Features.Responses;

/// <summary>What checking one submission can lead to. Closed: the private constructor lets no other case in.</summary>
internal abstract record CheckedResponse
{
    private CheckedResponse()
    {
    }

    internal sealed record Valid(SchoolId School, byte[] Answers) : CheckedResponse;

    internal sealed record BadAnswer(InvalidAnswer Answer) : CheckedResponse;

    internal sealed record BadSchool(string School) : CheckedResponse;

    internal sealed record BadShape(string Detail) : CheckedResponse;
}

/// <summary>Checks the JSON of one submission against what its wave asks.</summary>
internal static class ResponseCheck
{
    private static readonly string[] Members = ["schoolId", "answers", "key"];

    public static CheckedResponse Check(WaveForm form, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return new CheckedResponse.BadShape("A response is an object such as {\"schoolId\": \"…\", \"answers\": {\"SC1\": 4}}.");
        }

        if (body.EnumerateObject().FirstOrDefault(member => !Members.Contains(member.Name)) is { Name: { } unknown })
        {
            return new CheckedResponse.BadShape($"A response has schoolId and answers, but no {unknown}.");
        }

        if (!body.TryGetProperty("schoolId", out JsonElement school) || school.ValueKind != JsonValueKind.String)
        {
            return new CheckedResponse.BadShape("schoolId is missing: the id of a school of the wave, as GET /api/v1/waves/{waveId} lists it.");
        }

        if (!school.TryGetGuid(out Guid schoolId) || !form.Schools.Contains(schoolId))
        {
            return new CheckedResponse.BadSchool(school.GetString() ?? "");
        }

        if (!body.TryGetProperty("answers", out JsonElement answers) || answers.ValueKind != JsonValueKind.Object)
        {
            return new CheckedResponse.BadShape("answers is missing: an object of item codes and values, such as {\"SC1\": 4}.");
        }

        byte[] stored = new byte[form.Instrument.Codes.Length];
        return form.Instrument.Codes.ReadObject(answers, stored) is { } bad
            ? new CheckedResponse.BadAnswer(bad)
            : new CheckedResponse.Valid(new SchoolId(schoolId), stored);
    }
}
