using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Commitment;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Commitment;

public sealed class IndexesRiseTests
{
    private readonly CheckedRun _run = new(new IndexesRise());

    public IndexesRiseTests()
    {
        _run.Hold(1, CheckedRun.Entries(1, 1, 1));
        _run.Commit(1, 2);
        Apply(2);
    }

    [Fact]
    public void Indexes_that_rise_in_their_order_are_right()
    {
        _run.Commit(1, 3);
        Apply(3);

        Assert.Equal(6, _run.Examined);
    }

    [Fact]
    public void A_restart_begins_anew()
    {
        _run.Stop(1);
        _run.Start(1);

        Assert.Equal(LogIndex.Zero, _run[1].State.CommitIndex);
    }

    [Fact]
    public void A_commit_index_that_falls_contradicts_it() => _run.Contradicts(
        "n1 had committed up to 2", "its commit index fell to 1", () => _run.Commit(1, 1));

    [Fact]
    public void A_last_applied_index_that_falls_contradicts_it() => _run.Contradicts(
        "n1 had applied up to 2", "its last applied index fell to 1", () => Apply(1));

    [Fact]
    public void Applying_what_is_not_committed_contradicts_it() => _run.Contradicts(
        "n1 has committed up to 2", "it reports that it applied up to 3", () => Apply(3));

    [Fact]
    public void Committing_what_is_not_in_the_log_contradicts_it() => _run.Contradicts(
        "the log of n1 ends at 3", "it reports that it committed up to 4", () => _run.Commit(1, 4));

    [Fact]
    public void Being_durable_beyond_the_log_contradicts_it() => _run.Contradicts(
        "the log of n1 ends at 3",
        "it reports that it is durable up to 4",
        () => _run.Change(1, s => s with { DurableIndex = new LogIndex(4) }));

    private void Apply(long index) => _run.Change(1, s => s with { LastApplied = new LogIndex(index) });
}
