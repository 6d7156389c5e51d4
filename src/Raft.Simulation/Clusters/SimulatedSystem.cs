using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Raft.Actors.Configuration;
using Raft.Simulation.Engine;

namespace Raft.Simulation.Clusters;

/// <summary>An ActorSystem in which nothing runs by itself: the event loop controls every dispatcher, timer and disk.</summary>
internal sealed class SimulatedSystem
{
    [ThreadStatic]
    private static SimulatedSystem? _ofThisThread;

    private bool _isRented;

    private SimulatedSystem()
    {
        System = (ExtendedActorSystem)Create(Loop);

        // Akka.Persistence starts its extensions when the first actor needs them. Starting them here makes the first run equal
        // to later ones.
        System.Stop(System.ActorOf(Props.Create<FirstPersistentActor>()));
        Loop.OnStarted();
    }

    public EventLoop Loop { get; } = new();

    public ExtendedActorSystem System { get; }

    /// <summary>
    /// Rents an ActorSystem for one run in this thread. It is reused for many runs, one after the other, because creating one
    /// takes as long as simulating ten seconds.
    /// </summary>
    public static SimulatedSystem Rent()
    {
        if (_ofThisThread is not { _isRented: false }) _ofThisThread = new SimulatedSystem();
        _ofThisThread._isRented = true;
        return _ofThisThread;
    }

    /// <summary>Returns the ActorSystem for the next run.</summary>
    public void Return()
    {
        Loop.End();
        _isRented = false;
    }

    /// <summary>
    /// An actor handles one message (see <see cref="SimulatedQueue"/>); then the loop draws which actor is next.
    /// </summary>
    private const string Dispatcher =
        "{ type = Dispatcher, throughput = 1, executor = \"Raft.Simulation.Engine.SeededExecutor, Raft.Simulation\" }";

    private const string Mailbox = "\"Raft.Simulation.Engine.SimulatedMailbox, Raft.Simulation\"";

    private static readonly Config Simulated = ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = ERROR
          stdout-loglevel = OFF
          loggers = []
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          scheduler.implementation = "Raft.Simulation.Engine.VirtualScheduler, Raft.Simulation"
          actor {
            default-dispatcher = {{Dispatcher}}
            internal-dispatcher = {{Dispatcher}}
            default-blocking-io-dispatcher = {{Dispatcher}}
            default-mailbox.mailbox-type = {{Mailbox}}
            mailbox.unbounded-queue-based.mailbox-type = {{Mailbox}}
            mailbox.unbounded-deque-based.mailbox-type = {{Mailbox}}
          }
          persistence {
            max-concurrent-recoveries = 1000000
            dispatchers {
              default-plugin-dispatcher = {{Dispatcher}}
              default-replay-dispatcher = {{Dispatcher}}
              default-stream-dispatcher = {{Dispatcher}}
            }
            journal.plugin = "raft.simulation.journal"
            snapshot-store.plugin = "raft.simulation.snapshot-store"
          }
        }
        raft.simulation {
          journal.class = "Raft.Simulation.Disks.SimulatedJournal, Raft.Simulation"
          snapshot-store.class = "Raft.Simulation.Disks.SimulatedSnapshotStore, Raft.Simulation"
        }
        """).WithFallback(RaftConfig.Reference);

    private static ActorSystem Create(EventLoop loop) => ActorSystem.Create(
        "raft",
        ConfigurationFactory.ParseString($"{EventLoop.Key} = \"{loop.Id}\"\nakka.scheduler.{EventLoop.Key} = \"{loop.Id}\"")
            .WithFallback(Simulated));

    private sealed class FirstPersistentActor : UntypedPersistentActor
    {
        public override string PersistenceId => "first";

        protected override void OnCommand(object message)
        {
        }

        protected override void OnRecover(object message)
        {
        }
    }
}
