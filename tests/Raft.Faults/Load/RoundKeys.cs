namespace Raft.Faults.Load;

/// <summary>The keys of one round. No other round uses them, so its history begins with no key.</summary>
/// <param name="round">The round's name.</param>
internal sealed class RoundKeys(string round)
{
    private const int SharedCount = 4;

    /// <summary>Keys that all clients use.</summary>
    public IReadOnlyList<string> Shared { get; } = [.. Enumerable.Range(1, SharedCount).Select(k => $"{round}/shared-{k}")];

    /// <summary>What keys begin with that are written once.</summary>
    public string KeptPrefix => $"{round}/kept-";

    /// <summary>The key that one client alone writes.</summary>
    public string ChainOf(int client) => $"{round}/chain-{client}";
}
