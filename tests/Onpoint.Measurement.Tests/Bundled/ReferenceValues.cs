using System.Globalization;
using Onpoint.Measurement.Tests.Synthesis;

namespace Onpoint.Measurement.Tests.Bundled;

/// <summary>Numbers that an R script of this folder wrote: lines of name and value, made with R 4.2.2 by the command at the script's head.</summary>
internal static class ReferenceValues
{
    public static IReadOnlyDictionary<string, double> Read(string file) => File
        .ReadLines(BundledSurveys.PathOf("..", "tests", "Onpoint.Measurement.Tests", "Bundled", file))
        .Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(cells => cells[0], cells => double.Parse(cells[1], CultureInfo.InvariantCulture));

    /// <summary>The same names on both sides, and every value within a relative tolerance.</summary>
    public static void AssertSame(IReadOnlyDictionary<string, double> reference, IReadOnlyDictionary<string, double> ours, double relative)
    {
        Assert.Equal(reference.Keys.Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal));
        Assert.All(reference, value => Assert.True(
            Math.Abs(ours[value.Key] - value.Value) <= relative * Math.Abs(value.Value),
            $"{value.Key}: {ours[value.Key]:R}, in R {value.Value:R}."));
    }
}
