namespace Raft.Actors.Sessions;

/// <summary>
/// Values by key, in the order of their last use in log time. The order is that of the log alone, so all nodes forget the same
/// ones.
/// </summary>
/// <typeparam name="TKey">What a value is found by.</typeparam>
/// <typeparam name="TValue">What is kept.</typeparam>
internal sealed class RecentlyUsed<TKey, TValue>
    where TKey : struct
{
    private readonly Dictionary<TKey, LinkedListNode<Slot>> _byKey = [];
    private readonly LinkedList<Slot> _order = new();

    public int Count => _byKey.Count;

    /// <summary>All of them; the one that was used last comes last.</summary>
    public IEnumerable<Slot> Slots => _order;

    public bool TryGet(TKey key, out TValue value)
    {
        var isFound = _byKey.TryGetValue(key, out var node);
        value = isFound ? node!.Value.Value : default!;
        return isFound;
    }

    /// <summary>Adds a value as the one that was used last.</summary>
    public void Add(TKey key, TValue value, TimeSpan now) =>
        _byKey.Add(key, _order.AddLast(new Slot(key, value, now)));

    /// <summary>The value is used now.</summary>
    public void Touch(TKey key, TimeSpan now)
    {
        var node = _byKey[key];
        node.Value = node.Value with { UsedAt = now };
        _order.Remove(node);
        _order.AddLast(node);
    }

    /// <summary>Removes what was used at this time or before.</summary>
    public void RemoveUntil(TimeSpan time)
    {
        while (_order.First is { } oldest && oldest.Value.UsedAt <= time) Remove(oldest);
    }

    /// <summary>Removes the least recently used until there are no more than <paramref name="max"/>.</summary>
    public void TrimTo(int max)
    {
        while (Count > max) Remove(_order.First!);
    }

    /// <summary>Removes the least recently used of what was used at this time or before, until there are no more than <paramref name="max"/>.</summary>
    public void TrimTo(int max, TimeSpan usedUntil)
    {
        while (Count > max && _order.First!.Value.UsedAt <= usedUntil) Remove(_order.First);
    }

    private void Remove(LinkedListNode<Slot> node)
    {
        _byKey.Remove(node.Value.Key);
        _order.Remove(node);
    }

    /// <param name="Key">What the value is found by.</param>
    /// <param name="Value">The value.</param>
    /// <param name="UsedAt">When it was used last.</param>
    public readonly record struct Slot(TKey Key, TValue Value, TimeSpan UsedAt);
}
