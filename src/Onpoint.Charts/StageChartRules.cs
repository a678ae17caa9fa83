namespace Onpoint.Charts;

/// <summary>What a stage chart must satisfy to be drawable.</summary>
internal static class StageChartRules
{
    /// <exception cref="ArgumentException">Naming what contradicts what.</exception>
    public static void Check(StageChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        Require(chart.Stages.Count >= 2, "it has fewer than two stages");
        Require(chart.LowestPoints % 100 == 0 && chart.HighestPoints % 100 == 0 && chart.LowestPoints < chart.HighestPoints, "its value axis does not run over whole hundreds");
        foreach (SeriesKind kind in Enum.GetValues<SeriesKind>())
        {
            Require(chart.Series.Count(s => s.Kind == kind) <= 2, $"it has more than two curves of kind {kind}");
        }

        foreach (StageSeries series in chart.Series)
        {
            Require(series.Points.Count == chart.Stages.Count, $"the curve \"{series.Name}\" has {series.Points.Count} points for {chart.Stages.Count} stages");
            Require(
                series.Points.OfType<StagePoint>().All(p => double.IsFinite(p.Value) && p.Margin is null or (>= 0 and < double.PositiveInfinity)),
                $"the curve \"{series.Name}\" has a value or margin that is no number");
        }

        if (chart.Annotation is { } annotation)
        {
            Require(annotation.Lines.Count > 0, "its annotation has no text");
            Require(
                annotation is { FromStage: null, ToStage: null }
                || (annotation.FromStage >= 0 && annotation.FromStage < annotation.ToStage && annotation.ToStage < chart.Stages.Count),
                "its bracket does not run from a stage to a later one");
        }

        static void Require(bool holds, string otherwise)
        {
            if (!holds)
            {
                throw new ArgumentException($"The chart cannot be drawn: {otherwise}.", nameof(chart));
            }
        }
    }
}
