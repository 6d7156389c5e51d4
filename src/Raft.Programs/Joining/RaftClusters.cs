using Raft.Programs.Addresses;

namespace Raft.Programs.Joining;

/// <summary>
/// Of which Raft cluster processes are, as they tell. Two clusters whose addresses got mixed up must not become one Akka cluster: each
/// would find the other's nodes under its own nodes' names. Who has told nothing is a stranger to nobody.
/// </summary>
internal sealed class RaftClusters
{
    /// <summary>Addresses that are taken note of; a multiple of what a cluster has.</summary>
    private const int MaxAddresses = 200;

    private readonly Dictionary<HostPort, ClusterNotice> _told = [];

    /// <summary>Addresses from which a notice came and no sighting since.</summary>
    private readonly HashSet<HostPort> _news = [];

    /// <summary>The cluster of this process's own node; null where it has none, or none yet.</summary>
    public string? Own { get; set; }

    /// <summary>Takes note of what a process told. More than a limit are not taken.</summary>
    public void Note(ClusterNotice notice)
    {
        var address = Sighting.AddressOf(notice.Self);
        if (_told.Count >= MaxAddresses && !_told.ContainsKey(address)) return;
        _told[address] = notice;
        _news.Add(address);
    }

    /// <summary>
    /// A sighting came. Without a notice before it the process has nothing to tell any more, or is another one than was at its address.
    /// </summary>
    public void Meet(string process)
    {
        var address = Sighting.AddressOf(process);
        if (!_news.Remove(address) || _told[address].Self != process) _told.Remove(address);
    }

    /// <summary>The Raft cluster of this process's side: its own node's, else that which most members of its Akka cluster told.</summary>
    /// <param name="members">The members of its Akka cluster, as <see cref="Sighting"/> names them.</param>
    public string? OfSide(IEnumerable<string> members) => Own ?? members
        .Select(Of).OfType<string>()
        .GroupBy(cluster => cluster)
        .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.Key;

    /// <summary>What a process told; null where that is nothing.</summary>
    public string? Of(string process) =>
        _told.TryGetValue(Sighting.AddressOf(process), out var notice) && notice.Self == process ? notice.RaftCluster : null;

    /// <summary>Whether the process at an address told that it is of another cluster than this side.</summary>
    public bool IsForeign(HostPort address, IEnumerable<string> members) =>
        _told.TryGetValue(address, out var notice) && OfSide(members) is { } side && notice.RaftCluster != side;

    /// <summary>
    /// Whether this process is in another cluster's Akka cluster, by an error of earlier: of those members who told of a cluster the
    /// oldest stays, and who is of another one leaves.
    /// </summary>
    /// <param name="others">The other members of the Akka cluster that are older than this process, the oldest first.</param>
    public bool HasToLeave(IEnumerable<string> others) =>
        Own is { } own && others.Select(Of).OfType<string>().FirstOrDefault() is { } oldest && oldest != own;
}
