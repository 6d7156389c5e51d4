using System.Text;
using Raft.Actors.Events;
using Raft.Actors.Protocol;

namespace Raft.Actors.Tests.Serialization;

/// <summary>
/// At least one message of every type that leaves the process. The first of a type has no field at its default, so that a
/// forgotten field is noticed; the others show what may be absent.
/// </summary>
internal static class Samples
{
    private static readonly ClusterId Cluster = new("c-81677e08");
    private static readonly NodeId N1 = new("n1");
    private static readonly NodeId N2 = new("n2");
    private static readonly Term Term7 = new(7);

    private static readonly BootstrapPlan Plan = new(Cluster, [new Incarnation(N1, 1L << 50), new Incarnation(N2, 7)]);

    private static readonly LogPoint Last = new(new LogIndex(300), new Term(6), TimeSpan.FromMilliseconds(5000));

    private static readonly ClusterFormed Formed = new(Cluster, new GroupId("orders"), N1, [N1, N2, new NodeId("n3")]);

    private static readonly LogEntry[] Entries =
    [
        new(new LogIndex(300), new Term(6), EntryKind.Command, Bytes("red")),
        new(new LogIndex(301), Term7, EntryKind.NoOp, default),
        new(new LogIndex(302), Term7, EntryKind.Command, Bytes("blue")),
    ];

    private static readonly LogEntry[] EntriesOfSessions =
    [
        new(new LogIndex(300), new Term(6), EntryKind.Command, Bytes("red"))
        {
            Time = TimeSpan.FromMilliseconds(5000),
            Origin = new SessionCommand(new SessionId(250), Sequence: 9, Acknowledged: 7),
        },
        new(new LogIndex(301), Term7, EntryKind.NoOp, default) { Time = TimeSpan.FromMilliseconds(5000) },
        new(new LogIndex(302), Term7, EntryKind.OpenSession, Bytes("limits")) { Time = TimeSpan.FromMilliseconds(5100) },
        new(new LogIndex(303), Term7, EntryKind.Command, Bytes("blue"))
        {
            Time = TimeSpan.FromMilliseconds(5200),
            Origin = new KeyedCommand(new IdempotencyKey("order 17")),
        },
    ];

