using Akka.Event;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Replication;

namespace Raft.Actors.Nodes;

/// <summary>
/// Readmission of a member that lost journal data (docs/decisions/020). The member draws a random number for a new incarnation,
/// and the leader appends an entry that names it. When a majority that does not count the member has this entry, and the member
/// has every entry up to it, the member is readmitted. Until then it only follows: it neither votes nor campaigns, and its
/// acknowledgements say that they don't count.
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>
    /// Minimum pause between two readmissions of one member, in election timeouts, so that two nodes with the same name don't
    /// fill the log.
    /// </summary>
    private const int ReadmissionPause = 10;

    /// <summary>The journal stamp of this node's RPCs.</summary>
    private JournalStamp Stamp => _members.Stamp(_journal.DurableSequenceNr);

    /// <summary>The journal lacks acknowledged data: the node becomes a new incarnation.</summary>
    /// <param name="why">What was found, as a clause.</param>
    private void SeekReadmission(string why)
    {
        Log.Warning(
            "{Node} can't rely on its journal: {Reason}. It follows, but does not count towards a majority until an entry of "
            + "the log readmits it.",
            Id, why);
        _members.SeekReadmission(new Incarnation(Id, _numbers.Next() + 1));
        _journal.Append(new ReadmissionSought(Formed(), _members.Self));
    }

    /// <summary>A running member found out that its journal lacks acknowledged data.</summary>
    private void ForgetAndFollow(string why)
    {
        SeekReadmission(why);
        ResetElectionTimer();
        BecomeFollower(leader: null, Role == RaftRole.Follower ? null : why);
    }

    /// <summary>
    /// Whether the log names another journal for this node than the one that it writes, because a node with a newer journal
    /// replaced it.
    /// </summary>
    private bool IsReplaced => !_members.AwaitsReadmission && !_members.Incarnations.Counts(Id, Stamp);

    private void CheckOwnIncarnation()
    {
        if (IsReplaced) ForgetAndFollow("the log names a newer journal of this node");
    }

    /// <summary>
    /// Records the readmission once the entry that names this incarnation and all entries before it are committed.
    /// </summary>
    private void CheckReadmission()
    {
        if (!_members.TryNoteReadmission(_commitIndex)) return;
        var self = _members.Self;
        _journal.Append(new Readmitted(_commitIndex));
        _journal.WhenDurable(() => OnReadmitted(self));
    }

    private void OnReadmitted(Incarnation self)
    {
        if (_members.Self != self) return;
        _members.OnReadmitted();
        Log.Info("{Node} term {Term}: readmitted with journal {Journal}", Id, _term.Value, self.Journal);
    }

    /// <summary>Whether the sender's journal contains everything that this node knows it had; if not, tells the sender.</summary>
    private bool RemembersAll(RaftRpc rpc)
    {
        if (_members.RemembersAll(rpc)) return true;
        var heard = _members.HeardOf(rpc.From);
        SendWhenTermDurable(Sender, new JournalForgot(Cluster, Id, _term, heard.Number, heard.Position));
        return false;
    }

    private void OnJournalForgot(JournalForgot message)
    {
        if (_members.AwaitsReadmission || message.Number != _members.Self.Journal) return;
        if (message.Position > _journal.DurableSequenceNr)
            ForgetAndFollow($"it was rolled back, since {message.From} has seen newer data of it");
    }

    /// <summary>The leader's progress of a follower applies to one journal. For another journal, it starts anew.</summary>
    private Progress ProgressOf(LeaderState leader, RaftRpc answer)
    {
        var progress = leader.Followers[answer.From];
        if (progress.Journal is { } known && known != answer.Journal.Number)
            progress = leader.Followers[answer.From] = leader.NewProgress(_log.LastIndex, Now);
        (progress.Journal, progress.Counts) = (answer.Journal.Number, _members.Counts(answer));
        if (answer.Journal.AwaitsReadmission) Readmit(leader, new Incarnation(answer.From, answer.Journal.Number));
        return progress;
    }

    /// <summary>Appends the entry that names a member's new journal. From here on the old journal does not count.</summary>
    private void Readmit(LeaderState leader, Incarnation member)
    {
        if (_members.Incarnations.JournalOf(member.Node) == member.Journal || _transfer.IsUnderWay) return;
        if (!leader.MayReadmit(member.Node, Now, ReadmissionPause * _settings.ElectionTimeoutMax)) return;
        Log.Warning("{Node} term {Term}: {Member} lost its journal; entry {Index} readmits it",
            Id, _term.Value, member, _log.LastIndex.Next());
        var index = _log.LastIndex.Next();
        Append(leader, [new LogEntry(index, _term, EntryKind.Readmission, member.Encode()) { Time = leader.Clock.At(Now) }]);
    }

    /// <summary>
    /// The follower lacks an entry that it had acknowledged to this leader with the same journal, so the journal was rolled back.
    /// </summary>
    private void OnForgotten(LeaderState leader, AppendRejected reply)
    {
        Log.Warning("{Node} term {Term}: {Follower} lacks entry {Index}, which it had acknowledged",
            Id, _term.Value, reply.From, reply.RejectedIndex);
        leader.Followers[reply.From] = leader.NewProgress(_log.LastIndex, Now);
        if (reply.Journal.Position == 0) return;
        _members.OnForgotten(reply);
        RemembersAll(reply);
    }

    private ClusterFormed Formed() => new(Cluster, _settings.Group, Id, _members.Voters);
}
