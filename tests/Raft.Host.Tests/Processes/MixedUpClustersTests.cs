using System.Net;
using Xunit;

namespace Raft.Host.Tests.Processes;

/// <summary>One address in a cluster's list of members is that of another cluster. Real processes.</summary>
[Collection(nameof(ProcessTests))]
public sealed class MixedUpClustersTests : IDisposable
{
    private const int Writes = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Writes_never_go_to_the_other_cluster_and_doctor_names_its_node()
    {
        using var dataOfA = new TempFolder();
        using var dataOfB = new TempFolder();
        await using var a = await NodeProcesses.StartAsync(dataOfA);
        await using var b = await NodeProcesses.StartAsync(dataOfB);
        for (var node = 0; node < 3; node++) await a.KillAsync(node);
        await RaiseTermAsync(b);

        // n3 of A stays down; n3 of B is at the address at which n1 and n2 expect it.
        await Task.WhenAll(a.StartAsync(0, third: b.Address(2)), a.StartAsync(1, third: b.Address(2)));
        for (var i = 0; i < Writes; i++) await PutAsync(a.Urls[i % 2], $"of-a-{i}");

        using var read = await _http.GetAsync($"{a.Urls[0]}/api/kv/of-a-0");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.DoesNotContain("of-a", await _http.GetStringAsync($"{b.Urls[0]}/api/kv?limit=1000"), StringComparison.Ordinal);
        var (_, diagnosis) = await RaftProcess.RunAsync(["doctor", "--node", a.Urls[0]]);
        Assert.Contains($"n3 at {b.Address(2)} belongs to cluster", diagnosis, StringComparison.Ordinal);
    }

    /// <summary>Of two nodes that claim to lead, clients believe the one of the newer term.</summary>
    private static async Task RaiseTermAsync(NodeProcesses cluster)
    {
        foreach (var target in new[] { "n1", "n2", "n3", "n1", "n2" })
            await RaftProcess.RunAsync(["transfer", target, "--node", cluster.Urls[0]]);
    }

    private async Task PutAsync(string url, string key)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            using var put = await _http.PutAsync($"{url}/api/kv/{key}", new StringContent("x"), timeout.Token);
            if (put.IsSuccessStatusCode) return;
        }
    }
}
