using Raft.Actors.Protocol;

namespace Raft.Actors.Membership;

/// <summary>
/// The members of the cluster and their journals: the voters, this node's incarnation, and the journals that the other members
/// have reported (docs/decisions/020). Pure.
/// </summary>
/// <param name="node">This node.</param>
/// <param name="configured">The voters that the settings name; empty if the cluster has yet to be bootstrapped.</param>
internal sealed class ClusterMembers(NodeId node, IEnumerable<NodeId> configured)
{
    /// <summary>
    /// The newest journal position that each member has reported. A member that reports less later has forgotten something.
    /// </summary>
    private readonly Dictionary<NodeId, JournalStamp> _heard = [];

    /// <summary>Whether the event that records this node's readmission has been handed to the journal.</summary>
    private bool _isReadmissionNoted;

    /// <summary>Whether the node belongs to a cluster.</summary>
    public bool IsFormed { get; private set; }

    /// <summary>The cluster.</summary>
    public ClusterId Cluster { get; private set; }

    /// <summary>The voting members.</summary>
    public NodeId[] Voters { get; private set; } = [.. configured];

    /// <summary>Which journal of each member counts, according to the log.</summary>
    public MemberIncarnations Incarnations { get; } = new();

    /// <summary>This node and its journal; the number is 0 in a journal from before incarnations existed.</summary>
    public Incarnation Self { get; private set; } = new(node, Journal: 0);

    /// <summary>
    /// Whether the journal lacks data that this node had acknowledged, and no entry has readmitted the node since.
    /// </summary>
    public bool AwaitsReadmission { get; private set; }

    /// <summary>The node belongs to a cluster from now on.</summary>
    public void Form(ClusterId cluster, IEnumerable<NodeId> voters) => (Cluster, Voters, IsFormed) = (cluster, [.. voters], true);

    /// <summary>Sets this node's incarnation.</summary>
    public void Become(Incarnation self) => Self = self;

    /// <summary>The journal lacks acknowledged data: the node is a new incarnation that waits for readmission.</summary>
    public void SeekReadmission(Incarnation self) => (Self, AwaitsReadmission, _isReadmissionNoted) = (self, true, false);

    /// <summary>Restores from a snapshot in the journal whether the node waits for readmission.</summary>
    public void Restore(bool awaitsReadmission) => AwaitsReadmission = awaitsReadmission;

    /// <summary>
    /// Marks the readmission of this node as noted, once the entry that readmits it and all entries before it are committed.
    /// </summary>
    /// <returns>Whether the caller must write the event now.</returns>
    public bool TryNoteReadmission(LogIndex commitIndex)
    {
        if (!AwaitsReadmission || _isReadmissionNoted) return false;
        if (!Incarnations.AsOf(commitIndex).Contains(Self)) return false;
        return _isReadmissionNoted = true;
    }

    /// <summary>The readmission is on disk: the node is a full member again.</summary>
    public void OnReadmitted() => AwaitsReadmission = false;

    /// <summary>The journal stamp of this node's RPCs.</summary>
    /// <param name="durableSequenceNr">Sequence number of the newest event on disk.</param>
    public JournalStamp Stamp(long durableSequenceNr) => new(Self.Journal, durableSequenceNr, AwaitsReadmission);

    /// <summary>Whether a vote or acknowledgement counts, because its sender's journal is the one that the log names.</summary>
    public bool Counts(RaftRpc answer) => Incarnations.Counts(answer.From, answer.Journal);

    /// <summary>The newest journal position that a member has reported.</summary>
    public JournalStamp HeardOf(NodeId member) => _heard[member];

    /// <summary>
    /// Whether the sender's journal contains everything that this node knows it had. A reordered message can report less, too.
    /// Therefore the receiver of <see cref="JournalForgot"/> decides whether it forgot, and the message that reports less is not
    /// counted.
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
    /// The sender lacks data that it had acknowledged. From now on everything it reports for this journal counts as less than
    /// before.
    /// </summary>
    public void OnForgotten(RaftRpc rpc) => _heard[rpc.From] = rpc.Journal with { Position = long.MaxValue };
}
