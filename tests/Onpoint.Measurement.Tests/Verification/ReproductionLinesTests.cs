using Onpoint.Measurement.Disclosure;
using Onpoint.Measurement.Estimation;
using Onpoint.Measurement.Verification;

namespace Onpoint.Measurement.Tests.Verification;

public sealed class ReproductionLinesTests
{
    /// <summary>The lines' own arithmetic, multiplied out, against the estimator's, deviation by deviation.</summary>
    [Fact]
    public void The_lines_add_up_to_the_estimate()
    {
        VerifiedWave wave = new VerifiedWave().Answer("a", 60, 40).Answer("b", 50, 30).Answer("c", 200, 24).Answer("e", 18, 9).Answer("g", 8, 8);
        WaveEstimate estimate = wave.Estimate;
        ReproductionTotals totals = wave.Totals()!;
        double[] units = [.. wave.Plan.Components.ToArray().Select(component => component.Unit.Points)];
        double all = 60 + 50 + 200 + 18 + 8;

        Assert.Equal(["a", "b", "c"], totals.Schools.Select(line => line.School));
        Assert.Equal(["e", "g"], totals.Joint!.Schools);
        Assert.Equal(26, totals.Joint.Eligible);
        for (int component = 0; component < 3; component++)
        {
            double mean = totals.Schools.Sum(line => line.Eligible / all * line.Sums[component] * units[component] / line.Counts[component]) + 26 / all * totals.Joint.MeanPoints[component];
            Assert.Equal(estimate.District.Measures[3 + component].Points!.Value, mean, 1e-9);
        }

        for (int position = 0; position < 9; position++)
        {
            double covariance = totals.Schools.Sum(line => line.Eligible / all * line.Eligible / all * LineMoments.Of(line, units).Covariances[position]) + totals.Joint.Covariances[position];
            Assert.Equal(estimate.District.ComponentCovariances![position], covariance, 1e-7);
        }

        // Roster 8: its count is not exact, so neither are the degrees of freedom: 94 teachers with lines of their own, ten at least in the joint one, a stratum each.
        Assert.Equal((false, (int?)null, (double?)null), (totals.CountsExact, totals.MostDegrees, totals.ResponseRate));
        Assert.Equal(94 + 10 - 5, totals.LeastDegrees);
        Assert.Null(totals.Joint.SamplingFactors);
    }

    /// <summary>By hand: strata a (W = 60/100) and the pool of e and f: 40 of 100; 30 and 10 scores at most: read from the estimate's own counts.</summary>
    [Fact]
    public void Exact_counts_come_with_exact_degrees_and_sampling_factors()
    {
        VerifiedWave wave = new VerifiedWave().Answer("a", 60, 40).Answer("e", 26, 12).Answer("f", 14, 4);
        WaveEstimate estimate = wave.Estimate;
        ReproductionTotals totals = wave.Totals()!;

        Assert.Equal((56 - 2, (int?)54, 0.56), (totals.LeastDegrees, totals.MostDegrees, totals.ResponseRate!.Value));
        Assert.Equal(["e", "f"], totals.Joint!.Schools);
        int pooled = estimate.Schools["e"].Measures[3].Respondents + estimate.Schools["f"].Measures[3].Respondents;
        Assert.Equal(0.4 * 0.4 / pooled, totals.Joint.SamplingFactors![3], 1e-12);
    }

    [Fact]
    public void Every_school_of_ten_has_its_own_line() => Assert.Null(new VerifiedWave().Answer("a", 60, 40).Answer("b", 50, 30).Totals()!.Joint);

    /// <summary>
    /// e has eight teachers: a line of its own would tell their exact mean and spread. d, the next smallest, joins, and because readers know d's margin to half a
    /// point the covariances are multiples of the district's smallest standard error, cut to one digit lest it be the exact variance.
    /// </summary>
    [Fact]
    public void A_small_school_is_joined_by_the_next_smallest_and_their_spread_is_rounded()
    {
        VerifiedWave wave = new VerifiedWave().Answer("b", 80, 40).Answer("c", 50, 30).Answer("d", 31, 24).Answer("e", 16, 8);
        JointLine joint = wave.Totals()!.Joint!;

        Assert.Equal(["d", "e"], joint.Schools);
        double error = wave.Estimate.District.Measures.Min(measure => measure.StandardError!.Value);
        Assert.InRange(error, 10, 99);
        Assert.Equal(10 * Math.Floor(error / 10), joint.CovarianceStep);
        Assert.All(joint.Covariances, value => Assert.Equal(Math.Round(value / joint.CovarianceStep), value / joint.CovarianceStep, 1e-9));
    }

    /// <summary>Two small schools with six and seven answers are ten together and need nobody else.</summary>
    [Fact]
    public void Two_small_schools_with_ten_scores_share_a_line() =>
        Assert.Equal(("d e", 0.0), new VerifiedWave().Answer("a", 90, 60).Answer("d", 31, 8).Answer("e", 16, 8).Totals()!.Joint is { } joint ? (string.Join(' ', joint.Schools), joint.CovarianceStep) : default);

    /// <summary>Two hidden schools with eight answers: a third joins, because mean and spread of eight give their answers away.</summary>
    [Fact]
    public void Hidden_schools_with_fewer_than_ten_scores_are_joined_by_the_next_smallest()
    {
        JointLine joint = new VerifiedWave().Answer("a", 60, 40).Answer("d", 30, 24).Answer("e", 16, 4).Answer("f", 14, 4).Totals()!.Joint!;

        Assert.Equal(["d", "e", "f"], joint.Schools);
        Assert.True(joint.CovarianceStep > 0);
    }

