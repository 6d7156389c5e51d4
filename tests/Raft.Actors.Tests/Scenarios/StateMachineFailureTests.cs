using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Scenarios;

/// <summary>
/// A state machine that throws at a committed command would throw again after every restart, and its state may differ
/// from the others' (Figure 3, State Machine Safety).
/// </summary>
public sealed class StateMachineFailureTests : RaftScenario
{
    [Fact]
    public void A_follower_whose_state_machine_throws_halts_and_is_not_started_again()
    {
        Node(term: 1);
        N2.Appends(term: 1, previous: (0, 0), [Entry(1, 1, "a"), Entry(2, 1, TextMachine.Boom)], commit: 2);
        StaysDown(HaltReason());
    }

    [Fact]
    public void A_leader_whose_state_machine_throws_halts_and_is_not_started_again()
    {
        EstablishedLeader(members: 1);
        Client.Proposes(TextMachine.Boom);
        StaysDown(HaltReason());
    }

    /// <summary>The command is in the log: a node that is restarted by hand meets it again and halts again.</summary>
    [Fact]
    public void A_node_that_is_started_again_by_hand_halts_at_the_same_command()
    {
        Node(log: [Entry(1, 1, TextMachine.Boom)]);
        N2.Heartbeats(term: 1, previous: (1, 1), commit: 1);
        StaysDown(HaltReason());
    }

    private void StaysDown(string reason)
    {
        Assert.Contains("the state machine failed: The command went boom.", reason);
        AdvanceUnwatched(TimeSpan.FromHours(1));
        Assert.Equal(reason, Down().Reason);
        Assert.Equal(1, Disk.Recoveries);
    }
}
