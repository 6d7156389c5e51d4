using System.Globalization;
using Microsoft.Playwright;
using Xunit;

namespace Raft.Browser.Tests.Browser;

/// <summary>
/// The page in a browser. Its disposal fails the test if the console logged an error or the page contacted another host.
/// </summary>
internal sealed class DashboardPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    public DashboardPage(IBrowserContext context, IPage page, Uri home)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) => Complain(message.Type == "error", message.Text);
        page.PageError += (_, error) => Complain(true, error);
        page.Request += (_, request) => Complain(!IsAtHome(request.Url, home), $"It asked {request.Url}.");
    }

    public IPage Page { get; }

    /// <summary>A part of a console error that the test causes on purpose, such as the status of a refused write.</summary>
    public string? Expected { get; set; }

    /// <summary>The card of the node that leads.</summary>
    public ILocator Leader => Page.Locator(".node.is-leader");

    /// <summary>The cells of the log that show an entry.</summary>
    public ILocator Entries => Page.Locator("#log-grid td.applied");

    public ILocator Card(string node) => Page.Locator($".node[data-node=\"{node}\"]");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Waits until the page shows that a node leads.</summary>
    public Task ShowsLeaderAsync(string node) => Assertions.Expect(Card(node)).ToContainClassAsync("is-leader");

    /// <summary>Presses Tab until an element has the focus.</summary>
    public async Task TabToAsync(string selector)
    {
        for (var i = 0; i < 100; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) return;
        }

        Assert.Fail($"The Tab key does not reach {selector}.");
    }

    /// <summary>How many pixels an element is wider than the window.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");

    public async Task<long> TermAsync() => long.Parse(
        await Leader.Locator("dd").First.InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        lock (_complaints) Assert.Empty(_complaints);
    }

    private static bool IsAtHome(string url, Uri home) => new Uri(url) is var asked
        && (asked.Scheme is "data" or "blob" || (asked.Host == home.Host && asked.Port == home.Port));

    private void Complain(bool isWrong, string text)
    {
        if (!isWrong || (Expected is not null && text.Contains(Expected, StringComparison.Ordinal))) return;
        lock (_complaints) _complaints.Add(text);
    }
}
