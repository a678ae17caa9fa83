using Onpoint.Measurement;
using Onpoint.Measurement.Comparisons;
using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Growth;
using Onpoint.Measurement.Landmarks;
using Onpoint.Measurement.Placement;
using Onpoint.Web.Database;
using Onpoint.Web.Features.Districts;
using Onpoint.Web.Features.Landmarks;
using Onpoint.Web.Platform;
using Spectre.Console;

namespace Onpoint.Web.Features.Analysis;

/// <summary>An analysis as tables at the terminal.</summary>
internal static class AnalysisText
{
    private const string None = "-";

    public static void Print(SurveyAnalysis analysis)
    {
        Overview(analysis);
        Components(analysis);
        Items(analysis);
        Waves(analysis);
        Placings(analysis);
        Comparisons(analysis);
        Changes(analysis);
        Growth(analysis);
        Landmarks(analysis);
    }

    private static void Overview(SurveyAnalysis analysis)
    {
        AnalysisCounts counts = analysis.Counts;
        AnalysisSettings settings = analysis.Settings;
        Console.WriteLine($"{analysis.Instrument.Code} {analysis.Instrument.Version}{(counts.Synthetic ? ", synthetic data" : "")}");
        Console.WriteLine($"{Display.Count(counts.Responses)} answers, {Display.Count(counts.Waves)} waves, {Display.Count(counts.Schools)} schools, {Districts(counts.Districts)}");
        Console.WriteLine($"Design: {Kebab.Name(settings.Design)}{(settings.PopulationSchools is { } schools ? $", of {Display.Count(schools)} schools in all, finite population corrections on" : "")}");
        Console.WriteLine(settings.Edition is { } edition ? $"Norms: edition {edition.Id}, {Kebab.Name(edition.Kind)}, SHA-256 {edition.Sha256}{(edition.WithoutDistrict is { } own ? $", without the waves of {own}" : "")}" : "Norms: none; name an edition with --norms to place the districts");
        Console.WriteLine(settings.DisclosureControl ? "Disclosure control: on" : "Disclosure control: OFF. Units of few teachers are shown; keep this output to yourself.");
    }

    private static void Components(SurveyAnalysis analysis)
    {
        Heading("Reliability of the components");
        Table table = TerminalTable.New(
            ["Component"],
            ["Answers", "Complete", "Alpha", "95 % interval", "Pairwise", "Standardised", "Mean r", "ICC(1)", "ICC(2)", "SD districts", "SD schools", "SD teachers"]);
        foreach (ComponentReport component in analysis.Components)
        {
            if (component.Reliability is not { } reliability)
            {
                table.AddRow(component.Component, "protected");
                continue;
            }

            table.AddRow(
                component.Component,
                Display.Count(reliability.Respondents),
                Display.Count(reliability.CompleteRespondents),
                Hundredths(reliability.AlphaListwise?.Value),
                reliability.AlphaListwise is { } alpha ? $"{Display.Hundredths(alpha.Lower)} to {Display.Hundredths(alpha.Upper)}" : None,
                Hundredths(reliability.AlphaPairwise?.Value),
                Hundredths(reliability.AlphaStandardised?.Value),
                Hundredths(reliability.MeanInterItemCorrelation),
                Hundredths(component.Schools?.Icc1),
                Hundredths(component.Schools?.Icc2),
                Points(component.Variances?.BetweenDistrictsSdPoints),
                Points(component.Variances?.BetweenSchoolsSdPoints),
                Points(component.Variances?.WithinSchoolsSdPoints));
        }

        TerminalTable.Print(table);
    }

    private static void Items(SurveyAnalysis analysis)
    {
        Heading("Items");
        Table table = TerminalTable.New(["Component", "Item"], ["Answers", "Missing", "Mean", "SD", "Lowest", "Highest", "Item-rest r", "Alpha without"]);
        foreach (ComponentReport component in analysis.Components)
        {
            foreach (ItemReport item in component.Items ?? [])
            {
                if (item.Statistics is not { } statistics)
                {
                    table.AddRow(component.Component, item.Item, "protected");
                    continue;
                }

                table.AddRow(
                    component.Component,
                    item.Item,
                    Display.Count(statistics.Answers),
                    Percent(statistics.MissingShare),
                    Hundredths(statistics.Mean),
                    Hundredths(statistics.StandardDeviation),
                    Percent(statistics.FloorShare),
                    Percent(statistics.CeilingShare),
                    Hundredths(statistics.ItemRestCorrelation),
                    Hundredths(statistics.AlphaIfDeleted));
            }
        }

        TerminalTable.Print(table);
    }

