using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Waves;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Responses;

/// <summary>POST /api/v1/waves/{waveId}/responses:batch: a JSON array of responses; the good ones are kept, the others reported.</summary>
internal static class SubmitBatch
{
    private const int LargestBodyBytes = 16 * 1024 * 1024;
    private const int MostReportedRows = 10_000;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/waves/{waveId}/responses:batch", HandleAsync)
            .WithName(nameof(SubmitBatch))
            .WithTags("Responses")
            .WithSummary("Send many teachers' answers")
            .WithDescription("Rows are checked one by one: good ones are stored in one transaction, bad ones are reported with item and value. A row's key, else the Idempotency-Key with the row number, makes a repeat the same submission.")
            .Accepts<Request[]>("application/json")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>The wire shape of a row; <paramref name="Key"/> is the caller's own, optional.</summary>
    internal sealed record Request(Guid SchoolId, IReadOnlyDictionary<string, object?> Answers, string? Key);

    /// <summary>Counts of rows, and the rejected ones (the first 10,000).</summary>
    internal sealed record Response(int Read, int Stored, int Repeated, int Rejected, IReadOnlyList<RowProblem> Errors);

    /// <summary>One rejected row, counted from 1.</summary>
    internal sealed record RowProblem(int Row, string? Item, string? Value, string Problem);

    internal static async Task<IResult> HandleAsync(
        WaveId waveId, HttpContext http, OnpointDb db, WaveForms forms, ResponseWriter writer, SubmissionKeys keys, CancellationToken cancellationToken)
    {
        if (!RequestBody.TryGetIdempotencyKey(http.Request, out string? headerKey))
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
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                return Problems.InvalidBody("A batch is an array of responses. Nothing was stored.");
            }

            if (await forms.GetAsync(db, waveId, cancellationToken) is not { } form)
            {
                return Problems.NoSuchWave(waveId.ToString());
            }

            List<Submission> good = [];
            List<RowProblem> bad = [];
            int read = 0;
            foreach (JsonElement row in document.RootElement.EnumerateArray())
            {
                read++;
                switch (CheckRow(form, row, headerKey, read, keys))
                {
                    case (Submission submission, _):
                        good.Add(submission);
                        break;
                    case (_, RowProblem problem):
                        bad.Add(problem);
                        break;
                }
            }

            return await StoreAsync(waveId, good, bad, read, http, db, writer);
        }
    }

    private static (Submission? Good, RowProblem? Bad) CheckRow(WaveForm form, JsonElement row, string? headerKey, int number, SubmissionKeys keys)
    {
        string? key = headerKey is null ? null : string.Create(CultureInfo.InvariantCulture, $"{headerKey} {number}");
        if (row.ValueKind == JsonValueKind.Object && row.TryGetProperty("key", out JsonElement own) && own.ValueKind != JsonValueKind.Null)
        {
            key = own.ValueKind == JsonValueKind.String ? own.GetString() : null;
            if (!RequestBody.IsUsableKey(key))
            {
                return (null, new RowProblem(number, "key", null, "invalid-idempotency-key"));
            }
        }

        return ResponseCheck.Check(form, row, ResponseCheck.RowMembers) switch
        {
            CheckedResponse.Valid(var school, var answers) => (new Submission(form.WaveId, school, keys.For("api", key), answers), null),
            CheckedResponse.BadAnswer(var answer) => (null, new RowProblem(number, answer.Item, answer.Value, "invalid-answer")),
            CheckedResponse.BadSchool(var school) => (null, new RowProblem(number, "schoolId", school, "not-a-school-of-the-wave")),
            CheckedResponse.BadShape(var detail) => (null, new RowProblem(number, null, detail, "invalid-body")),
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<IResult> StoreAsync(
        WaveId waveId, List<Submission> good, List<RowProblem> bad, int read, HttpContext http, OnpointDb db, ResponseWriter writer)
    {
        try
        {
            IReadOnlyList<SubmissionOutcome> outcomes = good.Count == 0 ? [] : await writer.StoreAsync(good, CancellationToken.None);
            if (outcomes.Any(outcome => outcome == SubmissionOutcome.NotOpen))
            {
                return await SubmitResponse.RefusalAsync(db, waveId, CancellationToken.None);
            }

            int stored = outcomes.Count(outcome => outcome == SubmissionOutcome.Stored);
            return TypedResults.Ok(new Response(read, stored, outcomes.Count - stored, bad.Count, bad.Take(MostReportedRows).ToList()));
        }
        catch (NpgsqlException)
        {
            return SubmitResponse.Busy(http);
        }
    }
}
