namespace Raft.Actors.Sessions;

/// <summary>
/// Values by key, ordered by their last use in log time. The order depends only on the log, so all nodes drop the same values.
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
internal sealed class RecentlyUsed<TKey, TValue>
    where TKey : struct
{
    private readonly Dictionary<TKey, LinkedListNode<Slot>> _byKey = [];
    private readonly LinkedList<Slot> _order = new();

    public int Count => _byKey.Count;

    /// <summary>All values, the most recently used one last.</summary>
    public IEnumerable<Slot> Slots => _order;

    public bool TryGet(TKey key, out TValue value)
    {
        var isFound = _byKey.TryGetValue(key, out var node);
        value = isFound ? node!.Value.Value : default!;
        return isFound;
    }

    /// <summary>Adds a value as the most recently used one.</summary>
    public void Add(TKey key, TValue value, TimeSpan now) =>
        _byKey.Add(key, _order.AddLast(new Slot(key, value, now)));

    /// <summary>Marks a value as used now.</summary>
    public void Touch(TKey key, TimeSpan now)
    {
        var node = _byKey[key];
        node.Value = node.Value with { UsedAt = now };
        _order.Remove(node);
        _order.AddLast(node);
    }

    /// <summary>Removes the values last used at this time or before.</summary>
    public void RemoveUntil(TimeSpan time)
    {
        while (_order.First is { } oldest && oldest.Value.UsedAt <= time) Remove(oldest);
    }

    /// <summary>Removes the least recently used values until at most <paramref name="max"/> are left.</summary>
    public void TrimTo(int max)
    {
        while (Count > max) Remove(_order.First!);
    }

    /// <summary>
    /// Removes the least recently used values, but only those last used by <paramref name="usedUntil"/>, until at most
    /// <paramref name="max"/> are left.
    /// </summary>
    public void TrimTo(int max, TimeSpan usedUntil)
    {
        while (Count > max && _order.First!.Value.UsedAt <= usedUntil) Remove(_order.First);
    }

    private void Remove(LinkedListNode<Slot> node)
    {
        _byKey.Remove(node.Value.Key);
        _order.Remove(node);
    }

    /// <param name="Key">The key of the value.</param>
    /// <param name="Value">The value.</param>
    /// <param name="UsedAt">The log time of its last use.</param>
    public readonly record struct Slot(TKey Key, TValue Value, TimeSpan UsedAt);
}
