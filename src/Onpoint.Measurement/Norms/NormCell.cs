namespace Onpoint.Measurement.Norms;

/// <summary>The norms of one measure at one stage, or over all stages: docs/methodology.md section 5.</summary>
public sealed record NormCell
{
    /// <summary>The measure's code.</summary>
    public required string Measure { get; init; }

    /// <summary>The stage; null for all stages.</summary>
    public required Stage? Stage { get; init; }

    /// <summary>D: districts (count, at least 5).</summary>
    public required int Districts { get; init; }

    /// <summary>Teacher responses behind them (count).</summary>
    public required int Responses { get; init; }

    /// <summary>Unweighted mean of the X_d. Points.</summary>
    public required double MeanPoints { get; init; }

    /// <summary>Standard error of that mean over districts: sample SD of the X_d / sqrt(D). Points.</summary>
    public required double StandardErrorPoints { get; init; }

    /// <summary>Mean SE_d^2 of its districts. Points squared.</summary>
    public required double MeanSamplingVariance { get; init; }

    /// <summary>tau: between-district SD by REML. Points; null below 10 districts.</summary>
    public required double? TauPoints { get; init; }

    /// <summary>s_w: pooled within-school SD of teachers. Points; null without degrees of freedom.</summary>
    public required double? WithinSdPoints { get; init; }

    /// <summary>Type 8 quantiles of the X_d at 1..99 per cent. Points; empty below 10 districts.</summary>
    public required IReadOnlyList<double> RawQuantiles { get; init; }

    /// <summary>Noise-corrected quantiles at 1..99 per cent. Points; empty below 10 districts.</summary>
    public required IReadOnlyList<double> Quantiles { get; init; }

    /// <summary>Fewer than 20 districts or under 1,000 responses.</summary>
    public required bool Provisional { get; init; }
}

/// <summary>The published cells of an edition, or of an edition without one district.</summary>
/// <param name="Cells">At most one per measure and stage.</param>
public sealed record NormCells(IReadOnlyList<NormCell> Cells)
{
    /// <summary>The cell of a measure at a stage, or over all stages when the stage is null; null when it is not published.</summary>
    public NormCell? Find(string measure, Stage? stage)
    {
        foreach (NormCell cell in Cells)
        {
            if (cell.Measure == measure && cell.Stage == stage)
            {
                return cell;
            }
        }

        return null;
    }
}
