using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks;
using Xunit;

namespace Raft.Simulation.Tests.Checks;

public sealed class CommittedStaysOnDiskTests
{
    private readonly CheckedRun _run = new(new CommittedStaysOnDisk());

    public CommittedStaysOnDiskTests()
    {
        _run.Hold(1, CheckedRun.Entries(1, 1, 1));
        _run.Hold(2, CheckedRun.Entries(1, 2, 2));
        _run.Lead(1, term: 1);
        _run.Commit(1, 2);
    }

    [Fact]
    public void What_is_not_committed_may_be_removed()
    {
        _run.Write(1, new LogTruncated(new LogIndex(3)));
        _run.Write(2, new LogTruncated(new LogIndex(2)));

        Assert.Equal(2, _run.Examined);
    }

    [Fact]
    public void Removing_a_committed_entry_contradicts_it() => _run.Contradicts(
        "n1 committed entry 2 of term 1 in term 1",
        "it was removed from the disk of n1 with all entries from 2 on",
        () => _run.Write(1, new LogTruncated(new LogIndex(2))));

    [Fact]
    public void It_may_not_be_removed_to_be_written_again()
    {
        _run.Contradicts(
            "n1 committed entry 1 of term 1 in term 1",
            "it was removed from the disk of n2 with all entries from 1 on",
            () => _run.Write(2, new LogTruncated(new LogIndex(1)), new EntriesAppended(CheckedRun.Entries(1))));
    }
}
