using Raft.Actors.Log;
using Raft.Actors.Protocol;
using Raft.Actors.Telemetry;

namespace Raft.Actors.Nodes;

/// <summary>A node as others see it: by message, and between two messages by the simulation, which runs in its thread.</summary>
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

    /// <summary>Proposals that are in no log yet.</summary>
    public int PendingProposals => _current.PendingProposals();

    /// <summary>Whether the journal writes what was handed to it.</summary>
    public bool IsWriting => _journal.IsWriting;

    /// <summary>Whether the journal deletes what a snapshot replaces.</summary>
    public bool IsDeleting => _journal.IsDeleting;

    /// <summary>Whether the leadership is on its way to another node.</summary>
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
