using System.Text.Json;
using System.Text.RegularExpressions;
using Akka.Actor;
using Raft.Actors.Protocol;
using Raft.Host.Api;
using Raft.Host.Hosting;
using Raft.Host.Tests.Http;
using Raft.Host.Tests.Processes;
using Raft.Programs.Addresses;
using Raft.Programs.Hosting;
using Xunit;

namespace Raft.Host.Tests.Telemetry;

/// <summary><c>/metrics</c> of three real nodes, against a strict reader, docs/observe.md and the Grafana dashboard.</summary>
public sealed partial class MetricsTests(ThreeNodes nodes) : IClassFixture<ThreeNodes>
{
    /// <summary>No node takes a snapshot in these tests.</summary>
    private const string Snapshots = "raft_snapshot_";

    [Fact]
    public async Task The_leader_has_every_metric_that_is_documented_and_no_other()
    {
        var metrics = await OfLeaderAsync();

        var documented = DocumentRow().Matches(await DocumentAsync("observe.md"))
            .Where(row => !row.Groups["name"].Value.StartsWith(Snapshots, StringComparison.Ordinal))
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["kind"].Value);

        Assert.NotEmpty(documented);
        Assert.Equal(
            documented.OrderBy(d => d.Key, StringComparer.Ordinal),
            metrics.Families.Values.Where(f => f.Name.StartsWith("raft_", StringComparison.Ordinal))
                .Select(f => KeyValuePair.Create(f.Name, f.Type!))
                .OrderBy(f => f.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_query_of_the_dashboard_names_metrics_that_there_are()
    {
        var metrics = await OfLeaderAsync();
        var dashboard = JsonDocument.Parse(await DocumentAsync("grafana/raft-akka.json")).RootElement;
        var queries = dashboard.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)
            .ToArray();

        Assert.InRange(queries.Length, 15, 100);
        Assert.All(queries, query =>
        {
            var names = MetricName().Matches(query).Select(m => m.Value).ToArray();
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.Contains(metrics.Families.Values, f => f.Samples.Exists(s => s.Name == name)));
            Assert.All(
                LabelName().Matches(query).Select(m => m.Value),
                label => Assert.Contains(metrics.Families.Values.SelectMany(f => f.Samples), s => s.Labels.ContainsKey(label)));
        });
    }

    [Fact]
    public async Task A_server_tells_of_its_own_node_and_its_own_requests_only()
    {
        foreach (var (node, url) in nodes.Nodes.Zip(nodes.Urls))
        {
            var metrics = await AtAsync(url);

            var told = metrics.Families.Values.SelectMany(f => f.Samples).Where(s => s.Labels.ContainsKey("raft_node"));
            Assert.Equal([node.Self.Id.Value], told.Select(s => s.Labels["raft_node"]).Distinct());
            var ports = metrics.Families.Values.SelectMany(f => f.Samples).Where(s => s.Labels.ContainsKey("server_port"));
            Assert.Equal([$"{new Uri(url).Port}"], ports.Select(s => s.Labels["server_port"]).Distinct());
        }
    }

    [Fact]
    public async Task What_is_written_is_counted()
    {
        var before = await OfLeaderAsync();
        using (var put = await nodes.Http.PutAsync($"{nodes.Urls[0]}/api/kv/counted", new StringContent("x")))
            put.EnsureSuccessStatusCode();
        var after = await OfLeaderAsync();

        Assert.True(CountOf(after, "raft_commit_duration_seconds") > CountOf(before, "raft_commit_duration_seconds"));
        Assert.True(CountOf(after, "raft_apply_duration_seconds") > CountOf(before, "raft_apply_duration_seconds"));
        Assert.Equal(2, Assert.Single(after.Families["raft_role"].Samples).Value);
    }

    [Fact]
    public async Task A_gateway_has_metrics_of_its_requests_and_none_of_a_node()
    {
        var free = new HostPort("127.0.0.1", 0);
        var options = new GatewayOptions("raft", free, new ApiOptions(), new OwnAddress(free), [nodes.Seed], "");
        await using var gateway = await GatewayHost.StartAsync(options, FormerLives.None);
        using (var live = await nodes.Http.GetAsync($"{gateway.Url}/health/live")) live.EnsureSuccessStatusCode();

        var metrics = await AtAsync(gateway.Url);

        Assert.Contains("http_server_request_duration_seconds", metrics.Families.Keys);
        Assert.DoesNotContain(metrics.Families.Keys, name => name.StartsWith("raft_", StringComparison.Ordinal));
    }

    /// <summary>The leader's metrics, after it has accepted and rejected commands.</summary>
    private async Task<PrometheusText> OfLeaderAsync()
    {
        var id = await nodes.LeaderAsync();
        var (leader, url) = nodes.Nodes.Zip(nodes.Urls, (node, url) => (node, url)).Single(n => n.node.Self.Id.Value == id);
        var tooLarge = new Propose([new Proposal(1, new byte[leader.Group.Settings.MaxCommandBytes + 1])]);
        await leader.Group.Node.Ask<ClientReplies>(tooLarge, TimeSpan.FromSeconds(5));
        while (true)
        {
            // A leader's metrics of its peers change with its heartbeats.
            var metrics = await AtAsync(url);
            if (metrics.Families.ContainsKey("raft_peer_lag")) return metrics;
        }
    }

    private async Task<PrometheusText> AtAsync(string url)
    {
        using var answer = await nodes.Http.GetAsync($"{url}/metrics");
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        return PrometheusText.Parse(await answer.Content.ReadAsStringAsync());
    }

    private static double CountOf(PrometheusText metrics, string histogram) =>
        metrics.Families[histogram].Samples.Where(s => s.Name == $"{histogram}_count").Sum(s => s.Value);

    private static Task<string> DocumentAsync(string name) => File.ReadAllTextAsync(Repository.PathOf($"docs/{name}"));

    [GeneratedRegex(@"^\| `raft\.[a-z._]+` \| `(?<name>raft_[a-z_]+)` \| (?<kind>[a-z]+) \|", RegexOptions.Multiline)]
    private static partial Regex DocumentRow();

    [GeneratedRegex(@"\b(raft|http)_[a-z_]+(?=[{\[])")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\braft_[a-z_]+(?=[=!]~?""|[,)])")]
    private static partial Regex LabelName();
}
