using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;

namespace Raft.Host.Storage;

/// <summary>
/// The journal of a node. It reads as Akka.Persistence.Sql does and writes the same rows to the same table, but with prepared
/// statements on a connection of its own, on its own thread, without streams and query builders. Writes that arrive while the
/// disk is busy share one transaction, whichever persistent actors they are from. Each actor has one write in progress, so their
/// number limits what waits here.
/// </summary>
#pragma warning disable CA1001 // An actor ends with PostStop, which closes the connection.
internal sealed class SqliteJournal : SyncedJournal
#pragma warning restore CA1001
{
    private readonly JournalConnection _connection;
    private readonly JournalRowMaker _rows;
    private readonly List<PendingWrite> _pending = [];

    /// <param name="journalConfig">The section of the plugin; <c>connection-string</c> names the file.</param>
    public SqliteJournal(Config journalConfig)
        : base(journalConfig)
    {
        _connection = new JournalConnection(File.OpenForWriting);
        _rows = new JournalRowMaker((ExtendedActorSystem)Context.System, journalConfig);
    }

    /// <summary>Commits pending writes first: a recovery that did not see them would use their numbers again.</summary>
    public override Task<long> ReadHighestSequenceNrAsync(
        string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        CommitPending();
        return base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr, cancellationToken);
    }

    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var write = Prepare(messages);
        _pending.Add(write);
        if (_pending.Count == 1) Self.Tell(Commit.Instance);
        return write.Done.Task;
    }

    protected override Task DeleteMessagesToAsync(
        string persistenceId, long toSequenceNr, CancellationToken cancellationToken)
    {
        _connection.Delete(persistenceId, toSequenceNr);
        return Task.CompletedTask;
    }

    protected override bool ReceivePluginInternal(object message)
    {
        if (message is not Commit) return base.ReceivePluginInternal(message);
        CommitPending();
        return true;
    }

    protected override void PostStop()
    {
        CommitPending();
        _connection.Dispose();
        base.PostStop();
    }

    /// <summary>Serializes the events. A write with an event that can't be serialized is rejected; the others go on.</summary>
    private PendingWrite Prepare(IEnumerable<AtomicWrite> messages)
    {
        var now = Context.System.Scheduler.Now.UtcTicks;
        var rows = new List<JournalRow>();
        var rejections = messages.Select(write => TryAdd(rows, write, now)).ToImmutableList();
        return new PendingWrite(rows, rejections!);
    }

    /// <returns>Why the write is rejected; null if it is not, as Akka.Persistence expects.</returns>
    private Exception? TryAdd(List<JournalRow> rows, AtomicWrite write, long now)
    {
        try
        {
            rows.AddRange(_rows.Rows(write, now));
            return null;
        }
#pragma warning disable CA1031 // A serializer is any code; whatever it throws rejects this write alone.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    private void CommitPending()
    {
        if (_pending.Count == 0) return;
        PendingWrite[] writes = [.. _pending];
        _pending.Clear();
        try
        {
            var rows = writes is [var one] ? one.Rows : [.. writes.SelectMany(w => w.Rows)];
            if (rows.Count > 0) _connection.Insert(rows);
        }
        catch (Exception e)
        {
            foreach (var write in writes) write.Done.SetException(e);
            return;
        }

        foreach (var write in writes) write.Done.SetResult(write.Rejections);
    }

    private sealed record PendingWrite(List<JournalRow> Rows, IImmutableList<Exception> Rejections)
    {
        public TaskCompletionSource<IImmutableList<Exception>> Done { get; } = new();
    }

    /// <summary>Follows the writes that are in the mailbox together.</summary>
    private sealed class Commit
    {
        public static readonly Commit Instance = new();
    }
}
