using System.Globalization;
using MathNet.Numerics.Distributions;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Norms;
using Onpoint.Measurement.Placement;

namespace Onpoint.Measurement.Verification;

/// <summary>One published quantity beside its recomputation.</summary>
/// <param name="Name">Such as <c>benchmark points</c>.</param>
/// <param name="Published">As the file has it; a dash for none.</param>
/// <param name="Recomputed">From the file's totals; unrounded for points and margins.</param>
/// <param name="Equal">Whether rounding the one gives the other.</param>
public sealed record VerifiedQuantity(string Name, string Published, string Recomputed, bool Equal);

/// <summary>What recomputing a score came to.</summary>
/// <param name="Reproduction">The file that was read.</param>
/// <param name="Quantities">Every quantity that was recomputed, in the order of the measures.</param>
/// <param name="NotChecked">Sentences about what the file does not hold enough for.</param>
public sealed record VerificationReport(ScoreReproduction Reproduction, IReadOnlyList<VerifiedQuantity> Quantities, IReadOnlyList<string> NotChecked)
{
    /// <summary>True when all are equal.</summary>
    public bool Equal => FirstDifference is null;

    /// <summary>The first quantity that differs; null when there is none.</summary>
    public VerifiedQuantity? FirstDifference => Quantities.FirstOrDefault(quantity => !quantity.Equal);
}

/// <summary>Recomputes a published score from its file alone: estimates, margins and the placing.</summary>
/// <remarks>
/// Definition: docs/methodology.md sections 3 and 6. A published number is equal when it lies within half a step of the recomputed one: the joint line has nine significant digits, so a
/// number on a half may round either way. Where the degrees of freedom are not exact or the joint line's covariances are rounded, a margin or a placing is equal when some value they leave open gives it.
/// Source: ours.
/// </remarks>
public static class ScoreVerification
{
    /// <summary>What nine significant digits of points up to 1,000 leave open, with room to spare. Points.</summary>
    private const double Rounding = 1e-5;

    private const string None = "-";

    /// <summary>The standard error is open by about half a point, by which an end of a percentile's interval moves by two or three places.</summary>
    private const int PlacingSteps = 200;