    private static void Waves(SurveyAnalysis analysis)
    {
        string[] measures = [.. analysis.Waves.SelectMany(wave => wave.Total.Measures).Select(measure => measure.Measure).Distinct()];
        Heading("Scores with 95 % margins");
        Table table = TerminalTable.New(["District", "Wave", "Stage", "School"], ["Answers", "Of", .. measures]);
        foreach (WaveReport wave in analysis.Waves)
        {
            foreach (UnitReport unit in wave.Schools.Where(school => !school.Protected).Prepend(wave.Total))
            {
                table.AddRow(
                [
                    wave.District, wave.Wave, wave.Stage is { } stage ? Display.StageName(stage) : None, unit.School ?? "all",
                    unit.Responses is { } responses ? Display.Count(responses) : None, unit.Eligible is { } eligible ? Display.Count(eligible) : None,
                    .. unit.Protected ? measures.Select(_ => "protected") : measures.Select(code => Score(unit.Measures.FirstOrDefault(measure => measure.Measure == code))),
                ]);
            }

            if (wave.Schools.Count(school => school.Protected) is > 0 and var hidden)
            {
                table.AddRow(wave.District, wave.Wave, "", $"{Display.Count(hidden)} protected");
            }
        }

        TerminalTable.Print(table);
    }

    private static void Placings(SurveyAnalysis analysis)
    {
        WaveReport[] placed = [.. analysis.Waves.Where(wave => wave.Placing is not null)];
        if (placed.Length == 0)
        {
            return;
        }

        Heading("Placed against the norms");
        Table table = TerminalTable.New(["District", "Wave", "Measure"], ["Score", "Stage mean", "Reliability", "Percentile at its stage", "Of all stages", "Band", "Stage equivalent"]);
        foreach (WaveReport wave in placed)
        {
            foreach (MeasurePlacing placing in wave.Placing!)
            {
                table.AddRow(
                    wave.District,
                    wave.Wave,
                    placing.Measure,
                    Display.WithMargin(placing.Points, placing.MarginPoints),
                    Points(placing.StageMeanPoints),
                    Hundredths(placing.Reliability),
                    Placed(placing.StagePercentile, Display.Percentile),
                    Placed(placing.AllStagesPercentile, Display.Percentile),
                    Placed(placing.Band, Band),
                    Placed(placing.StageEquivalent, Equivalent));
            }
        }

        TerminalTable.Print(table);
        foreach (WaveReport wave in placed)
        {
            Console.WriteLine($"Where to start, {wave.District} {wave.Wave}: {Start(wave.WhereToStart!)}");
        }
    }

    private static void Comparisons(SurveyAnalysis analysis)
    {
        if (analysis.Comparisons.Count == 0)
        {
            return;
        }

        Heading("Districts of one stage beside each other, benchmark score (categories and pairs: --format json)");
        Table table = TerminalTable.New(["Stage", "District"], ["Score", "Teachers", "Position", "95 % interval", "Funnel", "Pairs that differ"]);
        foreach (ComparisonReport report in analysis.Comparisons.Where(report => report.Pairs is not null))
        {
            foreach (LeaguePosition place in report.League.OrderBy(place => place.Rank).ThenBy(place => place.DistrictId, StringComparer.Ordinal))
            {
                FunnelPlace? funnel = report.Funnel?.FirstOrDefault(known => known.DistrictId == place.DistrictId);
                table.AddRow(
                    Display.StageName(report.Stage),
                    place.DistrictId,
                    Display.Points(place.Points),
                    funnel is null ? None : Display.Count(funnel.Respondents),
                    Display.Count(place.Rank),
                    $"{Display.Count(place.BestRank)} to {Display.Count(place.WorstRank)}",
                    funnel is null ? None : Kebab.Words(funnel.Position),
                    Display.Count(report.Pairs!.Count(pair => pair.Verdict != DifferenceVerdict.NoDetectableDifference && (pair.FirstId == place.DistrictId || pair.SecondId == place.DistrictId))));
            }
        }

        TerminalTable.Print(table);
    }

    private static void Changes(SurveyAnalysis analysis)
    {
        if (analysis.Changes.Count == 0)
        {
            return;
        }

        Heading("Changes between waves (categories and components after Holm)");
        Table table = TerminalTable.New(["District", "From", "To", "Measure"], ["Change", "Verdict", "True change found four times in five", "p"]);
        foreach (ChangeReport change in analysis.Changes)
        {
            switch (change.Changes)
            {
                case Placing<IReadOnlyList<MeasureChange>>.Made(var measures):
                    foreach (MeasureChange measure in measures)
                    {
                        table.AddRow(
                            change.District, change.From, change.To, measure.Measure, Display.SignedWithMargin(measure.Points, measure.MarginPoints), Kebab.Words(measure.Verdict),
                            Display.Points(measure.FoundFourInFivePoints), Display.PValue(measure.AdjustedP));
                    }

                    break;
                case Placing<IReadOnlyList<MeasureChange>>.Withheld(var reason):
                    table.AddRow(change.District, change.From, change.To, Kebab.Words(reason));
                    break;
            }
        }

        TerminalTable.Print(table);
    }

