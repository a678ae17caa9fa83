namespace Onpoint.Measurement.Tests.Disclosure;

public sealed class ContextDisclosureTests
{
    [Fact]
    public void No_combination_of_all_publications_with_context_groups_rests_on_fewer_than_five_teachers()
    {
        int publications = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            DisclosureHistory history = RandomHistories.Contexts(new Random(seed), (wave, decisions) => { });
            Assert.True(history.Isolated() is null, $"Seed {seed} isolates {history.Isolated()}:\n{history}");
            publications += history.GroupPublications;
        }

        Assert.True(publications > 300, $"Only {publications} groups published: the histories do not test them.");
    }
}
