namespace Raft.Simulation.Histories;

/// <summary>
/// The configurations that a search has visited: which operations took effect, and the state after them. A configuration counts
/// as visited, too, if it differs from a visited one only in that it used more operations of unknown outcome, or in that its
/// state is covered by the visited one.
/// </summary>
internal sealed class ConfigurationSet<TState, TInput, TOutput>(SequentialModel<TState, TInput, TOutput> model)
    where TState : notnull
    where TInput : notnull
{
    private const int SmallestSize = 256;

    private int[] _buckets = new int[SmallestSize];
    private int _mask = SmallestSize - 1;
    private Entry[] _entries = new Entry[SmallestSize];
    private int _count;
    private ulong[] _bits = new ulong[SmallestSize];
    private int _bitsUsed;

    /// <summary>Clears the set.</summary>
    public void Reset()
    {
        _mask = SmallestSize - 1;
        _count = 0;
        _bitsUsed = 0;
        Array.Clear(_buckets, 0, SmallestSize);
    }

    /// <summary>Adds a configuration; returns false if it was visited before.</summary>
    /// <param name="due">The first operation of known outcome that did not take effect; all before it did.</param>
    /// <param name="known">
    /// Which later operations took effect: the words from that of <paramref name="due"/> to the last one that is not 0.
    /// </param>
    /// <param name="knownHash">The hash code of all operations of known outcome that took effect.</param>
    /// <param name="unknown">Which operations of unknown outcome took effect.</param>
    /// <param name="state">The state.</param>
    public bool Add(int due, ReadOnlySpan<ulong> known, ulong knownHash, ReadOnlySpan<ulong> unknown, TState state)
    {
        var hash = Mix(knownHash ^ ((ulong)(uint)model.CoverHash(state) * 0x9E3779B97F4A7C15));
        for (var i = _buckets[(int)hash & _mask]; i != 0; i = _entries[i - 1].Next)
        {
            ref var entry = ref _entries[i - 1];
            if (entry.Hash == hash
                && entry.Due == due
                && entry.KnownWords == known.Length
                && _bits.AsSpan(entry.Bits, known.Length).SequenceEqual(known)
                && IsSubset(_bits.AsSpan(entry.Bits + known.Length, unknown.Length), unknown)
                && model.Covers(entry.State, state))
                return false;
        }

        Insert(new Entry(hash, state, due, known.Length, _bitsUsed), known, unknown);
        return true;
    }

    private void Insert(Entry entry, ReadOnlySpan<ulong> known, ReadOnlySpan<ulong> unknown)
    {
        if (_count > _mask) Grow();
        var bitsUsed = _bitsUsed + known.Length + unknown.Length;
        if (_bits.Length < bitsUsed) Array.Resize(ref _bits, Math.Max(_bits.Length * 2, bitsUsed));
        known.CopyTo(_bits.AsSpan(_bitsUsed));
        unknown.CopyTo(_bits.AsSpan(_bitsUsed + known.Length));
        _bitsUsed = bitsUsed;

        _entries[_count++] = entry;
        Link(_count);
    }

    private void Grow()
    {
        var size = (_mask + 1) * 2;
        if (_buckets.Length < size)
        {
            _buckets = new int[size];
            Array.Resize(ref _entries, size);
        }

        Array.Clear(_buckets, 0, size);
        _mask = size - 1;
        for (var number = 1; number <= _count; number++) Link(number);
    }

    private void Link(int number)
    {
        ref var entry = ref _entries[number - 1];
        ref var bucket = ref _buckets[(int)entry.Hash & _mask];
        entry.Next = bucket;
        bucket = number;
    }

    private static bool IsSubset(ReadOnlySpan<ulong> less, ReadOnlySpan<ulong> more)
    {
        for (var i = 0; i < less.Length; i++)
        {
            if ((less[i] & ~more[i]) != 0) return false;
        }

        return true;
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 32)) * 0xD6E8FEB86659FD93;
        return x ^ (x >> 32);
    }

    /// <summary>A configuration. The bits of its operations are in the shared array, from <see cref="Bits"/> on.</summary>
    private struct Entry(ulong hash, TState state, int due, int knownWords, int bits)
    {
        public readonly ulong Hash = hash;
        public readonly TState State = state;
        public readonly int Due = due;
        public readonly int KnownWords = knownWords;
        public readonly int Bits = bits;
        public int Next;
    }
}
