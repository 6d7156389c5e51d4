using System.Collections.Concurrent;
using System.Globalization;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Remote.Transport;
using Raft.Actors.Protocol;
using Raft.Host.Hosting;

namespace Raft.Host.Dev;

/// <summary>
/// Simulates the process of a <c>raft dev</c> node: its threads can be stopped, as SIGSTOP does, and its connections closed, as
/// its exit does. Akka creates executors and transports by class name, so they find this object by its number.
/// </summary>
internal sealed class DevProcess : IDisposable
{
    private const string Key = "raft-dev.process";

    /// <summary>
    /// All actors run through <see cref="DevExecutor"/>, all connections through <see cref="DevTransport"/>. A node replies only
    /// over connections that it opened itself, because the link of an incoming connection is not known at first.
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

    /// <summary>The links to other nodes.</summary>
    public DevLinks Links { get; }

    /// <summary>Returns the options of a node that runs in this process.</summary>
    public NodeOptions Inside(NodeOptions node) => node with
    {
        Overrides = $"{Parts}\n{Key} = {_number.ToString(CultureInfo.InvariantCulture)}\n{node.Overrides}",
    };

    /// <summary>Returns the process of an ActorSystem.</summary>
    public static DevProcess Of(Config config) => Running[config.GetInt(Key)];

    /// <summary>Runs work, or keeps it until the process is resumed.</summary>
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

    /// <summary>Stops all execution.</summary>
    public void Hold()
    {
        lock (_changes) _isHeld = true;
    }

    /// <summary>Resumes execution.</summary>
    public void Release()
    {
        lock (_changes)
        {
            _isHeld = false;
            while (_held.TryDequeue(out var run)) ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
        }
    }

    /// <summary>Registers a transport of the process.</summary>
    public void Connect(Transport network) => _network = network;

    /// <summary>Closes all connections without a message and accepts no new ones.</summary>
    public Task DisconnectAsync() => _network?.Shutdown() ?? Task.CompletedTask;

    /// <summary>Removes the process.</summary>
    public void Dispose()
    {
        Release();
        Running.Remove(_number, out _);
    }
}
