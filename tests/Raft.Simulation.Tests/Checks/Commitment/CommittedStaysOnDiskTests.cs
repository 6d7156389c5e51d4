using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Commitment;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Commitment;

public sealed class CommittedStaysOnDiskTests
{
    private readonly CheckedRun _run = new(new CommittedStaysOnDisk(), nodes: 5);

    public CommittedStaysOnDiskTests()
    {
        _run.Hold(1, CheckedRun.Entries(1, 1, 1));
        _run.Hold(2, CheckedRun.Entries(1, 1));
        _run.Hold(3, CheckedRun.Entries(1, 1));
        _run.Hold(4, CheckedRun.Entries(1, 1));
        _run.Lead(1, term: 1);
        _run.Commit(1, 2);
    }

    [Fact]
    public void What_is_not_committed_may_be_removed()
    {
        _run.Write(1, new LogTruncated(new LogIndex(3)));

        Assert.Equal(1, _run.Examined);
    }

    /// <summary>
    /// Seed 50491: a node that restarted followed a leader of an older term, whose messages had been delayed, and removed an
    /// entry that had been committed without it.
    /// </summary>
    [Fact]
    public void One_disk_may_lose_what_a_majority_still_has()
    {
        _run.Write(4, new LogTruncated(new LogIndex(2)));

        Assert.Equal(1, _run.Examined);
    }

    [Fact]
    public void What_is_committed_is_not_left_to_a_minority()
    {
        _run.Write(4, new LogTruncated(new LogIndex(2)));

        _run.Contradicts(
            "n1 committed entry 2 of term 1 in term 1",
            "n3 removed entries from 2 on, and 2 of 5 disks have it now",
            () => _run.Write(3, new LogTruncated(new LogIndex(2))));
    }
}
