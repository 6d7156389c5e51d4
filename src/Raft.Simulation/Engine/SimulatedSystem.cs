using Akka.Actor;
using Akka.Configuration;
using Raft.Actors.Configuration;

namespace Raft.Simulation.Engine;

/// <summary>Makes an ActorSystem in which nothing runs by itself: every dispatcher, timer and disk is the event loop's.</summary>
internal static class SimulatedSystem
{
    public const string LoopKey = "raft.simulation.loop";

    /// <summary>An actor handles one message, then the next one is drawn.</summary>
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

    public static ActorSystem Create(EventLoop loop) => ActorSystem.Create(
        "raft",
        ConfigurationFactory.ParseString($"{LoopKey} = \"{loop.Id}\"\nakka.scheduler.{LoopKey} = \"{loop.Id}\"")
            .WithFallback(Simulated));

    public static EventLoop LoopOf(Settings settings) => EventLoop.Of(settings.Config.GetString(LoopKey));
}
