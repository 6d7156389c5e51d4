using Akka.Configuration;
using Akka.Dispatch;

namespace Raft.Host.Dev;

/// <summary>
/// Creates the executor of every dispatcher of a <c>raft dev</c> node: the thread pool, controlled by its <see
/// cref="DevProcess"/>.
/// </summary>
/// <param name="config">The configuration of the dispatcher.</param>
/// <param name="prerequisites">The dispatcher prerequisites of the ActorSystem.</param>
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
