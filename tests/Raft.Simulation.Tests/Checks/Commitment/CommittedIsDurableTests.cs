using Raft.Simulation.Checks.Commitment;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Commitment;

public sealed class CommittedIsDurableTests
{
    private readonly CheckedRun _run = new(new CommittedIsDurable());

    public CommittedIsDurableTests()
    {
        _run.Hold(1, CheckedRun.Entries(1, 2));
        _run.Lead(1, term: 2);
    }

    [Fact]
    public void An_entry_on_the_disks_of_a_majority_may_be_committed()
    {
        _run.Hold(2, CheckedRun.Entries(1, 2));
        _run.Commit(1, 2);
        _run.Commit(2, 2);

        Assert.Equal(2, _run.Examined);
    }

    [Fact]
    public void An_entry_that_others_have_only_in_memory_contradicts_it()
    {
        _run.Append(2, CheckedRun.Entries(1, 2));

        _run.Contradicts(
            "1 of 3 disks have entry 2 of term 2", "n1, Leader in term 2, committed it", () => _run.Commit(1, 2));
    }

    [Fact]
    public void Another_entry_at_the_index_does_not_count()
    {
        _run.Hold(2, CheckedRun.Entries(1, 1));

        _run.Contradicts(
            "1 of 3 disks have entry 2 of term 2", "n1, Leader in term 2, committed it", () => _run.Commit(1, 2));
    }

    [Fact]
    public void The_disk_of_a_node_that_is_down_counts()
    {
        _run.Hold(2, CheckedRun.Entries(1, 2));
        _run.Stop(2);
        _run.Commit(1, 2);

        Assert.Equal(1, _run.Examined);
    }
}
