using Raft.Actors.AspNetCore.Answers;
using Raft.Actors.Protocol;
using Raft.Host.Doctor;
using Xunit;
using static Raft.Host.Tests.Doctor.Facts;

namespace Raft.Host.Tests.Doctor;

/// <summary>Each rule finds its problem, with node and severity, and reports nothing else.</summary>
public sealed class RulesTests
{
    [Fact]
    public void Of_a_healthy_cluster_every_rule_says_that_it_is_well()
    {
        var findings = Diagnosis.Of(Healthy);

        Assert.All(findings, f => Assert.Equal((Severity.Ok, null), (f.Severity, f.Advice)));
        Assert.Equal(
            ["leader", "members", "cluster", "elections", "connectivity", "links", "replication", "disk", "configuration",
                "timing", "clocks", "versions", "akka cluster"],
            findings.Select(f => f.Subject));
    }

    [Fact]
    public void A_node_that_answers_for_another_cluster_is_named_and_takes_no_part()
    {
        var facts = Healthy.With(
            N3, s => s with { ClusterId = new ClusterId("b"), Term = new Term(99), Members = s.Members.Take(1).ToArray() });

        Expect(
            ClusterRule.Check(facts), Severity.Problem, N3,
            "n3 at 10.0.0.3:4053 belongs to cluster b, but n1 and n2 belong to cluster c", "Keep its data");
        Expect(MembersRule.Check(facts), Severity.Warning, null, "2 of 3 members take part", "Start the missing members again");
        Assert.Equal(N1, facts.Leader?.NodeId);
        Assert.Equal([N1, N2, N3], facts.Members);
    }

    [Fact]
    public void Nodes_that_name_different_members_are_named()
    {
        var facts = Healthy.With(N3, s => s with { Members = s.Members.Take(2).ToArray() });

        Expect(
            ClusterRule.Check(facts), Severity.Problem, null,
            "n1, n2 and n3 on n1 and n2; n1 and n2 on n3", "Compare RAFT_MEMBERS");
    }

    [Fact]
    public void A_node_that_reaches_a_member_elsewhere_than_the_others_is_named()
    {
        var facts = Healthy.With(
            N3, s => s with { Members = [.. s.Members.Select(m => m.NodeId == N2 ? m with { Address = "10.0.0.9:4053" } : m)] });

        Expect(
            ClusterRule.Check(facts), Severity.Warning, N2,
            "10.0.0.2:4053 on n1 and n2; 10.0.0.9:4053 on n3", "n2's RAFT_REMOTE");
    }

    [Fact]
    public void A_member_whose_address_is_not_known_yet_is_reached_nowhere_else()
    {
        var facts = Healthy.With(N3, s => s with { Members = [.. s.Members.Select(m => m with { Address = "" })] });

        Assert.Equal(Severity.Ok, Assert.Single(ClusterRule.Check(facts)).Severity);
    }

    [Fact]
    public void The_worst_stands_first()
    {
        var findings = Diagnosis.Of(
            Healthy.Without(N3).Disk(N2, d => d with { Problem = "The disk is full." }).Set(N1, "raft.max-sessions", "7"));

        Assert.Equal(findings.OrderByDescending(f => f.Severity), findings);
        Assert.Equal((Severity.Problem, N2), (findings[0].Severity, findings[0].Node));
    }

