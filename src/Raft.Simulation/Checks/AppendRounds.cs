using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>
/// Remembers when each round of heartbeats began. A node that answers a round handled one of its appends after that moment.
/// This bound holds however long messages travel or wait, and whichever node is paused.
/// </summary>
internal sealed class AppendRounds
{
    private readonly Dictionary<(Term Term, long Round), TimeSpan> _begun = [];

    /// <summary>Records an append, or a part of a snapshot, when it is sent.</summary>
    public void OnSent(RaftRpc rpc, TimeSpan now)
    {
        if (rpc is AppendEntries append) _begun.TryAdd((append.Term, append.Round), now);
        else if (rpc is InstallSnapshot part) _begun.TryAdd((part.Term, part.Round), now);
    }

    /// <summary>Returns when the round that a message answers began; null if the message answers none.</summary>
    public TimeSpan? BeginOf(RaftRpc answer) => answer switch
    {
        AppendAccepted accepted => BeginOf(accepted.Term, accepted.Round),
        AppendRejected rejected => BeginOf(rejected.Term, rejected.Round),
        SnapshotReceived received => BeginOf(received.Term, received.Round),
        _ => null,
    };

    private TimeSpan? BeginOf(Term term, long round) => _begun.TryGetValue((term, round), out var begin) ? begin : null;
}
