using CsCheck;

namespace Raft.Actors.Tests.Log;

/// <summary>
/// Logs of a cluster after a random past: in each term one leader appends, and copies random prefixes of its log to others. The
/// past is played on lists of terms, without the code under test. All logs obey Log Matching (Raft §5.3, Figure 3).
/// </summary>
internal static class Histories
{
    private const int Nodes = 4;

    private static readonly Gen<(int To, int Length)> GenCopy = Gen.Select(Gen.Int[0, Nodes - 1], Gen.Int[0, 12]);

    private static readonly Gen<(int Leader, int Writes, (int To, int Length)[] Copies)> GenReign =
        Gen.Select(Gen.Int[0, Nodes - 1], Gen.Int[0, 3], GenCopy.Array[0, 3]);

    private static readonly Gen<long[][]> GenLogs = GenReign.Array[0, 9].Select(Play);

    /// <summary>The logs of a new leader and one of its followers.</summary>
    public static readonly Gen<(long[] Leader, long[] Follower)> GenPair = GenLogs.Select(logs => (logs[0], logs[1]));

    /// <summary>How many entries both logs have in common.</summary>
    public static int Common(IReadOnlyList<long> a, IReadOnlyList<long> b) =>
        a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count();

    /// <summary>Log Matching: if index and term are equal, all entries before are.</summary>
    public static bool Match(IReadOnlyList<long> a, IReadOnlyList<long> b) =>
        a.Zip(b).Skip(Common(a, b)).All(pair => pair.First != pair.Second);

    private static long[][] Play((int Leader, int Writes, (int To, int Length)[] Copies)[] reigns)
    {
        var logs = Enumerable.Range(0, Nodes).Select(_ => Array.Empty<long>()).ToArray();
        var term = 0L;
        foreach (var (leader, writes, copies) in reigns)
        {
            term++;
            logs[leader] = [.. logs[leader], .. Enumerable.Repeat(term, writes)];
            foreach (var (to, length) in copies) logs[to] = Copy(logs[leader], logs[to], length);
        }

        return logs;
    }

    private static long[] Copy(long[] leader, long[] follower, int length)
    {
        var prefix = leader[..Math.Min(length, leader.Length)];
        return prefix.Length <= Common(prefix, follower) ? follower : prefix;
    }
}
