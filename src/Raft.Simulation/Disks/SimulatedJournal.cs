using Akka.Actor;
using Akka.Persistence;
using Raft.Simulation.Engine;

namespace Raft.Simulation.Disks;

/// <summary>
/// The journal plugin: forwards the requests of persistent actors to the disk of their machine. It is a plain actor because
/// Akka's base class for journals uses the thread pool.
/// </summary>
internal sealed class SimulatedJournal : UntypedActor
{
    private readonly EventLoop _loop = EventLoop.Of(Context.System.Settings.Config);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WriteMessages write: DiskOf(write.PersistentActor)?.Write(write); break;
            case DeleteMessagesTo delete: DiskOf(delete.PersistentActor)?.Delete(delete); break;
            case ReplayMessages replay: DiskOf(replay.PersistentActor)?.Read(replay); break;
            default: Unhandled(message); break;
        }
    }

    /// <summary>Null if the process is dead; then its requests are ignored.</summary>
    private SimulatedDisk? DiskOf(IActorRef persistentActor) =>
        _loop.ProcessOf(persistentActor.Path.Parent.Name) is IHasDisk { IsDead: false } process ? process.Disk : null;
}

/// <summary>The snapshot plugin: it never has a snapshot, because a node keeps its snapshots in its journal.</summary>
internal sealed class SimulatedSnapshotStore : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is LoadSnapshot load) Sender.Tell(new LoadSnapshotResult(null, load.ToSequenceNr));
        else Unhandled(message);
    }
}

/// <summary>A process with a disk.</summary>
internal interface IHasDisk
{
    bool IsDead { get; }

    SimulatedDisk Disk { get; }
}
