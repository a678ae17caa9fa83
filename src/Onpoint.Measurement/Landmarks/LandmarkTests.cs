using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Landmarks;

/// <summary>Tests the four landmarks: docs/methodology.md section 7.</summary>
/// <remarks>
/// <para>Basis of the verdict: the panel when every two neighbouring stages concerned are both seen in at least 10 districts; else the cross-section when each stage concerned has at least 20; else
/// the equal mean of the members seen at every stage concerned, with teachers' sampling errors only. The stages concerned run without a gap from the first stage the landmark needs to L; L is the latest stage for which the basis has enough districts, so that the first
/// few districts that reach Year 4+ do not silence a verdict on the many before it.</para>
/// <para>Landmarks whose measures the instrument lacks are left out. Linear contrasts need no denominator, so nothing divides by a growth near zero. Source: ours (docs/methodology.md section 7).</para>
/// </remarks>
public static class LandmarkTests
{
    private const int FewestPanelPairs = 10;

    private const int FewestAtEachStage = 20;

    private const int Resamples = 2000;

    /// <summary>
    /// A percentile interval of resamples is too short for few districts: of the nominal 95 % it held the truth in 90 % with 10 districts at each stage, 92 % with 20, 93 % with 25 (docs/decisions/0013). When a
    /// stage concerned has fewer than this, the delta method with its t quantile is displayed, which held it in 94 to 96 %.
    /// </summary>
    private const int FewestResampledAtEachStage = 30;

    /// <summary>Fewer usable resamples than this share would make the interval one of the well-behaved samples only.</summary>
    private const double FewestUsableResamples = 0.95;

    private const int MostTeachersNeeded = 10_000;

    private static readonly IReadOnlyList<Landmark> Landmarks = [Landmark.SharedUnderstanding, Landmark.Operations, Landmark.StudentAgency, Landmark.Culture];

    /// <summary>Tests the landmarks on many districts, or on a group.</summary>
    /// <param name="waves">Any order; of several waves of a district at a stage the latest counts.</param>
    /// <param name="seed">Of the resamples behind growth shares.</param>
    /// <param name="smallestGroup">Fewest members a verdict on own waves may rest on (count, at least 1).</param>
    /// <returns>The landmarks whose measures the waves have, in order.</returns>
    /// <exception cref="ArgumentException">Waves differ in their measures, or a district has two waves of one id.</exception>
    public static IReadOnlyList<LandmarkResult> ForDataset(IReadOnlyList<DistrictWave> waves, ulong seed, int smallestGroup = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(smallestGroup, 1);
        return Test(waves, (districts, landmark) =>
            PanelBasis(districts, landmark, seed) ?? CrossSectionBasis(districts, landmark, seed) ?? (Basis?)OwnWavesBasis(districts, landmark, smallestGroup));
    }

    /// <summary>Tests the landmarks on one district's own waves, with teachers' sampling errors only.</summary>
    /// <param name="waves">Waves of one district, any order; of several waves at a stage the latest counts.</param>
    /// <returns>The landmarks whose measures the waves have, in order.</returns>
    /// <exception cref="ArgumentException">Waves of two districts, waves that differ in their measures, or two waves of one id.</exception>
    public static IReadOnlyList<LandmarkResult> ForDistrict(IReadOnlyList<DistrictWave> waves)
    {
        ArgumentNullException.ThrowIfNull(waves);
        if (waves.Select(wave => wave.DistrictId).Distinct().Count() > 1)
        {
            throw new ArgumentException("All waves must be of one district.", nameof(waves));
        }

        return Test(waves, (districts, landmark) => OwnWavesBasis(districts, landmark, smallestGroup: 1));
    }

    private static List<LandmarkResult> Test(IReadOnlyList<DistrictWave> waves, Func<IReadOnlyList<DistrictStages>, Landmark, Basis?> basis)
    {
        IReadOnlyList<DistrictStages> districts = DistrictStages.Arrange(waves);
        return [.. Landmarks
            .Where(landmark => waves.Count > 0 && LandmarkPattern.Measures(landmark).All(measure => waves[0].Find(measure) is not null))
            .Select(landmark => basis(districts, landmark) is { } found ? Judge(landmark, found) : TooFewWaves(landmark))];
    }