    private static void Growth(SurveyAnalysis analysis)
    {
        GrowthTable[] grown = [.. analysis.Growth.Where(table => table.CrossSection?.Stages.Count > 1)];
        if (grown.Length == 0)
        {
            return;
        }

        Heading("Growth over the stages");
        Table table = TerminalTable.New(["Measure", "Estimate"], ["Districts", .. Enum.GetValues<Stage>().Select(Display.StageName), "Growth"]);
        foreach (GrowthTable measure in grown)
        {
            foreach ((string name, GrowthCurve? curve) in (ReadOnlySpan<(string, GrowthCurve?)>)[("cross-section", measure.CrossSection), ("panel", measure.Panel)])
            {
                if (curve is null)
                {
                    continue;
                }

                table.AddRow(
                [
                    measure.Measure, name, Display.Count(curve.Districts),
                    .. Enum.GetValues<Stage>().Select(stage => curve.Stages.FirstOrDefault(mean => mean.Stage == stage) is { } mean ? Display.WithMargin(mean.Points, mean.MarginPoints) : None),
                    curve.Total is { } total ? Grown(total) : None,
                ]);
            }
        }

        TerminalTable.Print(table);
    }

    private static string Grown(StageStep step) => step.MarginPoints is { } margin ? Display.SignedWithMargin(step.Points, margin) : Display.Signed(step.Points);

    private static void Landmarks(SurveyAnalysis analysis)
    {
        if (analysis.Landmarks.Count == 0)
        {
            return;
        }

        Heading("Landmarks");
        Table table = TerminalTable.New(["Of", "Landmark", "Verdict", "Basis", "Growth by Year 1"], []);
        foreach (LandmarkReport report in analysis.Landmarks)
        {
            foreach (LandmarkResult result in report.Results)
            {
                string reason = result.Reason is { } why ? $": {Kebab.Words(why)}" : "";
                string needed = result.TeachersNeeded is { } teachers ? $" (about {Display.Count(teachers)} teachers a wave would do)" : "";
                string basis = result.Basis is { } found ? $"{Kebab.Words(found)}, {Districts(result.Districts)}" : None;
                table.AddRow(
                    report.District ?? "all districts", LandmarkWords.Slug(result.Landmark), Kebab.Words(result.Verdict) + reason + needed, basis,
                    result.Shares.Count > 0 ? Share(result.Shares[^1]) : "");
            }
        }

        TerminalTable.Print(table);
    }

    private static string Districts(int count) => count == 1 ? "1 district" : $"{Display.Count(count)} districts";

    private static string Share(GrowthShare share)
    {
        string interval = share is { Low: { } low, High: { } high } ? $" ({Display.Percent(Math.Max(0, low))} to {Display.Percent(high)})" : "";
        string soFar = share.Last == Stage.Year4Plus ? "" : " of the growth so far";
        return Display.Share(share.Share) + interval + soFar;
    }

    private static void Heading(string text)
    {
        Console.WriteLine();
        Console.WriteLine(text);
    }

    private static string Score(MeasureReport? measure) => measure?.Points is not { } points ? None
        : measure.RoundedTo is null ? Display.WithMargin(points, measure.MarginPoints)
        : Display.WithMargin(new PublishedMeasure(measure.Measure, points, measure.MarginPoints, measure.Teachers, measure.RoundedTo.Value, measure.Bound));

    private static string Placed<T>(Placing<T> placing, Func<T, string> text) => placing switch
    {
        Placing<T>.Made(var value) => text(value),
        Placing<T>.Withheld(var reason) => Kebab.Words(reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Band(LikelyBand band) => DistrictSentences.Bands(band.Lowest == band.Highest ? [band.Lowest] : [band.Lowest, band.Highest]);

    private static string Equivalent(StageEquivalent equivalent) => equivalent switch
    {
        { Position: not StagePosition.Between } => Kebab.Words(equivalent.Position),
        { Point: { } point } => Display.HalfStage(point),
        _ => $"{Display.HalfStage(equivalent.Low!.Value)} to {Display.HalfStage(equivalent.High!.Value)}{(equivalent.Plateau ? ", a plateau" : "")}",
    };

    private static string Start(WhereToStart start) => start switch
    {
        WhereToStart.Named(var category, var component) => component is null ? category : $"{category}, {component}",
        WhereToStart.NothingBelow => "nothing lies below its stage mean",
        WhereToStart.LowestTwoAlike(var first, var second) => $"{first} or {second}: the lowest two cannot be told apart",
        WhereToStart.Withheld(var reason) => Kebab.Words(reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Hundredths(double? number) => number is { } known ? Display.Hundredths(known) : None;

    private static string Percent(double? fraction) => fraction is { } known ? Display.Percent(known) : None;

    private static string Points(double? points) => points is { } known ? Display.Points(known) : None;
}
