using Akka.Remote.Transport;
using Google.Protobuf;

namespace Raft.Actors.Links;

/// <summary>A connection that this process opened. It counts what comes over it, and can be closed from outside of Akka.Remote.</summary>
internal sealed class Link : AssociationHandle
{
    private readonly AssociationHandle _real;
    private readonly OpenLinks _links;
    private long _received;

    public Link(AssociationHandle real, OpenLinks links)
        : base(real.LocalAddress, real.RemoteAddress)
    {
        _real = real;
        _links = links;
        Number = links.NextNumber();
        ReadHandlerSource.Task.ContinueWith(
            upper => real.ReadHandlerSource.TrySetResult(new Listener(this, upper.Result)),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
    }

    /// <summary>Tells it from others.</summary>
    public long Number { get; }

    /// <summary>How often something came over it.</summary>
    public long Received => Interlocked.Read(ref _received);

    public override bool Write(ByteString payload) => _real.Write(payload);

#pragma warning disable CS0618, CS0672 // The other one, with a reason, calls this one.
    /// <summary>
    /// Closes it. Akka.Remote on either side finds it closed, as it finds one that the network broke: it keeps what it must deliver
    /// for certain, quarantines nobody, and makes a new one for the next message.
    /// </summary>
    public override void Disassociate()
    {
        _links.Closed(this);
        _real.Disassociate();
    }
#pragma warning restore CS0618, CS0672

    /// <summary>Counts what comes, and hands it on.</summary>
    private sealed class Listener(Link link, IHandleEventListener upper) : IHandleEventListener
    {
        public void Notify(IHandleEvent happened)
        {
            if (happened is InboundPayload) Interlocked.Increment(ref link._received);
            else if (happened is Disassociated) link._links.Closed(link);
            upper.Notify(happened);
        }
    }
}
