using Akka.Event;
using Raft.Actors.Events;
using Raft.Actors.Protocol;
using Raft.Actors.Replication;

namespace Raft.Actors.Nodes;

/// <summary>
/// A member whose journal forgot something comes back by an entry of the log (docs/decisions/020). It draws a number for a new
/// incarnation; the leader appends an entry that names it; and when a majority that does not count the member has that entry, and
/// the member has everything up to it, the member takes part again. Until then it only follows: it votes for nobody, never
/// campaigns, and its acknowledgements say that they don't count.
/// </summary>
internal sealed partial class RaftNode
{
    /// <summary>
    /// Between two readmissions of one member so many election timeouts pass: two nodes of one name must not fill the log.
    /// </summary>
    private const int ReadmissionPause = 10;

    /// <summary>What this node's RPCs rest on at this moment.</summary>
    private JournalStamp Stamp => _members.Stamp(_journal.DurableSequenceNr);

    /// <summary>The node's journal forgot something: from here on it is another incarnation.</summary>
    /// <param name="why">What was found, as a clause.</param>
    private void SeekReadmission(string why)
    {
        Log.Warning(
            "{Node} can't count on its journal, since {Reason}. It follows, and takes part again when an entry of the log "
            + "readmits it.",
            Id, why);
        _members.SeekReadmission(new Incarnation(Id, _numbers.Next() + 1));
        _journal.Append(new ReadmissionSought(Formed(), _members.Self));
    }

    /// <summary>A member that runs finds out that its journal forgot something.</summary>
    private void ForgetAndFollow(string why)
    {
        SeekReadmission(why);
        ResetElectionTimer();
        BecomeFollower(leader: null, Role == RaftRole.Follower ? null : why);
    }

    /// <summary>
    /// Whether the log names another journal for this node than the one that it writes: it was replaced meanwhile.
    /// </summary>
    private bool IsReplaced => !_members.AwaitsReadmission && !_members.Incarnations.Counts(Id, Stamp);

    private void CheckOwnIncarnation()
    {
        if (IsReplaced) ForgetAndFollow("the log names a newer journal of this node");
    }

    /// <summary>The entry that names this incarnation is committed, and so is everything before it.</summary>
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
        Log.Info("{Node} term {Term}: readmitted, and takes part again with journal {Journal}", Id, _term.Value, self.Journal);
    }

    /// <summary>
    /// Whether the sender's journal has all that this node ever heard of it; a sender that has less is told so.
    /// </summary>
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
            ForgetAndFollow($"{message.From} remembers more of it: it was rolled back");
    }

    /// <summary>What the leader knows of a follower is of one journal of it: of another one nothing is known yet.</summary>
    private Progress ProgressOf(LeaderState leader, RaftRpc answer)
    {
        var progress = leader.Followers[answer.From];
        if (progress.Journal is { } known && known != answer.Journal.Number)
            progress = leader.Followers[answer.From] = leader.NewProgress(_log.LastIndex, Now);
        (progress.Journal, progress.Counts) = (answer.Journal.Number, _members.Counts(answer));
        if (answer.Journal.AwaitsReadmission) Readmit(leader, new Incarnation(answer.From, answer.Journal.Number));
        return progress;
    }

    /// <summary>Appends the entry that names a member's new journal; from here on the older one does not count.</summary>
    private void Readmit(LeaderState leader, Incarnation member)
    {
        if (_members.Incarnations.JournalOf(member.Node) == member.Journal || _transfer.IsUnderWay) return;
        if (!leader.MayReadmit(member.Node, Now, ReadmissionPause * _settings.ElectionTimeoutMax)) return;
        Log.Warning("{Node} term {Term}: {Member} lost its journal, and is readmitted by entry {Index}",
            Id, _term.Value, member, _log.LastIndex.Next());
        var index = _log.LastIndex.Next();
        Append(leader, [new LogEntry(index, _term, EntryKind.Readmission, member.Encode()) { Time = leader.Clock.At(Now) }]);
    }

    /// <summary>The follower lacks what it acknowledged to this leader on the same journal: that was rolled back.</summary>
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
