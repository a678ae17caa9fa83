using System.Net;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Onpoint.Web.Tests.Pages;

/// <summary>What every page must do, in every state: be accessible, fit a phone, lead nowhere dead.</summary>
public sealed partial class PageTests(PageHost host, Browser browser) : IClassFixture<PageHost>
{
    private static readonly (int Width, int Height)[] Screens = [(320, 640), (1280, 900)];

    public static TheoryData<string> Pages =>
        [.. SampleDistricts.All.Keys, "home", "home-empty", "landmarks", "landmarks-open", "landmarks-none", "status-400", "status-404", "status-500"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Pages_pass_axe_in_light_and_dark_fit_a_phone_and_lead_nowhere_dead(string name)
    {
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync(host.Address(name).ToString());

        // A folded detail is part of the page.
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        string[] problems = await page.EvaluateAsync<string[]>(
            """
            () => {
                const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
                const known = /^\/($|onpoint\.(css|svg)$|docs$|landmarks(#method)?$|districts\/[0-9a-f-]{36}(\?wave=[0-9a-f-]{36})?$|api\/v1\/|charts\/landmarks\/)/;
                return [
                    ...ids.filter((id, place) => ids.indexOf(id) !== place).map(id => 'id twice: ' + id),
                    ...[...document.querySelectorAll('a[href], link[href]')].map(link => link.getAttribute('href'))
                        .filter(href => href.startsWith('#') ? !document.getElementById(href.slice(1)) : !known.test(href)).map(href => 'leads nowhere: ' + href),
                    ...[...document.querySelectorAll('[style], script, style')].map(element => 'inline: ' + element.tagName),
                    ...(document.querySelectorAll('h1').length === 1 ? [] : ['not one h1']),
                ];
            }
            """);
        Assert.Empty(problems);

        foreach ((int width, int height) in Screens)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (ColorScheme scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                // With motion a button fades from one theme's colour to the other's, and axe may look half-way.
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                AxeResult result = await page.RunAxe();
                Assert.True(
                    result.Violations.Length == 0,
                    $"{width} px, {scheme}: " + string.Join("; ", result.Violations.Select(found => $"{found.Id} at {string.Join(" , ", found.Nodes.Select(node => node.Html))}")));
            }

            int overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overflow <= 0, $"{overflow} px too wide at {width} px.");
        }

        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("district", 200)]
    [InlineData("status-400", 400)]
    [InlineData("status-404", 404)]
    [InlineData("status-500", 500)]
    public async Task Pages_answer_with_their_status(string name, int status)
    {
        using var client = new HttpClient();
        using HttpResponseMessage response = await client.GetAsync(host.Address(name), TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("home", "The national dataset (edition 2026.1) and Cedar Valley are made up")]
    [InlineData("home", "Typical for a district in Year 2, and 31 points up since Year 1. Compared with the synthetic national dataset, edition 2026.1.")]
    [InlineData("landmarks", "140 of them, 70 %, come by Year 1 (between 66 % and 74 %).")]
    [InlineData("landmarks", "Seen in the synthetic national dataset")]
    [InlineData("landmarks", "minus half of its growth to Year 4+: +40 points (interval +31 to +49; to lie above 0).")]
    [InlineData("landmarks", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("landmarks-open", "Cannot tell: needs a wave in Year 3")]
    [InlineData("landmarks-none", "There is no national dataset to look at yet.")]
    [InlineData("district", "Teachers put Cedar Valley at 636, about Somewhat on the answer scale (3.2 of 5).")]
    [InlineData("district", "That is typical for Year 2 districts in the synthetic national dataset.")]
    [InlineData("district", "somewhere between the 23rd and the 74th of 100 districts in the synthetic national dataset.")]
    [InlineData("district", "Districts averaging this score are typically between Year 1½ and Year 3. It is not a target or a forecast.")]
    [InlineData("district", "It covers who happened to answer, not who stayed silent.")]
    [InlineData("district", "For the other three we cannot tell yet: two need a later wave; one needs about 250 teachers a wave to settle.")]
    [InlineData("district", "The benchmark went up by 31 points since Year 1")]
    [InlineData("district", "9 of 24 together")]
    [InlineData("district", "Too few teachers answered to show these two schools without pointing at people.")]
    [InlineData("district", "Operations is the category furthest below its Year 2 mean (588 ± 27 against 614).")]
    [InlineData("district-baseline", "A baseline. This first wave says where Cedar Valley starts, not how well it did.")]
    [InlineData("district-baseline", "No category lies below the mean of districts in Planning.")]
    [InlineData("district-no-edition", "There is no national dataset to compare with yet. This page shows your own score and its change.")]
    [InlineData("district-low-response", "31 % of teachers answered. We show the score, but below 40 % we do not compare it with other districts.")]
    [InlineData("district-low-response", "No answers came from North Fork School")]
    [InlineData("district-low-response", "Late answers pending.")]
    [InlineData("district-unknown-roster", "120 answers, number of teachers unknown")]
    [InlineData("district-unknown-roster", "37 answers, 35 on the roster")]
    [InlineData("district-small", "Teachers put Cedar Valley at about 640")]
    [InlineData("district-small", "above 940")]
    [InlineData("district-small", "Too few answers to place")]
    [InlineData("district-alike", "Districts in Year 2 differ too little to rank.")]
    [InlineData("district-alike", "Scores cannot tell Year 3 and Year 4+ apart: districts at both average nearly the same.")]
    [InlineData("district-alike", "The smallest change we would call a change is 30 points.")]
    [InlineData("district-alike", "Only the questions they share are compared.")]
    [InlineData("district-none", "Your first result is three steps away.")]
    [InlineData("district-scheduled", "The survey has not opened yet")]
    [InlineData("district-open", "at least 82 of 160 teachers answered")]
    [InlineData("district-open", "5 or more")]
    [InlineData("district-scoring", "The score is being computed")]
    [InlineData("district-withheld", "Too few teachers answered to show a score")]
    [InlineData("status-500", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("status-404", "We do not know this page")]
    public async Task Pages_say_their_sentences(string name, string sentence) => Assert.Contains(sentence, await TextAsync(name), StringComparison.Ordinal);

    [Theory]
    [InlineData("district-no-edition", "of 100")]
    [InlineData("district-no-edition", "synthetic")]
    [InlineData("district-low-response", "of 100")]
    [InlineData("district-low-response", "Band")]
    [InlineData("district-low-response", "A baseline")]
    [InlineData("district-small", "one dot each")]
    [InlineData("district-small", "above 940 ±")]
    [InlineData("district-small", "of 100 districts in the synthetic")]
    [InlineData("district-baseline", "Smallest change")]
    [InlineData("district-open", "636")]
    [InlineData("district-scoring", "636")]
    [InlineData("district-unknown-roster", "100 %")]
    [InlineData("landmarks-none", "Download")]
    public async Task Pages_do_not_say_what_is_not_so(string name, string sentence) => Assert.DoesNotContain(sentence, await TextAsync(name), StringComparison.Ordinal);

    // As read: tags gone, entities resolved, runs of white space and no-break spaces as one space.
    private async Task<string> TextAsync(string name)
    {
        using var client = new HttpClient();
        using HttpResponseMessage response = await client.GetAsync(host.Address(name), TestContext.Current.CancellationToken);
        string html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return WhiteSpace().Replace(WebUtility.HtmlDecode(Tag().Replace(html, "")), " ");
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
