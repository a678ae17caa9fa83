using Microsoft.AspNetCore.Http.HttpResults;

namespace Onpoint.Web.Platform;

/// <summary>Headers of every answer, and the refusal of requests that another site's page sends.</summary>
internal static class Headers
{
    private const string Pages = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // Scalar has an inline module script, Hangfire's dashboard inline styles; neither loads anything from elsewhere.
    private const string Reference = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static async Task AddAsync(HttpContext http, RequestDelegate next)
    {
        bool reference = http.Request.Path.StartsWithSegments("/docs") || http.Request.Path.StartsWithSegments("/admin");

        // As late as possible: a failure clears what was set before, and an endpoint may have its own policy.
        http.Response.OnStarting(() =>
        {
            IHeaderDictionary headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.TryAdd("Content-Security-Policy", reference ? Reference : Pages);
            return Task.CompletedTask;
        });
        bool unsafeMethod = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method);
        if (unsafeMethod && http.Request.Headers["Sec-Fetch-Site"] == "cross-site")
        {
            ProblemHttpResult refusal = Problems.CrossSite();
            await refusal.ExecuteAsync(http);
            return;
        }

        await next(http);
    }
}
