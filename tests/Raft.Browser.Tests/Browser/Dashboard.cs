using Microsoft.Playwright;
using Raft.Browser.Tests.Cluster;
using Raft.Simulation.Tests.Traces;
using Xunit;

namespace Raft.Browser.Tests.Browser;

/// <summary>One cluster and one browser, which the tests of the page share.</summary>
public sealed class Dashboard : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private const float Patience = 10_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal DevCluster Cluster { get; } = new();

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null) return;
        var cluster = Cluster.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = Flags });
        await cluster;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        await Cluster.DisposeAsync();
    }

    /// <summary>Opens the page of the shared cluster and waits until it shows a leader.</summary>
    internal Task<DashboardPage> OpenAsync(BrowserNewContextOptions? options = null) => OpenAsync(Cluster, options);

    /// <summary>Opens the page of a cluster and waits until it shows a leader.</summary>
    internal async Task<DashboardPage> OpenAsync(DevCluster cluster, BrowserNewContextOptions? options = null)
    {
        var context = await _browser!.NewContextAsync(options ?? new());
        context.SetDefaultTimeout(Patience);
        var page = new DashboardPage(context, await context.NewPageAsync(), cluster.Url);
        await page.Page.GotoAsync(cluster.Url.ToString());
        await page.Leader.WaitForAsync();
        return page;
    }
}

/// <summary>Tests that share a cluster run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class DashboardTestGroup : ICollectionFixture<Dashboard>
{
    public const string Name = "Dashboard";
}
