using System.Globalization;
using Onpoint.Measurement;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Placement;

namespace Onpoint.Web.Platform;

/// <summary>
/// The only place a number becomes text, so a page, a chart and a report never round one value two ways. Halves round away from
/// zero; the built-in "P0" and "F0" formats do not agree with each other there. A no-break space keeps a number and its unit on one line.
/// </summary>
internal static class Display
{
    /// <summary>U+00A0.</summary>
    public const char NoBreak = '\u00A0';

    private const char Minus = '\u2212';
    private const char EnDash = '\u2013';

    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>Points to the nearest whole point: 812.5 is "813", 1000 is "1,000".</summary>
    public static string Points(double points) => Whole(points).ToString("#,0", English).Replace('-', Minus);

    /// <summary>A published score: "636"; of five to nine teachers "about 640", "above 940" or "below 260". The score must not be withheld.</summary>
    public static string Score(PublishedMeasure score)
    {
        double points = score.Points ?? throw new ArgumentException("A withheld score has no text.", nameof(score));
        return score.Rounding == 1 ? Points(points)
            : !IsBound(score) ? $"about{NoBreak}{Points(points)}"
            : $"{(score.Bound == PublishedBound.Above ? "above" : "below")}{NoBreak}{Points(points)}";
    }

    /// <summary>What a picture may draw of a score: beside "above 940" the bound without a margin, lest the mark say more than the words.</summary>
    public static (double? Points, double? MarginPoints) Drawn(PublishedMeasure score) =>
        (score.Points, IsBound(score) ? null : score.MarginPoints);

    /// <summary>"± 21"; empty when there is no margin, and beside "above 940", which is no estimate that could have one.</summary>
    public static string Margin(PublishedMeasure score) => IsBound(score) || score.MarginPoints is not { } points ? "" : Margin(points);

    /// <summary>"± 30".</summary>
    public static string Margin(double points) => $"±{NoBreak}{Points(points)}";

    /// <summary>"636 ± 21", or "636" when there is no margin.</summary>
    public static string WithMargin(double points, double? margin) => Joined(Points(points), margin is { } known ? Margin(known) : "");

    /// <summary>"636 ± 21" or "about 640 ± 48".</summary>
    public static string WithMargin(PublishedMeasure score) => Joined(Score(score), Margin(score));

    /// <summary>A change: "+31", "−5" or "0".</summary>
    public static string Signed(double points) => Whole(points) > 0 ? $"+{Points(points)}" : Points(points);

    /// <summary>"+31 ± 30".</summary>
    public static string SignedWithMargin(double points, double margin) => Joined(Signed(points), Margin(margin));

    /// <summary>A fraction in whole per cent: 0.125 is "13 %".</summary>
    public static string Percent(double fraction) => $"{Whole(100 * (decimal)fraction).ToString("0", English)}{NoBreak}%";

    /// <summary>A statistic with two decimals: a correlation of .4449 is "0.44".</summary>
    public static string Hundredths(double number) =>
        Math.Round((decimal)number, 2, MidpointRounding.AwayFromZero).ToString("0.00", English).Replace('-', Minus);

    /// <summary>A p value with two decimals; below .005 "&lt; 0.01".</summary>
    public static string PValue(double p) => p < 0.005 ? $"<{NoBreak}0.01" : Hundredths(p);

    /// <summary>A share of growth: "83 %", and above the whole "all of it".</summary>
    public static string Share(double fraction) => fraction > 1 ? "all of it" : Percent(fraction);

    /// <summary>"1st", "22nd", "13th".</summary>
    public static string Ordinal(int number)
    {
        string ending = (number % 100, number % 10) switch
        {
            ( >= 11 and <= 13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        return Count(number) + ending;
    }

    /// <summary>"14,812".</summary>
    public static string Count(int number) => number.ToString("#,0", English);

    /// <summary>Small counts as words, as sentences want them: "one" to "nine", then "10".</summary>
    public static string CountInWords(int number) => number switch
    {
        0 => "none",
        1 => "one",
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => "six",
        7 => "seven",
        8 => "eight",
        9 => "nine",
        _ => Count(number),
    };

    /// <summary>A score as a mean answer, 636 points are "3.2": 200 points make one step.</summary>
    public static string AnswerMean(double points) =>
        Math.Round((decimal)points / 200, 1, MidpointRounding.AwayFromZero).ToString("0.0", English);

    /// <summary>The school year that ends in 2026: "2025–26".</summary>
    public static string SchoolYear(int endingYear) =>
        $"{(endingYear - 1).ToString("0000", English)}{EnDash}{(endingYear % 100).ToString("00", English)}";

    /// <summary>"spring 2026"; a fall term lies in the year before the ending year; another term is "summer session, 2025–26".</summary>
    public static string Term(string term, int endingYear) => term.Trim().ToLowerInvariant() switch
    {
        "" => SchoolYear(endingYear),
        "fall" or "autumn" => $"{term.Trim().ToLowerInvariant()}{NoBreak}{(endingYear - 1).ToString("0000", English)}",
        "spring" or "winter" => $"{term.Trim().ToLowerInvariant()}{NoBreak}{endingYear.ToString("0000", English)}",
        string other => $"{other}, {SchoolYear(endingYear)}",
    };

    /// <summary>"Planning", "Year 2", "Year 4+".</summary>
    public static string StageName(Stage stage) => StageWords.Of(stage).Replace(' ', NoBreak);

    /// <summary>A half stage: 1.5 is "Year 1½", 0.5 is "Year ½", whole ones as <see cref="StageName"/>.</summary>
    public static string HalfStage(double stage)
    {
        int whole = (int)Math.Floor(stage);
        return stage == whole ? StageName((Stage)whole) : $"Year{NoBreak}{(whole == 0 ? "" : whole.ToString(English))}½";
    }

    /// <summary>The first letter as a capital, for a sentence or a table cell.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> parts) => parts.Count switch
    {
        0 => "",
        1 => parts[0],
        _ => $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}",
    };

    private static bool IsBound(PublishedMeasure score) => score.Bound != PublishedBound.None;

    private static string Joined(string number, string margin) => margin.Length == 0 ? number : $"{number}{NoBreak}{margin}";

    /// <summary>A percentile with its interval: "47th (26 to 69)".</summary>
    public static string Percentile(Percentile percentile) =>
        $"{Ordinal(Place(percentile.Value))} ({Place(percentile.Low)} to {Place(percentile.High)})";

    // Decimal, because 28.5 as a double may be a hair below and would round the wrong way.
    /// <summary>A place among 100 districts as a whole number, 1 to 99.</summary>
    public static int Place(double percentile) => Math.Clamp((int)Whole(percentile), 1, 99);

    private static decimal Whole(double number) => Whole((decimal)number);

    private static decimal Whole(decimal number) => Math.Round(number, MidpointRounding.AwayFromZero);
}
