using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Norms;

/// <summary>From the estimate of a wave to the record that norms, placings and landmarks work on.</summary>
public static class DistrictWaveRecords
{
    /// <summary>The record of one estimated wave.</summary>
    /// <param name="districtId">The sender's text id of the district.</param>
    /// <param name="wave">The sender's text id of the wave.</param>
    /// <param name="stage">Stage of the district.</param>
    /// <param name="schoolYear">Ending year of the school year.</param>
    /// <param name="estimate">The wave's estimate.</param>
    /// <param name="plan">The plan it was made with.</param>
    /// <param name="samplesSchools">True when schools were sampled.</param>
    /// <returns>Null when the district lacks a measure or a standard error: it can be neither placed nor compared.</returns>
    public static DistrictWave? Of(string districtId, string wave, Stage stage, int schoolYear, WaveEstimate estimate, ScoringPlan plan, bool samplesSchools)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        ArgumentNullException.ThrowIfNull(plan);
        List<MeasureSummary> measures = [];
        foreach (MeasureEstimate measure in estimate.District.Measures)
        {
            if (measure is not { Points: { } points, StandardError: { } error, DegreesOfFreedom: { } degrees })
            {
                return null;
            }

            measures.Add(new MeasureSummary(measure.Measure, points, error, degrees, measure.Respondents, measure.WithinDegrees, measure.WithinSumSquares));
        }

        return new DistrictWave
        {
            DistrictId = districtId,
            Wave = wave,
            Stage = stage,
            SchoolYear = schoolYear,
            Responses = estimate.District.Responses,
            SmallestCount = estimate.District.SmallestCount,
            ResponseRate = estimate.ResponseRate,
            Measures = measures,
            Components = [.. plan.Instrument.Components.Select(component => component.Code)],
            ComponentCovariances = estimate.District.ComponentCovariances ?? [],
            Strata = Strata(estimate, plan, samplesSchools),
        };
    }

    /// <summary>The strata of a wave with the teachers behind each measure, as a placing's reliability needs them.</summary>
    /// <param name="estimate">The wave's estimate.</param>
    /// <param name="plan">The plan it was made with.</param>
    /// <param name="samplesSchools">True when schools were sampled: then the weights say nothing about the spread, and there are none.</param>
    public static IReadOnlyList<WaveStratum> Strata(WaveEstimate estimate, ScoringPlan plan, bool samplesSchools)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        ArgumentNullException.ThrowIfNull(plan);
        if (samplesSchools)
        {
            return [];
        }

        int[] components = [.. plan.Measures.Index().Where(measure => measure.Item.Kind == MeasureKind.Component).Select(measure => measure.Index)];
        return
        [
            .. estimate.Strata.Select(stratum =>
            {
                int[] counts = [.. components.Select(measure => stratum.Schools.Sum(school => estimate.Schools[school].Measures[measure].Respondents))];
                return new WaveStratum(stratum.Weight, [.. plan.Measures.Select(measure => counts.Where((_, component) => measure.Weights[component] > 0).Min())]);
            }),
        ];
    }
}
