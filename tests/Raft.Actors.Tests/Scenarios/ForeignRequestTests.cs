using Raft.Actors.Protocol;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>Requests of another cluster's clients, which came through a wrong address, are refused and change nothing.</summary>
public sealed class ForeignRequestTests : RaftScenario
{
    private static readonly ClusterId Other = new("other");

    [Fact]
    public void A_command_for_another_cluster_is_not_appended()
    {
        EstablishedLeader(members: 1);
        N2.Sends(new Propose([new Proposal(1, TextMachine.Bytes("x"))]) { Cluster = Other });
        Assert.Equal(new NotLeader(1), Assert.Single(N2.Expects<ClientReplies>().Replies));
        Assert.Empty(Applied);
    }

    [Theory]
    [InlineData(ReadConsistency.Linearizable)]
    [InlineData(ReadConsistency.Stale)]
    [InlineData(ReadConsistency.Follower)]
    [InlineData(ReadConsistency.Lease)]
    public void A_query_for_another_cluster_is_not_answered(ReadConsistency consistency)
    {
        EstablishedLeader(members: 1);
        N2.Sends(new ClientQuery([new Query(1, default)], consistency) { Cluster = Other });
        Assert.Equal(new NotLeader(1), Assert.Single(N2.Expects<ClientReplies>().Replies));
    }

    [Fact]
    public void Another_clusters_client_does_not_take_a_node_for_its_leader()
    {
        EstablishedLeader(members: 1);
        N2.Sends(new FindLeader { Cluster = Other });
        Assert.Equal(new LeaderIs(IsSelf: false, Path: null, Term.Zero), N2.Expects<LeaderIs>());
    }

    [Fact]
    public void An_operator_of_another_cluster_changes_nothing_and_gets_the_reason()
    {
        EstablishedLeader(members: 1);
        N2.Sends(new TransferLeadership(Target: null) { Cluster = Other });
        Assert.Contains("it is of cluster test-cluster", N2.Expects<TransferRefused>().Reason, StringComparison.Ordinal);
        N2.Sends(new TakeSnapshot { Cluster = Other });
        Assert.Contains("the request is for cluster other", N2.Expects<SnapshotRefused>().Reason, StringComparison.Ordinal);
        N2.Sends(new GetLog(new LogIndex(1), Limit: 10) { Cluster = Other });
        Assert.Contains("the request is for cluster other", N2.Expects<NodeDown>().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_tells_clients_its_cluster_and_how_many_members_that_has()
    {
        EstablishedLeader(members: 1);
        N2.Sends(new FindLeader { Cluster = Cluster });
        var answer = N2.Expects<LeaderIs>();
        Assert.Equal((true, Cluster, 1), (answer.IsSelf, answer.Cluster!.Value, answer.Voters));
    }

    [Fact]
    public void A_client_that_does_not_tell_its_cluster_is_served_as_it_was_before()
    {
        EstablishedLeader(members: 1);
        var id = Client.Proposes("x");
        Client.ExpectsApplied(id, Assert.Single(Applied));
    }
}
