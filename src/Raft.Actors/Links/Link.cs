using Akka.Remote.Transport;
using Google.Protobuf;

namespace Raft.Actors.Links;

/// <summary>
/// A connection that this process opened. It counts received payloads and can be closed from outside Akka.Remote.
/// </summary>
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

    /// <summary>A number that no other connection of this ActorSystem has.</summary>
    public long Number { get; }

    /// <summary>How many payloads the connection has received.</summary>
    public long Received => Interlocked.Read(ref _received);

    public override bool Write(ByteString payload) => _real.Write(payload);

#pragma warning disable CS0618, CS0672 // Disassociate(reason, log) calls this obsolete overload.
    /// <summary>
    /// Closes the connection. Both sides treat this like a connection that the network broke: Akka.Remote keeps unacknowledged
    /// system messages, quarantines nobody, and opens a new connection for the next message.
    /// </summary>
    public override void Disassociate()
    {
        _links.Closed(this);
        _real.Disassociate();
    }
#pragma warning restore CS0618, CS0672

    /// <summary>Counts each payload and passes it on.</summary>
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
