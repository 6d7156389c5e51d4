using Akka.Configuration;
using Akka.Dispatch;

namespace Raft.Host.Dev;

/// <summary>Makes the executor of every dispatcher of a node of <c>raft dev</c>: the thread pool, behind its <see cref="DevProcess"/>.</summary>
/// <param name="config">The dispatcher's configuration.</param>
/// <param name="prerequisites">The ActorSystem's parts.</param>
internal sealed class DevExecutor(Config config, IDispatcherPrerequisites prerequisites)
    : ExecutorServiceConfigurator(config, prerequisites)
{
    public override ExecutorService Produce(string id) => new Executor(id, DevProcess.Of(Prerequisites.Settings.Config));

    private sealed class Executor(string id, DevProcess process) : ExecutorService(id)
    {
        public override void Execute(IRunnable run) => process.Execute(run);

        public override void Shutdown()
        {
        }
    }
}
