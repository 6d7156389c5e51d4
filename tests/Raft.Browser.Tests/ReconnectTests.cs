using Raft.Browser.Tests.Browser;
using Raft.Browser.Tests.Cluster;
using Raft.Simulation.Tests.Traces;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Raft.Browser.Tests;

/// <summary>The process that a page came from goes away and is back.</summary>
[Collection(DashboardTestGroup.Name)]
public sealed class ReconnectTests(Dashboard dashboard)
{
    [BrowserFact]
    public async Task A_page_says_that_its_connection_is_lost_and_goes_on_by_itself_after_a_restart()
    {
        await using var cluster = new DevCluster();
        await cluster.StartAsync();
        await using var page = await dashboard.OpenAsync(cluster);
        page.Expected = "net::ERR_";
        var connection = page.Page.Locator("#connection");
        await Expect(connection).ToHaveTextAsync("Live");
        var term = await page.TermAsync();

        await cluster.KillAsync();
        await Expect(connection).ToHaveTextAsync("Connection lost, trying again …");

        await cluster.StartAsync();
        await Expect(connection).ToHaveTextAsync("Live");
        await Expect(page.Leader).ToBeVisibleAsync();
        Assert.True(await page.TermAsync() > term);
    }
}
