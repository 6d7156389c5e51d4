using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks;

/// <summary>
/// When each round of heartbeats began. Who answers a round handled an append after that moment: a bound that holds however
/// long messages travel and wait, and whoever is paused.
/// </summary>
internal sealed class AppendRounds
{
    private readonly Dictionary<(Term Term, long Round), TimeSpan> _begun = [];

    /// <summary>Takes an append, or a part of a snapshot, when it is sent.</summary>
    public void OnSent(RaftRpc rpc, TimeSpan now)
    {
        if (rpc is AppendEntries append) _begun.TryAdd((append.Term, append.Round), now);
        else if (rpc is InstallSnapshot part) _begun.TryAdd((part.Term, part.Round), now);
    }

    /// <summary>When the round began that a message answers; null for one that answers none.</summary>
    public TimeSpan? BeginOf(RaftRpc answer) => answer switch
    {
        AppendAccepted accepted => BeginOf(accepted.Term, accepted.Round),
        AppendRejected rejected => BeginOf(rejected.Term, rejected.Round),
        SnapshotReceived received => BeginOf(received.Term, received.Round),
        _ => null,
    };

    private TimeSpan? BeginOf(Term term, long round) => _begun.TryGetValue((term, round), out var begin) ? begin : null;
}
