using System.IO.Hashing;
using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Clients;

/// <summary>The result that a client gets is the one that the state machine returned at that index (Raft §8).</summary>
internal sealed class AnsweredResults : Check
{
    private readonly Dictionary<LogIndex, ulong> _results = [];

    /// <inheritdoc/>
    public override string Name => "answered results";

    /// <inheritdoc/>
    public override string Source => "Raft §8, hazard 20";

    /// <inheritdoc/>
    public override void OnApplied(
        ClusterView cluster, NodeView node, LogIndex index, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte> result) =>
        _results.TryAdd(index, XxHash3.HashToUInt64(result.Span));

    /// <inheritdoc/>
    public override void OnReplySent(ClusterView cluster, NodeView node, string client, ClientReply reply)
    {
        if (reply is not CommandApplied applied) return;
        Examine();
        if (!_results.TryGetValue(applied.Index, out var result))
            throw Violated(
                $"no node has applied a command at index {applied.Index}",
                $"{node} told {client} that its request {reply.RequestId} was applied there");
        if (result != XxHash3.HashToUInt64(applied.Result.Span))
            throw Violated(
                $"the command at index {applied.Index} was applied with a result of hash {result:x16}",
                $"{node} told {client} another result of {applied.Result.Length} bytes for its request {reply.RequestId}");
    }
}
