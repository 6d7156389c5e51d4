using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Persistence;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Raft.Actors.Clients;
using Raft.Actors.Configuration;
using Raft.Actors.Membership;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>
/// One real node, n1, on a <see cref="Fixtures.Disk"/> that the test controls and in virtual time. Its peers n2 to n5 and its
/// clients are probes. It is the paper's Raft: pre-vote and check quorum are off unless a scenario is about them. Each step waits
/// until node, journal and state machine are idle, so what has not happened by then does not happen.
/// </summary>
public abstract partial class RaftScenario : TestKit
{
    /// <summary>With these draws a node's election timeout is <see cref="ElectionTimeout"/>.</summary>
    private const double MiddleDraw = 0.5;

    public static readonly ClusterId Cluster = new("test-cluster");
    public static readonly NodeId N1 = new("n1");
    private protected static readonly TimeSpan ElectionTimeout = TimeSpan.FromMilliseconds(750);
    private protected static readonly TimeSpan HeartbeatInterval = TimeSpan.FromMilliseconds(100);
    private protected static readonly TimeSpan RestartPause = TimeSpan.FromMilliseconds(200);

    private const string SystemConfig = """
        akka.loglevel = WARNING
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        akka.scheduler.implementation = "Raft.Actors.Tests.Fixtures.VirtualTime, Raft.Actors.Tests"
        akka.persistence.journal.plugin = "test.journal"
        akka.persistence.snapshot-store.plugin = "akka.persistence.no-snapshot-store"
        test.journal.class = "Raft.Actors.Tests.Fixtures.DiskJournal, Raft.Actors.Tests"
        """;

    private readonly IActorRef _journal;
    private readonly TestProbe _barrier;
    private readonly TestProbe _halts;
    private readonly TestProbe _warnings;
    private readonly Dictionary<NodeId, Peer> _peers;
    private readonly NodeTelemetry _telemetry;
    private IActorRef _supervisor = ActorRefs.Nobody;
    private TextMachine _machine = new();

    private protected RaftScenario()
        : base(ConfigurationFactory.ParseString(SystemConfig).WithFallback(RaftConfig.Reference))
    {
        Disk = new Disk(Sys.Serialization);
        _journal = Persistence.Instance.Apply(Sys).JournalFor(null);
        _journal.Tell(Disk);
        _barrier = CreateTestProbe("barrier");
        _halts = CreateTestProbe("halts");
        _warnings = CreateTestProbe("warnings");
        Sys.EventStream.Subscribe(_halts.Ref, typeof(NodeHalted));
        Sys.EventStream.Subscribe(_warnings.Ref, typeof(Warning));
        _peers = Enumerable.Range(2, 4).Select(i => new NodeId($"n{i}"))
            .ToDictionary(id => id, id => new Peer(this, id, CreateTestProbe(id.Value)));
        Client = NewClient("client");
        _telemetry = new NodeTelemetry(new NodeScope(new GroupId("default"), new RaftMember(N1, "n1", 4053)), Sys.Scheduler);
        Sys.RegisterOnTermination(_telemetry.Dispose);
    }

    private protected Disk Disk { get; }

    private protected Peer N2 => _peers[new NodeId("n2")];

    private protected Peer N3 => _peers[new NodeId("n3")];

    private protected Peer N4 => _peers[new NodeId("n4")];

    private protected Peer N5 => _peers[new NodeId("n5")];

    private protected NodeClient Client { get; }

    /// <summary>The node's metrics.</summary>
    private protected Meter Meter => _telemetry.Meter;

    /// <summary>The commands that the node's state machine applied, as <c>index:command</c>.</summary>
    private protected IReadOnlyList<string> Applied
    {
        get
        {
            Settle();
            return _machine.Applied;
        }
    }

    private VirtualTime Time => (VirtualTime)Sys.Scheduler;

