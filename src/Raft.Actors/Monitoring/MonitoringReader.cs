using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Raft.Actors.Monitoring;

/// <summary>
/// What one reader of the feed has not read yet. It holds <see cref="Limit"/> events at the most: a reader that is slower gets the
/// whole group in their place.
/// </summary>
/// <param name="seen">The whole group; is called with the feed's lock held.</param>
/// <param name="changes">The feed's lock.</param>
internal sealed class MonitoringReader(Func<GroupView> seen, Lock changes)
{
    /// <summary>Events that wait, at the most.</summary>
    public const int Limit = 256;

    private readonly Channel<MonitoringEvent> _waiting =
        Channel.CreateBounded<MonitoringEvent>(new BoundedChannelOptions(Limit) { SingleReader = true });

    private volatile bool _hasMissed = true;

    /// <summary>Events that wait.</summary>
    public int Waiting => _waiting.Reader.Count;

    /// <summary>Adds an event; the caller holds the feed's lock.</summary>
    public void Put(MonitoringEvent change) => _hasMissed |= !_waiting.Writer.TryWrite(change);

    /// <summary>Ends the reading.</summary>
    public void End() => _waiting.Writer.TryComplete();

    /// <summary>The whole group, and then what changes.</summary>
    public async IAsyncEnumerable<MonitoringEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            while (_hasMissed || _waiting.Reader.TryPeek(out _)) yield return Next();
        }
        while (await _waiting.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false));
    }

    private MonitoringEvent Next()
    {
        lock (changes)
        {
            if (!_hasMissed && _waiting.Reader.TryRead(out var next)) return next;
            while (_waiting.Reader.TryRead(out _))
            {
                // The whole group has it.
            }

            _hasMissed = false;
            return seen();
        }
    }
}
