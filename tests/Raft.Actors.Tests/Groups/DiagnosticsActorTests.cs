using Akka.Actor;
using Akka.Configuration;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Groups;
using Raft.Actors.Inspection;
using Raft.Actors.Links;
using Raft.Actors.Membership;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Configuration;
using Xunit;

namespace Raft.Actors.Tests.Groups;

/// <summary>
/// The diagnostics actors of two processes over real Akka.Remote, and a third node that is not there. The actors ping it, and the
/// tests don't, or each test would wait for all of its patience.
/// </summary>
public sealed class DiagnosticsActorTests : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly ActorSystem _one = Start();
    private readonly ActorSystem _two = Start();
    private readonly CountingDisk _disk = new();
    private GroupNodes _nodes = null!;

    public Task InitializeAsync()
    {
        RaftMember[] members = [MemberOf("n1", _one), MemberOf("n2", _two), RaftMember.Parse("n3=127.0.0.1:1")];
        var directory = new NodeDirectory(members);
        foreach (var (system, i) in new[] { (_one, 0), (_two, 1) })
        {
            var addresses = string.Join(',', members.Select(m => $"\"{m}\""));
            var own = ConfigurationFactory.ParseString(
                $"raft {{ node-id = n{i + 1}, client.request-timeout = {i + 8}s, members = [{addresses}] }}");
            var settings = new RaftSettings(own.WithFallback(system.Settings.Config));
            var nodes = new GroupNodes((ExtendedActorSystem)system, settings.Group, directory, new OwnCluster());
            system.ActorOf(
                Props.Create(() => new DiagnosticsActor(settings, nodes, new PeerLinks(), i == 0 ? _disk : null)),
                DiagnosticsActor.NameOf(settings.Group));
        }

        _nodes = Known(members[..2]);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _one.Terminate();
        await _two.Terminate();
    }

    [Fact]
    public async Task Each_process_tells_its_settings_versions_and_disk_and_whom_it_reaches()
    {
        var found = await _nodes.DiagnoseAllAsync(Timeout, CancellationToken.None);

        Assert.Equal(["n1", "n2"], found.Select(f => f.NodeId.Value));
        Assert.Contains(new NamedText("raft.election-timeout-min", "500 ms"), found[1].Settings);
        Assert.Contains(found[1].Versions, v => v.Name == "Akka.NET");
        Assert.Equal("/data", found[0].Disk!.Folder);
        Assert.Null(found[1].Disk);

        var (seen, absent) = (found[0].Peers[0], found[0].Peers[1]);
        Assert.Equal(("n2", "n3"), (seen.NodeId.Value, absent.NodeId.Value));
        Assert.InRange(seen.RoundTripMicroseconds!.Value, 1, 1_000_000);
        Assert.InRange(seen.ClockAheadMilliseconds!.Value, -500, 500);
        Assert.Null(absent.RoundTripMicroseconds);
        Assert.Null(absent.HeardMillisecondsAgo);
    }

    [Fact]
    public async Task Each_process_tells_every_key_but_its_name_so_that_differences_show()
    {
        var found = await _nodes.DiagnoseAllAsync(Timeout, CancellationToken.None);

        Assert.All(found, node => Assert.Equal(
            ReferenceTests.Leaves.Except(["raft.node-id"]).Order(), node.Settings.Select(s => s.Name).Order()));
        Assert.Equal(
            [new NamedText("raft.client.request-timeout", "8000 ms"), new NamedText("raft.client.request-timeout", "9000 ms")],
            found.SelectMany(node => node.Settings).Where(s => s.Name == "raft.client.request-timeout"));
        Assert.Contains(new NamedText("raft.restart-backoff-max", "10000 ms"), found[0].Settings);
    }

    [Fact]
    public async Task A_process_that_does_not_answer_in_time_is_left_out() =>
        Assert.Empty(await Known(RaftMember.Parse("n3=127.0.0.1:1")).DiagnoseAllAsync(
            TimeSpan.FromMilliseconds(100), CancellationToken.None));

    /// <summary>n1 waits for the third node's pong until the timeout, so n2's ping has arrived when n1 answers.</summary>
    [Fact]
    public async Task A_process_tells_whom_it_hears()
    {
        var found = await _nodes.DiagnoseAllAsync(Timeout, CancellationToken.None);

        Assert.NotNull(found[0].Peers[0].HeardMillisecondsAgo);
    }

    /// <summary>n1 pings n2 before the test does, and messages between two processes arrive in order.</summary>
    [Fact]
    public async Task A_process_tells_whom_the_others_hear()
    {
        await _nodes.DiagnoseAllAsync(Timeout, CancellationToken.None);

        var found = await _nodes.DiagnosticsActor(new NodeId("n2"))
            .Ask<DiagnosticsPong>(new DiagnosticsPing(new NodeId("n1")), Timeout);

        Assert.Contains(found.Heard, h => h.NodeId.Value == "n1");
    }

    [Fact]
    public async Task A_process_that_is_pinged_to_ping_on_pings_all_others()
    {
        _nodes.DiagnosticsActor(new NodeId("n2")).Tell(new DiagnosticsPing(new NodeId("n3"), AsksOn: true), ActorRefs.NoSender);

        // Messages between two processes arrive in order: n2's ping arrives before its pong.
        await _nodes.DiagnosticsActor(new NodeId("n2")).Ask<DiagnosticsPong>(new DiagnosticsPing(new NodeId("n1")), Timeout);
        var here = await _nodes.DiagnosticsActor(new NodeId("n1"))
            .Ask<DiagnosticsPong>(new DiagnosticsPing(new NodeId("n3")), Timeout);

        Assert.Contains(here.Heard, h => h.NodeId.Value == "n2");
    }

    [Fact]
    public async Task Frequent_requests_do_not_cause_frequent_measurements()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _nodes.DiagnoseAllAsync(Timeout, CancellationToken.None)));

        Assert.Equal(1, _disk.Count);
    }

    [Fact]
    public async Task A_process_tells_another_one_its_actors()
    {
        var inspection = new GroupInspection((ExtendedActorSystem)_one, _nodes, new NodeId("n1"), ownGroup: null);

        var here = await inspection.GetActorsAsync(new GetActors("/user", 1, 100), Timeout);
        var there = await inspection.GetActorsAsync(new GetActors("/user", 1, 100), Timeout, new NodeId("n2"));

        Assert.Contains(here.Actors, a => a is { Path: "/user/raft-default-diagnostics", Type: "DiagnosticsActor" });
        Assert.Contains(there.Actors, a => a is { Path: "/user/raft-default-diagnostics", Type: "DiagnosticsActor" });
        Assert.NotEqual(here.System, there.System);
        await Assert.ThrowsAsync<NoSuchNodeException>(() =>
            inspection.GetActorsAsync(new GetActors("/", 1, 1), Timeout, new NodeId("n9")));
    }

    private static ActorSystem Start() => ActorSystem.Create("raft", ConfigurationFactory.ParseString("""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          actor.provider = remote
          remote.log-remote-lifecycle-events = off
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, maximum-frame-size = 1MiB }
          remote.dot-netty.tcp { send-buffer-size = 2MiB, receive-buffer-size = 2MiB }
        }
        """).WithFallback(RaftConfig.Reference));

    private GroupNodes Known(params RaftMember[] members) =>
        new((ExtendedActorSystem)_one, new GroupId("default"), new NodeDirectory(members), new OwnCluster());

    private static RaftMember MemberOf(string name, ActorSystem system)
    {
        var address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
        return new RaftMember(new NodeId(name), address.Host!, address.Port!.Value);
    }

    private sealed class CountingDisk : IDiskProbe
    {
        public int Count { get; private set; }

        public Task<DiskDiagnostics> MeasureAsync(CancellationToken cancellationToken)
        {
            Count++;
            return Task.FromResult(new DiskDiagnostics("/data", 1, 2, 3, "wal", [4], null));
        }
    }
}
