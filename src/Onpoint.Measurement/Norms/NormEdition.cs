namespace Onpoint.Measurement.Norms;

/// <summary>Where the districts of an edition come from.</summary>
public enum EditionKind
{
    /// <summary>Made by the published generator; says so wherever it is used.</summary>
    Synthetic,

    /// <summary>Districts that agreed to contribute.</summary>
    Contributed,

    /// <summary>A probability sample of districts.</summary>
    ProbabilitySample,
}

/// <summary>The norms of one measure at one stage, or over all stages.</summary>
public sealed record NormCell
{
    /// <summary>The measure's code.</summary>
    public required string Measure { get; init; }

    /// <summary>The stage; null for all stages.</summary>
    public Stage? Stage { get; init; }

    /// <summary>D: districts (count).</summary>
    public required int Districts { get; init; }

    /// <summary>Teacher responses behind them (count).</summary>
    public required int Responses { get; init; }

    /// <summary>Unweighted mean of the X_d. Points.</summary>
    public required double MeanPoints { get; init; }

    /// <summary>Standard error of that mean over districts. Points.</summary>
    public required double StandardErrorPoints { get; init; }

    /// <summary>Mean SE_d^2 of its districts. Points squared.</summary>
    public required double MeanSamplingVariance { get; init; }

    /// <summary>tau: between-district SD by REML. Points; null below 10 districts.</summary>
    public double? TauPoints { get; init; }

    /// <summary>s_w: pooled within-school SD of teachers. Points; null without degrees of freedom.</summary>
    public double? WithinSdPoints { get; init; }

    /// <summary>Type 8 quantiles of the X_d at 1..99 per cent. Points; empty below 10 districts.</summary>
    public required IReadOnlyList<double> RawQuantiles { get; init; }

    /// <summary>Noise-corrected quantiles at 1..99 per cent. Points; empty below 10 districts.</summary>
    public required IReadOnlyList<double> Quantiles { get; init; }

    /// <summary>Fewer than 20 districts or under 1,000 responses.</summary>
    public required bool Provisional { get; init; }
}
