using Raft.Programs.Addresses;

namespace Raft.Programs.Joining;

/// <summary>
/// The Raft clusters of other processes, as they report them. Two clusters with mixed-up addresses must not become one Akka
/// cluster, because each would find the other's nodes under the names of its own nodes. A process that reports nothing is
/// accepted by all.
/// </summary>
internal sealed class RaftClusters
{
    /// <summary>The maximum number of remembered addresses, a multiple of the size of a cluster.</summary>
    private const int MaxAddresses = 200;

    private readonly Dictionary<HostPort, ClusterNotice> _told = [];

    /// <summary>Addresses that have sent a notice and no view since.</summary>
    private readonly HashSet<HostPort> _news = [];

    /// <summary>The cluster of this process's own node; null if it has no node, or a node without a cluster.</summary>
    public string? Own { get; set; }

    /// <summary>Adds a notice of a process, up to the limit.</summary>
    public void Note(ClusterNotice notice)
    {
        var address = AkkaClusterView.AddressOf(notice.Self);
        if (_told.Count >= MaxAddresses && !_told.ContainsKey(address)) return;
        _told[address] = notice;
        _news.Add(address);
    }

    /// <summary>
    /// Adds a view. Without a notice before it, the process no longer has a cluster, or is another process at the same
    /// address.
    /// </summary>
    public void Meet(string process)
    {
        var address = AkkaClusterView.AddressOf(process);
        if (!_news.Remove(address) || _told[address].Self != process) _told.Remove(address);
    }

    /// <summary>
    /// Returns the Raft cluster of this side: that of its own node, or else the one that most members of its Akka cluster report.
    /// </summary>
    /// <param name="members">The members of its Akka cluster, in the notation of <see cref="AkkaClusterView"/>.</param>
    public string? OfSide(IEnumerable<string> members) => Own ?? members
        .Select(Of).OfType<string>()
        .GroupBy(cluster => cluster)
        .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.Key;

    /// <summary>Returns the cluster that a process reported; null if it reported none.</summary>
    public string? Of(string process) =>
        _told.TryGetValue(AkkaClusterView.AddressOf(process), out var notice) && notice.Self == process
            ? notice.RaftCluster
            : null;

    /// <summary>Returns whether the process at an address reported another cluster than that of this side.</summary>
    public bool IsForeign(HostPort address, IEnumerable<string> members) =>
        _told.TryGetValue(address, out var notice) && OfSide(members) is { } side && notice.RaftCluster != side;

    /// <summary>
    /// Returns whether this process must leave because it joined the Akka cluster of another Raft cluster: among the members that
    /// report a cluster, the oldest one stays, and those of other clusters leave.
    /// </summary>
    /// <param name="others">The other members of the Akka cluster that are older than this process, oldest first.</param>
    public bool HasToLeave(IEnumerable<string> others) =>
        Own is { } own && others.Select(Of).OfType<string>().FirstOrDefault() is { } oldest && oldest != own;
}
