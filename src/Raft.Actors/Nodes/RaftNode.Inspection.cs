using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Nodes;

/// <summary>A node as others see it: by message, and between two messages by the simulation, which runs in its thread.</summary>
internal sealed partial class RaftNode
{
    /// <summary>Whether the node belongs to a cluster.</summary>
    public bool TakesPart => _isFormed;

    public RaftRole Role => _role;

    public Term Term => _term;

    public NodeId? VotedFor => _votedFor;

    public NodeId? Leader => _leader;

    public LogIndex CommitIndex => _commitIndex;

    public LogIndex LastApplied => _lastApplied;

    public LogIndex DurableIndex => _journal.DurableIndex;

    public LogIndex SnapshotIndex => _snapshotIndex;

    public RaftLog Entries => _log;

    public Incarnation Incarnation => _self;

    public bool AwaitsReadmission => _awaitsReadmission;

    /// <summary>Proposals that are in no log yet.</summary>
    public int Gathered => _gathering.Count();

    /// <summary>Whether the journal writes what was handed to it.</summary>
    public bool IsWriting => _journal.IsWriting;

    /// <summary>Whether the journal deletes what a snapshot replaces.</summary>
    public bool IsDeleting => _journal.IsDeleting;

    /// <summary>Whether the leadership is on its way to another node.</summary>
    public bool IsTransferring => _transfer is not null;

    private NodeStatus Status() => new(
        Id,
        _cluster,
        _settings.Group,
        _role,
        _term,
        _votedFor,
        _leader,
        _commitIndex,
        _lastApplied,
        _log.LastIndex,
        _log.LastTerm,
        _snapshotIndex,
        _journal.DurableIndex,
        [.. _voters.Select(voter => new MemberStatus(voter, _peers.AddressOf(voter)))],
        _log.FirstIndex,
        _role == RaftRole.Leader ? null : _electionTimeout,
        _role == RaftRole.Leader ? null : ElectionTimeoutLeft(),
        _awaitsReadmission);

    private TimeSpan ElectionTimeoutLeft()
    {
        var left = _electionTimerStarted + _electionTimeout - Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private NodeReading Reading() => new(
        _role, _term, _commitIndex, _lastApplied, _log.LastIndex, _journal.Unwritten, _unanswered);

    private LogPage Page(GetLog page)
    {
        const int MaxEntries = 1000;
        var from = LogIndex.Max(page.From, _log.FirstIndex);
        var entries = _log.Slice(from, Math.Clamp(page.Limit, 1, MaxEntries), _settings.MaxAppendBytes);
        return new LogPage(entries, _commitIndex, _lastApplied, _log.LastIndex) { FirstIndex = _log.FirstIndex };
    }
}
