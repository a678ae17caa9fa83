using Onpoint.Measurement;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Scoring;
using static Onpoint.Benchmarks.Recovery.ReportTable;

namespace Onpoint.Benchmarks.Recovery;

/// <summary>One landmark's verdict with its contrasts beside the truth.</summary>
/// <param name="Result">What the service says.</param>
/// <param name="Contrasts">Gates, then conditions.</param>
/// <param name="Shares">The displayed shares of growth.</param>
internal sealed record LandmarkOutcome(LandmarkResult Result, IReadOnlyList<Recovered> Contrasts, IReadOnlyList<ShareOutcome> Shares)
{
    /// <summary>The four landmarks with the words of the tables.</summary>
    public static readonly IReadOnlyList<(Landmark Landmark, string Name)> Landmarks =
    [
        (Landmark.SharedUnderstanding, "1 shared understanding"), (Landmark.Operations, "2 operations"),
        (Landmark.StudentAgency, "3 student agency"), (Landmark.Culture, "4 stalling culture"),
    ];

    /// <summary>Compares a result with the truth.</summary>
    /// <param name="result">What the service says.</param>
    /// <param name="curves">Shape [components][5 stages]. Points.</param>
    /// <param name="plan">The instrument's measures.</param>
    public static LandmarkOutcome Of(LandmarkResult result, double[][] curves, ScoringPlan plan)
    {
        double[] Curve(string measure) => TrueCurves.Of(curves, plan.Measures.Single(candidate => candidate.Code == measure).Weights);
        if (result.Basis is null)
        {
            return new LandmarkOutcome(result, [], []);
        }

        (IReadOnlyList<LandmarkContrast> gates, IReadOnlyList<LandmarkContrast> conditions) = LandmarkPattern.Contrasts(result.Landmark, result.Stages);
        return new LandmarkOutcome(
            result,
            [
                .. gates.Concat(conditions).Zip(result.Gates.Concat(result.Conditions), (contrast, test) =>
                {
                    double truth = TrueCurves.Weighted(contrast.Weights, Curve(contrast.Series.Measure));
                    truth -= contrast.Series.Minus is { } minus ? TrueCurves.Weighted(contrast.Weights, Curve(minus)) : 0;
                    return new Recovered(test.Points - truth, test.High - test.Points);
                }),
            ],
            [.. result.Shares.Select(share => ShareOutcome.Of(share, Curve(LandmarkSeries.Communication.Measure)))]);
    }

    /// <summary>"91 / 0": per cent seen and not seen; the rest is "cannot tell". A dash where the landmark cannot be tested.</summary>
    public static string Verdicts(IReadOnlyCollection<LandmarkOutcome> outcomes) => outcomes.All(outcome => outcome.Result.Reason == LandmarkReason.TooFewWaves)
        ? "-"
        : $"{Verdict(outcomes, LandmarkVerdict.Seen)} / {Verdict(outcomes, LandmarkVerdict.NotSeen)}";

    private static string Verdict(IReadOnlyCollection<LandmarkOutcome> outcomes, LandmarkVerdict verdict) =>
        Percent(outcomes.Share(outcome => outcome.Result.Verdict == verdict));
}

/// <summary>A displayed share of growth beside the truth.</summary>
/// <param name="Last">The last stage.</param>
/// <param name="Error">Share minus true share. Fraction.</param>
/// <param name="Covered">The displayed interval holds the truth; null without one.</param>
/// <param name="DeltaCovered">The delta-method interval does; null without one.</param>
/// <param name="Width">Width of the displayed interval. Fraction.</param>
internal sealed record ShareOutcome(Stage Last, double Error, bool? Covered, bool? DeltaCovered, double Width)
{
    public static ShareOutcome Of(GrowthShare share, double[] curve)
    {
        double truth = (curve[(int)Stage.Year1] - curve[0]) / (curve[(int)share.Last] - curve[0]);
        static bool? Holds(double? low, double? high, double value) => low is null || high is null ? null : low <= value && value <= high;
        return new ShareOutcome(
            share.Last, share.Share - truth, Holds(share.Low, share.High, truth), Holds(share.DeltaLow, share.DeltaHigh, truth), (share.High - share.Low) ?? double.NaN);
    }

    /// <summary>Given, bias, coverage of the displayed and of the delta-method interval, width.</summary>
    /// <param name="shares">The shares up to one last stage.</param>
    /// <param name="replications">All replications, also those without a share (count).</param>
    public static string[] Cells(IReadOnlyCollection<ShareOutcome> shares, int replications)
    {
        ShareOutcome[] shown = [.. shares.Where(share => share.Covered is not null)];
        ShareOutcome[] delta = [.. shares.Where(share => share.DeltaCovered is not null)];
        return
        [
            Percent((double)shown.Length / replications),
            shown.Length == 0 ? "-" : Share(shown.Average(share => share.Error)),
            Share(shown.Share(share => share.Covered == true)),
            Share(delta.Share(share => share.DeltaCovered == true)),
            shown.Length == 0 ? "-" : Share(shown.Select(share => share.Width).Order().ElementAt(shown.Length / 2)),
        ];
    }
}
