using Akka.Actor;
using Raft.Actors.Events;
using Raft.Actors.Nodes;
using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>The steps of scenarios.</summary>
public abstract partial class RaftScenario
{
    /// <summary>A log with one command for each of these terms, as in the paper's figures.</summary>
    private protected static LogEntry[] Terms(params long[] terms) => [.. terms.Select((term, i) => Entry(i + 1, term))];

    /// <summary>A log entry whose command names its index and term.</summary>
    private protected static LogEntry Entry(long index, long term) => Entry(index, term, $"{index}@{term}");

    private protected static LogEntry Entry(long index, long term, string command) =>
        new(new LogIndex(index), new Term(term), EntryKind.Command, TextMachine.Bytes(command));

    /// <summary>Starts the node and waits until it has recovered.</summary>
    /// <param name="log">The log on its disk; null for an empty one.</param>
    /// <param name="term">The term on its disk; 0 stands for the term of the last entry.</param>
    /// <param name="votedFor">The candidate that it voted for in that term.</param>
    /// <param name="members">n1 to at most n5.</param>
    /// <param name="settings">Settings that differ from <c>reference.conf</c>.</param>
    /// <param name="random">Draws election timeouts; null for always <see cref="ElectionTimeout"/>.</param>
    private protected void Node(
        LogEntry[]? log = null,
        long term = 0,
        string? votedFor = null,
        int members = 3,
        string settings = "",
        Random? random = null)
    {
        Store(log ?? [], term, votedFor, members);
        Start(members, settings, random);
        Settle();
    }

    /// <summary>Makes the node a leader. Its first entry, a no-op, is sent but not acknowledged.</summary>
    /// <returns>Its term.</returns>
    private protected long Leader(LogEntry[]? log = null, long term = 0, int members = 3, string settings = "")
    {
        Node(log, term, votedFor: null, members, settings);
        return WinElection(members);
    }

    /// <summary>Makes the node a leader whose followers have acknowledged all entries, so that its no-op is committed.</summary>
    /// <returns>Its term.</returns>
    private protected long EstablishedLeader(LogEntry[]? log = null, long term = 0, int members = 3, string settings = "")
    {
        var elected = Leader(log, term, members, settings);
        var last = Status().LastLogIndex.Value;
        foreach (var peer in Peers(members)) peer.Accepts(elected, last);
        Assert.Equal(last, Status().CommitIndex.Value);
        foreach (var peer in Peers(members)) peer.TakeAll();
        return elected;
    }

    /// <summary>The node hears no leader, and the others vote for it.</summary>
    /// <returns>The new term.</returns>
    private protected long WinElection(int members = 3)
    {
        Advance(ElectionTimeout);
        var term = Status().Term.Value;
        foreach (var peer in Peers(members))
        {
            if (Status().Role == RaftRole.Candidate) peer.Votes(term);
        }

        Assert.Equal(RaftRole.Leader, Status().Role);
        foreach (var peer in Peers(members)) peer.TakeAll();
        return term;
    }

    /// <summary>Puts the events of a bootstrapped node on the disk, without incarnations, as in older journals.</summary>
    private protected void Store(LogEntry[] log, long term, string? votedFor, int members)
    {
        var current = Math.Max(term, log.Length == 0 ? 0 : log[^1].Term.Value);
        Disk.Store(Formed(members));
        if (current == 0) return;
        Disk.Store(new TermStarted(new Term(current), votedFor is null ? null : new NodeId(votedFor)));
        if (log.Length > 0) Disk.Store(new EntriesAppended(log));
    }

    /// <summary>The first event of the node's journal.</summary>
    private protected static ClusterFormed Formed(int members) => new(
        Cluster, new GroupId("default"), N1, [.. Enumerable.Range(1, members).Select(i => new NodeId($"n{i}"))]);

    /// <summary>Starts the node with its disk as it is.</summary>
    /// <param name="members">n1 to at most n5.</param>
    /// <param name="settings">Settings that differ from <c>reference.conf</c>.</param>
    /// <param name="random">Draws election timeouts; null for always <see cref="ElectionTimeout"/>.</param>
    /// <param name="loss">What the host found to be wrong with the journal; null for nothing.</param>
    private protected void Start(int members = 3, string settings = "", Random? random = null, string? loss = null)
    {
        var checkedSettings = Settings(members, settings, loss);
        var peers = new ProbePeers(_peers.ToDictionary(p => p.Key, p => p.Value.Ref));
        random ??= new FixedRandom(MiddleDraw);
        _supervisor = Sys.ActorOf(RaftNodeSupervisor.Props(
            checkedSettings,
            () => Props.Create(() => new RaftNode(checkedSettings, peers, NewMachine, random, _telemetry))));
    }

    /// <summary>Time passes, and each due timer fires once.</summary>
    private protected void Advance(TimeSpan time)
    {
        Settle();
        Time.Advance(time);
        Settle();
    }

    /// <summary>Time passes for a node that stops because of it or does not answer.</summary>
    private protected void AdvanceUnwatched(TimeSpan time) => Time.Advance(time);

    private protected void HeartbeatIntervalPasses() => Advance(HeartbeatInterval);

    /// <summary>Completes the oldest held write, once the node has handled all messages.</summary>
    private protected void DiskDoesOneWrite()
    {
        Settle();
        Disk.ReleaseOne();
        Settle();
    }

    /// <summary>Completes all held writes; the disk is fast from now on.</summary>
    private protected void DiskCatchesUp()
    {
        Settle();
        Disk.Release();
        Settle();
    }

    /// <summary>The process dies: everything that is not on the disk is lost.</summary>
    private protected void Crash()
    {
        Settle();
        Disk.Reader.Tell(Kill.Instance);
        NodeStops();
        Disk.Abandon();
    }

    /// <summary>The node restarts from its disk.</summary>
    private protected void CrashAndRestart()
    {
        Crash();
        Advance(RestartPause);
    }

    private IEnumerable<Peer> Peers(int members) => _peers.Values.Take(members - 1);

    private TextMachine NewMachine() => _machine = new TextMachine();
}
