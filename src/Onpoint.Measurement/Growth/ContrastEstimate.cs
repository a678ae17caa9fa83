using Onpoint.Measurement.Estimation;

namespace Onpoint.Measurement.Growth;

/// <summary>A weighted sum of stage means with its error.</summary>
/// <param name="Points">The estimate. Points.</param>
/// <param name="StandardError">Points.</param>
/// <param name="DegreesOfFreedom">At least 1.</param>
internal readonly record struct ContrastEstimate(double Points, double StandardError, double DegreesOfFreedom)
{
    /// <summary>Half width of the interval. Points.</summary>
    public double Margin(double level = TwoSidedT.Level) => TwoSidedT.Quantile(DegreesOfFreedom, level) * StandardError;
}
