using Akka.Configuration;
using Akka.Dispatch;

namespace Raft.Simulation.Engine;

/// <summary>
/// Creates the executor of every dispatcher of a simulated ActorSystem, which queues to the <see cref="EventLoop"/>.
/// </summary>
/// <param name="config">The dispatcher's configuration.</param>
/// <param name="prerequisites">The ActorSystem's parts.</param>
internal sealed class SeededExecutor(Config config, IDispatcherPrerequisites prerequisites)
    : ExecutorServiceConfigurator(config, prerequisites)
{
    public override ExecutorService Produce(string id) => new Executor(id, EventLoop.Of(Prerequisites.Settings.Config));

    private sealed class Executor(string id, EventLoop loop) : ExecutorService(id)
    {
        public override void Execute(IRunnable run) => loop.Execute(run);

        public override void Shutdown()
        {
        }
    }
}
