using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Durability;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Durability;

public sealed class DurableIndexIsTrueTests
{
    private readonly CheckedRun _run = new(new DurableIndexIsTrue());

    public DurableIndexIsTrueTests() => _run.Hold(1, CheckedRun.Entries(1, 1));

    [Fact]
    public void What_is_on_disk_may_be_believed()
    {
        _run.Append(1, CheckedRun.Entry(3, 1));
        _run.Write(1, new EntriesAppended([CheckedRun.Entry(3, 1)]));
        Believe(3);

        Assert.Equal(4, _run.Examined);
    }

    [Fact]
    public void An_entry_that_is_not_on_disk_contradicts_it()
    {
        _run.Append(1, CheckedRun.Entry(3, 1));

        _run.Contradicts(
            "n1 believes its log to be on its disk up to entry 3",
            "its disk has nothing there, and its log an entry of term 1",
            () => Believe(3));
    }

    [Fact]
    public void Another_entry_on_disk_contradicts_it() => _run.Contradicts(
        "n1 believes its log to be on its disk up to entry 2",
        "its disk has an entry of term 1 there, and its log an entry of term 2",
        () => _run.Replace(1, from: 2, CheckedRun.Entry(2, 2)));

    [Fact]
    public void A_node_can_not_know_of_a_write_that_was_given_up_and_done_after_its_start()
    {
        _run.Stop(1);
        _run.Start(1);
        _run.Write(1, new LogTruncated(new LogIndex(2)));
        _run.Follow(1, term: 1, leader: 2);

        Assert.Equal(3, _run.Examined);
    }

    [Fact]
    public void After_the_next_start_it_knows()
    {
        _run.Write(1, new LogTruncated(new LogIndex(2)));
        _run.Stop(1);
        _run.Start(1);
        _run.Append(1, CheckedRun.Entry(2, 1));

        _run.Contradicts(
            "n1 believes its log to be on its disk up to entry 2",
            "its disk has nothing there, and its log an entry of term 1",
            () => Believe(2));
    }

    private void Believe(long index) => _run.Change(1, s => s with { DurableIndex = new LogIndex(index) });
}
