namespace Raft.Actors.Nodes;

/// <summary>What a role has taken for the log, and is not in it yet.</summary>
/// <param name="Append">Appends it, where it may; called when no write is under way.</param>
/// <param name="Count">How many entries it will be.</param>
internal sealed record Gathering(Action Append, Func<int> Count)
{
    /// <summary>Of a role that takes nothing.</summary>
    public static readonly Gathering None = new(() => { }, () => 0);
}
