using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Scoring;

namespace Onpoint.Measurement.Placement;

/// <summary>Where a district could start. Closed: the private constructor lets no other case in.</summary>
public abstract record WhereToStart
{
    private WhereToStart()
    {
    }

    /// <summary>One category lies furthest below its stage mean.</summary>
    /// <param name="Category">Its code.</param>
    /// <param name="Component">Its component furthest below; null when none lies below, the lowest two cannot be told apart, or it has only one.</param>
    public sealed record Named(string Category, string? Component) : WhereToStart;

    /// <summary>No category lies below its stage mean.</summary>
    public sealed record NothingBelow : WhereToStart;

    /// <summary>The lowest two cannot be told apart.</summary>
    /// <param name="First">The category furthest below its stage mean.</param>
    /// <param name="Second">The next one.</param>
    public sealed record LowestTwoAlike(string First, string Second) : WhereToStart;

    /// <summary>The wave is not placed.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Withheld(PlacingReason Reason) : WhereToStart;

    /// <summary>Finds the category, and in it the component, furthest below its stage mean in units of tau.</summary>
    /// <remarks>
    /// Definition: g = (X - stage mean) / tau. The lowest two cannot be told apart when the 95 % interval of g_2 - g_1 holds 0: variance SE_1²/tau_1² + SE_2²/tau_2² - 2 Cov/(tau_1 tau_2) with
    /// the wave's own errors, the smaller df. Without covariances in the wave they count as 0, which is too wide, since the same teachers answer both. The error of the stage means is left out: it is the
    /// same for every district. Source: ours.
    /// </remarks>
    /// <param name="wave">A closed wave.</param>
    /// <param name="cells">The cells the wave is placed against.</param>
    /// <param name="measures">The plan's measures: they say which components a category has.</param>
    /// <returns>Withheld for low response, n* below 10, and when a category has no tau above 0 at this stage.</returns>
    public static WhereToStart Find(DistrictWave wave, NormCells cells, IReadOnlyList<Measure> measures)
    {
        ArgumentNullException.ThrowIfNull(wave);
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(measures);
        if (DistrictPlacement.WithheldReason(wave) is { } reason)
        {
            return new Withheld(reason);
        }

        Measure[] categories = [.. measures.Where(measure => measure.Kind == MeasureKind.Category)];
        Gap[] gaps = [.. Gaps(wave, cells, categories)];
        if (gaps.Length < categories.Length || gaps.Length == 0)
        {
            return new Withheld(PlacingReason.NoNorm);
        }

        if (gaps[0].Size >= 0)
        {
            return new NothingBelow();
        }

        if (gaps.Length > 1 && !gaps[0].IsBelow(gaps[1], wave))
        {
            return new LowestTwoAlike(gaps[0].Measure.Code, gaps[1].Measure.Code);
        }

        Measure[] components =
        [
            .. measures.Where(measure => measure.Kind == MeasureKind.Component
                && measure.Weights.Zip(gaps[0].Measure.Weights).Any(weights => weights.First > 0 && weights.Second > 0)),
        ];
        Gap[] inside = [.. Gaps(wave, cells, components)];
        return new Named(
            gaps[0].Measure.Code,
            inside.Length > 1 && inside.Length == components.Length && inside[0].Size < 0 && inside[0].IsBelow(inside[1], wave) ? inside[0].Measure.Code : null);
    }

    private static IEnumerable<Gap> Gaps(DistrictWave wave, NormCells cells, IEnumerable<Measure> measures) =>
        from measure in measures
        let summary = wave.Find(measure.Code)
        let cell = cells.Find(measure.Code, wave.Stage)
        where summary is not null && cell?.TauPoints > 0
        let gap = new Gap(measure, summary, (summary.Points - cell.MeanPoints) / cell.TauPoints!.Value, cell.TauPoints.Value)
        orderby gap.Size
        select gap;

    private sealed record Gap(Measure Measure, MeasureSummary Summary, double Size, double Tau)
    {
        public bool IsBelow(Gap other, DistrictWave wave)
        {
            double own = Summary.StandardErrorPoints / Tau;
            double others = other.Summary.StandardErrorPoints / other.Tau;
            double variance = own * own + others * others - 2 * Covariance(Measure, other.Measure, wave) / (Tau * other.Tau);
            double t = TwoSidedT.Quantile(Math.Min(Summary.DegreesOfFreedom, other.Summary.DegreesOfFreedom));
            return Size + t * Math.Sqrt(Math.Max(0, variance)) < other.Size;
        }

        private static double Covariance(Measure first, Measure second, DistrictWave wave)
        {
            double sum = 0;
            int count = wave.ComponentCovariances.Count == 0 ? 0 : wave.Components.Count;
            for (int row = 0; row < count; row++)
            {
                for (int column = 0; column < count; column++)
                {
                    sum += first.Weights[row] * second.Weights[column] * wave.ComponentCovariances[row * count + column];
                }
            }

            return sum;
        }
    }
}
