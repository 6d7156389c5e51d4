using System.Runtime.CompilerServices;
using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>
/// A group as it lives: roles and leaders are pushed by the nodes as they change, indexes about ten times a second while somebody
/// watches, and the activity of the group once a second. What is pushed comes over Akka.Cluster's DistributedPubSub; who is not
/// reached that way is asked once a second, so that without Akka.Cluster everything but the activity is a second old at the most.
/// Thread-safe.
/// </summary>
/// <example>
/// <code>
/// await foreach (var change in group.Monitor.WatchAsync(cancellation))
/// {
///     if (change is NodeTransition transition) Console.WriteLine(transition.Text);
/// }
/// </code>
/// </example>
public sealed class RaftMonitor
{
    private readonly Lock _changes = new();
    private readonly MonitoringState _state = new();
    private readonly HashSet<MonitoringReader> _readers = [];
    private readonly TaskCompletionSource _filled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IActorRef _hub = ActorRefs.Nobody;
    private bool _hasEnded;

    internal RaftMonitor()
    {
    }

    /// <summary>Readers of the moment.</summary>
    internal IReadOnlyCollection<MonitoringReader> Readers
    {
        get
        {
            lock (_changes) return [.. _readers];
        }
    }

    /// <summary>The group as it is known now; no node is known until they were asked for the first time.</summary>
    public GroupView Current
    {
        get
        {
            lock (_changes) return _state.Seen;
        }
    }

    /// <summary>
    /// Follows the group: first all of it, as <see cref="GroupView"/>, then what changes. A reader that is too slow misses changes
    /// and gets all of it again. It ends when the ActorSystem does.
    /// </summary>
    /// <param name="cancellationToken">Ends the following.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async IAsyncEnumerable<MonitoringEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await _filled.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        var reader = new MonitoringReader(() => _state.Seen, _changes);
        Join(reader);
        try
        {
            await foreach (var change in reader.ReadAsync(cancellationToken).ConfigureAwait(false)) yield return change;
        }
        finally
        {
            lock (_changes) _readers.Remove(reader);
        }
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="system">The ActorSystem.</param>
    /// <param name="name">The name of the actor that listens.</param>
    /// <param name="group">The group.</param>
    /// <param name="askAll">Asks all nodes for their status.</param>
    internal static RaftMonitor Start(
        ActorSystem system, string name, GroupId group, Func<TimeSpan, Task<IReadOnlyList<NodeView>>> askAll)
    {
        var feed = new RaftMonitor();
        var mediator = PubSub.MediatorOf(system);
        feed._hub = system.ActorOf(Props.Create(() => new MonitoringHub(mediator, feed, group, askAll)), name);
        return feed;
    }

    /// <summary>Changes the state, and tells all readers.</summary>
    internal void Change(Func<MonitoringState, IEnumerable<MonitoringEvent>> change)
    {
        lock (_changes)
        {
            foreach (var news in change(_state))
            {
                foreach (var reader in _readers) reader.Put(news);
            }
        }
    }

    /// <summary>All nodes were asked.</summary>
    internal void Fill() => _filled.TrySetResult();

    /// <summary>Nothing comes any more.</summary>
    internal void End()
    {
        Fill();
        lock (_changes)
        {
            _hasEnded = true;
            foreach (var reader in _readers) reader.End();
        }
    }

    private void Join(MonitoringReader reader)
    {
        lock (_changes)
        {
            if (_hasEnded) reader.End();
            _readers.Add(reader);
        }

        _hub.Tell(MonitoringHub.Watched.Instance);
    }
}