    private static MeansBasis? PanelBasis(IReadOnlyList<DistrictStages> districts, Landmark landmark, ulong seed) => Estimable(landmark, new MeansBasis(
        LandmarkBasis.Panel,
        LandmarkPattern.Runs(landmark).FirstOrDefault(stages =>
            stages.Zip(stages.Skip(1)).All(pair => districts.Count(district => district.Has(pair.First) && district.Has(pair.Second)) >= FewestPanelPairs)) ?? [],
        series => StageMeans.Panel(districts, series.Points),
        seed));

    private static MeansBasis? CrossSectionBasis(IReadOnlyList<DistrictStages> districts, Landmark landmark, ulong seed) => Estimable(landmark, new MeansBasis(
        LandmarkBasis.CrossSection,
        LandmarkPattern.Runs(landmark).FirstOrDefault(stages => stages.All(stage => districts.Count(district => district.Has(stage)) >= FewestAtEachStage)) ?? [],
        series => StageMeans.CrossSection(districts, series.Points),
        seed));

    // Enough districts per pair of stages do not quite ensure a jackknife: one district may be the only bridge to two further stages.
    private static MeansBasis? Estimable(Landmark landmark, MeansBasis basis)
    {
        if (basis.Stages.Count == 0)
        {
            return null;
        }

        (IReadOnlyList<LandmarkContrast> gates, IReadOnlyList<LandmarkContrast> conditions) = LandmarkPattern.Contrasts(landmark, basis.Stages);
        return gates.Concat(conditions).All(contrast => basis.Has(contrast)) ? basis : null;
    }

    private static OwnWaves? OwnWavesBasis(IReadOnlyList<DistrictStages> districts, Landmark landmark, int smallestGroup) =>
        LandmarkPattern.Runs(landmark)
            .Select(run => new OwnWaves(run, [.. districts.Where(district => run.All(district.Has))]))
            .FirstOrDefault(basis => basis.Districts >= smallestGroup);

    private static LandmarkResult TooFewWaves(Landmark landmark) => new()
    {
        Landmark = landmark,
        Verdict = LandmarkVerdict.CannotTell,
        Basis = null,
        Reason = LandmarkReason.TooFewWaves,
        TeachersNeeded = null,
        Districts = 0,
        Stages = [],
        Gates = [],
        Conditions = [],
        Shares = [],
    };

    private static LandmarkResult Judge(Landmark landmark, Basis basis)
    {
        (IReadOnlyList<LandmarkContrast> gateContrasts, IReadOnlyList<LandmarkContrast> conditionContrasts) = LandmarkPattern.Contrasts(landmark, basis.Stages);
        LandmarkTest[] gates = [.. gateContrasts.Select(gate => Estimate(gate, basis, TwoSidedT.Level))];
        double refutingLevel = 1 - (1 - TwoSidedT.Level) / conditionContrasts.Count;
        LandmarkTest[] conditions = [.. conditionContrasts.Select(condition => Estimate(condition, basis, refutingLevel))];
        bool grown = gates.All(gate => gate.Holds);
        (LandmarkVerdict verdict, LandmarkReason? reason) =
            gates.Any(gate => gate.Refuted) || (grown && conditions.Any(condition => condition.Refuted)) ? (LandmarkVerdict.NotSeen, (LandmarkReason?)null)
            : !grown ? (LandmarkVerdict.CannotTell, LandmarkReason.GrowthNotEstablished)
            : conditions.All(condition => condition.Holds) ? (LandmarkVerdict.Seen, null)
            : (LandmarkVerdict.CannotTell, LandmarkReason.MarginsTooWide);
        return new LandmarkResult
        {
            Landmark = landmark,
            Verdict = verdict,
            Basis = basis.Kind,
            Reason = reason,
            TeachersNeeded = reason == LandmarkReason.MarginsTooWide && basis is OwnWaves own ? TeachersNeeded(own, conditions, conditionContrasts) : null,
            Districts = basis.Districts,
            Stages = basis.Stages,
            Gates = gates,
            Conditions = conditions,
            Shares = landmark == Landmark.SharedUnderstanding ? [.. Shares(basis)] : [],
        };
    }

