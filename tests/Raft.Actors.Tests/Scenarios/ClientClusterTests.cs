using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>A client belongs to one cluster, and a node of another one gets none of its requests.</summary>
public sealed class ClientClusterTests : ClientScenario
{
    [Fact]
    public void A_named_contact_of_another_cluster_gets_no_commands()
    {
        Propose(Client(), "x");
        AllAreAsked();
        C.Leads(term: 9, cluster: "b");
        A.Leads(cluster: "a");
        B.IsOf("a");
        AllAreAsked();
        A.Leads(cluster: "a");
        A.OpensSession();
        A.ExpectsCommands("x");
        C.HasNothing();
    }

    [Fact]
    public void Requests_say_which_cluster_they_are_for()
    {
        var client = Client("raft.cluster-id = a");
        Propose(client, "x");
        AllAreAsked();
        Assert.Equal("a", A.Cluster);
        A.Leads(cluster: "a");
        A.ExpectsSession();
        Assert.Equal("a", A.Cluster);
        _ = Ask(client, "q");
        A.ExpectsQueries("q");
        Assert.Equal("a", A.Cluster);
    }

    [Fact]
    public void The_own_node_knows_which_cluster_the_client_is_of()
    {
        Propose(ClientBesideA(), "x");
        AllAreAsked();
        C.Leads(term: 9, cluster: "b");
        B.IsOf("b");
        A.IsOf("a");
        AllAreAskedFor("a");
        C.Leads(term: 9, cluster: "b");
        B.Leads(cluster: "a");
        B.OpensSession();
        B.ExpectsCommands("x");
        C.HasNothing();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_single_contact_that_names_an_unknown_leader_does_not_decide_the_clients_cluster(bool hasNode)
    {
        Propose(hasNode ? ClientBesideA() : Client(), "x");
        AllAreAsked();
        A.IsOf(null);
        B.IsOf(null);
        C.Names(D, cluster: "b");
        D.ExpectsSearch();
        D.Leads(term: 9, cluster: "b");
        Settle(A);
        C.HasNothing();
        D.HasNothing();
    }

    [Fact]
    public void A_gateway_does_not_believe_a_leader_without_a_majority_of_its_members()
    {
        Propose(GatewayClient(() => [C.Ref]), "x");
        C.ExpectsSearch();
        C.Leads(term: 9, cluster: "b");
        Settle(C);
        C.HasNothing();
    }

    [Fact]
    public void A_gateway_believes_a_leader_that_a_majority_of_its_members_is_with_and_holds_to_its_cluster()
    {
        var client = GatewayClient(() => [A.Ref, B.Ref, C.Ref]);
        Propose(client, "x");
        AllAreAsked();
        A.Leads(cluster: "a");
        B.IsOf("a");
        AllAreAskedFor("a");
        A.Leads(cluster: "a");
        A.OpensSession();
        A.ExpectsCommands("x");
        A.GivesBack();
        Advance(A, RetryInterval);
        AllAreAskedFor("a");
        C.Leads(term: 9, cluster: "b");
        B.Leads(term: 9, cluster: "b");
        Settle(A);
        B.HasNothing();
        C.HasNothing();
    }

    [Fact]
    public void A_node_that_does_not_tell_its_cluster_is_believed_as_it_was_before()
    {
        Propose(Client("raft.cluster-id = a"), "x");
        AllAreAsked();
        B.Leads();
        B.OpensSession();
        B.ExpectsCommands("x");
    }

    private void AllAreAskedFor(string cluster)
    {
        AllAreAsked();
        Assert.All(new[] { A, B, C }, node => Assert.Equal(cluster, node.Cluster));
    }
}
