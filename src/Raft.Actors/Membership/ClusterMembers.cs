using Raft.Actors.Protocol;

namespace Raft.Actors.Membership;

/// <summary>
/// Who belongs to the cluster, and with which journal: the voters, this node's own incarnation, and what was heard of the others'
/// (docs/decisions/020). Pure.
/// </summary>
/// <param name="node">This node.</param>
/// <param name="configured">The voters that the settings name; none where the cluster is yet to be founded.</param>
internal sealed class ClusterMembers(NodeId node, IEnumerable<NodeId> configured)
{
    /// <summary>The newest that was heard of each member's journal: who says less later has forgotten something.</summary>
    private readonly Dictionary<NodeId, JournalStamp> _heard = [];

    /// <summary>Whether the note that this node is readmitted is on its way to the journal.</summary>
    private bool _isReadmissionNoted;

    /// <summary>Whether the node belongs to a cluster.</summary>
    public bool IsFormed { get; private set; }

    /// <summary>The cluster.</summary>
    public ClusterId Cluster { get; private set; }

    /// <summary>The voting members.</summary>
    public NodeId[] Voters { get; private set; } = [.. configured];

    /// <summary>Which journal of each member counts, as the log says.</summary>
    public MemberIncarnations Incarnations { get; } = new();

    /// <summary>This node with its journal; number 0 in a journal that is older than such numbers.</summary>
    public Incarnation Self { get; private set; } = new(node, Journal: 0);

    /// <summary>Whether the journal lacks what this node promised, and no entry has readmitted it since.</summary>
    public bool AwaitsReadmission { get; private set; }

    /// <summary>The node belongs to a cluster from now on.</summary>
    public void Form(ClusterId cluster, IEnumerable<NodeId> voters) => (Cluster, Voters, IsFormed) = (cluster, [.. voters], true);

    /// <summary>The journal has this number.</summary>
    public void Become(Incarnation self) => Self = self;

    /// <summary>The journal forgot something: from here on the node is another incarnation, which awaits readmission.</summary>
    public void SeekReadmission(Incarnation self) => (Self, AwaitsReadmission, _isReadmissionNoted) = (self, true, false);

    /// <summary>The journal's snapshot tells whether the node awaits readmission.</summary>
    public void Restore(bool awaitsReadmission) => AwaitsReadmission = awaitsReadmission;

    /// <summary>
    /// Notes that this node is readmitted, once: the entry that names its incarnation is committed, and so is everything before
    /// it.
    /// </summary>
    /// <returns>Whether the note is to be written now.</returns>
    public bool TryNoteReadmission(LogIndex commitIndex)
    {
        if (!AwaitsReadmission || _isReadmissionNoted) return false;
        if (!Incarnations.AsOf(commitIndex).Contains(Self)) return false;
        return _isReadmissionNoted = true;
    }

    /// <summary>The note is on disk: the node takes part again.</summary>
    public void OnReadmitted() => AwaitsReadmission = false;

    /// <summary>What this node's RPCs rest on.</summary>
    /// <param name="durableSequenceNr">The newest event that is on disk.</param>
    public JournalStamp Stamp(long durableSequenceNr) => new(Self.Journal, durableSequenceNr, AwaitsReadmission);

    /// <summary>Whether the member's vote or acknowledgement counts: it is of the journal that the log names.</summary>
    public bool Counts(RaftRpc answer) => Incarnations.Counts(answer.From, answer.Journal);

    /// <summary>What was heard of a member's journal.</summary>
    public JournalStamp HeardOf(NodeId member) => _heard[member];

    /// <summary>
    /// Whether the sender's journal has all that this node ever heard of it. A message that was overtaken has less, too: so the
    /// receiver decides whether it forgot, and an answer that has less is not counted.
    /// </summary>
    public bool RemembersAll(RaftRpc rpc)
    {
        var journal = rpc.Journal;
        if (journal.Position == 0) return true;
        if (_heard.TryGetValue(rpc.From, out var heard) && heard.Number == journal.Number && heard.Position > journal.Position)
            return false;
        _heard[rpc.From] = journal;
        return true;
    }

    /// <summary>
    /// The sender lacks what it acknowledged: whatever it says on this journal is less than what it said before.
    /// </summary>
    public void OnForgotten(RaftRpc rpc) => _heard[rpc.From] = rpc.Journal with { Position = long.MaxValue };
}
