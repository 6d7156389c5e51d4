using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Storage;

namespace Raft.Actors.Tests.Storage;

/// <summary>Stands for the persistent actor: the journal's writes and deletions wait until the test completes them.</summary>
internal sealed class JournalOwner : IJournalOwner
{
    private Action? _finishWrite;

    /// <summary>What the role appends before a write.</summary>
    public Action Gather { get; set; } = () => { };

    /// <summary>The part that the snapshot appends before a write.</summary>
    public Action AddPart { get; set; } = () => { };

    /// <summary>The events of each write.</summary>
    public List<IReadOnlyList<RaftEvent>> Writes { get; } = [];

    /// <summary>The newest event of each deletion.</summary>
    public List<long> Deletions { get; } = [];

    /// <summary>All started timers.</summary>
    public List<JournalDeadline> Deadlines { get; } = [];

    /// <summary>For each completed write, whether it was the first.</summary>
    public List<bool> Ended { get; } = [];

    public long LastSequenceNr { get; set; }

    public LogIndex CommitIndex { get; set; } = LogIndex.Zero;

    public TimeSpan Now { get; set; }

    /// <summary>Completes the write under way.</summary>
    public void FinishWrite()
    {
        var finish = _finishWrite ?? throw new InvalidOperationException("No write is under way.");
        _finishWrite = null;
        finish();
    }

    void IJournalOwner.PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler)
    {
        if (_finishWrite is not null) throw new InvalidOperationException("A write is under way already.");
        var written = events.ToArray();
        Writes.Add([.. written.Cast<RaftEvent>()]);
        LastSequenceNr += written.Length;
        _finishWrite = () => Array.ForEach(written, handler);
    }

    void IJournalOwner.DeleteMessages(long toSequenceNr) => Deletions.Add(toSequenceNr);

    void IJournalOwner.StartTimer(JournalDeadline deadline, TimeSpan timeout) => Deadlines.Add(deadline);

    void IJournalOwner.AppendBatch() => Gather();

    void IJournalOwner.AppendSnapshotPart() => AddPart();

    void IJournalOwner.OnWriteBegins(IReadOnlyList<RaftEvent> events)
    {
    }

    void IJournalOwner.OnWriteEnds(bool isFirst) => Ended.Add(isFirst);
}
