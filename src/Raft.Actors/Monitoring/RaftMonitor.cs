using System.Runtime.CompilerServices;
using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Monitoring;

/// <summary>
/// Monitors a group. Nodes push their role, term and leader when these change, their indexes about ten times a second while
/// somebody watches, and the leader pushes the group's activity once a second, all over Akka.Cluster's DistributedPubSub. The
/// monitor also polls each node once a second, so without Akka.Cluster everything but the activity is at most about a second old.
/// Thread-safe.
/// </summary>
/// <example>
/// <code>
/// await foreach (var change in group.Monitor.WatchAsync(cancellationToken))
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
    private readonly TaskCompletionSource _polled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IActorRef _hub = ActorRefs.Nobody;
    private bool _hasEnded;

    internal RaftMonitor()
    {
    }

    /// <summary>The current readers.</summary>
    internal IReadOnlyCollection<MonitoringReader> Readers
    {
        get
        {
            lock (_changes) return [.. _readers];
        }
    }

    /// <summary>A snapshot of the group. It contains no nodes before the first poll has ended.</summary>
    public GroupView Current
    {
        get
        {
            lock (_changes) return _state.Snapshot;
        }
    }

    /// <summary>
    /// Watches the group: first a <see cref="GroupView"/>, then its changes. A reader that is too slow misses changes and gets a
    /// <see cref="GroupView"/> again. The stream completes when the ActorSystem terminates.
    /// </summary>
    /// <param name="cancellationToken">Stops watching.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public async IAsyncEnumerable<MonitoringEvent> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await _polled.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        var reader = new MonitoringReader(() => _state.Snapshot, _changes);
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

    /// <summary>Starts monitoring.</summary>
    /// <param name="system">The ActorSystem.</param>
    /// <param name="name">The name of the actor that listens and polls.</param>
    /// <param name="group">The group.</param>
    /// <param name="pollAll">Requests the status of all nodes.</param>
    internal static RaftMonitor Start(
        ActorSystem system, string name, GroupId group, Func<TimeSpan, Task<IReadOnlyList<NodeView>>> pollAll)
    {
        var monitor = new RaftMonitor();
        var mediator = PubSub.MediatorOf(system);
        monitor._hub = system.ActorOf(Props.Create(() => new MonitoringHub(mediator, monitor, group, pollAll)), name);
        return monitor;
    }

    /// <summary>Changes the state and passes the events to all readers.</summary>
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

    /// <summary>The first poll has ended.</summary>
    internal void OnPolled() => _polled.TrySetResult();

    /// <summary>Completes the streams of all readers.</summary>
    internal void End()
    {
        OnPolled();
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