    /// <summary>More answers than a roster of nine: how many answered is told as "5 or more" only. One school is no joint line, so the next smallest joins.</summary>
    [Fact]
    public void A_school_with_a_small_roster_has_no_line() =>
        Assert.Equal(["b", "e"], new VerifiedWave().Answer("a", 90, 60).Answer("b", 100, 50).Answer("e", 9, 20).Totals()!.Joint!.Schools);

    [Fact]
    public void A_school_whose_late_answers_wait_has_no_line()
    {
        VerifiedWave wave = new VerifiedWave().Answer("a", 90, 60).Answer("b", 100, 40).Answer("c", 80, 70);
        DisclosureDecision[] decisions = [.. wave.Decisions.Select(decision => decision.UnitId == "c" ? decision with { Code = WithheldCode.Pending } : decision)];

        Assert.Equal(["b", "c"], wave.Totals(1, decisions)!.Joint!.Schools);
    }

    [Fact]
    public void No_file_of_a_district_below_ten_or_not_published_in_this_revision()
    {
        Assert.Null(new VerifiedWave().Answer("a", 90, 5).Answer("b", 100, 4).Totals());
        Assert.Null(new VerifiedWave().Answer("a", 90, 50).Answer("b", 100, 40).Totals(revision: 2));
    }

    /// <summary>Nine late answers could be told from two exact totals, thirteen are a group of their own (with some skipping a component at least ten on each).</summary>
    [Theory]
    [InlineData(9, false)]
    [InlineData(16, true)]
    public void A_further_file_needs_ten_late_answers_in_each_line_that_changed(int late, bool made)
    {
        VerifiedWave wave = new VerifiedWave().Answer("a", 90, 60).Answer("b", 100, 40);
        EarlierReproduction earlier = wave.Earlier(wave.Totals()!);
        wave.Answer("a", 90, late);

        Assert.Equal(made, wave.Totals(earlier: earlier) is not null);
    }

    [Theory]
    [InlineData(0, 14, true)]
    [InlineData(0, 15, false)]
    [InlineData(9, 14, false)]
    [InlineData(16, 14, true)]
    public void The_joint_line_needs_ten_late_answers_or_none_with_the_same_rosters(int late, int roster, bool made)
    {
        VerifiedWave wave = new VerifiedWave().Answer("a", 90, 60).Answer("e", 26, 12).Answer("f", 14, 4);
        EarlierReproduction earlier = wave.Earlier(wave.Totals()!);
        wave.Answer("a", 90, 16).Answer("f", roster, late);

        ReproductionTotals? totals = wave.Totals(earlier: earlier);
        Assert.Equal(made, totals is not null);
        Assert.True(totals is null || totals.Joint!.Schools.SequenceEqual(["e", "f"]));
    }

    /// <summary>The large school joined for the small one; when the small one has grown, the difference of both files would be the small one.</summary>
    [Fact]
    public void A_school_once_in_the_joint_line_stays_there()
    {
        VerifiedWave wave = new VerifiedWave().Answer("a", 90, 60).Answer("b", 200, 40).Answer("e", 16, 8);
        ReproductionTotals first = wave.Totals()!;
        Assert.Equal(["b", "e"], first.Joint!.Schools);

        EarlierReproduction earlier = wave.Earlier(first);
        wave.Answer("e", 40, 20);
        Assert.Equal(["b", "e"], wave.Totals(earlier: earlier)!.Joint!.Schools);
        Assert.Null(wave.Totals()!.Joint);
    }

    /// <summary>Thirty came to f and five of e are gone: twenty-five more in the joint line, but not twenty-five new ones.</summary>
    [Fact]
    public void No_file_when_answers_were_removed()
    {
        VerifiedWave wave = new VerifiedWave().Answer("a", 90, 60).Answer("e", 26, 12).Answer("f", 44, 4);
        EarlierReproduction earlier = wave.Earlier(wave.Totals()!);
        EarlierReproduction more = earlier with
        {
            Schools = earlier.Schools.ToDictionary(school => school.Key, school => school.Key == "e" ? school.Value with { Counts = [.. school.Value.Counts.Select(count => count + 5)] } : school.Value),
        };
        wave.Answer("f", 44, 30);

        Assert.NotNull(wave.Totals(earlier: earlier));
        Assert.Null(wave.Totals(earlier: more));
    }

    [Fact]
    public void Make_rejects_decisions_without_the_district()
    {
        VerifiedWave wave = new VerifiedWave().Answer("a", 90, 60);
        Assert.Equal("decisions", Assert.Throws<ArgumentException>(() => wave.Totals(1, [.. wave.Decisions.Skip(1)])).ParamName);
    }

    [Fact]
    public void Nothing_may_be_missing()
    {
        VerifiedWave wave = new VerifiedWave().Answer("a", 90, 60);

        Assert.Throws<ArgumentNullException>("decisions", () => ReproductionLines.Make(wave.Plan, wave.Schools, false, 1, null!, null));
        Assert.Throws<ArgumentNullException>("plan", () => ScoreReproduction.Compose(null!, null!, wave.Totals()!, null, []));
        Assert.Throws<ArgumentNullException>("measure", () => PublishedResult.Of(null!, null));
    }
}
