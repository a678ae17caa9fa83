using Onpoint.Measurement.Norms;

namespace Onpoint.Measurement.Placement;

/// <summary>The non-decreasing curve of stage means that a stage equivalent is read from: docs/methodology.md section 6.</summary>
internal sealed class StageCurve
{
    private const int LastStage = 4;

    /// <summary>A rise below this over a whole stage is a plateau. Points; a twentieth of one answer step.</summary>
    private const double PlateauPoints = 10;

    /// <summary>Half stages; nothing between Year 3 and Year 4+, which has no end.</summary>
    private static readonly double[] Grid = [0, 0.5, 1, 1.5, 2, 2.5, 3, 4];

    private readonly double[] _means;
    private readonly double[] _standardErrors;

    private StageCurve(double[] means, double[] standardErrors) => (_means, _standardErrors) = (means, standardErrors);

    /// <summary>The curve of a measure; null unless all five stages have a cell.</summary>
    public static StageCurve? Of(NormCells cells, string measure)
    {
        NormCell[] stages = [.. DistrictStages.AllStages.Select(stage => cells.Find(measure, stage)).OfType<NormCell>()];
        return stages.Length <= LastStage
            ? null
            : new StageCurve(
                PoolAdjacentViolators([.. stages.Select(cell => cell.MeanPoints)], [.. stages.Select(cell => (double)cell.Districts)]),
                [.. stages.Select(cell => cell.StandardErrorPoints)]);
    }

    /// <summary>The non-decreasing values nearest to the given ones in weighted least squares.</summary>
    /// <param name="values">Shape [n].</param>
    /// <param name="weights">Shape [n], above 0.</param>
    public static double[] PoolAdjacentViolators(IReadOnlyList<double> values, IReadOnlyList<double> weights)
    {
        var pools = new List<(double Mean, double Weight, int Count)>();
        for (int position = 0; position < values.Count; position++)
        {
            (double mean, double weight, int count) = (values[position], weights[position], 1);
            while (pools.Count > 0 && pools[^1].Mean >= mean)
            {
                (double earlier, double earlierWeight, int earlierCount) = pools[^1];
                pools.RemoveAt(pools.Count - 1);
                mean = (earlier * earlierWeight + mean * weight) / (earlierWeight + weight);
                weight += earlierWeight;
                count += earlierCount;
            }

            pools.Add((mean, weight, count));
        }

        return [.. pools.SelectMany(pool => Enumerable.Repeat(pool.Mean, pool.Count))];
    }

    /// <summary>The stages at which districts average a score like this one.</summary>
    /// <param name="x">The score. Points.</param>
    /// <param name="samplingVariance">SE_d². Points squared.</param>
    /// <param name="t">The t quantile of the score's intervals.</param>
    public StageEquivalent Locate(double x, double samplingVariance, double t)
    {
        double curveError = NeighbouringError(x);
        double margin = t * Math.Sqrt(samplingVariance + curveError * curveError);
        if (x + margin < _means[0])
        {
            return new StageEquivalent(StagePosition.BeforePlanning, null, null, null, Plateau: false);
        }

        if (x - margin > _means[LastStage])
        {
            return new StageEquivalent(StagePosition.AboveYear4Plus, null, null, null, Plateau: false);
        }

        double low = FirstAtLeast(x - margin);
        double high = LastAtMost(x + margin);
        double? point = high - low <= 1 ? OnGrid((FirstAtLeast(x) + LastAtMost(x)) / 2, upward: false) : null;
        return new StageEquivalent(StagePosition.Between, OnGrid(low, upward: false), OnGrid(high, upward: true), point, HasPlateau(low, high));
    }

    /// <summary>The larger standard error of the stage means next to the score: those of the curve's pieces that hold it, or of the nearest piece.</summary>
    private double NeighbouringError(double x)
    {
        double held = Math.Clamp(x, _means[0], _means[LastStage]);
        return Enumerable.Range(0, LastStage)
            .Where(stage => _means[stage] <= held && held <= _means[stage + 1])
            .Max(stage => Math.Max(_standardErrors[stage], _standardErrors[stage + 1]));
    }

    /// <summary>The smallest s with c(s) at least x; the end of the curve when there is none.</summary>
    private double FirstAtLeast(double x)
    {
        int stage = Array.FindIndex(_means, mean => mean >= x);
        return stage < 0 ? LastStage
            : stage == 0 ? 0
            : stage - 1 + (x - _means[stage - 1]) / (_means[stage] - _means[stage - 1]);
    }

    /// <summary>The largest s with c(s) at most x; the start of the curve when there is none.</summary>
    private double LastAtMost(double x)
    {
        int stage = Array.FindLastIndex(_means, mean => mean <= x);
        return stage < 0 ? 0
            : stage == LastStage ? LastStage
            : stage + (x - _means[stage]) / (_means[stage + 1] - _means[stage]);
    }

    // The rise over one stage is linear between the places where either end passes a whole stage: its least value is at one of them.
    private bool HasPlateau(double low, double high) =>
        high - low >= 1
        && new[] { low, high - 1 }
            .Concat(Enumerable.Range(0, LastStage).Select(stage => (double)stage).Where(start => start >= low && start <= high - 1))
            .Any(start => At(start + 1) - At(start) < PlateauPoints);

    private double At(double stage)
    {
        int piece = Math.Clamp((int)stage, 0, LastStage - 1);
        return _means[piece] + (stage - piece) * (_means[piece + 1] - _means[piece]);
    }

    private static double OnGrid(double stage, bool upward) => upward
        ? Enumerable.Reverse(Grid).MinBy(point => Math.Abs(point - stage))
        : Grid.MinBy(point => Math.Abs(point - stage));
}