    [Fact]
    public void Without_anybody_who_answers_the_rules_still_speak()
    {
        var findings = Diagnosis.Of(new ClusterFacts(null, [], [], [], [], Healthy.At));

        var leader = Assert.Single(findings);
        Assert.Equal(Severity.Problem, leader.Severity);
        Assert.Contains("RAFT_SEED_NODES", leader.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_majority_nobody_leads_and_the_rule_says_how_many_are_missing()
    {
        var facts = Healthy.Without(N2).Without(N3).With(N1, s => s with { Role = RaftRole.Follower, LeaderId = null });

        Expect(LeaderRule.Check(facts), Severity.Problem, null, "n2 does not answer", "1 of 3 members respond, but 2 are needed");
    }

    [Fact]
    public void With_a_majority_and_no_leader_an_election_is_under_way()
    {
        var facts = Healthy.With(N1, s => s with { Role = RaftRole.Candidate, LeaderId = null });

        Expect(LeaderRule.Check(facts), Severity.Problem, null, "n1 is candidate in term 7", "an election is in progress");
    }

    [Fact]
    public void A_leader_that_does_not_know_that_it_was_deposed_is_told()
    {
        var facts = Healthy.With(N2, s => s with { Role = RaftRole.Leader, Term = new Term(6) });

        Expect(LeaderRule.Check(facts), Severity.Warning, N2, "n2 still considers itself the leader of term 6", "steps down");
    }

    [Fact]
    public void A_member_that_is_silent_leaves_no_room_for_another_failure()
    {
        var facts = Healthy.Without(N3);

        Expect(
            MembersRule.Check(facts), Severity.Warning, N3,
            "n3 at 10.0.0.3:4053 does not respond to n1", "Check that its process is running");
        Expect(MembersRule.Check(facts), Severity.Warning, null, "2 of 3 members take part", "Start the missing members again");
    }

    [Theory]
    [InlineData(true, "n2 halted: the journal is damaged.", "docs/operate.md")]
    [InlineData(false, "n2 is unavailable: the journal is damaged.", "retries automatically")]
    public void A_node_that_is_down_says_why(bool isHalted, string what, string advice) => Expect(
        MembersRule.Check(Healthy.IsDown(N2, isHalted)), isHalted ? Severity.Problem : Severity.Warning, N2, what, advice);

    [Fact]
    public void A_member_without_an_address_is_told()
    {
        var facts = Healthy with { Nodes = [.. Healthy.Nodes.Where(n => n.Node.NodeId != N3)] };

        Expect(MembersRule.Check(facts), Severity.Warning, N3, "The address of member n3 is unknown", "RAFT_SEED_NODES");
    }

    [Theory]
    [InlineData(3, nameof(Severity.Ok))]
    [InlineData(4, nameof(Severity.Warning))]
    [InlineData(10, nameof(Severity.Problem))]
    public void Elections_that_come_often_are_told(int elections, string severity)
    {
        var elected = Enumerable.Range(1, elections).Select(term => Elected(N2, term, minutesAgo: 9));
        var facts = Healthy with { Transitions = [.. elected] };

        var finding = Assert.Single(ElectionsRule.Check(facts));

        Assert.Equal(Parsed(severity), finding.Severity);
        Assert.StartsWith($"{elections} elections in the last 10 min", finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Elections_of_long_ago_don_t_count()
    {
        var facts = Healthy with { Transitions = [.. Enumerable.Range(1, 20).Select(term => Elected(N2, term, minutesAgo: 11))] };

        Assert.Equal(Severity.Ok, Assert.Single(ElectionsRule.Check(facts)).Severity);
    }

    /// <summary>All three nodes answer here; the leader reaches one of them.</summary>
    [Fact]
    public void Who_takes_part_is_whom_the_leader_reaches()
    {
        var facts = Healthy.With(N1, s => s with { Followers = [Follower(N2), Follower(N3) with { IsReached = false }] });

        Expect(MembersRule.Check(facts), Severity.Warning, null, "2 of 3 members take part", "Start the missing members again");
    }

    [Fact]
    public void A_connection_that_was_made_anew_is_told_for_ten_minutes()
    {
        ClusterFacts Renewed(TimeSpan ago) => Healthy.Diagnosed(N1, e => e with
        {
            Peers = [.. e.Peers.Select(p => p.NodeId == N3
                ? p with { LinkRenewals = 2, LinkRenewedMillisecondsAgo = (long)ago.TotalMilliseconds }
                : p)],
        });

        Expect(
            LinksRule.Check(Renewed(TimeSpan.FromSeconds(40))), Severity.Warning, N1,
            "n1 replaced its connection to n3 2 times, last 40 s ago: the connection was open but delivered nothing.",
            "restart n3, and if that does not help, n1");
        Assert.Equal(Severity.Ok, Assert.Single(LinksRule.Check(Renewed(TimeSpan.FromMinutes(11)))).Severity);
    }

    [Fact]
    public void A_leader_that_others_follow_and_that_does_not_answer_is_not_called_nobody()
    {
        var facts = Healthy.Without(N1).With(N2, s => s with { LeaderId = N1 }) with { SeenFrom = N3 };

        Expect(
            LeaderRule.Check(facts), Severity.Warning, N1,
            "n2 and n3 follow n1 in term 7, which does not respond to n3", "--node");
    }

    [Fact]
    public void A_follower_that_the_leader_has_seen_make_no_progress_is_told()
    {
        var facts = Healthy
            .With(N1, s => s with
            {
                Followers = [Follower(N2), Follower(N3) with { MatchIndex = LogIndex.Zero, Stalled = TimeSpan.FromSeconds(93) }],
            })
            .With(N3, s => s with { LastLogIndex = LogIndex.Zero });

        Expect(
            ReplicationRule.Check(facts), Severity.Problem, N3,
            "n3 makes no progress: its log ends at index 0 of 100,000", "leave its data as it is");
        Expect(MembersRule.Check(facts), Severity.Warning, null, "2 of 3 members take part", "Start");
    }

    /// <summary>The leader believes that the node has all entries, but the node reports none, in two checks.</summary>
    [Fact]
    public void A_follower_that_stays_where_it_is_between_two_looks_is_told_whatever_the_leader_believes()
    {
        var facts = Healthy.With(N3, s => s with { LastLogIndex = LogIndex.Zero });

        Assert.DoesNotContain(ReplicationRule.Check(facts with { Earlier = Healthy.Nodes }), f => f.Severity == Severity.Problem);
        Expect(
            ReplicationRule.Check(facts with { Earlier = facts.Nodes }), Severity.Problem, N3,
            "received none between two checks", "does not count towards a majority");
    }

    [Theory]
    [InlineData(ReplicationRule.Far, nameof(Severity.Ok))]
    [InlineData(ReplicationRule.Far + 1, nameof(Severity.Warning))]
    public void A_follower_is_far_behind_from_a_limit_on(long behind, string expected)
    {
        var facts = Healthy.With(N2, s => s with { LastLogIndex = new LogIndex(100_000 - behind) });

        var finding = Assert.Single(ReplicationRule.Check(facts));

        Assert.Equal(Parsed(expected), finding.Severity);
    }

    [Fact]
    public void A_state_machine_that_does_not_keep_up_is_told() => Expect(
        ReplicationRule.Check(Healthy.With(N2, s => s with { LastApplied = new LogIndex(50_000) })),
        Severity.Warning, N2, "50,000 committed entries that its state machine has not applied", "raft actors");

    [Fact]
    public void A_leader_whose_entries_are_not_committed_is_told() => Expect(
        ReplicationRule.Check(
            Healthy.With(N1, s => s with { CommitIndex = new LogIndex(50_000), LastApplied = new LogIndex(50_000) })),
        Severity.Warning, N1, "50,000 uncommitted entries", "A majority is slower");

    [Theory]
    [InlineData(200_000, nameof(Severity.Warning), "longer than the heartbeat interval (100 ms)")]
    [InlineData(300_000, nameof(Severity.Problem), "more than half of the shortest election timeout (500 ms)")]
    public void A_slow_disk_is_measured_against_the_timing(long microseconds, string severity, string what) => Expect(
        DiskRule.Check(Healthy.Disk(N3, d => d with { SyncMicroseconds = [microseconds, microseconds, microseconds] })),
        Parsed(severity), N3, what, "");

    [Theory]
    [InlineData(500L << 20, nameof(Severity.Warning))]
    [InlineData(50L << 20, nameof(Severity.Problem))]
    public void A_disk_without_room_is_told(long free, string severity) => Expect(
        DiskRule.Check(Healthy.Disk(N3, d => d with { FreeBytes = free, TotalBytes = 1L << 33 })), Parsed(severity), N3,
        "free at", "Free space or enlarge the disk");

    [Fact]
    public void A_write_ahead_log_that_a_reader_makes_grow_is_told() => Expect(
        DiskRule.Check(Healthy.Disk(N3, d => d with { JournalLogBytes = 130L << 20 })), Severity.Warning, N3,
        "journal has grown to", "lsof /data/journal.db");

    [Fact]
    public void A_disk_that_fails_is_told() => Expect(
        DiskRule.Check(Healthy.Disk(N3, d => d with { Problem = "/data can't be written: No space left." })),
        Severity.Problem, N3, "No space left", "Check its log");

    [Fact]
    public void A_journal_that_a_power_cut_can_damage_is_told() => Expect(
        DiskRule.Check(Healthy.Disk(N3, d => d with { JournalMode = "delete, synchronous 1" })),
        Severity.Problem, N3, "'delete, synchronous 1'", "network drive");

    [Theory]
    [InlineData("raft.election-timeout-min", "700 ms", nameof(Severity.Warning))]
    [InlineData("raft.max-sessions", "7", nameof(Severity.Note))]
    public void Settings_that_differ_are_named_with_their_nodes(string key, string text, string severity) => Expect(
        ConfigurationRule.Check(Healthy.Set(N2, key, text)), Parsed(severity), null, $"{key} differs: ", "");

    /// <summary>A key that a node's version does not report is not compared.</summary>
    [Theory]
    [InlineData("raft.restart-backoff-max", "10000 ms", "1000 ms")]
    [InlineData("raft.client.request-timeout", "5000 ms", "9000 ms")]
    public void Settings_of_restarts_and_clients_are_compared_where_nodes_tell_of_them(string key, string text, string other)
    {
        Assert.Equal(Severity.Ok, Assert.Single(ConfigurationRule.Check(Healthy.Set(N2, key, other))).Severity);

        Expect(
            ConfigurationRule.Check(Healthy.SetOnAll(key, text).Set(N2, key, other)),
            Severity.Note, null, $"{key} differs: '{text}' on n1 and n3; '{other}' on n2", "");
    }

    [Fact]
    public void With_leases_settings_that_differ_are_a_problem()
    {
        var facts = Healthy.SetOnAll("raft.lease-reads", "on").Set(N2, "raft.election-timeout-min", "700 ms");

        Expect(
            ConfigurationRule.Check(facts), Severity.Problem, null,
            "raft.election-timeout-min differs: '500 ms' on n1 and n3; '700 ms' on n2", "let a deposed leader answer");
    }

    [Fact]
    public void What_is_each_nodes_own_may_differ() =>
        Assert.Equal(
            Severity.Ok, Assert.Single(ConfigurationRule.Check(Healthy.Set(N2, "raft.leadership-preference", "avoid"))).Severity);

    [Theory]
    [InlineData("raft.allow-in-memory-journal", "on", nameof(Severity.Warning), "raft.allow-in-memory-journal = on")]
    [InlineData("raft.pre-vote", "off", nameof(Severity.Note), "raft.pre-vote off")]
    [InlineData("raft.check-quorum", "off", nameof(Severity.Note), "raft.check-quorum off")]
    [InlineData("raft.heartbeat-interval", "200 ms", nameof(Severity.Warning), "less than three heartbeat intervals")]
    [InlineData("raft.election-timeout-max", "600 ms", nameof(Severity.Note), "split the vote")]
    public void A_risky_value_is_told_of_each_node(string key, string text, string severity, string what)
    {
        var findings = ConfigurationRule.Check(Healthy.SetOnAll(key, text)).ToArray();

        Assert.Equal([N1, N2, N3], findings.Select(f => f.Node!.Value));
        Assert.All(findings, f => Assert.Equal(Parsed(severity), f.Severity));
        Assert.All(findings, f => Assert.Contains(what, f.What, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(40_000, nameof(Severity.Ok))]
    [InlineData(60_000, nameof(Severity.Warning))]
    [InlineData(300_000, nameof(Severity.Problem))]
    public void A_round_trip_is_measured_against_the_election_timeout(long microseconds, string severity)
    {
        var finding = Assert.Single(TimingRule.Check(Healthy.Diagnosed(N2, e => e.Seeing(N3, microseconds))));

        Assert.Equal(Parsed(severity), finding.Severity);
    }

    [Theory]
    [InlineData(900, "off", nameof(Severity.Ok))]
    [InlineData(-5_000, "off", nameof(Severity.Note))]
    [InlineData(-5_000, "on", nameof(Severity.Warning))]
    [InlineData(90_000, "off", nameof(Severity.Warning))]
    public void Clocks_that_differ_matter_more_with_leases(long ahead, string leases, string severity)
    {
        var facts = Healthy.SetOnAll("raft.lease-reads", leases).Diagnosed(N2, e => e.Seeing(N3, ahead: ahead));

        var finding = Assert.Single(ClockRule.Check(facts));

        Assert.Equal(Parsed(severity), finding.Severity);
        if (Parsed(severity) == Severity.Note) Assert.Equal("The clock of n3 is 5.0 s behind the clock of n2.", finding.What);
    }

    [Theory]
    [InlineData("Raft.Akka", nameof(Severity.Warning))]
    [InlineData("Akka.NET", nameof(Severity.Warning))]
    [InlineData(".NET", nameof(Severity.Note))]
    public void Mixed_versions_are_told(string name, string severity) => Expect(
        VersionRule.Check(Healthy.Diagnosed(N2, e => e with
        {
            Versions = [.. e.Versions.Select(v => v.Name == name ? new NamedText(name, "9") : v)],
        })),
        Parsed(severity), null, $"{name} differs: ", Parsed(severity) == Severity.Warning ? "rolling update" : "");

    [Fact]
    public void A_node_of_a_version_without_diagnostics_is_reported()
    {
        var facts = Healthy with { Diagnostics = [.. Healthy.Diagnostics.Where(e => e.NodeId != N2)] };

        Expect(VersionRule.Check(facts), Severity.Note, N2, "returned no diagnostics", "do not cover this node");
    }

    [Fact]
    public void A_process_that_says_it_is_a_node_and_is_no_member_is_told() => Expect(
        AkkaRule.Check(With(new AkkaMember("10.0.0.9:4053", new NodeId("n9"), "up", ["raft"], IsReachable: true))),
        Severity.Warning, new NodeId("n9"), "not a member of the Raft group", "RAFT_NODE_ID");

    [Fact]
    public void Two_processes_with_one_name_are_told() => Expect(
        AkkaRule.Check(With(new AkkaMember("10.0.0.9:4053", N2, "up", ["raft"], IsReachable: true))),
        Severity.Problem, N2, "10.0.0.2:4053 and 10.0.0.9:4053", "Stop all of them except the one");

    [Fact]
    public void A_process_that_is_silent_is_told() => Expect(
        AkkaRule.Check(With(new AkkaMember("10.0.0.8:4053", null, "up", ["lighthouse"], IsReachable: false))),
        Severity.Note, null, "10.0.0.8:4053 (lighthouse) is in the Akka cluster but is unreachable", "");

    [Fact]
    public void The_old_address_of_a_node_that_moved_is_nothing_to_tell() => Assert.Equal(
        Severity.Ok,
        Assert.Single(AkkaRule.Check(With(new AkkaMember("10.0.0.8:4053", N2, "up", ["raft"], IsReachable: false)))).Severity);

    private static Severity Parsed(string severity) => Enum.Parse<Severity>(severity);

    private static ClusterFacts With(AkkaMember member) => Healthy with { Akka = [.. Healthy.Akka, member] };
}
