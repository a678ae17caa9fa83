using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Features.Responses;

/// <summary>The body of a submission, or the problem with it.</summary>
internal readonly struct RequestBody
{
    private RequestBody(JsonDocument? document, IResult? problem) => (Document, Problem) = (document, problem);

    public JsonDocument? Document { get; }

    public IResult? Problem { get; }

    /// <summary>Reads a JSON body of at most <paramref name="limitBytes"/>; a duplicate member is refused, for either could be meant.</summary>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, int limitBytes, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return new RequestBody(null, Problems.UnsupportedMediaType());
        }

        if (request.ContentLength > limitBytes)
        {
            return new RequestBody(null, Problems.BodyTooLarge(limitBytes));
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limitBytes;
        }

        try
        {
            return new RequestBody(await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { AllowDuplicateProperties = false }, cancellationToken), null);
        }
        catch (JsonException malformed)
        {
            return new RequestBody(null, Problems.InvalidBody($"The body is not JSON: {malformed.Message} Nothing was stored."));
        }
        catch (InvalidOperationException)
        {
            // What the search for duplicate members throws for a name that cannot be decoded.
            return new RequestBody(null, Problems.InvalidBody("Some text is not valid Unicode; send UTF-8. Nothing was stored."));
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new RequestBody(null, Problems.BodyTooLarge(limitBytes));
        }
    }

    /// <summary>The caller's Idempotency-Key: null when there is none; false when it cannot be used.</summary>
    public static bool TryGetIdempotencyKey(HttpRequest request, out string? key)
    {
        key = request.Headers["Idempotency-Key"] is [{ } single] ? single : null;
        return request.Headers["Idempotency-Key"].Count <= 1 && (key is null || IsUsableKey(key));
    }

    /// <summary>1 to 128 visible ASCII characters.</summary>
    public static bool IsUsableKey([NotNullWhen(true)] string? key) => key is { Length: >= 1 and <= 128 } && key.All(c => c is > ' ' and < '\u007f');
}
