using Microsoft.AspNetCore.Http.HttpResults;

namespace Onpoint.Web.Platform;

/// <summary>Every expected failure the API can answer with. The codes are public: docs/problems.md lists them.</summary>
internal static class Problems
{
    public static ProblemHttpResult NoSuchDistrict(string districtId) => Problem(
        StatusCodes.Status404NotFound, "no-such-district", "No such district",
        $"There is no district {districtId}, or you may not see it.");

    public static ProblemHttpResult NoSuchWave(string waveId) => Problem(
        StatusCodes.Status404NotFound, "no-such-wave", "No such wave",
        $"There is no wave {waveId}, or you may not see it. GET /api/v1/districts/{{id}}/waves lists a district's waves.");

    public static ProblemHttpResult NoSuchEdition(string editionId) => Problem(
        StatusCodes.Status404NotFound, "no-such-edition", "No such edition",
        $"There is no norm edition {editionId}. Editions are frozen by the command: onpoint norms freeze.");

    public static ProblemHttpResult NoSuchLandmark(string landmark) => Problem(
        StatusCodes.Status404NotFound, "no-such-landmark", "No such landmark",
        $"There is no landmark {landmark}. The four are shared-understanding, operations, student-agency and culture.");

    public static ProblemHttpResult NoEdition() => Problem(
        StatusCodes.Status404NotFound, "no-edition", "No norm edition yet",
        "No norm edition is frozen, so there is nothing to compare with. `onpoint demo` or `onpoint norms freeze` makes one.");

    public static ProblemHttpResult NotScored(string waveId) => Problem(
        StatusCodes.Status409Conflict, "not-scored", "Not scored yet",
        $"Wave {waveId} is closed and waits for its scores; that takes less than a minute.");

    public static ProblemHttpResult WaveOpen(string waveId) => Problem(
        StatusCodes.Status409Conflict, "wave-open", "The wave still takes answers",
        $"Wave {waveId} is not closed. Its score, and what it can be recomputed from, come after closing.");

    public static ProblemHttpResult Protected() => Problem(
        StatusCodes.Status409Conflict, "protected", "Withheld to protect respondents",
        "Too few people stand behind this number to show it without risk to one of them.");

    public static ProblemHttpResult WaveNotOpen(string waveId, DateTimeOffset opensAt) => Problem(
        StatusCodes.Status409Conflict, "wave-not-open", "The wave is not open yet",
        $"Wave {waveId} takes answers from {opensAt:u} on. The answer was not stored: send it again then.", ("opensAt", opensAt));

    public static ProblemHttpResult WaveClosed(string waveId) => Problem(
        StatusCodes.Status409Conflict, "wave-closed", "The wave is closed",
        $"Wave {waveId} takes no more answers. This one was not stored. Late answers are added by: onpoint import FILE --wave {waveId}");

    public static ProblemHttpResult WaveArchived(string waveId) => Problem(
        StatusCodes.Status409Conflict, "wave-archived", "The wave is archived",
        $"Wave {waveId} is archived and cannot be opened or closed any more.");

    public static ProblemHttpResult InvalidAnswer(string item, string value, string allowed) => Problem(
        StatusCodes.Status400BadRequest, "invalid-answer", "An answer the question does not offer",
        $"{item} cannot be answered with {value}. Allowed: {allowed}. Nothing was stored.",
        ("item", item), ("value", value), ("allowed", allowed));

    public static ProblemHttpResult InvalidBody(string detail) => Problem(
        StatusCodes.Status400BadRequest, "invalid-body", "The body cannot be read", detail);

    public static ProblemHttpResult NotASchoolOfTheWave(string schoolId, string waveId) => Problem(
        StatusCodes.Status400BadRequest, "not-a-school-of-the-wave", "That school does not take part",
        $"School {schoolId} is not on the roster of wave {waveId}. GET /api/v1/waves/{waveId} lists its schools. Nothing was stored.");

    public static ProblemHttpResult InvalidIdempotencyKey() => Problem(
        StatusCodes.Status400BadRequest, "invalid-idempotency-key", "The Idempotency-Key cannot be used",
        "An Idempotency-Key has 1 to 128 visible ASCII characters. Nothing was stored.");

    public static ProblemHttpResult UnsupportedMediaType() => Problem(
        StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The body must be JSON",
        "Send the answers as application/json. Nothing was stored.");

    public static ProblemHttpResult BodyTooLarge(int limitBytes) => Problem(
        StatusCodes.Status413PayloadTooLarge, "body-too-large", "The body is too large",
        $"At most {limitBytes} bytes. Send a long list in parts, or as a file with: onpoint import. Nothing was stored.", ("limitBytes", limitBytes));

    public static ProblemHttpResult TryAgain() => Problem(
        StatusCodes.Status503ServiceUnavailable, "try-again", "The answer could not be stored just now",
        "Nothing was stored. Send the same request again in a few seconds: with the same Idempotency-Key it never counts twice.");

    public static ProblemHttpResult InvalidQuery(string parameter, string allowed) => Problem(
        StatusCodes.Status400BadRequest, "invalid-query", "A query parameter cannot be used",
        $"{parameter} must be {allowed}.", ("parameter", parameter), ("allowed", allowed));

    public static ProblemHttpResult CrossSite() => Problem(
        StatusCodes.Status403Forbidden, "cross-site", "Refused",
        "A page of another site sent this request. Send it from a program, or from a page of this service.");

    private static ProblemHttpResult Problem(
        int status, string code, string title, string detail, params (string Name, object? Value)[] facts) =>
        TypedResults.Problem(
            detail, statusCode: status, title: title, type: $"urn:onpoint:problem:{code}",
            extensions: facts.Select(fact => KeyValuePair.Create(fact.Name, fact.Value)));
}
