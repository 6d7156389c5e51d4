using System.Diagnostics;
using Raft.Actors.Protocol;

namespace Raft.Actors.Telemetry;

/// <summary>The spans of traced commands on their leader: until their commit, and on their way to each follower.</summary>
/// <param name="node">The node's telemetry.</param>
internal sealed class ProposalSpans(NodeTelemetry node)
{
    /// <summary>Maximum number of traced entries in one message, whose spans must fit into a frame with its entries.</summary>
    private const int MaxInMessage = 64;

    /// <summary>
    /// Maximum number of open spans, so that a silent follower uses bounded memory. Further appends are not traced.
    /// </summary>
    private const int MaxAppends = 4096;

    private readonly Dictionary<LogIndex, Activity> _commits = [];
    private readonly List<(NodeId Peer, LogIndex Index, Activity Span)> _appends = [];

    /// <summary>A command was accepted.</summary>
    /// <returns>Its span; null if it is not traced.</returns>
    public Activity? Accept(Proposal proposal) => node.Span("raft.commit", ActivityKind.Server, Spans.Context(proposal.Trace));

    /// <summary>The command was appended to the log.</summary>
    public void Append(Activity? span, LogIndex index, Term term)
    {
        if (span is null) return;
        span.SetTag("raft.index", index.Value).SetTag("raft.term", term.Value);
        _commits[index] = span;
        node.Journal.Append(span.Context);
    }

    /// <summary>Adds the spans of a message's entries to the message.</summary>
    public AppendEntries Send(NodeId peer, AppendEntries append)
    {
        if (_commits.Count == 0 || append.Entries.Count == 0) return append;
        var traces = append.Entries
            .Where(entry => _commits.ContainsKey(entry.Index))
            .Take(MaxInMessage)
            .Select(entry => (entry.Index, Span: Send(peer, entry.Index)))
            .Where(sent => sent.Span is not null)
            .Select(sent => new EntryTrace(sent.Index, Spans.ParentOf(sent.Span!)))
            .ToArray();
        return traces.Length == 0 ? append : append with { Traces = traces };
    }

    /// <summary>A follower has all entries up to an index.</summary>
    public void Accept(NodeId peer, LogIndex match)
    {
        if (_appends.Count == 0) return;
        foreach (var (_, _, span) in _appends.Where(append => append.Peer == peer && append.Index <= match)) Spans.End(span);
        _appends.RemoveAll(append => append.Peer == peer && append.Index <= match);
    }

    public void Commit(LogIndex index)
    {
        if (_commits.Remove(index, out var span)) Spans.End(span);
    }

    /// <summary>The leader steps down.</summary>
    public void End()
    {
        foreach (var span in _commits.Values) Spans.End(span, "The leader stepped down before the commit.");
        foreach (var (_, _, span) in _appends) Spans.End(span, "The leader stepped down before the answer.");
        _commits.Clear();
        _appends.Clear();
    }

    private Activity? Send(NodeId peer, LogIndex index)
    {
        if (_appends.Find(append => append.Peer == peer && append.Index == index).Span is { } again) return again;
        if (_appends.Count >= MaxAppends) return null;
        var span = node.Span("raft.append", ActivityKind.Client, _commits[index].Context);
        if (span is null) return null;
        span.SetTag(RaftTelemetry.PeerTag, peer.Value).SetTag("raft.index", index.Value);
        _appends.Add((peer, index, span));
        return span;
    }
}
