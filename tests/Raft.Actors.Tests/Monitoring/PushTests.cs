using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Groups;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines.KeyValue;
using Xunit;

namespace Raft.Actors.Tests.Monitoring;

/// <summary>
/// Two nodes and a process without one, in real ActorSystems of one Akka cluster. The third one's polls get no answers, so that
/// everything it knows was pushed.
/// </summary>
public sealed class PushTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ActorSystem[] _systems = [Start(1), Start(2), Start(3)];
    private readonly List<RaftGroup> _groups = [];

    public Task InitializeAsync()
    {
        foreach (var system in _systems) Cluster.Get(system).Join(Cluster.Get(_systems[0]).SelfAddress);
        var members = string.Join(", ", _systems.Take(2).Select((s, i) => $"\"n{i + 1}=127.0.0.1:{PortOf(s)}\""));
        foreach (var system in _systems.Take(2))
        {
            var config = ConfigurationFactory.ParseString($"raft.members = [{members}]").WithFallback(system.Settings.Config);
            _groups.Add(RaftGroup.Start(system, new RaftSettings(config), () => new KeyValueStore()));
        }

        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await Task.WhenAll(_systems.Select(s => s.Terminate()));

    [Fact]
    public async Task A_new_leader_is_pushed_to_a_process_that_gets_no_answer_from_anybody()
    {
        using var timeout = new CancellationTokenSource(Patience);
        var monitor = RaftMonitor.Start(
            _systems[2], "deaf", new GroupId("default"), _ => Task.FromResult<IReadOnlyList<NodeView>>([]));
        await using var changes = monitor.WatchAsync(timeout.Token).GetAsyncEnumerator(timeout.Token);
        await using var client = _groups[0].CreateClient();
        while (monitor.Current.Nodes.Count < 2 || LeaderIn(monitor.Current) is null)
        {
            // What was published before this process knew the topic is lost; a leader publishes again when its state changes.
            await new KeyValueClient(client).PutAsync("key", "value"u8.ToArray(), WriteCondition.None, null, timeout.Token);
            await changes.MoveNextAsync();
        }

        var former = LeaderIn(monitor.Current)!.Value;
        var next = new NodeId(former == new NodeId("n1") ? "n2" : "n1");
        var leader = _groups.Single(g => g.Self == former);
        while (!await TryTransferAsync(leader, next))
        {
            // It has just been elected and is not ready yet.
        }

        while (changes.Current is not NodeTransition { Role: RaftRole.Leader, Kind: TransitionKind.Role } led
            || led.NodeId != next)
            Assert.True(await changes.MoveNextAsync());
    }

    private static async Task<bool> TryTransferAsync(RaftGroup leader, NodeId target)
    {
        try
        {
            await leader.TransferLeadershipAsync(target, Patience);
            return true;
        }
        catch (TransferRefusedException)
        {
            return false;
        }
    }

    private static NodeId? LeaderIn(GroupView view) =>
        view.Nodes.FirstOrDefault(n => n.Status?.Role == RaftRole.Leader)?.Node.NodeId;

    private static ActorSystem Start(int number) => ActorSystem.Create("push", ConfigurationFactory.ParseString($$"""
        akka {
          actor.provider = cluster
          cluster.roles = ["raft-id-n{{number}}"]
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, maximum-frame-size = 1MiB }
          remote.dot-netty.tcp { send-buffer-size = 2MiB, receive-buffer-size = 2MiB }
          persistence.journal.plugin = "akka.persistence.journal.inmem"
          persistence.snapshot-store.plugin = "akka.persistence.no-snapshot-store"
          loglevel = OFF
          stdout-loglevel = OFF
        }
        raft { node-id = "n{{number}}", allow-in-memory-journal = on }
        """).WithFallback(RaftConfig.Reference));

    private static int PortOf(ActorSystem system) => Cluster.Get(system).SelfAddress.Port!.Value;
}
