using Raft.Actors.Protocol;
using Xunit;

namespace Raft.Actors.Tests.Log;

/// <summary>Raft, Figure 7: the logs that the leader of term 8 may find at its election.</summary>
public sealed class Figure7Tests
{
    private static readonly Dictionary<string, long[]> Figure7 = new()
    {
        ["leader"] = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6],
        ["a"] = [1, 1, 1, 4, 4, 5, 5, 6, 6],
        ["b"] = [1, 1, 1, 4],
        ["c"] = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
        ["d"] = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
        ["e"] = [1, 1, 1, 4, 4, 4, 4],
        ["f"] = [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
    };

    /// <summary>Each row: a candidate, and all nodes that may vote for it.</summary>
    [Theory]
    [InlineData("leader", "leader a b e f")]
    [InlineData("a", "a b e f")]
    [InlineData("b", "b f")]
    [InlineData("c", "leader a b c e f")]
    [InlineData("d", "leader a b c d e f")]
    [InlineData("e", "b e f")]
    [InlineData("f", "f")]
    public void Figure_7_a_vote_goes_only_to_a_candidate_whose_log_is_up_to_date__5_4_1(string candidate, string voters)
    {
        var log = Logs.Of(Figure7[candidate]);

        var mayVote = Figure7.Keys.Where(voter => Logs.Of(Figure7[voter]).IsNoNewerThan(log.LastIndex, log.LastTerm));

        Assert.Equal(voters, string.Join(' ', mayVote));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    [InlineData("d")]
    [InlineData("e")]
    [InlineData("f")]
    public void Figure_7_all_logs_obey_Log_Matching__5_3(string follower) =>
        Assert.True(Histories.Match(Figure7["leader"], Figure7[follower]));

    /// <summary>
    /// The steps are counted by hand: one for a log that is too short, one for each conflicting term of the follower.
    /// </summary>
    [Theory]
    [InlineData("a", 1, 9)]
    [InlineData("b", 1, 4)]
    [InlineData("c", 0, 10)]
    [InlineData("d", 0, 10)]
    [InlineData("e", 2, 5)]
    [InlineData("f", 2, 3)]
    public void Figure_7_the_search_takes_one_step_for_a_term_and_finds_the_last_common_entry__5_3(
        string name, int steps, long lastCommon)
    {
        var log = Logs.Of(Figure7["leader"]);
        var leader = new PureLeader(log, electedAt: log.LastIndex);
        var follower = new PureFollower(Logs.Of(Figure7[name]));
        log.Append(Logs.Entries(after: 10, 8));

        var probe = leader.Send().Single();
        for (var reply = follower.Receive(probe); reply is AppendRejected; reply = follower.Receive(probe))
        {
            leader.Receive(reply);
            probe = leader.Send().Single();
        }

        Assert.Equal(steps, leader.Rejections);
        Assert.Equal(new LogIndex(lastCommon), probe.PreviousIndex);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    [InlineData("d")]
    [InlineData("e")]
    [InlineData("f")]
    public void Figure_7_every_follower_ends_with_the_leaders_log__5_3(string name)
    {
        var log = Logs.Of(Figure7["leader"]);
        var leader = new PureLeader(log, electedAt: log.LastIndex);
        var follower = new PureFollower(Logs.Of(Figure7[name]));
        log.Append(Logs.Entries(after: 10, 8));

        leader.ReplicateTo(follower);

        Assert.Equal([1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 8], Logs.TermsOf(follower.Log));
    }
}
