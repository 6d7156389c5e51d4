using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks;
using Raft.Simulation.Checks.Durability;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Durability;

public sealed class FaithfulRecoveryTests
{
    private readonly CheckedRun _run = new(new FaithfulRecovery());

    public FaithfulRecoveryTests()
    {
        _run.WriteTerm(1, 2, vote: 2);
        _run.Write(1, new EntriesAppended(CheckedRun.Entries(1, 2)));
        _run.Follow(1, term: 2);
        _run.Append(1, CheckedRun.Entries(1, 2, 2));
        _run.Stop(1);
    }

    [Fact]
    public void A_node_that_starts_with_what_is_on_its_disk_is_right()
    {
        _run.Start(1);

        Assert.Equal(new LogIndex(2), _run[1].State.LastIndex);
        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void A_forgotten_vote_contradicts_it() => _run.Contradicts(
        "the disk of n1 had term 2 and a vote for n2",
        "it started with term 2 and no vote",
        () => Start(s => s with { VotedFor = null }));

    [Fact]
    public void A_forgotten_term_contradicts_it() => _run.Contradicts(
        "the disk of n1 had term 2 and a vote for n2",
        "it started with term 1 and no vote",
        () => Start(s => s with { Term = new Term(1), VotedFor = null }));

    [Fact]
    public void An_entry_that_was_never_written_contradicts_it()
    {
        _run[1].Log.TruncateFrom(new LogIndex(1));
        _run[1].Log.Append(CheckedRun.Entries(1, 2, 2));

        _run.Contradicts(
            "the disk of n1 had entries up to 2",
            "it started with entries up to 3",
            () => _run.Start(1, s => AsOnDisk(s) with { DurableIndex = new LogIndex(3) }));
    }

    [Fact]
    public void A_lost_entry_contradicts_it()
    {
        _run[1].Log.TruncateFrom(new LogIndex(2));

        _run.Contradicts(
            "the disk of n1 had entries up to 2",
            "it started with entries up to 1",
            () => _run.Start(1, s => AsOnDisk(s) with { DurableIndex = new LogIndex(1) }));
    }

    [Fact]
    public void Another_entry_contradicts_it()
    {
        _run[1].Log.TruncateFrom(new LogIndex(2));
        _run[1].Log.Append([CheckedRun.Entry(2, 2, "y")]);

        _run.Contradicts(
            "the disk of n1 had entry 2 of term 2", "it started with another entry 2 of term 2", () => _run.Start(1, AsOnDisk));
    }

    [Fact]
    public void A_commit_index_that_survived_contradicts_it() => _run.Contradicts(
        "n1 started again",
        "it began as Follower with commit index 1 and last applied index 0",
        () => Start(s => s with { CommitIndex = new LogIndex(1) }));

    [Fact]
    public void A_log_that_is_not_believed_to_be_durable_contradicts_it() => _run.Contradicts(
        "n1 read entries up to 2 from its disk",
        "it believes only those up to 0 to be there",
        () => Start(s => s with { DurableIndex = LogIndex.Zero }));

    [Fact]
    public void A_node_may_have_read_its_journal_before_a_late_write()
    {
        _run.Write(1, new TermStarted(new Term(5), null), new LogTruncated(new LogIndex(1)));
        _run[1].Log.TruncateFrom(new LogIndex(3));
        _run.Start(1, AsOnDisk);

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void What_was_on_disk_before_the_node_went_down_must_be_read()
    {
        _run.Start(1);
        _run.WriteTerm(1, 5);
        _run.Stop(1);

        _run.Contradicts(
            "the disk of n1 had term 5 and no vote",
            "it started with term 2 and a vote for n2",
            () => _run.Start(1, AsOnDisk));
    }

    [Fact]
    public void An_RPC_that_waited_may_raise_the_term_and_commit()
    {
        _run.Deliver(2, 1, Rpcs.Heartbeat(2, term: 3));
        Start(s => s with { Term = new Term(3), VotedFor = null, CommitIndex = new LogIndex(1) });

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void An_RPC_that_waited_takes_no_vote_back()
    {
        _run.Deliver(2, 1, Rpcs.Heartbeat(2, term: 2));

        _run.Contradicts(
            "the disk of n1 had term 2 and a vote for n2",
            "it started with term 2 and a vote for n3",
            () => Start(s => s with { VotedFor = CheckedRun.Id(3) }));
    }

    [Fact]
    public void An_RPC_that_waited_puts_nothing_on_the_disk()
    {
        _run.Deliver(2, 1, Rpcs.Heartbeat(2, term: 2));

        _run.Contradicts(
            "the disk of n1 had entries up to 2",
            "it started with entries up to 3",
            () => _run.Start(1, s => AsOnDisk(s) with { DurableIndex = new LogIndex(3) }));
    }

    private void Start(Func<NodeState, NodeState> change)
    {
        _run[1].Log.TruncateFrom(new LogIndex(3));
        _run.Start(1, s => change(AsOnDisk(s)));
    }

    private static NodeState AsOnDisk(NodeState state) => state with
    {
        Term = new Term(2),
        VotedFor = CheckedRun.Id(2),
        DurableIndex = new LogIndex(2),
    };
}
