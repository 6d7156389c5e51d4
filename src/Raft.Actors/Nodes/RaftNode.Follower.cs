using Akka.Event;
using Raft.Actors.Protocol;
using Raft.Actors.Storage;

namespace Raft.Actors.Nodes;

/// <summary>A follower answers leaders and candidates; hearing neither, it becomes a candidate (Raft §5.2).</summary>
internal sealed partial class RaftNode
{
    private void BecomeFollower(NodeId? leader, string? why)
    {
        var reads = new FollowerReads(_settings.MaxPendingReads);
        var reception = new SnapshotReception();
        Enter(RaftRole.Follower, leader, message => Following(reads, reception, message), _ => RefuseReads(reads), why);
    }

    private bool Following(FollowerReads reads, SnapshotReception reception, object message)
    {
        switch (message)
        {
            case AppendEntries append when append.Term == _term:
                OnAppendEntries(append);
                AnswerApplied(reads);
                return true;
            case InstallSnapshot part when part.Term == _term:
                OnInstallSnapshot(reception, part);
                AnswerApplied(reads);
                return true;
            case ElectionTimeout: OnElectionTimeout(); return true;
            case TimeoutNow now when now.Term == _term: OnTimeoutNow(now); return true;
            case Ask { Consistency: ReadConsistency.Follower } ask when _leader is not null: OnAsk(reads, ask); return true;
            case ReadIndexGranted granted when granted.Term == _term: OnReadIndex(reads, granted); return true;
            case ReadIndexOverdue: AskForReadIndex(reads); return true;
            default: return false;
        }
    }

    /// <summary>Takes the leader's entries (Raft §5.3, Figure 2: AppendEntries RPC, receiver).</summary>
    private void OnAppendEntries(AppendEntries append)
    {
        if (!HearLeader(append)) return;
        if (!_log.Fits(append.PreviousIndex, append.PreviousTerm))
        {
            var conflict = _log.ConflictAt(append.PreviousIndex);
            SendWhenDurable(Sender, new AppendRejected(
                _cluster, Id, _term, append.PreviousIndex, conflict.Term, conflict.Index, append.Round));
            return;
        }

        _telemetry.Journal.Follow(append, _log.LastIndex);
        Take(append.Entries);
        var verified = append.PreviousIndex + append.Entries.Count;
        Commit(LogIndex.Min(append.LeaderCommit, verified), waiting: []);
        Acknowledge(append, verified);
    }

    /// <summary>A message of the leader keeps this node from becoming a candidate (Raft §5.2).</summary>
    /// <returns>False where another node leads the term.</returns>
    private bool HearLeader(RaftRpc rpc)
    {
        if (_leader is { } leader && leader != rpc.From)
        {
            WarnOnce($"{rpc.From} claims to lead term {_term}, which {leader} leads: a defect, or a forged message.");
            return false;
        }

        ResetElectionTimer();
        _leaderHeardAt = Now;
        if (_leader is null) Follow(rpc.From);
        return true;
    }

    private void Follow(NodeId leader)
    {
        _leader = leader;
        Log.Info("{Node} term {Term}: follows {Leader}", Id, _term.Value, leader);
        EndTransfer();
        PublishRole();
    }

    private void Take(IReadOnlyList<LogEntry> entries)
    {
        var difference = _log.Compare(entries);
        if (difference.TruncateFrom is { } from)
        {
            var committed = LogIndex.Max(_commitIndex, _committedOnDisk);
            if (from <= committed)
                throw new NodeHaltedException(
                    $"the leader of term {_term} contradicts entry {from}, but entries up to {committed} are committed: the members "
                    + "that elected it lost them. Keep this node's data, which has them, and look what happened to the others'.");
            TruncateLog(from);
        }

        if (difference.Missing.Count == 0) return;
        AppendToLog(difference.Missing);
        if (difference.Missing.Any(entry => entry.Kind == EntryKind.Readmission)) CheckOwnIncarnation();
    }

    /// <summary>
    /// An append is acknowledged when it is on disk. A heartbeat is answered at once, for what already is: so a slow disk
    /// does not look like a dead follower, and a read need not wait for it.
    /// </summary>
    private void Acknowledge(AppendEntries append, LogIndex verified)
    {
        if (append.Entries.Count > 0)
            SendWhenDurable(Sender, Accepted(verified, append));
        else
            SendWhenTermDurable(Sender, Accepted(LogIndex.Min(verified, _journal.DurableIndex), append));
    }

    private AppendAccepted Accepted(LogIndex match, AppendEntries append) =>
        new(_cluster, Id, _term, IsRestoring ? LogIndex.Zero : match, append.Round, Preference);
}
