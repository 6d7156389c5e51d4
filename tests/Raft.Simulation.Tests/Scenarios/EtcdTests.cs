using Raft.Actors.Protocol;
using Raft.Simulation.Scenarios;
using Xunit;

namespace Raft.Simulation.Tests.Scenarios;

/// <summary>
/// The assertions of etcd-io/raft's testdata/*.txt, in terms of this implementation. Each scenario names its file.
/// </summary>
public sealed class EtcdTests
{
    /// <summary>campaign.txt: one round of votes, then an entry of the new term, committed by all.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_campaign_takes_one_round_of_votes_and_commits_an_entry_of_its_term(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Campaign("n1");
        cluster.ExpectLeader("n1");
        cluster.ExpectFollowers("n2 n3", "n1");
        cluster.ExpectVote("n1 n2 n3", "n1");
        cluster.ExpectTerm("n1 n2 n3", 1);
        cluster.ExpectOnDisk("n1 n2 n3", "1");
        cluster.ExpectCommit("n1", 1);
        Assert.Equal(
            (2, 2, 2, 2),
            (cluster.Sent<RequestVote>().Count, cluster.Sent<VoteGranted>().Count,
                cluster.Sent<AppendEntries>().Count, cluster.Sent<AppendAccepted>().Count));
        cluster.Heartbeat("n1");
        cluster.ExpectConverged();
    }

    /// <summary>single_node.txt: a single voter elects itself and commits, and sends nothing.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_single_node_elects_itself_and_commits(long seed)
    {
        using var cluster = new SimulatedCluster(1, seed);
        cluster.Given("n1", "1 1 1");
        cluster.Start();
        cluster.Campaign("n1");
        cluster.ExpectLeader("n1");
        cluster.ExpectCommit("n1", 4);
        cluster.ExpectOnDisk("n1", "1 1 1 2");
        Assert.Empty(cluster.Sent<RaftRpc>());
    }

    /// <summary>
    /// replicate_pause.txt: at the in-flight limit a follower gets no more messages, and the others continue. If its messages
    /// were lost, a heartbeat detects this, and the follower catches up.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void Replication_to_a_silent_follower_pauses_at_the_in_flight_limit(long seed)
    {
        var limit = "raft.max-inflight-appends = 3";
        using var cluster = new SimulatedCluster(3, seed, new ScenarioOptions { Settings = limit }).Start();
        cluster.Elect("n1");
        cluster.ForgetSent();
        cluster.Drop<AppendEntries>(to: "n3");
        foreach (var command in new[] { "a", "b", "c", "d", "e" }) cluster.Propose("n1", command).ExpectDone();
        Assert.Equal(3, cluster.Sent<AppendEntries>(to: "n3").Count);
        Assert.Equal(5, cluster.Sent<AppendEntries>(to: "n2").Count);
        cluster.ExpectLog("n3", "1");

        cluster.Heal();
        cluster.Heartbeat("n1");
        cluster.ExpectLog("n3", "1 1:a 1:b 1:c 1:d 1:e");
        cluster.Heartbeat("n1");
        cluster.ExpectConverged();
    }

    /// <summary>replicate_pause.txt, the other half: every acknowledgement makes room for one more message.</summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void An_acknowledgement_lets_replication_go_on(long seed)
    {
        var limits = "raft.max-inflight-appends = 3\nraft.max-append-entries = 1";
        using var cluster = new SimulatedCluster(3, seed, new ScenarioOptions { Settings = limits }).Start();
        cluster.Elect("n1");
        cluster.Hold<AppendEntries>(to: "n3");
        foreach (var command in new[] { "a", "b", "c", "d", "e" }) cluster.Propose("n1", command).ExpectDone();
        Assert.Equal(3, cluster.Held<AppendEntries>(to: "n3").Count);
        cluster.Deliver<AppendEntries>(to: "n3", where: append => append.PreviousIndex == new LogIndex(1));
        Assert.Equal(["1:b", "1:c", "1:d"], cluster.Held<AppendEntries>(to: "n3").Select(TermAndText));
        cluster.Deliver<AppendEntries>(to: "n3");
        Assert.Equal(["1:e"], cluster.Held<AppendEntries>(to: "n3").Select(TermAndText));
    }

    /// <summary>
    /// heartbeat_resp_recovers_from_probing.txt: the leader still probes a follower that has everything, because its only
    /// acknowledgement was lost. The next heartbeat finds that they agree; from then on messages are pipelined.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_heartbeat_ends_the_probing_of_a_follower_that_has_everything(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Drop<AppendAccepted>(from: "n3");
        cluster.Elect("n1");
        cluster.ExpectLog("n3", "1");
        cluster.Heal();
        cluster.ForgetSent();
        cluster.Propose("n1", "a").ExpectDone();
        Assert.Empty(cluster.Sent<AppendEntries>(to: "n3"));

        cluster.Heartbeat("n1");
        cluster.ExpectLog("n3", "1 1:a");
        cluster.Hold<AppendEntries>(to: "n3");
        foreach (var command in new[] { "b", "c", "d" }) cluster.Propose("n1", command).ExpectDone();
        Assert.Equal(["1:b", "1:c", "1:d"], cluster.Held<AppendEntries>(to: "n3").Select(TermAndText));
    }

    /// <summary>
    /// lagging_commit.txt: a follower has the entries, and the leader does not know it. One heartbeat still transmits the
    /// commit index: the message says what it verifies and need not wait for the acknowledgement.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void A_follower_whose_acknowledgements_are_lost_learns_the_commit_index_by_one_heartbeat(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.PartitionOneWay(from: "n3", to: "n1");
        cluster.Propose("n1", "a").ExpectDone();
        cluster.Propose("n1", "b").ExpectDone();
        cluster.ExpectLog("n3", "1 1:a 1:b");
        cluster.ExpectCommit("n1", 3);
        cluster.ExpectCommit("n3", 2);
        cluster.Heartbeat("n1");
        cluster.ExpectCommit("n3", 3);
        cluster.ExpectApplied("n3", "a b");
    }

    /// <summary>
    /// async_storage_writes.txt, dissertation §10.2.1: a leader sends entries before its own write completes, counts its own
    /// disk like the others, and continues while one of them lags.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void An_entry_is_committed_by_any_majority_of_disks(long seed)
    {
        using var cluster = new SimulatedCluster(3, seed).Start();
        cluster.Elect("n1");
        cluster.HoldDisk("n1 n2 n3");
        var (a, b) = (cluster.Propose("n1", "a"), cluster.Propose("n1", "b"));
        cluster.ExpectLog("n1 n2 n3", "1 1:a");
        cluster.ExpectOnDisk("n1 n2 n3", "1");
        cluster.DoOneWrite("n2");
        a.ExpectUnderWay();
        cluster.DoOneWrite("n3");
        a.ExpectDone("2:a");
        cluster.ExpectDurable("n1", 1);
        cluster.ExpectCommit("n1", 2);

        cluster.DoOneWrite("n1");
        cluster.ExpectDurable("n1", 2);
        cluster.ExpectLog("n1 n2 n3", "1 1:a 1:b");
        cluster.DoOneWrite("n3");
        b.ExpectUnderWay();
        cluster.DoOneWrite("n1");
        b.ExpectDone("3:b");
        cluster.ExpectDurable("n2", 2);
    }

    /// <summary>
    /// async_storage_writes_append_aba_race.txt: three successive leaders give n1 different entries at index 2, each while the
    /// previous write is in progress. The completion of a write must not count for the newer entry.
    /// </summary>
    [Theory]
    [ClassData(typeof(ScheduleSeeds))]
    public void The_end_of_a_replaced_entrys_write_is_not_the_end_of_its_successors(long seed)
    {
        using var cluster = new SimulatedCluster(7, seed).Start();
        cluster.Elect("n2");
        cluster.HoldDisk("n1");
        cluster.Drop<RequestVote>(to: "n1 n2");
        cluster.Drop<AppendEntries>(to: "n2 n3 n4 n5 n6 n7");
        cluster.Propose("n2", "a");
        cluster.Drop<object>(from: "n2");
        cluster.Elect("n3");
        cluster.ExpectLog("n1", "1 2");
        cluster.DoOneWrite("n1");
        cluster.ExpectOnDisk("n1", "1 1:a");
        cluster.Drop<object>(from: "n3");
        cluster.Elect("n4");
        cluster.ExpectLog("n1", "1 3");
        cluster.ExpectDurable("n1", 1);

        cluster.DoOneWrite("n1");
        cluster.ExpectOnDisk("n1", "1 2");
        cluster.ExpectDurable("n1", 1);
        Assert.Empty(cluster.Sent<AppendAccepted>(from: "n1", to: "n4"));
        cluster.DoOneWrite("n1");
        cluster.ExpectOnDisk("n1", "1 3");
        cluster.ExpectDurable("n1", 2);
        Assert.Equal(new LogIndex(2), Assert.Single(cluster.Sent<AppendAccepted>(from: "n1", to: "n4")).MatchIndex);
        cluster.ExpectCommit("n4", 0);
    }

    private static string TermAndText(AppendEntries append) =>
        string.Join(' ', append.Entries.Select(e => $"{e.Term}:{System.Text.Encoding.UTF8.GetString(e.Command.Span)}"));
}
