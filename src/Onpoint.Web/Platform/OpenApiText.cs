using Microsoft.AspNetCore.OpenApi;

namespace Onpoint.Web.Platform;

/// <summary>What the OpenAPI document says of the interface as a whole.</summary>
internal static class OpenApiText
{
    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "Onpoint API";
        document.Info.Version = "v1";
        document.Info.Description =
            "From teachers' answers to a district's benchmark. Errors are problem+json; their codes are listed in docs/problems.md. " +
            "Every number has passed disclosure control: what is missing has a reason.";
        return Task.CompletedTask;
    });
}
