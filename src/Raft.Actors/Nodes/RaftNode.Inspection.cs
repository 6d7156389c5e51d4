using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Nodes;

/// <summary>
/// The node's state, for messages that request it and for the simulation, which reads it between two messages on the same thread.
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>Whether the node belongs to a cluster.</summary>
    public bool TakesPart => _members.IsFormed;

    public RaftRole Role => _current.Role;

    public Term Term => _term;

    public NodeId? VotedFor => _votedFor;

    public NodeId? Leader => _leader;

    public LogIndex CommitIndex => _commitIndex;

    public LogIndex LastApplied => _machine.LastApplied;

    public LogIndex DurableIndex => _journal.DurableIndex;

    public LogIndex SnapshotIndex => _snapshots.Index;

    public RaftLog Entries => _log;

    public Incarnation Incarnation => _members.Self;

    public bool AwaitsReadmission => _members.AwaitsReadmission;

    /// <summary>Proposals that are not in the log yet.</summary>
    public int PendingProposals => _current.PendingProposals();

    /// <summary>Whether a write to the journal is under way.</summary>
    public bool IsWriting => _journal.IsWriting;

    /// <summary>Whether the journal is deleting events that a snapshot replaces.</summary>
    public bool IsDeleting => _journal.IsDeleting;

    /// <summary>Whether a leadership transfer is under way.</summary>
    public bool IsTransferring => _transfer.IsUnderWay;

    private NodeStatus Status() => new(
        Id,
        Cluster,
        _settings.Group,
        Role,
        _term,
        _votedFor,
        _leader,
        _commitIndex,
        _machine.LastApplied,
        _log.LastIndex,
        _log.LastTerm,
        _snapshots.Index,
        _journal.DurableIndex,
        [.. _members.Voters.Select(voter => new MemberStatus(voter, _peers.AddressOf(voter)))],
        _log.FirstIndex,
        Role == RaftRole.Leader ? null : _election.Timeout,
        Role == RaftRole.Leader ? null : _election.Left(Now),
        _members.AwaitsReadmission);

    private NodeReading Reading() => new(
        Role, _term, _commitIndex, _machine.LastApplied, _log.LastIndex, _journal.Unwritten, _machine.Unanswered);

    private LogPage Page(GetLog page)
    {
        const int MaxEntries = 1000;
        var from = LogIndex.Max(page.From, _log.FirstIndex);
        var entries = _log.Slice(from, Math.Clamp(page.Limit, 1, MaxEntries), _settings.MaxAppendBytes);
        return new LogPage(entries, _commitIndex, _machine.LastApplied, _log.LastIndex) { FirstIndex = _log.FirstIndex };
    }
}
