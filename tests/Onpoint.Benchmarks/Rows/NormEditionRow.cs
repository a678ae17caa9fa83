using System.Globalization;
using Onpoint.Benchmarks.Ratios;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Norms;
using Onpoint.Web.Features.Imports;

namespace Onpoint.Benchmarks.Rows;

/// <summary>
/// The bundled edition built from its district-waves, with 2,000 resamples, jackknife and landmarks. Beside it the same statistics in R; R's start and its reading of the
/// rows do not count.
/// </summary>
internal sealed class NormEditionRow : RatioRow
{
    public override string Name => "norm-edition";

    public override string Unit => "s";

    public override IReadOnlyList<Limit> Goal { get; } = [new(LimitedFigure.Ours, AtLeast: false, 1, "s")];

    public override async Task<Measured> MeasureAsync(CancellationToken cancellationToken)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "sample-surveys", "national-2026-synthetic");
        var bundled = NormEdition.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "edition.json"), cancellationToken));
        IReadOnlyList<DistrictWave> waves = FolderScores.Contributed(SurveyFolder.Read(folder));
        string rows = Path.Combine(Path.GetTempPath(), $"onpoint-benchmarks-{Guid.NewGuid():N}.csv");
        await File.WriteAllLinesAsync(rows, Csv(NormEditionBuilder.Include(waves)), cancellationToken);
        try
        {
            string? rscript = Opponent.Find("Rscript");
            Figures figures = await Pairs.RunAsync(
                async () => await Pairs.MillisecondsAsync(() => BuildAsync(bundled, waves)) / 1000,
                rscript is null ? null : () => SecondsOfRAsync(rscript, rows, bundled, cancellationToken),
                cancellationToken);
            return new Measured(figures, rscript is null ? "Rscript is not installed" : null, OpponentMissing: rscript is null);
        }
        finally
        {
            File.Delete(rows);
        }
    }

    private static Task BuildAsync(NormEdition bundled, IReadOnlyList<DistrictWave> waves)
    {
        NormEdition built = NormEditionBuilder.Build(bundled.Id, bundled.Kind, bundled.InstrumentCode, bundled.InstrumentVersion, waves, bundled.Seed);
        return built.DatasetHash == bundled.DatasetHash && built.Landmarks.Count == bundled.Landmarks.Count
            ? Task.CompletedTask
            : throw new InvalidOperationException("That is not the bundled edition.");
    }

    /// <summary>Runs the script, which times itself, and sees that it did the same work.</summary>
    private static async Task<double> SecondsOfRAsync(string rscript, string rows, NormEdition edition, CancellationToken cancellationToken)
    {
        string output = await Opponent.RunAsync(rscript, ["--vanilla", Opponent.File("norm-edition.R"), rows], cancellationToken);
        var values = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(line => line[0], line => double.Parse(line[1], CultureInfo.InvariantCulture));
        GrowthCurve[] curves = [.. edition.Growth.SelectMany(table => new[] { table.CrossSection!, table.Panel! })];
        GrowthShare[] shares = [.. edition.Landmarks.SelectMany(landmark => landmark.Shares)];
        foreach ((string name, double ours, double tolerance) in new (string, double, double)[]
        {
            ("tau", edition.Cells.Sum(cell => cell.TauPoints!.Value), 1e-6),
            ("quantiles", edition.Cells.Sum(cell => cell.Quantiles.Sum()), 1e-6),
            ("growth-margins", curves.Sum(curve => curve.Total!.MarginPoints!.Value + curve.Steps.Sum(step => step.MarginPoints!.Value) + curve.Stages.Sum(stage => stage.MarginPoints!.Value)), 1e-6),
            ("landmark-intervals", edition.Landmarks.Sum(landmark => landmark.Gates.Sum(gate => gate.High) + landmark.Conditions.Sum(condition => condition.RefutingHigh)), 1e-6),
            ("delta-intervals", shares.Sum(share => share.DeltaLow!.Value + share.DeltaHigh!.Value), 1e-6),
            ("resampled-intervals", shares.Sum(share => share.Low!.Value + share.High!.Value), 0.02), // other random numbers
        })
        {
            if (Math.Abs(values[name] - ours) > tolerance * Math.Abs(ours))
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"R's {name} add up to {values[name]}, ours to {ours}."));
            }
        }

        return values["seconds"];
    }

    private static IEnumerable<string> Csv(IReadOnlyList<DistrictWave> waves)
    {
        IEnumerable<string> measures = waves[0].Measures.Select(summary => summary.Measure);
        yield return string.Join(',', ["district_id", "stage", "school_year", "responses", .. measures.SelectMany(measure => new[] { $"points.{measure}", $"error.{measure}", $"degrees.{measure}", $"squares.{measure}" })]);
        foreach (DistrictWave wave in waves)
        {
            yield return string.Join(',',
            [
                wave.DistrictId, $"{(int)wave.Stage}", $"{wave.SchoolYear}", $"{wave.Responses}",
                .. wave.Measures.SelectMany(summary => new[] { summary.Points, summary.StandardErrorPoints, summary.WithinDegrees, summary.WithinSumSquares })
                    .Select(value => value.ToString("R", CultureInfo.InvariantCulture)),
            ]);
        }
    }
}
