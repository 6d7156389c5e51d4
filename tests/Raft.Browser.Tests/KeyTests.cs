using Raft.Browser.Tests.Browser;
using Raft.Simulation.Tests.Traces;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Raft.Browser.Tests;

/// <summary>Keys and values.</summary>
[Collection(DashboardTestGroup.Name)]
public sealed class KeyTests(Dashboard dashboard)
{
    [BrowserFact]
    public async Task A_key_is_created_listed_changed_and_deleted()
    {
        await using var page = await dashboard.OpenAsync();

        await page.Page.FillAsync("#key", "page/colour");
        await page.Page.FillAsync("#value", "red");
        await page.Button("Create").ClickAsync();
        await Expect(page.Page.Locator("#store-answer")).ToContainTextAsync("page/colour was written at log index ");
        Assert.Equal("red", await dashboard.Cluster.GetAsync("page/colour"));

        await page.Page.FillAsync("#prefix", "page/c");
        await page.Page.Locator("#keys button", new() { HasText = "page/colour" }).ClickAsync();
        await page.Page.FillAsync("#value", "blue ✓");
        await page.Button("Save").ClickAsync();
        await Expect(page.Page.Locator("#store-answer")).ToContainTextAsync("was written");
        Assert.Equal("blue ✓", await dashboard.Cluster.GetAsync("page/colour"));

        await page.Button("Delete …").ClickAsync();
        await page.Button("Delete key").ClickAsync();
        await Expect(page.Page.Locator("#no-keys")).ToHaveTextAsync("No key starts with “page/c”.");
    }

    [BrowserFact]
    public async Task A_change_by_another_user_is_not_overwritten_unnoticed()
    {
        await dashboard.Cluster.PutAsync("page/shared", "first"u8.ToArray());
        await using var page = await dashboard.OpenAsync();
        page.Expected = "412";
        await page.Page.FillAsync("#prefix", "page/shared");
        await page.Page.Locator("#keys button", new() { HasText = "page/shared" }).ClickAsync();
        await Expect(page.Page.Locator("#value")).ToHaveValueAsync("first");

        await dashboard.Cluster.PutAsync("page/shared", "theirs"u8.ToArray());
        await page.Page.FillAsync("#value", "mine");
        await page.Button("Save").ClickAsync();

        await Expect(page.Page.Locator("#conflict")).ToContainTextAsync("This key was changed");
        Assert.Equal("theirs", await dashboard.Cluster.GetAsync("page/shared"));

        await page.Button("Overwrite it with mine").ClickAsync();
        await Expect(page.Page.Locator("#conflict")).ToBeHiddenAsync();
        Assert.Equal("mine", await dashboard.Cluster.GetAsync("page/shared"));
    }

    [BrowserFact]
    public async Task Bytes_that_are_not_text_are_shown_in_hexadecimal_and_stay_unchanged()
    {
        await dashboard.Cluster.PutAsync("page/bytes", [0x00, 0xff, 0x10]);
        await using var page = await dashboard.OpenAsync();
        await page.Page.FillAsync("#prefix", "page/bytes");
        await page.Page.Locator("#keys button", new() { HasText = "page/bytes" }).ClickAsync();

        await Expect(page.Page.Locator("#value")).ToHaveValueAsync("00 ff 10");
        await page.Page.FillAsync("#value", "68 65 6c 6c 6f");
        await page.Button("Save").ClickAsync();

        await Expect(page.Page.Locator("#store-answer")).ToContainTextAsync("was written");
        Assert.Equal("hello", await dashboard.Cluster.GetAsync("page/bytes"));
    }

    [BrowserFact]
    public async Task A_write_by_another_client_appears_without_a_reload()
    {
        await using var page = await dashboard.OpenAsync();
        await page.Page.FillAsync("#prefix", "page/by-itself");
        await Expect(page.Page.Locator("#no-keys")).ToHaveTextAsync("No key starts with “page/by-itself”.");

        await dashboard.Cluster.PutAsync("page/by-itself", "x"u8.ToArray());

        await Expect(page.Page.Locator("#keys")).ToContainTextAsync("page/by-itself");
    }
}
