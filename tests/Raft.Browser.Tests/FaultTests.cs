using Raft.Browser.Tests.Browser;
using Raft.Simulation.Tests.Traces;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Raft.Browser.Tests;

/// <summary>The panel of faults.</summary>
[Collection(DashboardTestGroup.Name)]
public sealed class FaultTests(Dashboard dashboard) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>The next test starts without faults.</summary>
    public async Task DisposeAsync()
    {
        if (Chromium.Path is null) return;
        await dashboard.Cluster.HealAsync();
        await using var page = await dashboard.OpenAsync();
        await Expect(page.Page.Locator("#headline")).ToContainTextAsync("3 of 3 nodes take part");
    }

    [BrowserFact]
    public async Task After_the_leader_crashes_another_node_leads_and_the_crashed_one_can_return()
    {
        var leader = await dashboard.Cluster.LeaderAsync();
        await using var page = await dashboard.OpenAsync();

        // Requests of the page that the leader was just processing get no answer.
        page.Expected = "50";

        await page.Button("Crash the leader").ClickAsync();

        await Expect(page.Card(leader)).ToContainTextAsync("crashed");
        await Expect(page.Page.Locator($".node.is-leader:not([data-node=\"{leader}\"])")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#headline")).ToContainTextAsync("2 of 3 nodes take part");
        await Pictures.TakeAsync(page.Page, "faults", "#faults");

        await page.Button("Restart the node").ClickAsync();
        await Expect(page.Card(leader)).ToContainTextAsync("follower");
        await Expect(page.Page.Locator("#headline")).ToContainTextAsync("3 of 3 nodes take part");
    }

    [BrowserFact]
    public async Task Without_a_majority_the_page_says_why_writes_wait()
    {
        await using var page = await dashboard.OpenAsync();
        page.Expected = "503";

        await page.Button("Pause n1").ClickAsync();
        await page.Button("Crash n2").ClickAsync();

        await Expect(page.Page.Locator("#headline")).ToHaveTextAsync("Only 1 of 3 nodes is up, and 2 are needed.");
        await Expect(page.Card("n1")).ToContainTextAsync("paused");
        await page.Button("Heal everything").ClickAsync();
        await Expect(page.Leader).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task An_entry_that_only_an_isolated_leader_has_differs_from_the_others_until_it_is_replaced()
    {
        await using var page = await dashboard.OpenAsync();
        page.Expected = "50";
        await page.Entries.First.WaitForAsync();

        await page.Button("Cut the leader off and write to it").ClickAsync();
        await Expect(page.Page.Locator("#log-grid td.differs").First).ToBeVisibleAsync();

        await page.Button("Heal the links").ClickAsync();
        await Expect(page.Page.Locator("#log-grid td.differs")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_node_that_the_leader_does_not_hear_is_not_counted()
    {
        var leader = await dashboard.Cluster.LeaderAsync();
        var follower = await dashboard.Cluster.FollowerAsync();
        await using var page = await dashboard.OpenAsync();

        await dashboard.Cluster.CutAsync(leader, follower);

        await Expect(page.Page.Locator("#headline")).ToContainTextAsync("2 of 3 nodes take part");
        await Expect(page.Page.Locator("#story")).ToHaveAttributeAsync("data-look", "waiting");
        await Expect(page.Card(follower)).ToContainTextAsync("cut off");
        await Expect(page.Card(follower)).ToContainTextAsync($"The leader, {leader}, can't reach it.");
    }

    [BrowserFact]
    public async Task A_link_is_cut_and_healed()
    {
        await using var page = await dashboard.OpenAsync();

        await page.Button("linked: n1 and n2").ClickAsync();
        await page.Button("cut: n1 and n2").ClickAsync();

        await Expect(page.Button("linked: n1 and n2")).ToBeVisibleAsync();
    }
}
