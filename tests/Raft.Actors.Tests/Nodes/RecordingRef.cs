using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.Tests.Nodes;

/// <summary>A client that records its messages, without an ActorSystem.</summary>
internal sealed class RecordingRef(string name) : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "test")) / name;

    public override IActorRefProvider Provider => throw new NotSupportedException("There is no ActorSystem.");

    /// <summary>All messages.</summary>
    public List<object> Received { get; } = [];

    public List<(ClientReplies Replies, IActorRef Sender)> Messages { get; } = [];

    public IEnumerable<ClientReply> Replies => Messages.SelectMany(m => m.Replies.Replies);

    protected override void TellInternal(object message, IActorRef sender)
    {
        Received.Add(message);
        if (message is ClientReplies replies) Messages.Add((replies, sender));
    }
}