    /// <summary>Recomputes.</summary>
    /// <param name="utf8Json">The file, exactly as it was downloaded.</param>
    /// <returns>Every quantity with both values.</returns>
    /// <exception cref="FormatException">The bytes are not a reproduction in canonical form, or its parts do not fit together; the message says where.</exception>
    public static VerificationReport Verify(ReadOnlySpan<byte> utf8Json)
    {
        ScoreReproduction file = CanonicalJson.Read<ScoreReproduction>(utf8Json);
        Check(file);
        double[] units = [.. file.Instrument.Components.Select(component => (double)component.UnitNumerator / component.UnitDenominator)];
        int count = units.Length;
        long eligible = file.Totals.Schools.Sum(line => (long)line.Eligible) + (file.Totals.Joint?.Eligible ?? 0);
        (LineMoments Moments, double Weight)[] lines = [.. file.Totals.Schools.Select(line => (LineMoments.Of(line, units), line.Eligible / (double)eligible))];
        double jointWeight = (file.Totals.Joint?.Eligible ?? 0) / (double)eligible;
        double[] means = [.. Enumerable.Range(0, count).Select(component =>
            lines.Sum(line => line.Weight * line.Moments.MeanPoints[component]) + (file.Totals.Joint is { } joint ? jointWeight * joint.MeanPoints[component] : 0))];
        double[] covariances = [.. Enumerable.Range(0, count * count).Select(position =>
            lines.Sum(line => line.Weight * line.Weight * line.Moments.Covariances[position]) + (file.Totals.Joint?.Covariances[position] ?? 0))];

        double halfStep = (file.Totals.Joint?.CovarianceStep ?? 0) / 2;
        bool placed = file.Norms is not null && file.Totals.CountsExact;
        List<VerifiedQuantity> quantities = [];
        for (int position = 0; position < file.Published.Count; position++)
        {
            ReproducedMeasure measure = file.Instrument.Measures[position];
            PublishedResult published = file.Published[position];
            (int Component, double Weight)[] weights = [.. measure.Weights.Select(weight => (weight.Component, (double)weight.Numerator / weight.Denominator))];
            double points = weights.Sum(weight => weight.Weight * means[weight.Component]);
            double variance = weights.Sum(c => weights.Sum(d => c.Weight * d.Weight * covariances[c.Component * count + d.Component]));

            // The weights sum to 1, so a measure's variance is off by no more than half a step of the covariances.
            (double leastError, double mostError) = (Math.Sqrt(Math.Max(0, variance - halfStep)), Math.Sqrt(Math.Max(0, variance + halfStep)));
            double step = file.Instrument.Scale == ScoreScale.Mean ? 0.01 : 1;
            double most = TwoSidedT.Quantile(file.Totals.LeastDegrees) * mostError;
            double least = (file.Totals.MostDegrees is { } degrees ? TwoSidedT.Quantile(degrees) : Normal.InvCDF(0, 1, (1 + TwoSidedT.Level) / 2)) * leastError;
            quantities.Add(Compare($"{measure.Code} points", published.Points, points, points, step));
            quantities.Add(Compare($"{measure.Code} margin", published.MarginPoints, least, most, step));
            if (placed)
            {
                PublishedResult[] again = [.. Errors(leastError, mostError).Select(error => PublishedResult.Of(measure.Code, null, null, Place(file, position, points, error, lines)))];
                quantities.Add(Compare($"{measure.Code} reliability", published, again, result => result.Reliability is { } lambda ? Number(lambda) : null));
                quantities.Add(Compare($"{measure.Code} band", published, again, result => result.Band));
                quantities.AddRange(new[]
                {
                    Compare($"{measure.Code} percentile", published, again, result => result.StagePercentile),
                    Compare($"{measure.Code} percentile of all stages", published, again, result => result.AllStagesPercentile),
                    Compare($"{measure.Code} stage equivalent", published, again, result => result.StageEquivalent),
                }.Where(quantity => quantity.Published != None || quantity.Recomputed != None));
            }
        }

        List<string> notChecked = [];
        if (file.Norms is not null && !placed)
        {
            notChecked.Add("The placing is not checked: the exact counts it rests on would give a small staff away.");
        }

        return new VerificationReport(file, quantities, notChecked);
    }

    private static MeasurePlacing Place(ScoreReproduction file, int position, double points, double error, (LineMoments Moments, double Weight)[] lines)
    {
        ReproducedMeasure measure = file.Instrument.Measures[position];
        List<WaveStratum> strata = file.Totals.SamplesSchools ? [] :
        [
            .. lines.Zip(file.Totals.Schools, (line, school) => new WaveStratum(line.Weight, [measure.Weights.Min(weight => school.Counts[weight.Component])])),

            // One stratum of one teacher whose squared weight is the joint line's sum of W²/n.
            .. file.Totals.Joint?.SamplingFactors is { } factors ? new[] { new WaveStratum(Math.Sqrt(factors[position]), [1]) } : [],
        ];
        return DistrictPlacement.Place(
            new DistrictWave
            {
                DistrictId = file.Wave.District,
                Wave = file.Wave.Wave,
                Stage = file.Wave.Stage,
                SchoolYear = file.Wave.SchoolYear,
                Responses = file.Totals.Schools.Sum(line => line.ScoredTeachers),
                SmallestCount = Disclosure.DisclosureControl.SmallestExact, // a file exists for at least so many only
                ResponseRate = file.Totals.ResponseRate,
                Measures = [new MeasureSummary(measure.Code, points, error, file.Totals.LeastDegrees, 0, 0, 0)],
                Strata = strata,
            },
            new NormCells(file.Norms!.Cells))[0];
    }

