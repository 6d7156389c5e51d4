using System.Diagnostics;
using Raft.Actors.Protocol;

namespace Raft.Actors.Telemetry;

/// <summary>Measures a node's work as a leader, until it steps down.</summary>
/// <param name="node">The node's telemetry.</param>
internal sealed class LeaderTelemetry(NodeTelemetry node)
{
    private readonly Dictionary<NodeId, RoundTrips> _roundTrips = [];
    private readonly ProposalSpans _spans = new(node);

    /// <summary>A command was accepted.</summary>
    public AcceptedCommand Accepted(Proposal proposal) =>
        new(node.CommitBegins(), Spans.Context(proposal.Trace), _spans.Accept(proposal));

    /// <summary>An accepted command was appended to the log.</summary>
    public void Appended(AcceptedCommand command, LogIndex index, Term term) => _spans.Append(command.Span, index, term);

    /// <summary>A command was committed.</summary>
    public void Committed(AcceptedCommand command, LogIndex index)
    {
        node.Committed(command.At);
        _spans.Commit(index);
    }

    /// <summary>The leader steps down.</summary>
    /// <param name="pending">Accepted commands that are not in the log.</param>
    public void Ends(IEnumerable<AcceptedCommand> pending)
    {
        _spans.End();
        foreach (var command in pending) Spans.End(command.Span, "The leader stepped down before it appended the command.");
    }

    /// <summary>An append is sent.</summary>
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

    /// <summary>A follower acknowledged an append.</summary>
    public void Accepted(AppendAccepted reply)
    {
        _spans.Accept(reply.From, reply.MatchIndex);
        if (!_roundTrips.TryGetValue(reply.From, out var trips)) return;
        foreach (var sentAt in trips.DrainAnswered(reply.MatchIndex)) node.RoundTripEnds(reply.From, sentAt, "entries");
        if (trips.DrainHeartbeat(reply.Round) is { } beat) node.RoundTripEnds(reply.From, beat, "heartbeat");
    }

    /// <summary>A follower rejected an append because it lacks the entries before it.</summary>
    public void Rejected(AppendRejected reply)
    {
        if (_roundTrips.TryGetValue(reply.From, out var trips)) trips.Forget();
    }

    private RoundTrips Of(NodeId peer) =>
        _roundTrips.TryGetValue(peer, out var trips) ? trips : _roundTrips[peer] = new RoundTrips();
}

/// <summary>What is measured of an accepted command.</summary>
/// <param name="At">When the leader accepted it; null if nothing measures.</param>
/// <param name="Parent">The span of the client's request; default if the command is not traced.</param>
/// <param name="Span">The leader's span, which ends at the commit; null if the command is not traced.</param>
internal readonly record struct AcceptedCommand(TimeSpan? At, ActivityContext Parent, Activity? Span);
