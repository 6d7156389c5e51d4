using Akka.Actor;
using Akka.Persistence;
using Akka.Serialization;
using Raft.Actors.Events;
using Raft.Simulation.Engine;

namespace Raft.Simulation.Disks;

/// <summary>
/// The disk under a node's journal. It survives the node's processes, stores events as the bytes that the real serializer
/// produces, takes time, and fails as faults demand. A write in progress when the process dies may or may not be on the disk
/// afterwards: both happen.
/// </summary>
internal sealed class SimulatedDisk(EventLoop loop, Serialization serialization, SeededRandom random, IDiskObserver observer)
{
    private static readonly TimeSpan MinWrite = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan MaxWrite = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan MaxLateness = TimeSpan.FromMilliseconds(500);

    private readonly SerializerWithStringManifest _serializer =
        (SerializerWithStringManifest)serialization.FindSerializerForType(typeof(RaftEvent));
    private readonly List<Row> _rows = [];
    private readonly List<PendingWrite> _pending = [];
    private readonly List<DeleteMessagesTo> _deletions = [];
    private int _reads;

    /// <summary>The current faults.</summary>
    public DiskTrouble Trouble { get; } = new();

    /// <summary>The duration of a write or read without faults.</summary>
    public Latency Latency { get; set; } = new(MinWrite, MaxWrite);

    /// <summary>The probability that a write in progress at a crash is on the disk afterwards.</summary>
    public double KeptAtCrash { get; set; } = 0.5;

    /// <summary>Whether writes wait until a scenario releases them.</summary>
    public bool IsHeld { get; set; }

    /// <summary>The writes that wait since the disk was held.</summary>
    public int Held => _pending.Count(p => p.IsHeld);

    /// <summary>Whether the disk is idle, apart from held writes.</summary>
    public bool IsIdle => _reads == 0 && _deletions.Count == 0 && _pending.TrueForAll(p => p.IsHeld);

    public int Rows => _rows.Count;

    /// <summary>Whether nothing was ever written to it.</summary>
    public bool IsNew { get; private set; } = true;

    /// <summary>The number of deleted events: those with the lowest sequence numbers.</summary>
    private long _deleted;

    /// <summary>The number of times the disk lost events. Writes that were in progress before are dropped.</summary>
    private int _losses;

    private long LastSequenceNr => _deleted + _rows.Count;

    /// <summary>Writes events to the disk of a node that is not running.</summary>
    public void Store(params IReadOnlyList<RaftEvent> events)
    {
        IsNew = false;
        foreach (var e in events) _rows.Add(new Row(_serializer.Manifest(e), _serializer.ToBinary(e)));
        observer.OnStored(events);
    }

    /// <summary>
    /// Loses all events except the first ones. A disk whose first events were deleted loses everything, because what a snapshot
    /// replaced can't be recovered.
    /// </summary>
    /// <param name="left">The number of events that remain.</param>
    /// <returns>The remaining events.</returns>
    public IReadOnlyList<RaftEvent> Lose(int left)
    {
        if (_deleted > 0) left = 0;
        _rows.RemoveRange(left, _rows.Count - left);
        (_deleted, _losses) = (0, _losses + 1);
        return [.. _rows.Select(row => (RaftEvent)_serializer.FromBinary(row.Bytes, row.Manifest))];
    }

    /// <summary>Flips a bit of an event, as a bad sector does.</summary>
    /// <param name="row">The event.</param>
    public void FlipBit(int row) => _rows[row].Bytes[^1] ^= 1;

    public void Write(WriteMessages write)
    {
        var pending = new PendingWrite(write, Outcome());
        _pending.Add(pending);
        loop.Schedule(Latency.Draw(random) + Trouble.Slowness, () => Complete(pending));
    }

    public void Read(ReplayMessages request)
    {
        _reads++;
        loop.Schedule(Latency.Draw(random), () => Replay(request));
    }

    public void Delete(DeleteMessagesTo request)
    {
        _deletions.Add(request);
        loop.Schedule(Latency.Draw(random) + Trouble.Slowness, () => Complete(request));
    }

    /// <summary>Completes the oldest held write.</summary>
    public void LetThrough() => Finish(_pending.First(p => p.IsHeld));

    /// <summary>The power fails: a write in progress is done or is not.</summary>
    public void Crash()
    {
        foreach (var pending in _pending.ToArray())
        {
            _pending.Remove(pending);
            if (pending.Outcome is WriteOutcome.Done or WriteOutcome.DoneButFailed && random.Chance(KeptAtCrash))
                Keep(pending.Write);
        }

        foreach (var deletion in _deletions)
        {
            if (random.Chance(KeptAtCrash)) Remove(deletion.ToSequenceNr);
        }

        _deletions.Clear();
    }

    private void Complete(DeleteMessagesTo request)
    {
        if (!_deletions.Contains(request)) return;
        if (Trouble.StalledUntil > loop.Now)
        {
            loop.Schedule(Trouble.StalledUntil - loop.Now, () => Complete(request));
            return;
        }

        _deletions.Remove(request);
        var isFailed = random.Chance(Trouble.Failures);
        if (isFailed) observer.OnTrouble("deletion failed");
        else Remove(request.ToSequenceNr);
        request.PersistentActor.Tell(
            isFailed
                ? new DeleteMessagesFailure(new DiskFaultException("The deletion failed."), request.ToSequenceNr)
                : new DeleteMessagesSuccess(request.ToSequenceNr),
            ActorRefs.NoSender);
    }

