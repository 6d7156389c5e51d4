using Akka.Event;
using Raft.Actors.Events;
using Raft.Actors.Membership;
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
    /// <summary>Between two readmissions of one member so many election timeouts pass: two nodes of one name must not fill the log.</summary>
    private const int ReadmissionPause = 10;

    private readonly MemberIncarnations _incarnations = new();

    /// <summary>The newest that was heard of each member's journal: who says less later has forgotten something.</summary>
    private readonly Dictionary<NodeId, JournalStamp> _heard = [];

    /// <summary>This node with its journal; number 0 in a journal that is older than such numbers.</summary>
    private Incarnation _self;

    /// <summary>Whether the journal lacks what this node promised, and no entry has readmitted it since.</summary>
    private bool _awaitsReadmission;

    /// <summary>Whether <see cref="Readmitted"/> is on its way to the journal.</summary>
    private bool _isReadmissionNoted;

    /// <summary>What this node's RPCs rest on at this moment.</summary>
    private JournalStamp Stamp => new(_self.Journal, _journal.DurableSequenceNr, _awaitsReadmission);

    /// <summary>The node's journal forgot something: from here on it is another incarnation.</summary>
    /// <param name="why">What was found, as a clause.</param>
    private void SeekReadmission(string why)
    {
        Log.Warning(
            "{Node} can't count on its journal, since {Reason}. It follows, and takes part again when an entry of the log readmits it.",
            Id, why);
        _self = new Incarnation(Id, UnusedNumber() + 1);
        (_awaitsReadmission, _isReadmissionNoted) = (true, false);
        _journal.Append(new ReadmissionSought(Formed(), _self));
    }

    /// <summary>A member that runs finds out that its journal forgot something.</summary>
    private void ForgetAndFollow(string why)
    {
        SeekReadmission(why);
        ResetElectionTimer();
        BecomeFollower(leader: null, _role == RaftRole.Follower ? null : why);
    }

    /// <summary>The log names another journal for this node than the one that it writes: the node was replaced meanwhile.</summary>
    private void CheckOwnIncarnation()
    {
        if (_awaitsReadmission || _incarnations.Counts(Id, Stamp)) return;
        ForgetAndFollow("the log names a newer journal of this node");
    }

    /// <summary>The entry that names this incarnation is committed, and so is everything before it.</summary>
    private void CheckReadmission()
    {
        if (!_awaitsReadmission || _isReadmissionNoted) return;
        if (!_incarnations.AsOf(_commitIndex).Contains(_self)) return;
        _isReadmissionNoted = true;
        var self = _self;
        _journal.Append(new Readmitted(_commitIndex));
        _journal.WhenDurable(() => OnReadmitted(self));
    }

    private void OnReadmitted(Incarnation self)
    {
        if (_self != self) return;
        _awaitsReadmission = false;
        Log.Info("{Node} term {Term}: readmitted, and takes part again with journal {Journal}", Id, _term.Value, self.Journal);
    }

    /// <summary>
    /// Whether the sender's journal has all that this node ever heard of it. A message that was overtaken has less, too: so the
    /// receiver decides whether it forgot, and an answer that has less is not counted.
    /// </summary>
    private bool RemembersAll(RaftRpc rpc)
    {
        var journal = rpc.Journal;
        if (journal.Position == 0) return true;
        if (_heard.TryGetValue(rpc.From, out var heard) && heard.Number == journal.Number && heard.Position > journal.Position)
        {
            SendWhenTermDurable(Sender, new JournalForgot(_cluster, Id, _term, heard.Number, heard.Position));
            return false;
        }

        _heard[rpc.From] = journal;
        return true;
    }

    private void OnJournalForgot(JournalForgot message)
    {
        if (message.Number == _self.Journal && message.Position > _journal.DurableSequenceNr && !_awaitsReadmission)
            ForgetAndFollow($"{message.From} remembers more of it: it was rolled back");
    }

    /// <summary>Whether the member's vote or acknowledgement counts: it is of the journal that the log names.</summary>
    private bool Counts(RaftRpc answer) => _incarnations.Counts(answer.From, answer.Journal);

    /// <summary>What the leader knows of a follower is of one journal of it: of another one nothing is known yet.</summary>
    private Progress ProgressOf(Leadership leader, RaftRpc answer)
    {
        var progress = leader.Followers[answer.From];
        if (progress.Journal is { } known && known != answer.Journal.Number)
            progress = leader.Followers[answer.From] = leader.NewProgress(_log.LastIndex, Now);
        (progress.Journal, progress.Counts) = (answer.Journal.Number, Counts(answer));
        if (answer.Journal.AwaitsReadmission) Readmit(leader, new Incarnation(answer.From, answer.Journal.Number));
        return progress;
    }

    /// <summary>Appends the entry that names a member's new journal; from here on the older one does not count.</summary>
    private void Readmit(Leadership leader, Incarnation member)
    {
        if (_incarnations.JournalOf(member.Node) == member.Journal || _transfer is not null) return;
        if (!leader.MayReadmit(member.Node, Now, ReadmissionPause * _settings.ElectionTimeoutMax)) return;
        Log.Warning("{Node} term {Term}: {Member} lost its journal, and is readmitted by entry {Index}",
            Id, _term.Value, member, _log.LastIndex.Next());
        Append(leader, [new LogEntry(_log.LastIndex.Next(), _term, EntryKind.Readmission, member.Encode()) { Time = leader.Clock.At(Now) }]);
    }

    /// <summary>The follower lacks what it acknowledged to this leader on the same journal: that was rolled back.</summary>
    private void OnForgotten(Leadership leader, AppendRejected reply)
    {
        Log.Warning("{Node} term {Term}: {Follower} lacks entry {Index}, which it had acknowledged",
            Id, _term.Value, reply.From, reply.RejectedIndex);
        leader.Followers[reply.From] = leader.NewProgress(_log.LastIndex, Now);
        if (reply.Journal.Position == 0) return;

        // Whatever it says on this journal is less than what it said before.
        _heard[reply.From] = reply.Journal with { Position = long.MaxValue };
        RemembersAll(reply);
    }

    private ClusterFormed Formed() => new(_cluster, _settings.Group, Id, _voters);
}
