using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Web.Features.Instruments;

/// <summary>Measures as people call them, in the instrument's first language.</summary>
internal static class MeasureNames
{
    public static Dictionary<string, string> Of(Instrument instrument)
    {
        string language = instrument.Languages[0];
        Dictionary<string, string> names = new(StringComparer.Ordinal) { [ScoringPlan.Benchmark] = "Benchmark score" };
        foreach (Category category in instrument.Categories)
        {
            names.Add(category.Code, category.Name[language]);
        }

        foreach (Component component in instrument.Components)
        {
            names.Add(component.Code, component.Name[language]);
        }

        return names;
    }
}
