using System.Text;
using Microsoft.Playwright;
using Raft.Browser.Tests.Cluster;

namespace Raft.Browser.Tests.Browser;

/// <summary>Takes pictures for the documentation if <c>RAFT_PICTURES</c> names a folder.</summary>
internal static class Pictures
{
    private static readonly TimeSpan History = TimeSpan.FromSeconds(150);
    private static readonly string[] Colours = ["red", "green", "blue", "white"];
    private static readonly string? Folder = Environment.GetEnvironmentVariable("RAFT_PICTURES");
    private static bool _hasHistory;

    /// <summary>
    /// Lets a cluster run under load for a while, with some leader changes, so that there is something to see.
    /// </summary>
    public static async Task PrepareAsync(DevCluster cluster)
    {
        if (Folder is null || _hasHistory) return;
        _hasHistory = true;
        var end = DateTime.UtcNow + History;
        for (var i = 0; DateTime.UtcNow < end; i++)
        {
            await cluster.PutAsync($"lamp/{i % 40}/colour", Encoding.UTF8.GetBytes(Colours[i % Colours.Length]));
            await Task.Delay(10 + (int)(9 * (1 + Math.Sin(i / 150.0))));
            if (i % 1500 == 1499) await cluster.TransferAsync(await cluster.FollowerAsync());
        }

        await cluster.TransferAsync(await cluster.FollowerAsync());
        for (var i = 0; i < 9; i++) await cluster.PutAsync($"door/{i}", "open"u8.ToArray());
    }

    /// <summary>Takes a picture of the window, or of one part of the page.</summary>
    public static async Task TakeAsync(IPage page, string name, string? part = null)
    {
        if (Folder is null) return;
        var path = Path.Combine(Folder, $"dashboard-{name}.png");
        if (part is null) await page.ScreenshotAsync(new() { Path = path });
        else await page.Locator(part).ScreenshotAsync(new() { Path = path });
    }
}
