using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.Monitoring;
using Raft.Actors.Protocol;
using Raft.Host.Doctor;
using Xunit;

namespace Raft.Host.Tests.Doctor;

/// <summary>Facts of a healthy cluster of n1, n2 and n3, seen from the leader n1, and ways to break it.</summary>
internal static class Facts
{
    public static readonly NodeId N1 = new("n1");
    public static readonly NodeId N2 = new("n2");
    public static readonly NodeId N3 = new("n3");

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    private static readonly NodeId[] Names = [N1, N2, N3];

    public static ClusterFacts Healthy { get; } = new(
        N1,
        [.. Names.Select(n => new NodeView(Address(n), Status(n), Down: null))],
        [.. Names.Select(DiagnosticsOf)],
        [.. Names.Select(n => new AkkaMember(Address(n).Address, n, "up", ["raft"], IsReachable: true))],
        [Elected(N1, term: 7, minutesAgo: 5)],
        Now);

    /// <summary>A node became leader.</summary>
    public static NodeTransition Elected(NodeId node, long term, int minutesAgo) => new(
        Now.AddMinutes(-minutesAgo),
        node,
        TransitionKind.Role,
        new Term(term),
        RaftRole.Leader,
        node,
        $"{node} term {term}: candidate → leader");

    /// <summary>The node answers neither this process nor its leader.</summary>
    public static ClusterFacts Without(this ClusterFacts facts, NodeId node) => facts with
    {
        Nodes =
        [
            .. facts.Nodes.Select(n => n.Node.NodeId == node
                ? n with { Status = null, Down = null }
                : n with { Status = n.Status is { } status ? Unreached(status, node) : null }),
        ],
        Diagnostics = [.. facts.Diagnostics.Where(e => e.NodeId != node).Select(
            e => e.Seeing(node, roundTrip: null, heard: null))],
    };

    public static ClusterFacts With(this ClusterFacts facts, NodeId node, Func<NodeStatus, NodeStatus> change) => facts with
    {
        Nodes = [.. facts.Nodes.Select(n => n.Node.NodeId == node ? n with { Status = change(n.Status!) } : n)],
    };

    public static ClusterFacts IsDown(this ClusterFacts facts, NodeId node, bool isHalted) => facts with
    {
        Nodes =
        [
            .. facts.Nodes.Select(n => n.Node.NodeId == node
                ? n with { Status = null, Down = new NodeDown(node, "the journal is damaged", isHalted) }
                : n),
        ],
    };

    public static ClusterFacts Diagnosed(this ClusterFacts facts, NodeId node, Func<NodeDiagnostics, NodeDiagnostics> change) =>
        facts with
        {
            Diagnostics = [.. facts.Diagnostics.Select(e => e.NodeId == node ? change(e) : e)],
        };

    public static ClusterFacts Set(this ClusterFacts facts, NodeId node, string key, string text) =>
        facts.Diagnosed(node, e => e with
        {
            Settings = [.. e.Settings.Where(s => s.Name != key), new NamedText(key, text)],
        });

    public static ClusterFacts SetOnAll(this ClusterFacts facts, string key, string text) =>
        Names.Aggregate(facts, (all, node) => all.Set(node, key, text));

    public static ClusterFacts Disk(this ClusterFacts facts, NodeId node, Func<DiskDiagnostics, DiskDiagnostics> change) =>
        facts.Diagnosed(node, e => e with { Disk = change(e.Disk!) });

    public static NodeDiagnostics Seeing(
        this NodeDiagnostics diagnostics,
        NodeId peer,
        long? roundTrip = 800,
        long? heard = 5,
        long? ahead = 2) => diagnostics with
        {
            Peers =
            [
                .. diagnostics.Peers.Select(p => p.NodeId == peer
                    ? new PeerView(peer, roundTrip, roundTrip is null ? null : ahead, heard)
                    : p),
            ],
        };

    /// <summary>Asserts that exactly one finding has this text, severity, node and advice.</summary>
    public static void Expect(IEnumerable<Finding> findings, Severity severity, NodeId? node, string what, string advice)
    {
        var finding = Assert.Single(findings, f => f.What.Contains(what, StringComparison.Ordinal));
        Assert.Equal((severity, node), (finding.Severity, finding.Node));
        Assert.Contains(advice, finding.Advice ?? "", StringComparison.Ordinal);
    }

    /// <summary>A node whose diagnostics report which nodes another one hears.</summary>
    public static NodeDiagnostics Hearing(this NodeDiagnostics diagnostics, NodeId peer, NodeId hears) => diagnostics with
    {
        Peers =
        [
            .. diagnostics.Peers.Select(
                p => p.NodeId == peer ? new PeerView(peer, 800, 2, 5) { Hears = [new HeardNode(hears, 20)] } : p),
        ],
    };

    /// <summary>A follower that the leader reaches and that has all entries.</summary>
    public static FollowerStatus Follower(NodeId node) => new(node, IsReached: true, new LogIndex(100_000), TimeSpan.Zero);

    private static MemberStatus Address(NodeId node) => new(node, $"10.0.0.{node.Value[1]}:4053");

    private static NodeStatus Unreached(NodeStatus status, NodeId node) => status with
    {
        Followers = [.. status.Followers.Select(f => f.NodeId == node ? f with { IsReached = false } : f)],
    };

    private static NodeStatus Status(NodeId node) => new(
        node,
        new ClusterId("c"),
        new GroupId("default"),
        node == N1 ? RaftRole.Leader : RaftRole.Follower,
        new Term(7),
        N1,
        N1,
        new LogIndex(100_000),
        new LogIndex(100_000),
        new LogIndex(100_000),
        new Term(7),
        LogIndex.Zero,
        new LogIndex(100_000),
        [.. Names.Select(Address)],
        new LogIndex(1),
        null,
        null)
    {
        Followers = node == N1 ? [Follower(N2), Follower(N3)] : [],
    };

    private static NodeDiagnostics DiagnosticsOf(NodeId node) => new(
        node,
        [
            new("raft.election-timeout-min", "500 ms"),
            new("raft.election-timeout-max", "1000 ms"),
            new("raft.heartbeat-interval", "100 ms"),
            new("raft.pre-vote", "on"),
            new("raft.check-quorum", "on"),
            new("raft.lease-reads", "off"),
            new("raft.allow-in-memory-journal", "off"),
            new("raft.max-sessions", "16384"),
            new("raft.leadership-preference", "neutral"),
        ],
        [new("Raft.Akka", "1.0.0"), new("protocol", "a1b2c3d4"), new("Akka.NET", "1.5.74"), new(".NET", "10.0.0")],
        [.. Names.Where(n => n != node).Select(n => new PeerView(n, 800, 2, 5))],
        new DiskDiagnostics("/data", 1L << 40, 1L << 41, 1 << 20, "wal, synchronous 2", [900, 1000, 1100, 900, 1000], null));
}
