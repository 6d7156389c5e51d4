using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>When a leader commits (Raft §5.3, §5.4.2; Figure 2, rules for leaders; Figure 8).</summary>
public sealed class CommitTests : RaftScenario
{
    /// <summary>Figure 2: a majority of matchIndex ≥ N. Hazard 11: of the voters, not of those that answered.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(5, 2)]
    public void An_entry_is_committed_when_a_majority_of_the_voters_has_it(int members, int answersNeeded)
    {
        var term = Leader(members: members);
        foreach (var follower in new[] { N2, N3 }.Take(answersNeeded))
        {
            Assert.Equal(LogIndex.Zero, Status().CommitIndex);
            follower.Accepts(term, match: 1);
        }

        Assert.Equal(new LogIndex(1), Status().CommitIndex);
    }

    /// <summary>Each voter has one matchIndex, however often it answers.</summary>
    [Fact]
    public void A_follower_that_answers_twice_counts_once()
    {
        var term = Leader(members: 5);
        N2.Accepts(term, match: 1);
        N2.Accepts(term, match: 1);
        Assert.Equal(LogIndex.Zero, Status().CommitIndex);
    }

    /// <summary>Figure 2: matchIndex increases monotonically; answers may overtake each other.</summary>
    [Fact]
    public void An_older_acknowledgement_has_no_effect()
    {
        var term = Leader(log: Terms(1, 1), members: 5);
        N2.Accepts(term, match: 3);
        N2.Accepts(term, match: 1);
        N3.Accepts(term, match: 3);
        Assert.Equal(new LogIndex(3), Status().CommitIndex);
    }

    /// <summary>Dissertation §10.2.1: the leader counts itself like any other: with what is on its disk.</summary>
    [Fact]
    public void The_leader_counts_itself_when_its_own_disk_is_done()
    {
        var term = EstablishedLeader();
        Disk.Hold();
        Client.Proposes("a");
        N2.Accepts(term, match: 2);
        Assert.Equal(new LogIndex(1), Status().CommitIndex);
        Client.ExpectsNothing();

        DiskCatchesUp();
        Assert.Equal(new LogIndex(2), Status().CommitIndex);
        Client.ExpectsApplied(1, "2:a");
    }

    /// <summary>Dissertation §10.2.1: an entry may be committed before it is on the leader's disk.</summary>
    [Fact]
    public void Two_followers_commit_while_the_leaders_own_disk_is_stalled()
    {
        var term = EstablishedLeader();
        Disk.Hold();
        Client.Proposes("a");
        N2.Accepts(term, match: 2);
        N3.Accepts(term, match: 2);
        Client.ExpectsApplied(1, "2:a");
        Assert.Equal((new LogIndex(2), new LogIndex(1)), (Status().CommitIndex, Status().DurableIndex));
    }

    /// <summary>Hazard 21: of one voter, one disk is the majority.</summary>
    [Fact]
    public void A_single_node_answers_when_its_disk_is_done()
    {
        EstablishedLeader(members: 1);
        Disk.Hold();
        Client.Proposes("a");
        Client.ExpectsNothing();
        DiskCatchesUp();
        Client.ExpectsApplied(1, "2:a");
    }

    /// <summary>
    /// Figure 8 (c): S1 is leader again, in term 4, and the entry of term 2 reaches a majority. S5 of term 3 could still
    /// win an election and overwrite it; so it is not committed. Hazard 1.
    /// </summary>
    [Fact]
    public void Figure_8_c_an_earlier_terms_entry_is_not_committed_by_counting_replicas()
    {
        var term = Leader(log: Terms(1, 2), term: 3, members: 5);
        Assert.Equal(4, term);
        N2.Accepts(term, match: 2);
        N3.Accepts(term, match: 2);
        Assert.Equal(LogIndex.Zero, Status().CommitIndex);
        Assert.Empty(Applied);
    }

    /// <summary>
    /// Figure 8 (d): S5 is elected in term 5 after all, and its entry of term 3 replaces that of term 2.
    /// </summary>
    [Fact]
    public void Figure_8_d_the_earlier_terms_entry_can_still_be_overwritten()
    {
        var term = Leader(log: Terms(1, 2), term: 3, members: 5);
        N2.Accepts(term, match: 2);
        N3.Accepts(term, match: 2);

        N5.Appends(term: 5, previous: (1, 1), [Entry(2, 3)], commit: 2);
        Assert.Equal(5, N5.ExpectsAfterHeartbeats<AppendAccepted>().Term.Value);
        Assert.Equal([1, 3], LogTerms());
        Assert.Equal(["1:1@1", "2:2@3"], Applied);
    }

    /// <summary>Figure 8 (e): with an entry of term 4 on a majority, all before it is committed too.</summary>
    [Fact]
    public void Figure_8_e_an_earlier_terms_entry_is_committed_with_one_of_the_leaders_own_term()
    {
        var term = Leader(log: Terms(1, 2), term: 3, members: 5);
        N2.Accepts(term, match: 3);
        N3.Accepts(term, match: 2);
        Assert.Equal(LogIndex.Zero, Status().CommitIndex);

        N3.Accepts(term, match: 3);
        Assert.Equal(new LogIndex(3), Status().CommitIndex);
        Assert.Equal(["1:1@1", "2:2@2"], Applied);
    }
}
