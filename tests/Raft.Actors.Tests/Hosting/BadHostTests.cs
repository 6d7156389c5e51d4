using System.Buffers;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Raft.Actors.Configuration;
using Raft.Actors.Hosting;
using Raft.Actors.Protocol;
using Raft.Actors.StateMachines;
using Raft.Actors.Tests.Fixtures;
using Xunit;

namespace Raft.Actors.Tests.Hosting;

/// <summary>An invalid configuration ends the host's start with one sentence that says what to do.</summary>
public sealed class BadHostTests
{
    [Fact]
    public async Task A_journal_in_memory_is_refused_under_whatever_name_it_goes()
    {
        const string Mine = """
            akka.persistence.journal {
              plugin = akka.persistence.journal.mine
              mine.class = "Akka.Persistence.Journal.MemoryJournal, Akka.Persistence"
            }
            """;
        var orders = Orders(options => options.AllowInMemoryJournal = null);

        await Refused(orders, "journal in memory");
        await Refused(orders + (akka => akka.AddHocon(Mine, HoconAddMode.Prepend)), "journal in memory");
    }

    [Fact]
    public Task A_journal_that_is_named_and_not_configured_is_refused() => Refused(
        Orders(_ => { }) + (akka => akka.AddHocon(
            "akka.persistence.journal.plugin = akka.persistence.journal.sql", HoconAddMode.Prepend)),
        "akka.persistence.journal.plugin is 'akka.persistence.journal.sql', but no section of that name has a "
        + "class.");

    [Fact]
    public Task A_group_without_a_state_machine_is_refused() => Refused(
        akka => akka.WithRaft("orders", options => TestHost.OneNode(options, TestHost.FreePort())),
        "Raft group orders has no state machine: set options.StateMachine, or name its class: WithRaft<T>(\"orders\", …).");

    [Fact]
    public Task A_group_with_two_state_machines_is_refused() => Refused(
        Orders(options => options.StateMachine = () => new TextMachine()),
        "Raft group orders has two state machines: remove options.StateMachine, or <TextMachine>.");

    [Fact]
    public Task A_state_machine_whose_services_are_missing_is_refused() => Refused(
        akka => akka.WithRaft<Needy>("orders", options => TestHost.OneNode(options, TestHost.FreePort())),
        "Raft group orders: its state machine can't be made: Unable to resolve service for type 'System.Uri'");

    [Fact]
    public Task A_group_that_is_named_twice_is_refused() => Refused(
        Orders(_ => { }) + Orders(_ => { }), "WithRaft names the group orders twice; each group is started once.");

    [Fact]
    public Task A_group_whose_name_is_none_is_refused() => Refused(
        akka => akka.WithRaft<TextMachine>("a/b"), "WithRaft: 'a/b' is not a valid group id:");

    [Fact]
    public Task A_node_without_a_name_is_refused() => Refused(
        Orders(options => options.NodeId = null), "Raft group orders: raft.node-id is not set.");

    [Fact]
    public Task Members_that_can_not_be_read_are_refused() => Refused(
        Orders(options => options.Members = ["n1"]), "Raft group orders: raft.members: 'n1' is no member: write NAME=HOST:PORT");

    [Fact]
    public Task Members_without_this_node_are_refused() => Refused(
        Orders(options => options.NodeId = "n9"), "Raft group orders: raft.members does not name this node, n9");

    [Fact]
    public Task A_value_that_contradicts_another_is_refused() => Refused(
        Orders(options => options.HeartbeatInterval = TimeSpan.FromSeconds(1)),
        "Raft group orders: raft.election-timeout-min (200 ms) must be at least twice raft.heartbeat-interval (1000 ms).");

    [Fact]
    public Task A_section_of_a_group_that_is_not_started_is_refused() => Refused(
        Orders(_ => { }) + (akka => akka.AddHocon("raft.groups.ordres.allow-in-memory-journal = on", HoconAddMode.Append)),
        "raft.groups has ordres, and WithRaft names orders: correct the name, or remove the section.");

    [Fact]
    public Task An_address_at_which_the_others_could_not_reach_the_node_is_refused() => Refused(
        Orders(_ => { }) + (akka => akka.WithRemoting("127.0.0.1", 0)), "the others could not reach it.");

    [Fact]
    public Task Nodes_that_are_to_find_each_other_need_Akka_Cluster() => Refused(
        Orders(Found), "Raft group orders: raft.bootstrap-expect needs Akka.Cluster");

    [Fact]
    public Task Clustering_with_roles_after_the_group_would_drop_the_nodes_role_and_is_refused() => Refused(
        Orders(Found) + (akka => akka.WithRemoting("127.0.0.1", 0).WithClustering(new ClusterOptions { Roles = ["shop"] })),
        "Raft group orders: akka.cluster.roles lacks raft-id-n1: call WithRaft after WithClustering");

    [Fact]
    public Task Two_node_ids_in_one_process_are_refused() => Refused(
        (akka => akka.WithRemoting("127.0.0.1", 0).WithClustering()) + Orders(Found)
        + (akka => akka.WithRaft<TextMachine>("stock", options =>
        {
            Found(options);
            options.NodeId = "n2";
        })),
        "all groups of one ActorSystem have the same node id.");

    private static void Found(RaftOptions options)
    {
        options.NodeId = "n1";
        options.Members = null;
        options.BootstrapExpect = 3;
        options.AllowInMemoryJournal = true;
    }

    private static Action<AkkaConfigurationBuilder> Orders(Action<RaftOptions> configure) => akka =>
        akka.WithRaft<TextMachine>("orders", options =>
        {
            TestHost.OneNode(options, TestHost.FreePort());
            configure(options);
        });

    private static async Task Refused(Action<AkkaConfigurationBuilder> akka, string sentence)
    {
        using var host = TestHost.Build(akka);

        var refusal = await Assert.ThrowsAsync<RaftConfigurationException>(() => host.StartAsync());

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Needs a service that no application has.</summary>
    private sealed class Needy(Uri nothing) : IStateMachine
    {
        public ReadOnlyMemory<byte> Apply(LogIndex index, ReadOnlyMemory<byte> command) => command;

        public ReadOnlyMemory<byte> Query(ReadOnlyMemory<byte> query) => TextMachine.Bytes($"{nothing}");

        public void TakeSnapshot(IBufferWriter<byte> snapshot)
        {
            // It has no state.
        }

        public void Restore(ReadOnlySequence<byte> snapshot)
        {
            // It has no state.
        }
    }
}
