using System.Collections.Concurrent;
using System.Globalization;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Remote.Transport;
using Raft.Actors.Protocol;
using Raft.Host.Hosting;

namespace Raft.Host.Dev;

/// <summary>
/// Stands for the process that a node of <c>raft dev</c> would have for itself: its threads can be stopped, as SIGSTOP does, and its
/// connections closed, as its end does. Akka makes executors and transports by their class names, so they find it by its number.
/// </summary>
internal sealed class DevProcess : IDisposable
{
    private const string Key = "raft-dev.process";

    /// <summary>
    /// All actors run through <see cref="DevExecutor"/>, all connections through <see cref="DevTransport"/>. A node answers only over
    /// connections that it made itself: of others nobody knows at once who made them, and so which link they are.
    /// </summary>
    private const string Parts = """
        akka {
          actor.default-dispatcher = ${raft-dev.dispatcher}
          actor.internal-dispatcher = ${raft-dev.dispatcher}
          actor.default-blocking-io-dispatcher = ${raft-dev.dispatcher}
          persistence.dispatchers.default-plugin-dispatcher = ${raft-dev.dispatcher}
          persistence.dispatchers.default-replay-dispatcher = ${raft-dev.dispatcher}
          persistence.dispatchers.default-stream-dispatcher = ${raft-dev.dispatcher}
          coordinated-shutdown.run-by-actor-system-terminate = off
          remote {
            default-remote-dispatcher = ${raft-dev.dispatcher}
            backoff-remote-dispatcher = ${raft-dev.dispatcher}
            adapters.raft-dev = "Raft.Host.Dev.DevTransportProvider,raft"
            dot-netty.tcp.applied-adapters = ["raft-dev", "raft-links"]
            use-passive-connections = off
          }
        }
        raft-dev.dispatcher { type = Dispatcher, throughput = 30, executor = "Raft.Host.Dev.DevExecutor, raft" }
        """;

    private static readonly ConcurrentDictionary<int, DevProcess> Running = new();
    private static int _last;

    private readonly int _number = Interlocked.Increment(ref _last);
    private readonly Lock _changes = new();
    private readonly Queue<IRunnable> _held = new();
    private volatile bool _isHeld;
    private Transport? _network;

    public DevProcess(NodeId node, DevLinks links)
    {
        Node = node;
        Links = links;
        Running[_number] = this;
    }

    /// <summary>The node that runs in it.</summary>
    public NodeId Node { get; }

    /// <summary>The links to others.</summary>
    public DevLinks Links { get; }

    /// <summary>Options that put a node into it.</summary>
    public NodeOptions Inside(NodeOptions node) => node with
    {
        Overrides = $"{Parts}\n{Key} = {_number.ToString(CultureInfo.InvariantCulture)}\n{node.Overrides}",
    };

    /// <summary>The process of an ActorSystem.</summary>
    public static DevProcess Of(Config config) => Running[config.GetInt(Key)];

    /// <summary>Runs something, or keeps it until the process goes on.</summary>
    public void Execute(IRunnable run)
    {
        lock (_changes)
        {
            if (_isHeld)
            {
                _held.Enqueue(run);
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
    }

    /// <summary>Nothing runs any more.</summary>
    public void Hold()
    {
        lock (_changes) _isHeld = true;
    }

    /// <summary>Everything goes on.</summary>
    public void Release()
    {
        lock (_changes)
        {
            _isHeld = false;
            while (_held.TryDequeue(out var run)) ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
        }
    }

    /// <summary>Takes note of what connects the process to others.</summary>
    public void Connect(Transport network) => _network = network;

    /// <summary>Closes all connections, at once and without a word; nobody gets in any more.</summary>
    public Task DisconnectAsync() => _network?.Shutdown() ?? Task.CompletedTask;

    /// <summary>The process is gone.</summary>
    public void Dispose()
    {
        Release();
        Running.Remove(_number, out _);
    }
}