    /// <summary>
    /// A real client whose first contact is the node, as for a client in its process, and the second <paramref name="other"/>.
    /// </summary>
    private protected RaftClient NewLocalClient(Peer other) =>
        RaftClient.Create(Sys, [_supervisor, other.Ref], new ClientSettings(RaftConfig.Reference));

    internal NodeClient NewClient(string name) => new(this, CreateTestProbe(name));

    /// <summary>Sends to the node, as its peers and clients do.</summary>
    public void Tell(object message, IActorRef sender) => _supervisor.Tell(message, sender);

    /// <summary>Waits until node, journal and state machine are idle.</summary>
    public void Settle()
    {
        PassNode();
        long writes;
        do
        {
            writes = PassJournal();
            PassNode();
        }
        while (PassJournal() != writes);
    }

    /// <summary>The node's status when it is idle.</summary>
    private protected NodeStatus Status()
    {
        Settle();
        Tell(GetStatus.Instance, _barrier.Ref);
        return _barrier.ExpectMsg<NodeStatus>();
    }

    /// <summary>The terms of the node's log entries, as in the paper's figures.</summary>
    private protected long[] LogTerms() => [.. Log.Select(e => e.Term.Value)];

    /// <summary>The node's log in memory.</summary>
    private protected new IReadOnlyList<LogEntry> Log
    {
        get
        {
            Settle();
            Tell(new GetLog(new LogIndex(1), 1000), _barrier.Ref);
            return _barrier.ExpectMsg<LogPage>().Entries;
        }
    }

    /// <summary>Warnings since the last call.</summary>
    private protected IReadOnlyList<string> Warnings()
    {
        Settle();
        var warnings = new List<string>();
        while (_warnings.HasMessages) warnings.Add(_warnings.ExpectMsg<Warning>().ToString());
        return warnings;
    }

    /// <summary>Why the node halted; waits until it has stopped.</summary>
    private protected string HaltReason()
    {
        var reason = _halts.ExpectMsg<NodeHalted>().Reason;
        NodeStops();
        return reason;
    }

    /// <summary>Waits until the node has stopped and its supervisor knows.</summary>
    private protected void NodeStops()
    {
        var node = Disk.Reader;
        _barrier.Watch(node);
        _barrier.ExpectTerminated(node);
        Pass(_supervisor);
    }

    /// <summary>The answer to a status request while the node is down.</summary>
    private protected NodeDown Down()
    {
        Tell(GetStatus.Instance, _barrier.Ref);
        return _barrier.ExpectMsg<NodeDown>();
    }

    /// <summary>Waits for the node and its state machine.</summary>
    private void PassNode()
    {
        Tell(new ClientQuery([new Query(0, default)], ReadConsistency.Stale), _barrier.Ref);
        _barrier.ExpectMsg<ClientReplies>();
    }

    private long PassJournal()
    {
        _journal.Tell(new DiskJournal.CountWrites(), _barrier.Ref);
        return _barrier.ExpectMsg<DiskJournal.WriteCount>().Writes;
    }

    /// <summary>Waits until an actor has handled all its messages, including those that it sent to itself.</summary>
    private protected void Pass(IActorRef actor)
    {
        for (var i = 0; i < 2; i++)
        {
            actor.Tell(new Identify(null), _barrier.Ref);
            _barrier.ExpectMsg<ActorIdentity>();
        }
    }

    private static RaftSettings Settings(int members, string settings, string? loss)
    {
        var list = string.Join(", ", Enumerable.Range(1, members).Select(i => $"\"n{i}=127.0.0.1:405{i}\""));
        var config = ConfigurationFactory.ParseString($$"""
            raft { node-id = n1, members = [{{list}}], cluster-id = {{Cluster}}, pre-vote = off, check-quorum = off }
            akka.remote.dot-netty.tcp.maximum-frame-size = 1MiB
            """);
        return new RaftSettings(
            ConfigurationFactory.ParseString(settings).WithFallback(config).WithFallback(RaftConfig.Reference))
        {
            JournalLoss = loss,
        };
    }
}
