using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Waves;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Responses;

/// <summary>POST /api/v1/waves/{waveId}/responses: one teacher's answers, answered only after they are committed.</summary>
internal static class SubmitResponse
{
    private const int LargestBodyBytes = 64 * 1024;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/waves/{waveId}/responses", HandleAsync)
            .WithName(nameof(SubmitResponse))
            .WithTags("Responses")
            .WithSummary("Send one teacher's answers")
            .WithDescription("Answered only after the answer is committed. The same Idempotency-Key makes a repeat the same submission, also after closing.")
            .Accepts<Request>("application/json")
            .Produces<Response>(StatusCodes.Status201Created)
            .Produces<Response>(StatusCodes.Status200OK)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>The wire shape: answers are option values by item code, null for a skip, "not-my-role" where it is offered.</summary>
    internal sealed record Request(Guid SchoolId, IReadOnlyDictionary<string, object?> Answers);

    /// <summary>"stored" or "repeat".</summary>
    internal sealed record Response(string Status);

    internal static async Task<IResult> HandleAsync(
        WaveId waveId, HttpContext http, OnpointDb db, WaveForms forms, ResponseWriter writer, SubmissionKeys keys, CancellationToken cancellationToken)
    {
        if (!RequestBody.TryGetIdempotencyKey(http.Request, out string? key))
        {
            return Problems.InvalidIdempotencyKey();
        }

        RequestBody body = await RequestBody.ReadAsync(http.Request, LargestBodyBytes, cancellationToken);
        if (body.Document is not { } document)
        {
            return body.Problem!;
        }

        using (document)
        {
            if (await forms.GetAsync(db, waveId, cancellationToken) is not { } form)
            {
                return Problems.NoSuchWave(waveId.ToString());
            }

            return ResponseCheck.Check(form, document.RootElement, ResponseCheck.Members) switch
            {
                CheckedResponse.Valid(var school, var answers) => await StoreAsync(new Submission(waveId, school, keys.For("api", key), answers), http, db, writer),
                CheckedResponse.BadAnswer(var bad) => Problems.InvalidAnswer(bad.Item, bad.Value, bad.Allowed),
                CheckedResponse.BadSchool(var school) => Problems.NotASchoolOfTheWave(school, waveId.ToString()),
                CheckedResponse.BadShape(var detail) => Problems.InvalidBody($"{detail} Nothing was stored."),
                _ => throw new UnreachableException(),
            };
        }
    }

    /// <summary>Why a wave takes no answers now.</summary>
    internal static async Task<IResult> RefusalAsync(OnpointDb db, WaveId waveId, CancellationToken cancellationToken)
    {
        Wave wave = await db.Waves.AsNoTracking().SingleAsync(wave => wave.WaveId == waveId, cancellationToken);
        return wave.State == WaveState.Scheduled ? Problems.WaveNotOpen(waveId.ToString(), wave.OpensAt) : Problems.WaveClosed(waveId.ToString());
    }

    /// <summary>The caller's hanging up does not undo a commit under way, so nothing here is cancelled.</summary>
    private static async Task<IResult> StoreAsync(Submission submission, HttpContext http, OnpointDb db, ResponseWriter writer)
    {
        Task<SubmissionOutcome>? storing = writer.TryStoreAsync(submission);
        try
        {
            return storing is null ? Busy(http) : await storing switch
            {
                SubmissionOutcome.Stored => TypedResults.Created((string?)null, new Response("stored")),
                SubmissionOutcome.Repeat => TypedResults.Ok(new Response("repeat")),
                SubmissionOutcome.NotOpen => await RefusalAsync(db, submission.WaveId, CancellationToken.None),
                _ => throw new UnreachableException(),
            };
        }
        catch (NpgsqlException)
        {
            return Busy(http);
        }
    }

    internal static IResult Busy(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "5";
        return Problems.TryAgain();
    }
}
