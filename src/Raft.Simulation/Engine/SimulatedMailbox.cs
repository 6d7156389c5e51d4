using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Raft.Simulation.Engine;

/// <summary>Makes mailboxes that know which process their actor belongs to.</summary>
/// <param name="settings">The ActorSystem's settings.</param>
/// <param name="config">The mailbox's configuration.</param>
internal sealed class SimulatedMailbox(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<SimulatedQueue>
{
    private readonly EventLoop _loop = SimulatedSystem.LoopOf(settings);

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) =>
        new SimulatedQueue(ProcessOf(owner.Path));

    /// <summary>/user is at depth 1, a top-level actor at depth 2.</summary>
    private SimulatedProcess? ProcessOf(ActorPath path)
    {
        while (path.Depth > 2) path = path.Parent;
        return path.Depth == 2 ? _loop.ProcessOf(path.Name) : null;
    }
}

/// <summary>A mailbox's messages, in order. Nothing locks: there is one thread.</summary>
/// <param name="process">The process of the mailbox's actor; null where it belongs to none.</param>
internal sealed class SimulatedQueue(SimulatedProcess? process) : IMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    private readonly LinkedList<Envelope> _messages = new();

    public SimulatedProcess? Process { get; } = process;

    public bool HasMessages => _messages.Count > 0;

    public int Count => _messages.Count;

    public void Enqueue(IActorRef receiver, Envelope envelope) => _messages.AddLast(envelope);

    public void EnqueueFirst(Envelope envelope) => _messages.AddFirst(envelope);

    public bool TryDequeue(out Envelope envelope)
    {
        if (_messages.First is not { } first)
        {
            envelope = default;
            return false;
        }

        envelope = first.Value;
        _messages.RemoveFirst();
        return true;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope)) deadletters.Enqueue(owner, envelope);
    }
}
