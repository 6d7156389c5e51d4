using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>A node's state between two steps. An incarnation is the time between a start and a crash, stop or failure.</summary>
/// <param name="Incarnation">The number of starts of the node actor so far.</param>
/// <param name="IsRunning">Whether it has recovered and is running.</param>
/// <param name="Role">Its role.</param>
/// <param name="Term">Its term.</param>
/// <param name="VotedFor">Its vote of that term.</param>
/// <param name="Leader">The leader of that term, if it knows one.</param>
/// <param name="CommitIndex">Its commit index.</param>
/// <param name="LastApplied">The last index that its state machine reported as applied.</param>
/// <param name="DurableIndex">The last index that it believes to be on its disk.</param>
/// <param name="LastIndex">The index of its last entry.</param>
/// <param name="LastTerm">The term of its last entry.</param>
/// <param name="SnapshotIndex">The last index in the snapshot that it believes to be on its disk.</param>
/// <param name="StartIndex">The last index whose entry it has dropped.</param>
/// <param name="PendingProposals">The number of proposals that it has accepted as leader and not yet appended.</param>
/// <param name="IsWriting">Whether its journal is writing.</param>
/// <param name="IsDeleting">Whether its journal is deleting.</param>
/// <param name="IsTransferring">Whether it is transferring its leadership.</param>
internal readonly record struct NodeState(
    int Incarnation,
    bool IsRunning,
    RaftRole Role,
    Term Term,
    NodeId? VotedFor,
    NodeId? Leader,
    LogIndex CommitIndex,
    LogIndex LastApplied,
    LogIndex DurableIndex,
    LogIndex LastIndex,
    Term LastTerm,
    LogIndex SnapshotIndex = default,
    LogIndex StartIndex = default,
    int PendingProposals = 0,
    bool IsWriting = false,
    bool IsDeleting = false,
    bool IsTransferring = false);
