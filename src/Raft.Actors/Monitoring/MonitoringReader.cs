using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Raft.Actors.Monitoring;

/// <summary>
/// The events that one reader of the monitor has not read yet, at most <see cref="Limit"/>. A slower reader gets a snapshot of
/// the whole group instead.
/// </summary>
/// <param name="snapshot">Takes a snapshot of the group; called with the monitor's lock held.</param>
/// <param name="changes">The monitor's lock.</param>
internal sealed class MonitoringReader(Func<GroupView> snapshot, Lock changes)
{
    /// <summary>Maximum number of unread events.</summary>
    public const int Limit = 256;

    private readonly Channel<MonitoringEvent> _unread =
        Channel.CreateBounded<MonitoringEvent>(new BoundedChannelOptions(Limit) { SingleReader = true });

    private volatile bool _hasMissed = true;

    /// <summary>The number of unread events.</summary>
    public int Unread => _unread.Reader.Count;

    /// <summary>Adds an event; the caller holds the monitor's lock.</summary>
    public void Put(MonitoringEvent change) => _hasMissed |= !_unread.Writer.TryWrite(change);

    /// <summary>Completes the stream.</summary>
    public void End() => _unread.Writer.TryComplete();

    /// <summary>A snapshot of the group, and then its changes.</summary>
    public async IAsyncEnumerable<MonitoringEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            while (_hasMissed || _unread.Reader.TryPeek(out _)) yield return Next();
        }
        while (await _unread.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false));
    }

    private MonitoringEvent Next()
    {
        lock (changes)
        {
            if (!_hasMissed && _unread.Reader.TryRead(out var next)) return next;
            while (_unread.Reader.TryRead(out _))
            {
                // The snapshot contains these changes.
            }

            _hasMissed = false;
            return snapshot();
        }
    }
}
