using System.Text.RegularExpressions;

namespace Raft.Programs.Joining;

/// <summary>
/// What a process tells another before its sighting: of which Raft cluster the nodes of its Akka cluster are. A version that does not
/// know it takes no notice of the text.
/// </summary>
/// <param name="Self">The process, as <see cref="Sighting"/> names it.</param>
/// <param name="RaftCluster">The cluster's id.</param>
internal sealed partial record ClusterNotice(string Self, string RaftCluster)
{
    private const string Header = "raft-cluster";
    private const int MaxLength = 400;

    /// <summary>Reads a text of the wire; null where it is none of ours.</summary>
    public static ClusterNotice? Parse(string text) =>
        text.Length <= MaxLength && text.Split('\n') is [Header, var self, var cluster]
        && Sighting.IsUniqueAddress(self) && Id().IsMatch(cluster)
            ? new ClusterNotice(self, cluster)
            : null;

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => $"{Header}\n{Self}\n{RaftCluster}";

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Id();
}
