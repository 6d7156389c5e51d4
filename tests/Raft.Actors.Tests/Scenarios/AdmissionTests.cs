using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>Messages that no correct member sends are refused and change nothing.</summary>
public sealed class AdmissionTests : RaftScenario
{
    private static readonly NodeId Sender = new("n2");
    private static readonly Term Two = new(2);
    private static readonly LogIndex Last = new(2);

    private static readonly RequestVote Vote = new(Cluster, Sender, Two, Last, Two);
    private static readonly AppendEntries Append = new(Cluster, Sender, Two, Last, Two, [Entry(3, 2)], Last, Round: 0);
    private static readonly AppendAccepted Accepted = new(Cluster, Sender, Two, Last, Round: 0);
    private static readonly AppendRejected Rejected = new(Cluster, Sender, Two, Last, null, Last, Round: 0);

    private static readonly Dictionary<string, (RaftRpc Message, string Reason)> Foreign = new()
    {
        ["another cluster's vote request"] = (Vote with { Cluster = new("other") }, "it is of cluster other"),
        ["another cluster's append"] = (Append with { Cluster = new("other"), Term = new(9) }, "it is of cluster other"),
        ["a stranger's vote request"] = (Vote with { From = new("n9"), Term = new(9) }, "n9 is no member"),
        ["a stranger's answer"] = (Accepted with { From = new("n9") }, "n9 is no member"),
        ["a stranger with braces in its name"] = (Vote with { From = new("{0} {") }, "is no member"),
        ["a sender with the node's own name"] = (Vote with { From = N1, Term = new(9) }, "calls itself n1"),
        ["a negative term"] = (Vote with { Term = new(-1) }, "term -1 is negative"),
        ["an implausible term"] = (Vote with { Term = new(3 + Term.MaxAdvance + 1) }, "implausibly"),
        ["the largest term"] = (Append with { Term = new(long.MaxValue) }, "implausibly"),
        ["a vote request with a negative index"] = (Vote with { LastLogIndex = new(-1) }, "index -1 is negative"),
        ["a vote request with an implausible index"] = (Vote with { LastLogIndex = new(long.MaxValue) }, "implausibly"),
        ["a vote request with a negative last term"] = (Vote with { LastLogTerm = new(-1) }, "log of term -1"),
        ["a vote request with a last term of the future"] = (Vote with { LastLogTerm = new(9) }, "log of term 9"),
        ["an append with a negative index"] = (Append with { PreviousIndex = new(-1) }, "index -1 is negative"),
        ["an append with an implausible index"] = (Append with { PreviousIndex = new(long.MaxValue) }, "implausibly"),
        ["an append with a negative previous term"] = (Append with { PreviousTerm = new(-1) }, "log of term -1"),
        ["an append with a previous term of the future"] = (Append with { PreviousTerm = new(9) }, "log of term 9"),
        ["an append with a negative commit index"] = (Append with { LeaderCommit = new(-1) }, "index -1 is negative"),
        ["an append with an implausible commit index"] = (Append with { LeaderCommit = new(long.MaxValue) }, "implausibly"),
        ["an append with a negative round"] = (Append with { Round = -1 }, "round -1 is negative"),
        ["entries that do not follow the previous one"] = (Append with { Entries = [Entry(4, 2)] }, "does not follow index 2"),
        ["entries with a gap"] = (Append with { Entries = [Entry(3, 2), Entry(5, 2)] }, "does not follow index 3"),
        ["entries whose terms fall"] = (Append with { Entries = [Entry(3, 2), Entry(4, 1)] }, "invalid term 1"),
        ["an entry older than the previous one"] = (Append with { Entries = [Entry(3, 1)] }, "invalid term 1"),
        ["an entry of the future"] = (Append with { Entries = [Entry(3, 3)] }, "invalid term 3"),
        ["an entry of an unknown kind"] =
            (Append with { Entries = [Entry(3, 2) with { Kind = (EntryKind)7 }] }, "unknown kind 7"),
        ["an acknowledgement of a negative index"] = (Accepted with { MatchIndex = new(-1) }, "index -1 is negative"),
        ["an acknowledgement of an implausible index"] = (Accepted with { MatchIndex = new(long.MaxValue) }, "implausibly"),
        ["an acknowledgement of a negative round"] = (Accepted with { Round = -1 }, "round -1 is negative"),
        ["a rejection of a negative index"] = (Rejected with { RejectedIndex = new(-1) }, "index -1 is negative"),
        ["a rejection with a negative hint"] = (Rejected with { ConflictIndex = new(-1) }, "index -1 is negative"),
        ["a rejection with a negative term"] = (Rejected with { ConflictTerm = new(-1) }, "log of term -1"),
        ["a rejection with a term of the future"] = (Rejected with { ConflictTerm = new(9) }, "log of term 9"),
        ["a rejection with a negative round"] = (Rejected with { Round = -1 }, "round -1 is negative"),
    };