    private static VerifiedQuantity Compare(string name, double? published, double least, double most, double step)
    {
        bool equal = published is { } value && value >= least - step / 2 - Rounding && value <= most + step / 2 + Rounding;
        string range = least == most ? Number(least) : $"{Number(least)} to {Number(most)}";
        return new VerifiedQuantity(name, published is { } number ? Number(number) : None, range, equal);
    }

    /// <summary>Equal when the placing at some standard error that the covariances leave open, the middle one first, has the same part.</summary>
    private static VerifiedQuantity Compare(string name, PublishedResult published, PublishedResult[] again, Func<PublishedResult, string?> part) =>
        new(name, part(published) ?? None, part(again[0]) ?? None, again.Any(result => part(result) == part(published)));

    /// <summary>Standard errors from the least to the most, so close that a whole percentile is met, the middle one first.</summary>
    private static IEnumerable<double> Errors(double least, double most) => least == most
        ? [least]
        : Enumerable.Range(0, PlacingSteps + 1).Select(step => least + (most - least) * step / PlacingSteps).Prepend((least + most) / 2);

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static void Check(ScoreReproduction file)
    {
        int components = file.Instrument.Components.Count;
        Require(file.Schema == ScoreReproduction.CurrentSchema, "schema", $"this program reads {ScoreReproduction.CurrentSchema}");
        Require(components > 0 && file.Instrument.Components.All(component => component is { UnitNumerator: > 0, UnitDenominator: > 0 }), "instrument.components", "each needs a unit above 0");
        foreach ((int position, ReproducedMeasure measure) in file.Instrument.Measures.Index())
        {
            Require(
                measure.Weights.Count > 0 && measure.Weights.All(weight => weight.Component >= 0 && weight.Component < components && weight is { Numerator: > 0, Denominator: > 0 }),
                $"instrument.measures[{position}].weights", "each needs a component and a fraction above 0");
        }

        Require(file.Published.Select(result => result.Measure).SequenceEqual(file.Instrument.Measures.Select(measure => measure.Code)), "published", "one result per measure of the instrument, in its order");
        Require(file.Totals.Schools.Count > 0 || file.Totals.Joint is not null, "totals", "there is no line");
        Require(file.Totals.LeastDegrees >= 1 && !(file.Totals.MostDegrees < file.Totals.LeastDegrees), "totals.leastDegrees", "at least 1, and at most mostDegrees");
        foreach ((int position, SchoolLine line) in file.Totals.Schools.Index())
        {
            string place = $"totals.schools[{position}]";
            Require(line.Eligible > 0, $"{place}.eligible", "above 0");
            Require(line.Counts.Count == components && line.Counts.All(count => count > 1), $"{place}.counts", "at least 2 for each component");
            Require(line.Sums.Count == components, $"{place}.sums", "one for each component");
            Require(
                line.Pairs.Select(pair => (pair.First, pair.Second)).SequenceEqual(Enumerable.Range(0, components).SelectMany(first => Enumerable.Range(0, first + 1).Select(second => (first, second)))),
                $"{place}.pairs", "every pair of components once, in order");
        }

        if (file.Totals.Joint is { } joint)
        {
            Require(joint.Eligible > 0, "totals.joint.eligible", "above 0");
            Require(joint.MeanPoints.Count == components, "totals.joint.meanPoints", "one for each component");
            Require(joint.CovarianceStep >= 0, "totals.joint.covarianceStep", "0 or above");
            Require(joint.Covariances.Count == components * components, "totals.joint.covariances", "one for each pair of components");
            Require(
                joint.SamplingFactors is not { } factors ? file.Totals.SamplesSchools || !file.Totals.CountsExact : factors.Count == file.Instrument.Measures.Count && factors.All(factor => factor > 0),
                "totals.joint.samplingFactors", "one above 0 for each measure");
        }
    }

    private static void Require(bool holds, string place, string rule)
    {
        if (!holds)
        {
            throw new FormatException($"{place}: {rule}.");
        }
    }
}
