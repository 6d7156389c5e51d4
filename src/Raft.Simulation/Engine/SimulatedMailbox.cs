using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Raft.Simulation.Engine;

/// <summary>Creates mailboxes that know which process their actor belongs to.</summary>
/// <param name="settings">The ActorSystem's settings.</param>
/// <param name="config">The mailbox's configuration.</param>
internal sealed class SimulatedMailbox(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<SimulatedQueue>
{
    private readonly EventLoop _loop = EventLoop.Of(settings.Config);

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) =>
        new SimulatedQueue(_loop, ProcessOf(owner.Path));

    /// <summary>/user is at depth 1, a top-level actor at depth 2.</summary>
    private SimulatedProcess? ProcessOf(ActorPath path)
    {
        while (path.Depth > 2) path = path.Parent;
        return path.Depth == 2 ? _loop.ProcessOf(path.Name) : null;
    }
}

/// <summary>
/// The messages of a mailbox, in order. It needs no locks because there is one thread. It returns one message per step: with a
/// throughput of one, Akka.NET's mailbox would process two, and nothing could happen between them.
/// </summary>
/// <param name="loop">The event loop.</param>
/// <param name="process">The process of the mailbox's actor; null if it belongs to none.</param>
internal sealed class SimulatedQueue(EventLoop loop, SimulatedProcess? process)
    : IMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    private readonly Stack<Envelope> _unstashed = new();
    private readonly Queue<Envelope> _messages = new();
    private long _lastStep = -1;

    public SimulatedProcess? Process { get; } = process;

    public bool HasMessages => Count > 0;

    public int Count => _unstashed.Count + _messages.Count;

    public void Enqueue(IActorRef receiver, Envelope envelope) => _messages.Enqueue(envelope);

    public void EnqueueFirst(Envelope envelope) => _unstashed.Push(envelope);

    public bool TryDequeue(out Envelope envelope)
    {
        envelope = default;
        if (_lastStep == loop.StepsOfAllRuns && !loop.IsStarting) return false;
        if (!TryTake(out envelope)) return false;
        _lastStep = loop.StepsOfAllRuns;
        return true;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryTake(out var envelope)) deadletters.Enqueue(owner, envelope);
    }

    private bool TryTake(out Envelope envelope) => _unstashed.TryPop(out envelope) || _messages.TryDequeue(out envelope);
}
