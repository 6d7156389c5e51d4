using Akka.Actor;
using Akka.Persistence;
using Akka.Serialization;
using Raft.Actors.Events;
using Raft.Actors.Log;

namespace Raft.Actors.Tests.Fixtures;

/// <summary>
/// The disk under a node's journal, controlled by the test: it holds writes back, fails them, rejects them, never answers them,
/// and can be damaged. Events are stored as the bytes that the real serializer writes.
/// </summary>
internal sealed partial class Disk(Akka.Serialization.Serialization serialization)
{
    private readonly object _lock = new();
    private readonly SerializerWithStringManifest _serializer =
        (SerializerWithStringManifest)serialization.FindSerializerForType(typeof(RaftEvent));
    private readonly SortedDictionary<long, Row> _rows = [];
    private readonly Queue<WriteMessages> _held = new();
    private readonly Queue<DeleteMessagesTo> _heldDeletions = new();
    private readonly Queue<WriteOutcome> _outcomes = new();
    private bool _holds;
    private bool _holdsDeletions;
    private long _highest;
    private long _writes;
    private int _failingRecoveries;

    /// <summary>The node that last read the journal.</summary>
    public IActorRef Reader { get; private set; } = ActorRefs.Nobody;

    /// <summary>How often the journal was read.</summary>
    public int Recoveries { get; private set; }

    /// <summary>Waits until the journal is read for the <paramref name="nth"/> time.</summary>
    public void AwaitRecovery(int nth)
    {
        lock (_lock)
        {
            while (Recoveries < nth)
            {
                if (!Monitor.Wait(_lock, TimeSpan.FromSeconds(5)))
                    throw new TimeoutException($"The journal was read {Recoveries} times, and {nth} were expected.");
            }
        }
    }

    /// <summary>Number of writes and deletions that have arrived.</summary>
    public long Writes => Locked(() => _writes);

    /// <summary>Sequence number of the newest event.</summary>
    public long Highest => Locked(() => _highest);

    /// <summary>Number of writes that are held back.</summary>
    public int Held => Locked(() => _held.Count);

    /// <summary>Number of deleted events, which are those with the lowest sequence numbers.</summary>
    public long Deleted { get; private set; }

    /// <summary>The events on the disk, read by the real serializer.</summary>
    public IReadOnlyList<RaftEvent> Events => Locked(() => _rows.Values.Select(Read).Cast<RaftEvent>().ToArray());

    /// <summary>The Raft log on the disk.</summary>
    public RaftLog Log => ReplayLog();

    /// <summary>Puts events on the disk before the node starts.</summary>
    public void Store(params RaftEvent[] events)
    {
        foreach (var e in events) Add(_highest + 1, e);
    }

    /// <summary>Holds back writes from now on.</summary>
    public void Hold() => Locked(() => _holds = true);

    /// <summary>Holds back deletions from now on.</summary>
    public void HoldDeletions() => Locked(() => _holdsDeletions = true);

    /// <summary>Completes the oldest held deletion.</summary>
    public void DoDeletion() => Locked(() => Do(_heldDeletions.Dequeue()));

    /// <summary>Completes the oldest held write and keeps holding the others.</summary>
    public void ReleaseOne() => Locked(() => Do(_held.Dequeue()));

    /// <summary>Completes all held writes and holds no more.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _holds = false;
            while (_held.TryDequeue(out var write)) Do(write);
        }
    }

    /// <summary>Never answers the held writes, and holds no more. The returned writes can still reach the disk.</summary>
    public IReadOnlyList<WriteMessages> Abandon()
    {
        lock (_lock)
        {
            _holds = false;
            WriteMessages[] abandoned = [.. _held];
            _held.Clear();
            _heldDeletions.Clear();
            return abandoned;
        }
    }

    /// <summary>Writes an abandoned write to the disk without answering it.</summary>
    public void CommitLate(WriteMessages abandoned) => Locked(() => Keep(abandoned));

    /// <summary>Sets the outcome of the next write; later writes succeed.</summary>
    public void Next(WriteOutcome outcome) => Locked(() => _outcomes.Enqueue(outcome));

    /// <summary>The next <paramref name="count"/> attempts to read the journal fail.</summary>
    public void FailRecoveries(int count) => Locked(() => _failingRecoveries = count);

    private RaftLog ReplayLog()
    {
        var log = new RaftLog();
        foreach (var e in Events)
        {
            if (e is EntriesAppended appended) log.Append(appended.Entries);
            if (e is LogTruncated truncated) log.TruncateFrom(truncated.From);
            if (e is SnapshotSaved saved)
            {
                log.Restart(saved.Start);
                log.Append(saved.Entries);
            }
        }

        return log;
    }

    private void Add(long sequenceNr, object payload)
    {
        _rows.Add(sequenceNr, new Row(_serializer.Manifest(payload), _serializer.ToBinary(payload)));
        _highest = Math.Max(_highest, sequenceNr);
    }

    private object Read(Row row) => row.Foreign ?? _serializer.FromBinary(row.Bytes, row.Manifest);

    private void Locked(Action action)
    {
        lock (_lock) action();
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock) return read();
    }

    private sealed record Row(string Manifest, byte[] Bytes, object? Foreign = null);
}

/// <summary>The outcome of a write.</summary>
public enum WriteOutcome
{
    /// <summary>The write is on the disk.</summary>
    Success,

    /// <summary>The write failed and is not on the disk.</summary>
    Failure,

    /// <summary>The write is reported as failed but is on the disk, as after the timeout of a circuit breaker.</summary>
    FailureAfterTheFact,

    /// <summary>The journal rejected the events.</summary>
    Rejection,
}
