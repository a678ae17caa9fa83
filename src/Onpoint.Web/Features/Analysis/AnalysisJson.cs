using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Onpoint.Measurement.Placement;
using Onpoint.Web.Features.Norms;

namespace Onpoint.Web.Features.Analysis;

/// <summary>An analysis as JSON, every number with all its digits, and the schema of it.</summary>
internal static class AnalysisJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // printed, never put into a page
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers = { PlacingJson.Outcomes<Percentile>, PlacingJson.Outcomes<LikelyBand>, PlacingJson.Outcomes<StageEquivalent>, PlacingJson.Outcomes<IReadOnlyList<MeasureChange>>, WhereToStartOutcomes },
        },
    };

    public static string Write(SurveyAnalysis analysis) => JsonSerializer.Serialize(analysis, Options) + "\n";

    public static string Schema()
    {
        JsonNode schema = Options.GetJsonSchemaAsNode(typeof(SurveyAnalysis), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        JsonObject described = new() { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "What `onpoint analyze --format json` prints" };
        foreach ((string name, JsonNode? value) in schema.AsObject().ToArray())
        {
            described[name] = value?.DeepClone();
        }

        return described.ToJsonString(Options) + "\n";
    }

    private static void WhereToStartOutcomes(JsonTypeInfo type)
    {
        if (type.Type == typeof(WhereToStart))
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "outcome" };
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(typeof(WhereToStart.Named), "named"));
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(typeof(WhereToStart.NothingBelow), "nothing-below"));
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(typeof(WhereToStart.LowestTwoAlike), "lowest-two-alike"));
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(typeof(WhereToStart.Withheld), "withheld"));
        }
    }
}
