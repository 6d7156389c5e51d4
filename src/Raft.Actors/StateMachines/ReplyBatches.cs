using Akka.Actor;
using Raft.Actors.Protocol;

namespace Raft.Actors.StateMachines;

/// <summary>
/// Collects replies and sends each client as few messages as the limit allows, because Akka.Remote drops larger ones.
/// </summary>
/// <param name="sender">The sender of the replies.</param>
/// <param name="maxBytes">Maximum encoded size of one message in bytes.</param>
internal sealed class ReplyBatches(IActorRef sender, int maxBytes)
{
    private const int ReplyOverhead = 64;
    private readonly Dictionary<IActorRef, Batch> _batches = [];

    public void Add(IActorRef client, ClientReply reply)
    {
        var bytes = EncodedBytes(reply);
        if (bytes > maxBytes)
        {
            reply = TooLarge(reply, bytes);
            bytes = EncodedBytes(reply);
        }

        if (!_batches.TryGetValue(client, out var batch)) _batches[client] = batch = new Batch();
        if (batch.Bytes + bytes > maxBytes) Send(client, batch);
        batch.Replies.Add(reply);
        batch.Bytes += bytes;
    }

    public void Send()
    {
        foreach (var (client, batch) in _batches) Send(client, batch);
    }

    private void Send(IActorRef client, Batch batch)
    {
        client.Tell(new ClientReplies(batch.Replies), sender);
        batch.Replies = [];
        batch.Bytes = 0;
    }

    private ClientReply TooLarge(ClientReply reply, int bytes) => reply switch
    {
        CommandApplied applied => new OutcomeUnknown(
            reply.RequestId,
            $"The command was applied at index {applied.Index}, but its result of {bytes} bytes exceeds the limit of {maxBytes}.")
        { IsFinal = true },
        _ => new RequestRefused(reply.RequestId, $"The answer has {bytes} bytes; at most {maxBytes} can be sent."),
    };

    private static int EncodedBytes(ClientReply reply) => ReplyOverhead + reply switch
    {
        CommandApplied applied => applied.Result.Length,
        QueryAnswered answered => answered.Result.Length,
        RequestRefused refused => 4 * refused.Reason.Length,
        OutcomeUnknown unknown => 4 * unknown.Reason.Length,
        _ => 0,
    };

    private sealed class Batch
    {
        public List<ClientReply> Replies { get; set; } = [];

        public int Bytes { get; set; }
    }
}
