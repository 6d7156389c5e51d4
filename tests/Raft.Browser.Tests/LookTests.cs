using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Raft.Browser.Tests.Browser;
using Raft.Simulation.Tests.Traces;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Raft.Browser.Tests;

/// <summary>Accessibility: axe-core's rules in both colour schemes and at the width of a phone.</summary>
[Collection(DashboardTestGroup.Name)]
public sealed class LookTests(Dashboard dashboard)
{
    public static TheoryData<string, ColorScheme, int, int> Looks => new()
    {
        { "light", ColorScheme.Light, 1280, 1200 },
        { "dark", ColorScheme.Dark, 1280, 1200 },
        { "phone", ColorScheme.Light, 360, 1200 },
    };

    [BrowserTheory]
    [MemberData(nameof(Looks))]
    public async Task It_passes_the_checks_of_axe_and_fits_its_window(string name, ColorScheme colours, int width, int height)
    {
        await Pictures.PrepareAsync(dashboard.Cluster);
        await dashboard.Cluster.PutAsync($"page/{new string('x', 300)}", [0]);
        await using var page = await dashboard.OpenAsync(new()
        {
            ColorScheme = colours,
            ViewportSize = new() { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        await page.Entries.Last.WaitForAsync();
        await Pictures.TakeAsync(page.Page, name);
        await page.Entries.Last.ClickAsync();
        await Expect(page.Page.Locator("#entry h3")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#keys button").First).ToBeVisibleAsync();
        await page.Page.Locator("#samples summary").ClickAsync();

        await HasNoViolationAsync(page.Page);
        Assert.True(await page.OverflowAsync() <= 0, $"The page is too wide: {name}.");

        await page.Button("What am I looking at?").ClickAsync();
        await HasNoViolationAsync(page.Page);
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Locator(".node:not(.is-leader) button").First.ClickAsync();
        await HasNoViolationAsync(page.Page);
    }

    [BrowserFact]
    public async Task It_works_below_any_path_of_a_reverse_proxy()
    {
        var home = dashboard.Cluster.Url.ToString();
        await using var page = await dashboard.OpenAsync();
        await page.Page.RouteAsync($"{home}below/**", route => route.ContinueAsync(new()
        {
            Url = route.Request.Url.Replace($"{home}below/", home, StringComparison.Ordinal),
        }));

        await page.Page.GotoAsync($"{home}below/");

        await Expect(page.Leader).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#faults")).ToBeVisibleAsync();
        await Expect(page.Entries.First).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_choice_of_colours_outlives_the_page()
    {
        await using var page = await dashboard.OpenAsync(new() { ColorScheme = ColorScheme.Light });
        var button = page.Page.Locator("#theme");
        await button.ClickAsync();
        await button.ClickAsync();
        await Expect(button).ToHaveTextAsync("Colours: dark");

        await page.Page.ReloadAsync();

        await Expect(button).ToHaveTextAsync("Colours: dark");
        await Expect(page.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(16, 19, 24)");
    }

    private static async Task HasNoViolationAsync(IPage page)
    {
        var result = await page.RunAxe();
        var violations = result.Violations.Select(v => $"{v.Help}: {string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))}");
        Assert.True(result.Violations.Length == 0, string.Join('\n', violations));
    }
}
