using Raft.Simulation.Checks.Elections;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Elections;

public sealed class ElectionSafetyTests
{
    private readonly CheckedRun _run = new(new ElectionSafety());

    [Fact]
    public void One_leader_in_each_term_is_right()
    {
        _run.Lead(1, term: 1);
        _run.Send(1, 2, Rpcs.Heartbeat(1, term: 1));
        _run.Follow(2, term: 1, leader: 1);
        _run.Lead(3, term: 2);
        _run.Follow(1, term: 2, leader: 3);

        Assert.Equal(4, _run.Examined);
    }

    [Fact]
    public void Two_leaders_of_one_term_contradict_it()
    {
        _run.Lead(1, term: 4);

        _run.Contradicts("n1 became leader of term 4", "n3 became leader of term 4", () => _run.Lead(3, term: 4));
    }

    [Fact]
    public void A_second_leader_contradicts_it_when_the_first_is_long_gone()
    {
        _run.Lead(1, term: 4);
        _run.Lead(3, term: 5);
        _run.Stop(1);

        _run.Contradicts("n1 became leader of term 4", "n2 became leader of term 4", () => _run.Lead(2, term: 4));
    }

    [Fact]
    public void A_node_that_sends_entries_claims_to_lead()
    {
        _run.Lead(1, term: 4);

        _run.Contradicts(
            "n1 became leader of term 4",
            "n2 sent entries as leader of term 4",
            () => _run.Send(2, 3, Rpcs.Heartbeat(2, term: 4)));
    }

    [Fact]
    public void The_node_that_a_follower_follows_leads()
    {
        _run.Follow(2, term: 4, leader: 3);

        _run.Contradicts("n2 follows n3 in term 4", "n1 became leader of term 4", () => _run.Lead(1, term: 4));
    }

    [Fact]
    public void A_node_that_leads_its_term_again_after_a_restart_contradicts_it()
    {
        _run.Lead(1, term: 4);
        _run.Stop(1);
        _run.Start(1);

        _run.Contradicts(
            "n1 became leader of term 4 after start 1",
            "n1 became leader of term 4 after start 2, too",
            () => _run.Lead(1, term: 4));
    }

    [Fact]
    public void A_node_that_transfers_leadership_claims_to_lead()
    {
        _run.Lead(1, term: 4);

        _run.Contradicts(
            "n1 became leader of term 4",
            "n2 sent TimeoutNow as leader of term 4",
            () => _run.Send(2, 3, Rpcs.TimeoutNow(2, term: 4)));
    }
}
