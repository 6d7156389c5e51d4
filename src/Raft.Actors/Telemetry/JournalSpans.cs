using System.Diagnostics;
using Raft.Actors.Protocol;

namespace Raft.Actors.Telemetry;

/// <summary>The spans of traced entries until they are on a node's disk.</summary>
/// <param name="node">The node's telemetry.</param>
internal sealed class JournalSpans(NodeTelemetry node)
{
    private List<(ActivityContext Parent, Activity? Follow)> _unwritten = [];
    private List<(Activity? Write, Activity? Follow)> _writing = [];

    /// <summary>A leader's own entry is part of the next write.</summary>
    /// <param name="parent">The span of the entry's commit.</param>
    public void Append(ActivityContext parent) => _unwritten.Add((parent, null));

    /// <summary>A follower's new entries are part of the next write. Their spans end when the entries are on disk.</summary>
    /// <param name="append">The leader's message.</param>
    /// <param name="lastIndex">The log's last index before the message.</param>
    public void Follow(AppendEntries append, LogIndex lastIndex)
    {
        foreach (var (index, parent) in append.Traces)
        {
            if (index <= lastIndex) continue;
            if (node.Span("raft.follow", ActivityKind.Server, Spans.Context(parent)) is not { } span) continue;
            span.SetTag("raft.index", index.Value);
            _unwritten.Add((span.Context, span));
        }
    }

    public void WriteBegins()
    {
        if (_unwritten.Count == 0) return;
        foreach (var (parent, follow) in _unwritten)
            _writing.Add((node.Span("raft.journal.write", ActivityKind.Internal, parent), follow));
        _unwritten = [];
    }

    public void WriteEnds()
    {
        if (_writing.Count == 0) return;
        foreach (var (write, follow) in _writing)
        {
            Spans.End(write);
            Spans.End(follow);
        }

        _writing = [];
    }

    /// <summary>The node stops.</summary>
    public void Stop()
    {
        foreach (var (_, follow) in _unwritten) Spans.End(follow, "The node stopped.");
        foreach (var (write, follow) in _writing)
        {
            Spans.End(write, "The node stopped.");
            Spans.End(follow, "The node stopped.");
        }

        (_unwritten, _writing) = ([], []);
    }
}
