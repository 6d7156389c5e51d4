namespace Raft.Faults.Load;

/// <summary>The keys of one round. No other round uses them, so its history starts without keys.</summary>
/// <param name="round">The round's name.</param>
internal sealed class RoundKeys(string round)
{
    private const int SharedCount = 4;

    /// <summary>The keys that all clients use.</summary>
    public IReadOnlyList<string> Shared { get; } = [.. Enumerable.Range(1, SharedCount).Select(k => $"{round}/shared-{k}")];

    /// <summary>The prefix of the keys that are written once.</summary>
    public string KeptPrefix => $"{round}/kept-";

    /// <summary>Returns the key that only one client writes.</summary>
    public string ChainOf(int client) => $"{round}/chain-{client}";
}
