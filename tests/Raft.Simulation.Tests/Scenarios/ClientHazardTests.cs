using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>Replies to clients, which other implementations got wrong: hazard 20 (Raft §8).</summary>
public sealed class ClientHazardTests
{
    private static readonly TimeSpan Failover = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Hazard 20: the reply to a command is lost with the leader. The client sends the command again. Its session (dissertation
    /// §6.3) ensures that it is applied once and gets its first answer.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_command_that_is_sent_again_through_a_new_leader_is_applied_once_and_gets_its_first_answer(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("c1", "a").ExpectDone("3:a");
        cluster.Drop<ClientReplies>(to: "c1");
        var write = cluster.Propose("c1", "x");
        cluster.ExpectApplied("n1", "a x");
        cluster.Crash("n1");
        cluster.Elect("n2");
        cluster.Heal();
        write.ExpectUnderWay();

        cluster.Run(Failover);
        write.ExpectDone("4:x");
        cluster.ExpectApplied("n2 n3", "a x");
    }

    /// <summary>The sessions are part of the state, and the log restores them.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_command_that_is_sent_again_after_a_restart_of_all_nodes_is_applied_once(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("c1", "a").ExpectDone("3:a");
        cluster.Drop<ClientReplies>(to: "c1");
        var write = cluster.Propose("c1", "x");
        cluster.ExpectApplied("n1", "a x");
        cluster.Crash("n1 n2 n3");
        cluster.Restart("n1 n2 n3");
        cluster.Elect("n3");
        cluster.Heal();

        cluster.Run(Failover);
        write.ExpectDone("4:x");
        cluster.ExpectApplied("n3", "a x");
    }

    /// <summary>Both the reply and the command may arrive twice.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_command_whose_message_comes_twice_is_applied_once(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("c1", "a").ExpectDone("3:a");
        cluster.Hold<Propose>(from: "c1");
        var write = cluster.Propose("c1", "x");
        cluster.Deliver<Propose>(from: "c1", times: 3);
        write.ExpectDone("4:x");
        cluster.ExpectApplied("n1", "a x");
    }

    /// <summary>
    /// Everything has a limit: all nodes forget the same session when others need its place. Its client learns this and sends
    /// the command in a new session; nothing is applied twice.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_session_that_made_room_for_others_is_forgotten_alike_and_its_client_goes_on_under_another(long seed)
    {
        using var cluster = new SimulatedCluster(
            3, seed, new ScenarioOptions { Clients = 3, Settings = "raft.max-sessions = 2" }).Start();
        cluster.Elect("n1");
        foreach (var client in new[] { "c1", "c2", "c3" }) cluster.Propose(client, client).ExpectDone();
        cluster.Propose("c1", "moved").ExpectDone();
        Assert.Contains(
            cluster.Sent<ClientReplies>(from: "n1", to: "c1"), replies => replies.Replies.Any(r => r is SessionExpired));
        cluster.Elect("n2");
        var kept = cluster.Propose("c3", "kept");
        cluster.Run(Failover);
        kept.ExpectDone();
        var again = cluster.Propose("c1", "again");
        cluster.Run(Failover);
        again.ExpectDone();
        cluster.ExpectApplied("n1 n2 n3", "c1 c2 c3 moved kept again");
    }

    /// <summary>A command for which no leader was found was never sent, so it has had no effect and never will.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_command_that_found_no_leader_is_not_done(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        var write = cluster.Propose("c1", "x");
        cluster.Run(RequestTimeout);
        write.ExpectUnavailable();
        cluster.Elect("n1");
        cluster.Run(TimeSpan.FromSeconds(1));
        cluster.ExpectApplied("n1 n2 n3", "");
    }

    /// <summary>A read may be sent again, so it finds the new leader.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_read_is_sent_again_to_the_new_leader(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("c1", "a").ExpectDone("3:a");
        cluster.Isolate("n1");
        var read = cluster.Read("c1");
        cluster.Elect("n2");
        cluster.Propose("n2", "b").ExpectDone();
        read.ExpectUnderWay();
        cluster.Run(TimeSpan.FromSeconds(3));
        read.ExpectDone("a b");
    }

    /// <summary>
    /// Hazard 20: a client waits for the entry of a term at an index. n1 and n2 both accept commands at indexes 2 and 3; the
    /// clients of n1 must not get the results of n2.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_client_does_not_get_the_reply_to_anothers_command_at_the_same_index(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Isolate("n1");
        var lost = cluster.ProposeAll("n1", "a1", "a2");
        cluster.Elect("n2");
        cluster.Propose("n2", "b").ExpectDone("3:b");
        Assert.All(lost, write => write.ExpectUnderWay());

        cluster.Heal();
        cluster.Heartbeat("n2");
        cluster.Elect("n1");
        cluster.Propose("n1", "c").ExpectDone("5:c");
        cluster.ExpectApplied("n1", "b c");
        Assert.IsType<OutcomeUnknown>(lost[0].Reply);
        Assert.All(lost, write => Assert.IsNotType<CommandApplied>(write.Reply));
    }

    /// <summary>
    /// A follower does not forward a command. A real client then finds the leader and sends the command to it.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_follower_takes_no_command_and_says_that_nothing_was_done(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.Propose("n2", "x").ExpectReply<NotLeader>();
        cluster.Propose("c2", "y").ExpectDone("3:y");
        cluster.ExpectApplied("n1", "y");
    }
}
