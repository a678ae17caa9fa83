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
    /// <summary>The members of a submission of its own, whose key is a header.</summary>
    public static readonly IReadOnlyList<string> Members = ["schoolId", "answers"];

    /// <summary>The members of a row of a batch.</summary>
    public static readonly IReadOnlyList<string> RowMembers = [.. Members, "key"];

    public static CheckedResponse Check(WaveForm form, JsonElement body, IReadOnlyList<string> members)
    {
        try
        {
            return CheckMembers(form, body, members);
        }
        catch (InvalidOperationException)
        {
            // What JsonElement throws for text that cannot be decoded: the kind of a value is asked for before its text.
            return new CheckedResponse.BadShape("Some text is not valid Unicode; send UTF-8.");
        }
    }

    private static CheckedResponse CheckMembers(WaveForm form, JsonElement body, IReadOnlyList<string> members)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return new CheckedResponse.BadShape("A response is an object such as {\"schoolId\": \"…\", \"answers\": {\"SC1\": 4}}.");
        }

        if (body.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !members.Contains(name)) is { } unknown)
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