    private void Remove(long toSequenceNr)
    {
        var count = (int)Math.Clamp(toSequenceNr - _deleted, 0, _rows.Count);
        _rows.RemoveRange(0, count);
        _deleted += count;
        observer.OnDeleted(toSequenceNr);
    }

    private WriteOutcome Outcome() =>
        random.Chance(Trouble.Failures) ? WriteOutcome.Failed
        : random.Chance(Trouble.Rejections) ? WriteOutcome.Rejected
        : random.Chance(Trouble.FalseFailures) ? WriteOutcome.DoneButFailed
        : WriteOutcome.Done;

    private void Complete(PendingWrite pending)
    {
        if (!_pending.Contains(pending)) return;
        if (Trouble.StalledUntil > loop.Now)
        {
            loop.Schedule(Trouble.StalledUntil - loop.Now, () => Complete(pending));
            return;
        }

        if (IsHeld) pending.IsHeld = true;
        else Finish(pending);
    }

    private void Finish(PendingWrite pending)
    {
        _pending.Remove(pending);
        var outcome = pending.Outcome;
        if (outcome == WriteOutcome.Done && !Keep(pending.Write)) outcome = WriteOutcome.Failed;
        if (outcome == WriteOutcome.DoneButFailed) KeepLate(pending);
        if (outcome != WriteOutcome.Done) observer.OnTrouble($"write {outcome}");
        JournalProtocol.Answer(pending.Write, outcome);
    }

    /// <summary>
    /// A circuit breaker gives up on a write without cancelling it: the write takes effect immediately or a little later.
    /// </summary>
    private void KeepLate(PendingWrite pending)
    {
        var losses = _losses;
        if (random.Chance(0.5)) Keep(pending.Write);
        else
            loop.Schedule(random.Between(TimeSpan.Zero, MaxLateness), () =>
            {
                if (losses == _losses) Keep(pending.Write);
            });
    }

    /// <summary>Like a database, the disk has one row per sequence number, and stores all events of a write or none.</summary>
    private bool Keep(WriteMessages write)
    {
        var events = JournalProtocol.EventsOf(write);
        if (events[0].SequenceNr != LastSequenceNr + 1) return false;
        Store([.. events.Select(e => (RaftEvent)e.Payload)]);
        foreach (var row in _rows.Skip(_rows.Count - events.Count)) loop.Record(row.Bytes);
        return true;
    }

    private void Replay(ReplayMessages request)
    {
        if (Trouble.StalledUntil > loop.Now)
        {
            loop.Schedule(Trouble.StalledUntil - loop.Now, () => Replay(request));
            return;
        }

        _reads--;
        if (Trouble.UnreadableFaults > 0)
        {
            observer.OnTrouble("read failed");
            request.PersistentActor.Tell(new ReplayMessagesFailure(new DiskFaultException("The disk can't be read.")));
            return;
        }

        for (var i = 0; i < _rows.Count; i++)
        {
            var payload = _serializer.FromBinary(_rows[i].Bytes, _rows[i].Manifest);
            request.PersistentActor.Tell(
                new ReplayedMessage(new Persistent(payload, _deleted + i + 1, request.PersistenceId)), ActorRefs.NoSender);
        }

        request.PersistentActor.Tell(new RecoverySuccess(LastSequenceNr), ActorRefs.NoSender);
    }

    private sealed record Row(string Manifest, byte[] Bytes);

    private sealed record PendingWrite(WriteMessages Write, WriteOutcome Outcome)
    {
        public bool IsHeld { get; set; }

        public bool Equals(PendingWrite? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => Write.GetHashCode();
    }
}

/// <summary>The faults of a disk. The fault injector sets and resets them.</summary>
internal sealed class DiskTrouble
{
    /// <summary>The additional duration of a write.</summary>
    public TimeSpan Slowness { get; set; }

    /// <summary>The time until which nothing is written or read.</summary>
    public TimeSpan StalledUntil { get; set; }

    /// <summary>The probability that a write fails.</summary>
    public double Failures { get; set; }

    /// <summary>The probability that the journal rejects a write.</summary>
    public double Rejections { get; set; }

    /// <summary>The probability that a write is reported as failed but takes effect.</summary>
    public double FalseFailures { get; set; }

    /// <summary>The number of faults that make reading fail.</summary>
    public int UnreadableFaults { get; set; }
}

/// <summary>What happens to a write.</summary>
internal enum WriteOutcome
{
    Done,
    Failed,
    Rejected,
    DoneButFailed,
}

/// <summary>A failure that the simulation caused, so no check needs an explanation of it.</summary>
/// <param name="message">What failed.</param>
internal sealed class DiskFaultException(string message) : IOException(message);

/// <summary>Observes a disk.</summary>
internal interface IDiskObserver
{
    void OnStored(IReadOnlyList<RaftEvent> events);

    void OnDeleted(long toSequenceNr);

    void OnTrouble(string what);
}