    private static readonly TraceParent Trace = new("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private static readonly JournalStamp Journal = new(1L << 51, Position: 812, AwaitsReadmission: true);

    public static IReadOnlyList<object> All { get; } =
    [
        .. WithJournals(BetweenNodes()),
        .. WithoutACluster(),
        .. ForOneCluster(),
        .. WithClients(),
        .. OfFollowersAndPeers(),
        .. OfSnapshots(),
        .. OfNodes(),
        .. OfTheMonitor(),
        .. OfProcesses(),
        .. InTheJournal(),
    ];

    public static IEnumerable<RaftEvent> Events => All.OfType<RaftEvent>();

    private static IEnumerable<object> BetweenNodes() =>
    [
        new RequestVote(Cluster, N1, Term7, new LogIndex(300), new Term(6), IsTransfer: true),
        new RequestVote(Cluster, N1, Term7, new LogIndex(300), new Term(6)),
        new RequestPreVote(Cluster, N1, Term7, Attempt: 1L << 50, new LogIndex(300), new Term(6)),
        new PreVoteGranted(Cluster, N2, Term7, Attempt: 1L << 50),
        new PreVoteDenied(Cluster, N2, Term7, Attempt: 1L << 50, VoteDenial.LeaderIsKnown),
        new TimeoutNow(Cluster, N1, Term7),
        new RequestReadIndex(Cluster, N2, Term7, ReadId: 1L << 50),
        new ReadIndexGranted(Cluster, N1, Term7, ReadId: 1L << 50, new LogIndex(300)),
        new VoteGranted(Cluster, N2, Term7),
        new VoteDenied(Cluster, N2, Term7, VoteDenial.LogNotUpToDate),
        new VoteDenied(Cluster, N2, Term7, VoteDenial.StaleTerm),
        new AppendEntries(
            Cluster, N1, Term7, new LogIndex(299), new Term(6), EntriesOfSessions, new LogIndex(298), Round: 41)
        {
            Traces = [new EntryTrace(new LogIndex(300), Trace)],
        },
        new AppendEntries(
            Cluster, N1, Term7, new LogIndex(299), new Term(6), EntriesOfSessions, new LogIndex(298), Round: 41),
        new AppendEntries(Cluster, N1, Term7, new LogIndex(299), new Term(6), Entries, new LogIndex(298), Round: 41),
        new AppendEntries(Cluster, N1, new Term(1), LogIndex.Zero, Term.Zero, [], LogIndex.Zero, Round: 0),
        new AppendAccepted(Cluster, N2, Term7, new LogIndex(302), Round: 41, LeadershipPreference.Avoid),
        new AppendAccepted(Cluster, N2, Term7, new LogIndex(302), Round: 41),
        new AppendRejected(Cluster, N2, Term7, new LogIndex(299), new Term(5), new LogIndex(250), Round: 41),
        new AppendRejected(Cluster, N2, Term7, new LogIndex(299), null, new LogIndex(250), Round: 41),
        new AppendOutdated(Cluster, N2, new Term(8)),
        new InstallSnapshot(Cluster, N1, Term7, Last, Length: 1000, Offset: 512, Bytes("state"), Part: 3, Round: 41)
        {
            Incarnations = Plan.Participants,
        },
        new InstallSnapshot(Cluster, N1, Term7, Last, Length: 1000, Offset: 512, Bytes("state"), Part: 3, Round: 41),
        new InstallSnapshot(
            Cluster, N1, Term7, Last with { Time = TimeSpan.Zero }, Length: 1000, Offset: 1000, default, Part: 4, Round: 41),
        new SnapshotReceived(Cluster, N2, Term7, new LogIndex(300), Offset: 517, Part: 3, Round: 41),
        new RpcRefused(Cluster, N2, Term7, "n1 is no member of this group"),
        new JournalForgot(Cluster, N2, Term7, Number: 1L << 51, Position: 900),
        new NodeDown(N1, "the journal is damaged", IsHalted: true),
    ];

    private static IEnumerable<object> WithoutACluster() =>
    [
        new BootstrapPresence(Plan.Participants[0], Expect: 3),
        new ProposeBootstrap(Plan),
        new BootstrapPromise(Plan, Plan.Participants[1]),
        new BootstrapDropped(Cluster),
        new ClusterExists(Cluster, N1, [N1, N2, new NodeId("n3")]) { Incarnations = Plan.Participants },
        new ClusterExists(Cluster, N1, [N1, N2, new NodeId("n3")]),
    ];

    private static IEnumerable<object> ForOneCluster() =>
    [
        new Propose(
        [
            new Proposal(1, Bytes("put"))
            {
                Origin = new SessionCommand(new SessionId(250), Sequence: 9, Acknowledged: 7),
                Trace = Trace,
            },
        ])
        {
            Cluster = Cluster,
        },
        new ClientQuery([new Query(2, Bytes("get"))], ReadConsistency.Stale) { Cluster = Cluster },
        new FindLeader { Cluster = Cluster },
        new LeaderIs(IsSelf: true, Path: "akka.tcp://raft@127.0.0.1:4053/user/raft-default/node", Term7)
        {
            Cluster = Cluster,
            Voters = 3,
        },
        new TransferLeadership(N2) { Cluster = Cluster },
        new TakeSnapshot { Cluster = Cluster },
        new GetLog(new LogIndex(300), Limit: 20) { Cluster = Cluster },
    ];

    private static IEnumerable<object> WithClients() =>
    [
        new Propose(
        [
            new Proposal(1, Bytes("put"))
            {
                Origin = new SessionCommand(new SessionId(250), Sequence: 9, Acknowledged: 7),
                Trace = Trace,
            },
        ]),
        new Propose(
        [
            new Proposal(1, Bytes("put")) { Origin = new SessionCommand(new SessionId(250), Sequence: 9, Acknowledged: 7) },
            new Proposal(2, default) { Kind = EntryKind.OpenSession },
            new Proposal(3, Bytes("put")) { Origin = new KeyedCommand(new IdempotencyKey("order 17")) },
        ]),
        new Propose([new Proposal(1, Bytes("put")), new Proposal(1L << 40, Bytes("delete"))]),
        new ClientQuery([new Query(2, Bytes("get"))], ReadConsistency.Stale),
        new ClientQuery([new Query(3, Bytes("range"))], ReadConsistency.Linearizable),
        new ClientReplies(
        [
            new CommandApplied(1, new LogIndex(302), Term7, Bytes("done")),
            new QueryAnswered(2, new LogIndex(301), Bytes("red")),
            new NotLeader(3),
            new Overloaded(4),
            new RequestRefused(5, "The command is too large."),
            new OutcomeUnknown(6, "The leader of term 7 lost its office."),
        ]),
        new ClientReplies(
        [
            new SessionOpened(1, new SessionId(302)),
            new SessionExpired(2),
            new OutcomeUnknown(3, "The result is too large.") { IsFinal = true },
        ]),
        FindLeader.Instance,
        new LeaderIs(IsSelf: true, Path: "akka.tcp://raft@127.0.0.1:4053/user/raft-default/node", Term7),
        new LeaderIs(IsSelf: false, Path: null, Term.Zero),
        new TransferLeadership(N2),
        new TransferLeadership(Target: null),
        new LeadershipTransferred(N1, N2, Term7),
        new TransferRefused(TransferRefusal.TimedOut, "n2 did not take over in time."),
    ];

    private static IEnumerable<object> OfSnapshots() =>
    [
        TakeSnapshot.Instance,
        new SnapshotTaken(N1, new LogIndex(300), Bytes: 1000),
        new SnapshotRefused("n1 is down."),
    ];

    private static IEnumerable<object> OfNodes() =>
    [
        GetStatus.Instance,
        new NodeStatus(
            N1,
            Cluster,
            new GroupId("orders"),
            RaftRole.Candidate,
            Term7,
            N1,
            N2,
            new LogIndex(298),
            new LogIndex(297),
            new LogIndex(302),
            new Term(6),
            new LogIndex(100),
            new LogIndex(301),
            [new MemberStatus(N1, "127.0.0.1:4053")],
            new LogIndex(90),
            TimeSpan.FromMilliseconds(731),
            TimeSpan.FromMilliseconds(302),
            AwaitsReadmission: true),
        new NodeStatus(
            N1,
            Cluster,
            new GroupId("orders"),
            RaftRole.Candidate,
            Term7,
            N1,
            N2,
            new LogIndex(298),
            new LogIndex(297),
            new LogIndex(302),
            new Term(6),
            new LogIndex(100),
            new LogIndex(301),
            [new MemberStatus(N1, "127.0.0.1:4053")],
            new LogIndex(90),
            TimeSpan.FromMilliseconds(731),
            TimeSpan.FromMilliseconds(302)),
        new NodeStatus(
            N1,
            Cluster,
            new GroupId("orders"),
            RaftRole.Leader,
            Term7,
            N1,
            N2,
            new LogIndex(298),
            new LogIndex(297),
            new LogIndex(302),
            new Term(6),
            new LogIndex(100),
            new LogIndex(301),
            [new MemberStatus(N1, "127.0.0.1:4053"), new MemberStatus(N2, "127.0.0.2:4053")],
            new LogIndex(1)),
        new NodeStatus(
            N1,
            Cluster,
            new GroupId("orders"),
            RaftRole.Follower,
            Term.Zero,
            null,
            null,
            LogIndex.Zero,
            LogIndex.Zero,
            LogIndex.Zero,
            Term.Zero,
            LogIndex.Zero,
            LogIndex.Zero,
            [],
            new LogIndex(1)),
    ];

    private static IEnumerable<object> OfTheMonitor() =>
    [
        new MonitoringRequested(IsWatched: true),
        new MonitoringRequested(IsWatched: false),
        new LeaderActivity(N1, Term7, 1234.5, TimeSpan.FromMicroseconds(950), TimeSpan.FromMicroseconds(5800)),
        new LeaderActivity(N1, Term7, 0, null, null),
    ];

    private static IEnumerable<object> OfProcesses() =>
    [
        new GetLog(new LogIndex(300), Limit: 20),
        new LogPage(EntriesOfSessions, new LogIndex(301), new LogIndex(300), new LogIndex(302)),
        new LogPage(EntriesOfSessions, new LogIndex(301), new LogIndex(300), new LogIndex(302))
        {
            FirstIndex = new LogIndex(300),
        },
        new GetActors("/user/raft-orders", Depth: 3, Limit: 20),
        new ActorTree(
            "akka.tcp://raft@127.0.0.1:4053",
            [
                new ActorView("/user/raft-orders", "RaftNodeSupervisor", Queued: 7, Children: 1),
                new ActorView("/temp/$a", "FutureActorRef<Object>", null, 0),
            ],
            IsCut: true),
        GetDiagnostics.Instance,
        new NodeDiagnostics(
            N1,
            [new NamedText("raft.pre-vote", "on")],
            [new NamedText("Akka.NET", "1.5.74")],
            [new PeerView(N2, 850, -1200, 40) { LinkRenewals = 3, LinkRenewedMillisecondsAgo = 7000 }],
            new DiskDiagnostics("/data", 1L << 40, 1L << 41, 1 << 20, "wal, synchronous 2", [900, 1100], "The disk is full.")),
        new NodeDiagnostics(
            N1,
            [new NamedText("raft.pre-vote", "on")],
            [new NamedText("Akka.NET", "1.5.74")],
            [new PeerView(N2, 850, -1200, 40), new PeerView(N1, null, null, null)],
            new DiskDiagnostics("/data", 1L << 40, 1L << 41, 1 << 20, "wal, synchronous 2", [900, 1100], "The disk is full.")),
        new NodeDiagnostics(N1, [], [], [], Disk: null),
        new NodeDiagnostics(N1, [], [], [], new DiskDiagnostics("/data", 1, 2, 3, "wal", [4], null) { JournalLogBytes = 5 }),
        new DiagnosticsPing(N1),
        new DiagnosticsPong(1_700_000_000_000),
        new LinkProbe(N1, HearsNothing: true),
        new LinkProbe(N1, HearsNothing: false),
    ];

    private static IEnumerable<object> InTheJournal() =>
    [
        Formed with { Participants = Plan.Participants },
        Formed,
        new TermStarted(Term7, N2),
        new TermStarted(Term7, null),
        new EntriesAppended(EntriesOfSessions) { Committed = new LogIndex(298) },
        new EntriesAppended(EntriesOfSessions),
        new EntriesAppended(Entries),
        new LogTruncated(new LogIndex(300)),
        new JournalBegun(new GroupId("orders"), Plan.Participants[0], IsSuccessor: true),
        new JournalBegun(new GroupId("orders"), Plan.Participants[0]),
        new ReadmissionSought(Formed with { Participants = Plan.Participants }, Plan.Participants[0]),
        new Readmitted(new LogIndex(300)),
        new BootstrapPromised(Plan),
        new BootstrapWithdrawn(Cluster),
        new SnapshotPartSaved(new LogIndex(300), Offset: 512, Bytes("state")),
        new SnapshotSaved(
            Formed with { Participants = Plan.Participants },
            Plan.Participants[0],
            Term7,
            N2,
            new LogPoint(new LogIndex(301), Term7, TimeSpan.FromMilliseconds(5000)),
            Bytes: 1000,
            new LogPoint(new LogIndex(299), new Term(6), TimeSpan.FromMilliseconds(4900)),
            EntriesOfSessions)
        {
            Incarnations = Plan.Participants,
            AwaitsReadmission = true,
        },
        new SnapshotSaved(
            Formed,
            Plan.Participants[0],
            Term7,
            N2,
            new LogPoint(new LogIndex(301), Term7, TimeSpan.FromMilliseconds(5000)),
            Bytes: 1000,
            new LogPoint(new LogIndex(299), new Term(6), TimeSpan.FromMilliseconds(4900)),
            EntriesOfSessions),
        new SnapshotSaved(
            Formed,
            Self: null,
            Term7,
            VotedFor: null,
            Last with { Time = TimeSpan.Zero },
            Bytes: 5,
            Last with { Time = TimeSpan.Zero },
            Entries: []),
    ];

    /// <summary>Every RPC contains the sender's journal; those of older versions don't.</summary>
    private static IEnumerable<object> WithJournals(IEnumerable<object> samples)
    {
        var types = new HashSet<Type>();
        foreach (var sample in samples)
        {
            if (sample is RaftRpc rpc && types.Add(rpc.GetType())) yield return rpc with { Journal = Journal };
            yield return sample;
        }
    }

    private static IEnumerable<object> OfFollowersAndPeers() =>
    [
        new NodeStatus(
            N1,
            Cluster,
            new GroupId("orders"),
            RaftRole.Leader,
            Term7,
            N1,
            N1,
            new LogIndex(298),
            new LogIndex(297),
            new LogIndex(302),
            new Term(6),
            new LogIndex(100),
            new LogIndex(301),
            [new MemberStatus(N1, "127.0.0.1:4053"), new MemberStatus(N2, "127.0.0.2:4053")],
            new LogIndex(90),
            TimeSpan.FromMilliseconds(731),
            TimeSpan.FromMilliseconds(302),
            AwaitsReadmission: true)
        {
            Followers = [new FollowerStatus(N2, IsReached: true, new LogIndex(17), TimeSpan.FromSeconds(3))],
        },
        new NodeDiagnostics(
            N1,
            [new NamedText("raft.pre-vote", "on")],
            [new NamedText("Akka.NET", "1.5.74")],
            [
                new PeerView(N2, 850, 2, 40)
                {
                    LinkRenewals = 3,
                    LinkRenewedMillisecondsAgo = 9_000,
                    Hears = [new HeardNode(N1, 12)],
                },
            ],
            new DiskDiagnostics("/data", 1L << 40, 1L << 41, 1 << 20, "wal, synchronous 2", [900, 1100], "The disk is full.")
            {
                JournalLogBytes = 1 << 22,
            }),
        new DiagnosticsPing(N1, AsksOn: true),
        new DiagnosticsPong(1_700_000_000_000) { Heard = [new HeardNode(N2, 7)] },
    ];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
