using System.Diagnostics;
using Raft.Actors.Protocol;

namespace Raft.Actors.Telemetry;

/// <summary>What a node tells of its work as a leader; it ends with the leadership.</summary>
/// <param name="node">The node's.</param>
internal sealed class LeaderTelemetry(NodeTelemetry node)
{
    private readonly Dictionary<NodeId, RoundTrips> _roundTrips = [];
    private readonly ProposalSpans _spans = new(node);

    /// <summary>A command is taken.</summary>
    public Taken Taken(Proposal proposal) => new(node.CommitBegins(), Spans.Context(proposal.Trace), _spans.Take(proposal));

    /// <summary>A command that was taken stands in the log.</summary>
    public void Appended(Taken taken, LogIndex index, Term term) => _spans.Append(taken.Span, index, term);

    /// <summary>A command is committed.</summary>
    public void Committed(Taken taken, LogIndex index)
    {
        node.Committed(taken.At);
        _spans.Commit(index);
    }

    /// <summary>The leadership ends, and with it what was taken and not committed.</summary>
    /// <param name="gathered">What was taken and stands in no log.</param>
    public void Ends(IEnumerable<Taken> gathered)
    {
        _spans.End();
        foreach (var taken in gathered) Spans.End(taken.Span, "The leader lost its office before it appended the command.");
    }

    /// <summary>A message leaves.</summary>
    /// <returns>The message, with the spans of its entries.</returns>
    public AppendEntries Sending(NodeId peer, AppendEntries append)
    {
        if (append.Entries.Count > 0) node.EntriesSent(peer, append.Entries.Count);
        append = _spans.Send(peer, append);
        if (node.RoundTripBegins() is not { } now) return append;
        if (append.Entries.Count > 0) Of(peer).Sent(append.Entries[^1].Index, now);
        else Of(peer).SentHeartbeat(append.Round, now);
        return append;
    }

    /// <summary>A follower has what was sent.</summary>
    public void Accepted(AppendAccepted reply)
    {
        _spans.Accept(reply.From, reply.MatchIndex);
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

/// <summary>What is measured of a command from its taking on.</summary>
/// <param name="At">When it was taken; null where nobody measures.</param>
/// <param name="Parent">The span of the client's request; none where it is not traced.</param>
/// <param name="Span">The leader's span, up to the commit; null where it is not traced.</param>
internal readonly record struct Taken(TimeSpan? At, ActivityContext Parent, Activity? Span);
