using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>
/// Figure 7: when the leader at the top comes to power in term 8, any of (a) to (f) can be a follower's log. It may lack
/// entries, have uncommitted ones that the leader lacks, or both; the leader makes each equal to its own (Raft §5.3).
/// </summary>
public sealed class Figure7Tests : RaftScenario
{
    private const long LeadersTerm = 8;
    private static readonly long[] LeadersLog = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6];

    /// <summary>The name in the figure, the log, and the maximum number of rejections by its follower.</summary>
    public static TheoryData<string, long[], int> Followers => new()
    {
        { "a", [1, 1, 1, 4, 4, 5, 5, 6, 6], 1 },
        { "b", [1, 1, 1, 4], 1 },
        { "c", [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6], 0 },
        { "d", [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7], 0 },
        { "e", [1, 1, 1, 4, 4, 4, 4], 2 },
        { "f", [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3], 2 },
    };

    /// <summary>The node is the follower; the test leads as in the paper.</summary>
    [Theory]
    [MemberData(nameof(Followers))]
    public void A_follower_gets_the_leaders_log(string name, long[] terms, int rejections)
    {
        Assert.NotEmpty(name);
        Node(log: Terms(terms));
        var leader = LogOf([.. LeadersLog, LeadersTerm]);
        Assert.Equal(rejections, BringUpToDate(leader));
        Assert.Equal(Entries(leader), Log);
        Assert.Equal(Entries(leader), Entries(Disk.Log));
    }

    /// <summary>The node is the leader; the test follows as in the paper.</summary>
    [Theory]
    [MemberData(nameof(Followers))]
    public void A_leader_gives_the_follower_its_log(string name, long[] terms, int rejections)
    {
        Assert.NotEmpty(name);
        var follower = LogOf(terms);
        Node(log: Terms(LeadersLog), term: LeadersTerm - 1);
        Advance(ElectionTimeout);
        N2.Expects<RequestVote>();
        N3.Votes(LeadersTerm);
        Assert.Equal(rejections, FollowTheLeader(follower));
        Assert.Equal(Log, Entries(follower));
        Assert.Equal(new LogIndex(LeadersLog.Length + 1), Status().CommitIndex);
    }

    private int BringUpToDate(RaftLog leader)
    {
        var next = leader.LastIndex;
        for (var rejections = 0; ; rejections++)
        {
            var previous = next.Previous();
            N2.Appends(
                LeadersTerm,
                (previous.Value, leader.TermAt(previous)!.Value.Value),
                [.. leader.Slice(next, int.MaxValue, int.MaxValue)]);
            if (N2.Expects<RaftRpc>() is not AppendRejected rejected) return rejections;
            next = rejected.ConflictTerm is { } term && leader.LastIndexOf(term) is { } last
                ? last.Next()
                : rejected.ConflictIndex;
        }
    }

    private int FollowTheLeader(RaftLog follower)
    {
        var rejected = new HashSet<LogIndex>();
        while (N2.TakeAll() is { Count: > 0 } messages)
        {
            foreach (var append in messages.Cast<AppendEntries>())
            {
                if (!follower.Contains(append.PreviousIndex, append.PreviousTerm))
                {
                    rejected.Add(append.PreviousIndex);
                    var conflict = follower.ConflictAt(append.PreviousIndex);
                    N2.Rejects(LeadersTerm, append.PreviousIndex.Value, conflict.Term?.Value, conflict.Index.Value);
                    continue;
                }

                var difference = follower.Compare(append.Entries);
                if (difference.TruncateFrom is { } from) follower.TruncateFrom(from);
                follower.Append(difference.Missing);
                N2.Accepts(LeadersTerm, append.PreviousIndex.Value + append.Entries.Count);
            }
        }

        return rejected.Count;
    }

    private static RaftLog LogOf(long[] terms)
    {
        var log = new RaftLog();
        log.Append(Terms(terms));
        return log;
    }

    private static IReadOnlyList<LogEntry> Entries(RaftLog log) =>
        log.Slice(new LogIndex(1), int.MaxValue, int.MaxValue);
}
