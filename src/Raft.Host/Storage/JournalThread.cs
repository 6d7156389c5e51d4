using Akka.Configuration;
using Akka.Dispatch;

namespace Raft.Host.Storage;

/// <summary>
/// The executor of a dispatcher that has one thread, for an actor that blocks while the disk works. Between messages the thread
/// sleeps; those of Akka's own dispatchers with dedicated threads spin for a while, which costs more than a write.
/// </summary>
/// <param name="config">The section of the dispatcher.</param>
/// <param name="prerequisites">What the dispatcher needs of its system.</param>
internal sealed class JournalThread(Config config, IDispatcherPrerequisites prerequisites)
    : ExecutorServiceConfigurator(config, prerequisites)
{
    /// <summary>Starts the thread.</summary>
    /// <param name="id">The name of the dispatcher, and of the thread.</param>
    public override ExecutorService Produce(string id) => new Executor(id);

    private sealed class Executor : ExecutorService
    {
        private readonly object _lock = new();
        private readonly Queue<IRunnable> _waiting = new();
        private bool _isShutDown;

        public Executor(string id)
            : base(id) => new Thread(Run) { Name = id, IsBackground = true }.Start();

        public override void Execute(IRunnable run)
        {
            lock (_lock)
            {
                if (_isShutDown) return;
                _waiting.Enqueue(run);
                Monitor.Pulse(_lock);
            }
        }

        public override void Shutdown()
        {
            lock (_lock)
            {
                _isShutDown = true;
                Monitor.Pulse(_lock);
            }
        }

        private void Run()
        {
            while (Next() is { } run) run.Run();
        }

        /// <summary>Returns what comes next; null when the executor is shut down and nothing waits.</summary>
        private IRunnable? Next()
        {
            lock (_lock)
            {
                while (_waiting.Count == 0)
                {
                    if (_isShutDown) return null;
                    Monitor.Wait(_lock);
                }

                return _waiting.Dequeue();
            }
        }
    }
}