    public static TheoryData<string> ForeignMessages => [.. Foreign.Keys];

    [Theory]
    [MemberData(nameof(ForeignMessages))]
    public void A_follower_refuses_and_changes_nothing(string name)
    {
        Node(log: Terms(1, 2));
        N2.Heartbeats(term: 2, previous: (2, 2));
        N2.TakeAll();
        Refuses(name);
    }

    [Theory]
    [MemberData(nameof(ForeignMessages))]
    public void A_leader_refuses_and_changes_nothing(string name)
    {
        Leader(log: Terms(1, 2));
        Refuses(name);
    }

    /// <summary>
    /// A misconfigured peer repeats its messages many times a second: each gets an answer, but only one line is logged.
    /// </summary>
    [Fact]
    public void A_refusal_is_answered_each_time_and_logged_once()
    {
        Node();
        for (var i = 0; i < 3; i++) N2.Sends(Vote with { Cluster = new("other") });
        for (var i = 0; i < 3; i++) N2.Expects<RpcRefused>();
        Assert.Single(Warnings());
    }

    /// <summary>A node that was away for a long time is not defective.</summary>
    [Fact]
    public void A_term_that_is_far_ahead_and_possible_is_adopted()
    {
        Node(term: 2);
        N2.AsksForVote(2 + Term.MaxAdvance);
        N2.Expects<VoteGranted>();
        Assert.Equal(2 + Term.MaxAdvance, Status().Term.Value);
    }

    /// <summary>The nodes may belong to different clusters, so nothing in a refusal is adopted, not even its term.</summary>
    [Theory]
    [InlineData(RaftRole.Follower)]
    [InlineData(RaftRole.Candidate)]
    [InlineData(RaftRole.Leader)]
    public void A_refusal_by_a_peer_changes_nothing(RaftRole role)
    {
        Node(term: 1);
        if (role != RaftRole.Follower) Advance(ElectionTimeout);
        if (role == RaftRole.Leader) N2.Votes(term: 2);
        Assert.Equal(role, Status().Role);
        N2.TakeAll();

        var before = State();
        N2.Sends(new RpcRefused(Cluster, N2.Id, new Term(99), "Not me."));
        N2.Sends(new RpcRefused(new ClusterId("other"), N2.Id, new Term(99), "Not me."));
        N2.ExpectsNothing();
        Assert.Equal(before, State());
        Assert.Contains("n2 refused a message of this node: Not me.", Assert.Single(Warnings()));
    }

    /// <summary>Unexpected answers are no defect; they may be late.</summary>
    [Fact]
    public void A_follower_ignores_answers_to_a_leader()
    {
        Node(log: Terms(1, 2));
        var before = State();
        N2.Sends(Accepted);
        N2.Sends(Rejected);
        N2.Votes(term: 2);
        N2.Denies(term: 2);
        N2.ExpectsNothing();
        Assert.Equal(before, State());
    }

    private void Refuses(string name)
    {
        var (message, reason) = Foreign[name];
        var before = State();
        N2.Sends(message);
        var refused = N2.Expects<RpcRefused>();
        Assert.Contains(reason, refused.Reason);
        Assert.Equal((Cluster, N1), (refused.Cluster, refused.From));
        Assert.Equal(before, State());
        N2.ExpectsNothing();
        Assert.Contains(reason, Assert.Single(Warnings()));
    }

    private (NodeStatus Status, string Log, long Writes) State()
    {
        var status = Status();
        return (
            status with { Members = [], Followers = [] },
            $"{string.Join(' ', LogTerms())}; {string.Join(", ", status.Followers)}",
            Disk.Writes);
    }
}