    private static LandmarkTest Estimate(LandmarkContrast contrast, Basis basis, double refutingLevel)
    {
        ContrastEstimate estimate = basis.Contrast(contrast.Series, contrast.Weights);
        double margin = estimate.Margin();
        double refutingMargin = estimate.Margin(refutingLevel);
        return new LandmarkTest
        {
            Quantity = contrast.Quantity,
            From = contrast.From,
            To = contrast.To,
            ThresholdPoints = contrast.ThresholdPoints,
            Wanted = contrast.Wanted,
            Points = estimate.Points,
            StandardErrorPoints = estimate.StandardError,
            DegreesOfFreedom = estimate.DegreesOfFreedom,
            Low = estimate.Points - margin,
            High = estimate.Points + margin,
            RefutingLow = estimate.Points - refutingMargin,
            RefutingHigh = estimate.Points + refutingMargin,
        };
    }

    // Margins shrink with the square root of the teachers. All estimates on the wanted side: until the widest margin fits. Else: until the first condition on the other side is refuted.
    private static int? TeachersNeeded(OwnWaves basis, LandmarkTest[] conditions, IReadOnlyList<LandmarkContrast> contrasts)
    {
        var wanted = new List<double>();
        var refuting = new List<double>();
        foreach ((LandmarkTest condition, LandmarkContrast contrast) in conditions.Zip(contrasts))
        {
            double distance = (condition.Points - condition.ThresholdPoints) * (condition.Wanted == ThresholdSide.Above ? 1 : -1);
            double margin = distance > 0 ? condition.High - condition.Points : condition.RefutingHigh - condition.Points;
            (distance > 0 ? wanted : refuting).Add(basis.TeachersPerWave(contrast.Series) * margin * margin / (distance * distance));
        }

        double needed = refuting.Count > 0 ? refuting.Min() : wanted.Max();
        return needed <= MostTeachersNeeded ? (int)Math.Ceiling(needed / 10) * 10 : null;
    }

    private static IEnumerable<GrowthShare> Shares(Basis basis) =>
        from last in basis.Stages.Skip(2)
        let growth = basis.Contrast(LandmarkSeries.Communication, StageGrowth.Step(Stage.Planning, last))
        where growth.Points - growth.Margin() > 0
        select basis.Share(LandmarkSeries.Communication, StageGrowth.Step(Stage.Planning, Stage.Year1), StageGrowth.Step(Stage.Planning, last), last);

    /// <summary>What contrasts are estimated from.</summary>
    private abstract class Basis(LandmarkBasis kind, IReadOnlyList<Stage> stages)
    {
        public LandmarkBasis Kind { get; } = kind;

        public IReadOnlyList<Stage> Stages { get; } = stages;

        public abstract int Districts { get; }

        public abstract ContrastEstimate Contrast(LandmarkSeries series, IReadOnlyList<double> weights);

        /// <summary>part / whole with its interval; whole is significantly positive.</summary>
        public abstract GrowthShare Share(LandmarkSeries series, double[] part, double[] whole, Stage last);
    }

    /// <summary>Many districts: panel or cross-section.</summary>
    private sealed class MeansBasis(LandmarkBasis kind, IReadOnlyList<Stage> stages, Func<LandmarkSeries, StageMeans> estimate, ulong seed) : Basis(kind, stages)
    {
        private readonly Dictionary<LandmarkSeries, StageMeans> _means = [];
        private double[][]? _resamples;

        public override int Districts => _means.Values.First().Districts;

        public bool Has(LandmarkContrast contrast) => Means(contrast.Series).Contrast(contrast.Weights) is not null;

        public override ContrastEstimate Contrast(LandmarkSeries series, IReadOnlyList<double> weights) => Means(series).Contrast(weights)!.Value;

        public override GrowthShare Share(LandmarkSeries series, double[] part, double[] whole, Stage last)
        {
            StageMeans means = Means(series);
            double total = StageMeans.Sum(whole, means.Means);
            double share = StageMeans.Sum(part, means.Means) / total;
            double delta = Contrast(series, [.. part.Zip(whole, (p, w) => p - share * w)]).Margin() / total;
            bool many = Stages.TakeWhile(stage => stage <= last).All(stage => means.DistrictsAt(stage) >= FewestResampledAtEachStage);
            (double? low, double? high) = many ? Percentiles(means, part, whole) : (share - delta, share + delta);
            return new GrowthShare(last, share, low, high, share - delta, share + delta, share > 1);
        }

