using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Seats.Tests;

/// <summary><c>app.MapRaft()</c> in the service: operators can inspect the group.</summary>
public sealed class OperationsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task The_group_has_an_API_a_dashboard_and_health_that_change_nothing()
    {
        using var service = new SeatProcesses();
        using var patience = new CancellationTokenSource(Patience);
        var url = service.Urls[0];
        await SeatProcesses.ReadyAsync(_http, url, patience.Token);

        var status = await _http.GetFromJsonAsync<JsonElement>($"{url}/raft/api/status", patience.Token);
        var cluster = await _http.GetFromJsonAsync<JsonElement>($"{url}/raft/api/cluster", patience.Token);
        var document = await _http.GetFromJsonAsync<JsonElement>($"{url}/openapi/v1.json", patience.Token);
        using var page = await _http.GetAsync($"{url}/raft", patience.Token);
        using var live = await _http.GetAsync($"{url}/health/live", patience.Token);
        using var snapshot = await _http.PostAsJsonAsync($"{url}/raft/api/snapshot", new { }, patience.Token);

        Assert.Equal("seats", status.GetProperty("groupId").GetString());
        Assert.Equal(3, cluster.GetProperty("nodes").GetArrayLength());
        Assert.True(document.GetProperty("paths").TryGetProperty("/raft/api/status", out _));
        Assert.Equal("/raft/", page.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("page/js/main.js", await page.Content.ReadAsStringAsync(patience.Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, snapshot.StatusCode);
    }
}
