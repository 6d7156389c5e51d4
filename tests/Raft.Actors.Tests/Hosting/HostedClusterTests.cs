using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Raft.Actors.Clients;
using Raft.Actors.Groups;
using Raft.Actors.Hosting;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Hosting;

/// <summary>Three services, each with its own ActorSystem, that form one Akka cluster and one Raft group.</summary>
public sealed class HostedClusterTests : IAsyncLifetime
{
    private readonly IHost[] _hosts = [.. Enumerable.Range(1, 3).Select(Service)];

    public Task InitializeAsync() => Task.WhenAll(_hosts.Select(h => h.StartAsync()));

    public async Task DisposeAsync()
    {
        await Task.WhenAll(_hosts.Select(h => h.StopAsync()));
        foreach (var host in _hosts) host.Dispose();
    }

    [Fact]
    public async Task Hosts_discover_each_other_bootstrap_the_group_and_a_leader_transfers_when_its_host_stops()
    {
        var waiting = (await TestHost.HealthOf(_hosts[0], "raft."))["raft.orders.ready"];
        Assert.Equal(HealthStatus.Unhealthy, waiting.Status);
        Assert.StartsWith("n1 is unavailable: it has no cluster yet: ", waiting.Description, StringComparison.Ordinal);

        var first = Cluster.Get(SystemOf(_hosts[0])).SelfAddress;
        foreach (var host in _hosts) Cluster.Get(SystemOf(host)).Join(first);
        await ClientOf(_hosts[0]).ProposeAsync(TextMachine.Bytes("apple")).WaitAsync(TestHost.Patience);

        var (leader, others) = await LeaderAsync();
        var health = await TestHost.HealthOf(leader, "raft.");
        Assert.All(health.Values, check => Assert.Equal(HealthStatus.Healthy, check.Status));
        Assert.Contains("Leader", health["raft.orders.ready"].Description, StringComparison.Ordinal);

        var deposed = new TaskCompletionSource<RoleChanged>();
        SystemOf(leader).ActorOf(Props.Create(() => new RoleListener(deposed)));
        await leader.StopAsync().WaitAsync(TestHost.Patience);

        Assert.True(deposed.Task.IsCompleted, "The leader stopped while it led.");
        await ClientOf(others[0]).ProposeAsync(TextMachine.Bytes("pear")).WaitAsync(TestHost.Patience);
        var answer = await ClientOf(others[1]).QueryAsync(default).WaitAsync(TestHost.Patience);
        Assert.Contains(":apple", TextMachine.Text(answer.Result), StringComparison.Ordinal);
        Assert.Contains(":pear", TextMachine.Text(answer.Result), StringComparison.Ordinal);
    }

    private static IHost Service(int number) => TestHost.Build(akka => akka
        .WithRemoting("127.0.0.1", 0)
        .WithClustering(new ClusterOptions { Roles = ["shop"] })
        .WithRaft<TextMachine>("orders", options =>
        {
            options.NodeId = $"n{number}";
            options.BootstrapExpect = 3;
            options.AllowInMemoryJournal = true;
        }));

    private async Task<(IHost Leader, IHost[] Others)> LeaderAsync()
    {
        var statuses = await Task.WhenAll(_hosts.Select(
            h => h.Services.GetRequiredService<RaftGroup>().GetStatusAsync(TestHost.Patience)));
        var leader = Array.FindIndex(statuses, s => s.Role == RaftRole.Leader);
        return (_hosts[leader], [.. _hosts.Where((_, i) => i != leader)]);
    }

    private sealed class RoleListener : ReceiveActor
    {
        public RoleListener(TaskCompletionSource<RoleChanged> deposed)
        {
            Context.System.EventStream.Subscribe(Self, typeof(RoleChanged));
            Receive<RoleChanged>(change => deposed.TrySetResult(change));
        }
    }

    private static ActorSystem SystemOf(IHost host) => host.Services.GetRequiredService<ActorSystem>();

    private static IRaftClient ClientOf(IHost host) => host.Services.GetRequiredKeyedService<IRaftClient>("orders");
}