        private (double? Low, double? High) Percentiles(StageMeans means, double[] part, double[] whole)
        {
            _resamples ??= means.Resample(Resamples, seed);
            double[] usable =
            [
                .. _resamples
                    .Select(resample => (Part: StageMeans.Sum(part, resample), Whole: StageMeans.Sum(whole, resample)))
                    .Where(growth => growth.Whole > 0)
                    .Select(growth => growth.Part / growth.Whole),
            ];
            return usable.Length >= FewestUsableResamples * Resamples
                ? (Quantiles.At(usable, 0.025, QuantileType.Type7), Quantiles.At(usable, 0.975, QuantileType.Type7))
                : (null, null);
        }

        private StageMeans Means(LandmarkSeries series)
        {
            if (!_means.TryGetValue(series, out StageMeans? means))
            {
                means = estimate(series);
                _means.Add(series, means);
            }

            return means;
        }
    }

    /// <summary>The equal mean of members seen at every stage concerned: teachers' sampling errors only, waves independent.</summary>
    private sealed class OwnWaves(IReadOnlyList<Stage> stages, IReadOnlyList<DistrictStages> members) : Basis(LandmarkBasis.OwnWaves, stages)
    {
        public override int Districts => members.Count;

        public override ContrastEstimate Contrast(LandmarkSeries series, IReadOnlyList<double> weights)
        {
            double points = 0;
            var terms = new List<(double Variance, double DegreesOfFreedom)>();
            foreach ((double weight, DistrictWave wave) in Waves(weights))
            {
                (double variance, double degreesOfFreedom) = series.Sampling(wave);
                points += weight * series.Points(wave);
                terms.Add((weight * weight * variance, degreesOfFreedom));
            }

            return new ContrastEstimate(points, Math.Sqrt(terms.Sum(term => term.Variance)), TwoSidedT.WelchDegrees(terms));
        }

        /// <summary>Fieller's interval [Fieller1954]: all r for which part - r whole is within t SE of 0, with the Welch df at the estimate.</summary>
        public override GrowthShare Share(LandmarkSeries series, double[] part, double[] whole, Stage last)
        {
            ContrastEstimate top = Contrast(series, part);
            ContrastEstimate bottom = Contrast(series, whole);
            double share = top.Points / bottom.Points;
            double t = TwoSidedT.Quantile(Contrast(series, [.. part.Zip(whole, (p, w) => p - share * w)]).DegreesOfFreedom);
            double difference = Contrast(series, [.. part.Zip(whole, (p, w) => p - w)]).StandardError;
            double covariance = (top.StandardError * top.StandardError + bottom.StandardError * bottom.StandardError - difference * difference) / 2;
            double a = bottom.Points * bottom.Points - t * t * bottom.StandardError * bottom.StandardError;
            double b = top.Points * bottom.Points - t * t * covariance;
            double c = top.Points * top.Points - t * t * top.StandardError * top.StandardError;
            double root = Math.Sqrt(Math.Max(0, b * b - a * c));
            return new GrowthShare(last, share, a > 0 ? (b - root) / a : null, a > 0 ? (b + root) / a : null, null, null, share > 1);
        }

        /// <summary>Harmonic mean over the waves concerned: a margin depends on the sum of 1/n (count).</summary>
        public double TeachersPerWave(LandmarkSeries series)
        {
            int[] respondents = [.. members.SelectMany(member => Stages.Select(stage => series.Respondents(member.Waves[(int)stage]!)))];
            return respondents.Length / respondents.Sum(count => 1.0 / count);
        }

        private IEnumerable<(double Weight, DistrictWave Wave)> Waves(IReadOnlyList<double> weights) =>
            from member in members
            from stage in Stages
            where weights[(int)stage] != 0
            select (weights[(int)stage] / members.Count, member.Waves[(int)stage]!);
    }
}
