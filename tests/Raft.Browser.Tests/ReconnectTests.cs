using Raft.Browser.Tests.Browser;
using Raft.Browser.Tests.Cluster;
using Raft.Simulation.Tests.Traces;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Raft.Browser.Tests;

/// <summary>The process that served the page stops and comes back.</summary>
[Collection(DashboardTestGroup.Name)]
public sealed class ReconnectTests(Dashboard dashboard)
{
    [BrowserFact]
    public async Task A_page_without_a_connection_says_so_disables_its_buttons_and_resumes_after_a_restart()
    {
        await using var cluster = new DevCluster();
        await cluster.StartAsync();
        await using var page = await dashboard.OpenAsync(cluster);
        page.Expected = "net::ERR_";
        var connection = page.Page.Locator("#connection");
        await Expect(connection).ToHaveTextAsync("Live");
        var term = await page.TermAsync();

        await cluster.KillAsync();
        await Expect(connection).ToHaveTextAsync("Connection lost, reconnecting …");
        await Expect(page.Page.Locator("#headline")).ToContainTextAsync("No connection since");
        await Expect(page.Page.Locator("#story")).ToHaveAttributeAsync("data-look", "lost");
        await Expect(page.Page.Locator("main button:enabled, main input:enabled, main textarea:enabled")).ToHaveCountAsync(0);
        await Expect(page.Page).ToHaveTitleAsync("No connection · Raft.Akka");

        await cluster.StartAsync();
        await Expect(connection).ToHaveTextAsync("Live");
        await Expect(page.Leader).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#headline")).ToContainTextAsync("leads in term");
        await Expect(page.Page.Locator("#save")).ToBeEnabledAsync();
        Assert.True(await page.TermAsync() > term);
    }
}
