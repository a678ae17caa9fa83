using Onpoint.Measurement.Instruments;
using Onpoint.Measurement.Scoring;
using Onpoint.Measurement.Tests.Instruments;

namespace Onpoint.Measurement.Tests.Scoring;

public sealed class UnitTotalsTests
{
    [Fact]
    public void Counts_are_kept_by_teacher_component_and_option()
    {
        Instrument instrument = TestInstrument.Of([1, 2]) with { Context = [new ContextQuestion("span", TestInstrument.English("Span"), [TestInstrument.Option(1), TestInstrument.Option(2)])] };
        UnitTotals totals = new ScoringPlan(instrument).NewTotals();
        totals.Add([1, 2, 3, 2]);
        totals.Add([5, 2, 0, 0]);
        totals.Add([0, 255, 255, 1]);

        Assert.Equal((3, 2, 1), (totals.Responses, totals.ScoredTeachers, totals.SmallestCount));
        Assert.Equal([1, 0, 0, 0, 1], totals.OptionCounts(0));
        Assert.Equal([0, 2, 0, 0, 0], totals.OptionCounts(1));
        Assert.Equal([0, 0, 1, 0, 0], totals.OptionCounts(2));
        Assert.Equal([1, 0, 1], Enumerable.Range(0, 3).Select(totals.NotAnsweredCount));
        Assert.Equal([0, 1, 1], Enumerable.Range(0, 3).Select(totals.NotMyRoleCount));
    }

    [Fact]
    public void Adding_totals_is_adding_their_responses()
    {
        var plan = new ScoringPlan(TestInstrument.Of([1, 1], [[1, 2]]));
        (UnitTotals all, UnitTotals one, UnitTotals two) = (plan.NewTotals(), plan.NewTotals(), plan.NewTotals());
        byte[][] responses = [[1, 2], [3, 0], [0, 0], [5, 4]];
        for (int i = 0; i < responses.Length; i++)
        {
            all.Add(responses[i]);
            (i % 2 == 0 ? one : two).Add(responses[i]);
        }

        one.Add(two);

        Assert.Equal((all.Responses, all.ScoredTeachers, all.SmallestCount), (one.Responses, one.ScoredTeachers, one.SmallestCount));
        Assert.Equal(all.OptionCounts(0), one.OptionCounts(0));
        Assert.Equal(all.Pair(1, 0), one.Pair(1, 0));
        Assert.Equal(all.Composite(0), one.Composite(0));
    }

    [Fact]
    public void Totals_of_another_plan_are_refused() =>
        Assert.Equal("other", Assert.Throws<ArgumentException>(() =>
            new ScoringPlan(TestInstrument.Of([1])).NewTotals().Add(new ScoringPlan(TestInstrument.Of([1])).NewTotals())).ParamName);

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void There_is_no_item_outside_the_instrument(int item)
    {
        UnitTotals totals = new ScoringPlan(TestInstrument.Of([2])).NewTotals();

        Assert.Equal("item", Assert.Throws<ArgumentOutOfRangeException>(() => totals.OptionCounts(item)).ParamName);
    }
}
