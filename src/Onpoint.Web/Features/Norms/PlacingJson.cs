using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Onpoint.Measurement.Placement;

namespace Onpoint.Web.Features.Norms;

/// <summary>How a placing is kept in the database: the kernel's closed outcomes are told apart by a word.</summary>
internal static class PlacingJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        // jsonb orders the members by its own rule, so the word need not come first.
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Outcomes<Percentile>, Outcomes<LikelyBand>, Outcomes<StageEquivalent> } },
    };

    /// <summary>Tells the two outcomes of a placing apart by the word <c>outcome</c>.</summary>
    public static void Outcomes<T>(JsonTypeInfo type)
    {
        if (type.Type == typeof(Placing<T>))
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "outcome" };
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(typeof(Placing<T>.Made), "made"));
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(typeof(Placing<T>.Withheld), "withheld"));
        }
    }
}
