using System.Globalization;
using Raft.Browser.Tests.Browser;
using Raft.Simulation.Tests.Traces;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Raft.Browser.Tests;

/// <summary>Everything that works with a mouse also works with the keyboard.</summary>
[Collection(DashboardTestGroup.Name)]
public sealed class KeyboardTests(Dashboard dashboard)
{
    [BrowserFact]
    public async Task A_key_is_written()
    {
        await using var page = await dashboard.OpenAsync();
        var keyboard = page.Page.Keyboard;

        await page.TabToAsync("#key");
        await keyboard.TypeAsync("page/typed");
        await page.TabToAsync("#value");
        await keyboard.TypeAsync("by hand");
        await page.TabToAsync("#save");
        await keyboard.PressAsync("Enter");

        await Expect(page.Page.Locator("#store-answer")).ToContainTextAsync("page/typed was written");
        Assert.Equal("by hand", await dashboard.Cluster.GetAsync("page/typed"));
    }

    [BrowserFact]
    public async Task Arrow_keys_move_through_the_log_and_Enter_opens_an_entry()
    {
        for (var i = 0; i < 3; i++) await dashboard.Cluster.PutAsync("page/walked", [1]);
        await using var page = await dashboard.OpenAsync();
        await page.Entries.First.WaitForAsync();
        var keyboard = page.Page.Keyboard;

        await page.TabToAsync("#log-grid td");
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("ArrowLeft");
        var place = await page.Page.EvaluateAsync<string>(
            "() => `${document.activeElement.parentElement.cells[0].textContent} ${document.activeElement.dataset.index}`");
        await keyboard.PressAsync("Enter");

        Assert.StartsWith("n2 ", place, StringComparison.Ordinal);
        var index = long.Parse(place.Split(' ')[1], CultureInfo.InvariantCulture);
        await Expect(page.Page.Locator("#entry h3"))
            .ToHaveTextAsync(string.Create(CultureInfo.InvariantCulture, $"Entry {index:N0}"));
        await keyboard.PressAsync("Escape");
        await Expect(page.Page.Locator("#entry")).ToBeEmptyAsync();
    }

    [BrowserFact]
    public async Task The_leadership_is_transferred_after_a_confirmation()
    {
        var next = await dashboard.Cluster.FollowerAsync();
        await using var page = await dashboard.OpenAsync();
        var keyboard = page.Page.Keyboard;

        await page.TabToAsync($".node[data-node=\"{next}\"] button");
        await keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#confirm-title")).ToHaveTextAsync($"Make {next} the leader?");
        await page.TabToAsync("#confirm-yes");
        await keyboard.PressAsync("Enter");

        await page.ShowsLeaderAsync(next);
        await Expect(page.Page.Locator("#action-answer")).ToContainTextAsync($"transferred leadership to {next}");
    }

    [BrowserFact]
    public async Task A_confirmation_that_is_declined_does_nothing()
    {
        var leader = await dashboard.Cluster.LeaderAsync();
        await using var page = await dashboard.OpenAsync();

        await page.TabToAsync(".node:not(.is-leader) button");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Keyboard.PressAsync("Escape");

        await Expect(page.Page.Locator("#confirm")).ToBeHiddenAsync();
        Assert.Equal(leader, await dashboard.Cluster.LeaderAsync());
    }
}
