using Raft.Actors.Protocol;

namespace Raft.Actors.Telemetry;

/// <summary>What a node tells of its work as a leader; it ends with the leadership.</summary>
/// <param name="node">The node's.</param>
internal sealed class LeaderTelemetry(NodeTelemetry node)
{
    private readonly Dictionary<NodeId, RoundTrips> _roundTrips = [];

    /// <summary>A command is taken.</summary>
    public TimeSpan? Taken() => node.CommitBegins();

    /// <summary>A command is committed.</summary>
    /// <param name="taken">What <see cref="Taken"/> said.</param>
    public void Committed(TimeSpan? taken) => node.Committed(taken);

    /// <summary>A message leaves.</summary>
    public AppendEntries Sending(NodeId peer, AppendEntries append)
    {
        if (append.Entries.Count > 0) node.EntriesSent(peer, append.Entries.Count);
        if (node.RoundTripBegins() is not { } now) return append;
        if (append.Entries.Count > 0) Of(peer).Sent(append.Entries[^1].Index, now);
        else Of(peer).SentHeartbeat(append.Round, now);
        return append;
    }

    /// <summary>A follower has what was sent.</summary>
    public void Accepted(AppendAccepted reply)
    {
        if (!_roundTrips.TryGetValue(reply.From, out var trips)) return;
        foreach (var sentAt in trips.TakeAnswered(reply.MatchIndex)) node.RoundTripEnds(reply.From, sentAt, "entries");
        if (trips.TakeHeartbeat(reply.Round) is { } beat) node.RoundTripEnds(reply.From, beat, "heartbeat");
    }

    /// <summary>A follower lacks what comes before what was sent.</summary>
    public void Rejected(AppendRejected reply)
    {
        if (_roundTrips.TryGetValue(reply.From, out var trips)) trips.Forget();
    }

    private RoundTrips Of(NodeId peer) =>
        _roundTrips.TryGetValue(peer, out var trips) ? trips : _roundTrips[peer] = new RoundTrips();
}
