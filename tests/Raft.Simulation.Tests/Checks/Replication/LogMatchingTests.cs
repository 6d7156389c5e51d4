using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Simulation.Checks.Replication;
using Raft.Simulation.Workloads;
using Xunit;

namespace Raft.Simulation.Tests.Checks.Replication;

public sealed class LogMatchingTests
{
    private readonly CheckedRun _run = new(new LogMatching());

    [Fact]
    public void Equal_logs_and_logs_that_differ_in_their_last_terms_are_right()
    {
        _run.Hold(1, CheckedRun.Entries(1, 1, 2));
        _run.Hold(2, CheckedRun.Entries(1, 1, 3));
        _run.Replace(2, from: 3, CheckedRun.Entry(3, 2));

        Assert.Equal(13, _run.Examined);
    }

    [Fact]
    public void Other_bytes_under_the_same_index_and_term_contradict_it()
    {
        _run.Append(1, CheckedRun.Entry(1, 1, "a"));

        _run.Contradicts(
            $"n1 had entry 1 of term 1 in its log as a Command with bytes of hash {CheckedRun.Hash("a")}",
            $"n2 had entry 1 of term 1 in its log as a Command with bytes of hash {CheckedRun.Hash("b")}",
            () => _run.Append(2, CheckedRun.Entry(1, 1, "b")));
    }

    [Fact]
    public void Another_kind_under_the_same_index_and_term_contradicts_it()
    {
        _run.Append(1, CheckedRun.Entry(1, 1, ""));

        var violation = Assert.Throws<ViolationException>(() => _run.Append(
            2, new LogEntry(new LogIndex(1), new Term(1), EntryKind.NoOp, default)));
        Assert.Contains("in its log as a Command", violation.Violation.Fact, StringComparison.Ordinal);
        Assert.Contains("in its log as a NoOp", violation.Violation.Contradiction, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_entry_before_it_contradicts_it()
    {
        _run.Append(1, CheckedRun.Entries(1, 3));

        _run.Contradicts(
            "n1 had entry 2 of term 3 in its log after an entry of term 1",
            "n2 had entry 2 of term 3 in its log after an entry of term 2",
            () => _run.Append(2, CheckedRun.Entries(2, 3)));
    }

    [Fact]
    public void A_disk_is_compared_with_the_logs_in_memory()
    {
        _run.Append(1, CheckedRun.Entries(1, 3));

        _run.Contradicts(
            "n1 had entry 2 of term 3 in its log after an entry of term 1",
            "n2 had entry 2 of term 3 on its disk after an entry of term 2",
            () => _run.Write(2, new EntriesAppended(CheckedRun.Entries(2, 3))));
    }

    [Fact]
    public void A_write_that_appends_and_removes_is_followed_event_by_event()
    {
        _run.Write(1, new EntriesAppended(CheckedRun.Entries(1, 2, 2)));
        _run.Write(
            2,
            new EntriesAppended(CheckedRun.Entries(1, 2)),
            new EntriesAppended([CheckedRun.Entry(3, 2)]),
            new LogTruncated(new LogIndex(2)),
            new EntriesAppended([CheckedRun.Entry(2, 3)]));

        Assert.Equal(7, _run.Examined);
    }
}
