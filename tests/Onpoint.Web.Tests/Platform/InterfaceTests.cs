using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Onpoint.Web.Platform;

namespace Onpoint.Web.Tests.Platform;

/// <summary>The interface as a whole: its document, its problem codes, its protection.</summary>
public sealed partial class InterfaceTests(OnpointHost host) : IClassFixture<OnpointHost>
{
    [Fact]
    public async Task The_OpenAPI_document_is_3_1_and_names_every_address_of_the_interface()
    {
        JsonElement document = (await host.GetAsync("/openapi/v1.json")).Body;
        string[] described = [.. document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")).Order(StringComparer.Ordinal)];
        string[] mapped = [.. Endpoints()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(endpoint => Methods(endpoint).Select(method => $"{method} {endpoint.RoutePattern.RawText}")).Order(StringComparer.Ordinal)];

        Assert.StartsWith("3.1.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(mapped);
        Assert.Equal(mapped, described);
    }

    [Fact]
    public async Task Every_operation_has_a_name_and_a_summary()
    {
        JsonElement document = (await host.GetAsync("/openapi/v1.json")).Body;

        Assert.All(
            document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()),
            operation => Assert.True(operation.Value.TryGetProperty("operationId", out _) && operation.Value.TryGetProperty("summary", out _), operation.Value.GetRawText()));
    }

    [Fact]
    public void Every_problem_code_has_a_heading_in_the_list_of_problems_and_no_other_has()
    {
        string[] codes = [.. typeof(Problems).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => (ProblemHttpResult)method.Invoke(null, [.. method.GetParameters().Select(Argument)])!)
            .Select(problem => problem.ProblemDetails.Type!["urn:onpoint:problem:".Length..])
            .Order(StringComparer.Ordinal)];
        string[] listed = [.. Headings().Matches(File.ReadAllText(Path.Combine(Repository.Folder, "docs", "problems.md")))
            .Select(heading => heading.Groups[1].Value).Order(StringComparer.Ordinal)];

        Assert.Equal(codes, listed);

        static object Argument(ParameterInfo parameter) => parameter.ParameterType == typeof(string) ? "x" : Activator.CreateInstance(parameter.ParameterType)!;
    }

    /// <summary>A handler that reads the form itself is not protected at all: only a bound form is (decision 7). Hangfire's dashboard checks its own token.</summary>
    [Fact]
    public void Every_page_that_takes_a_form_demands_an_antiforgery_token() => Assert.Empty(Endpoints()
        .Where(endpoint => Methods(endpoint).Any(method => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method)))
        .Where(endpoint => !endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
        .Where(endpoint => endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true })
        .Select(endpoint => endpoint.RoutePattern.RawText));

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    private IEnumerable<RouteEndpoint> Endpoints() => host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [GeneratedRegex("^## ([a-z-]+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
