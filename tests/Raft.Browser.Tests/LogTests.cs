using Raft.Browser.Tests.Browser;
using Raft.Simulation.Tests.Traces;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Raft.Browser.Tests;

/// <summary>The log viewer.</summary>
[Collection(DashboardTestGroup.Name)]
public sealed class LogTests(Dashboard dashboard)
{
    [BrowserFact]
    public async Task An_entry_shows_its_command_and_which_nodes_have_applied_it()
    {
        await using var page = await dashboard.OpenAsync();
        await dashboard.Cluster.PutAsync("page/entry", "12345"u8.ToArray());

        var cell = page.Page.Locator("#log-grid td.applied[title*=\"put page/entry (5 bytes)\"]");
        await Expect(cell).ToHaveCountAsync(3);
        await cell.First.ClickAsync();

        var entry = page.Page.Locator("#entry");
        await Expect(entry).ToContainTextAsync("put page/entry (5 bytes)");
        await Expect(entry).ToContainTextAsync("Applied onn1, n2, n3");
        await page.Button("Close").ClickAsync();
        await Expect(entry).ToBeEmptyAsync();
    }

    [BrowserFact]
    public async Task The_log_follows_its_end_and_can_be_read_from_the_beginning()
    {
        for (var i = 0; i < 50; i++) await dashboard.Cluster.PutAsync("page/many", [1]);
        await using var page = await dashboard.OpenAsync();
        var position = page.Page.Locator("#log-position");
        await Expect(page.Page.Locator("#log-follow")).ToHaveAttributeAsync("aria-pressed", "true");

        await position.FillAsync(await position.GetAttributeAsync("min") ?? "");

        var first = page.Page.Locator("#log-grid td[data-index=\"1\"].applied");
        await Expect(first).ToHaveCountAsync(3);
        await Expect(page.Page.Locator("#log-follow")).ToHaveAttributeAsync("aria-pressed", "false");

        await dashboard.Cluster.PutAsync("page/newest", [1]);
        await page.Button("Follow the end").ClickAsync();
        await Expect(page.Page.Locator("#log-grid td.applied[title*=\"put page/newest\"]")).ToHaveCountAsync(3);
    }
}
