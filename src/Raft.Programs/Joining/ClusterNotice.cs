using System.Text.RegularExpressions;

namespace Raft.Programs.Joining;

/// <summary>
/// A message that a process sends before its view: the Raft cluster of the nodes in its Akka cluster. Versions that do not
/// know the message ignore it.
/// </summary>
/// <param name="Self">The process, in the notation of <see cref="AkkaClusterView"/>.</param>
/// <param name="RaftCluster">The id of the Raft cluster.</param>
internal sealed partial record ClusterNotice(string Self, string RaftCluster)
{
    private const string Header = "raft-cluster";
    private const int MaxLength = 400;

    /// <summary>Parses a text from the wire; null if it is not a notice.</summary>
    public static ClusterNotice? Parse(string text) =>
        text.Length <= MaxLength && text.Split('\n') is [Header, var self, var cluster]
        && AkkaClusterView.IsUniqueAddress(self) && Id().IsMatch(cluster)
            ? new ClusterNotice(self, cluster)
            : null;

    /// <summary>Formats the notice for <see cref="Parse"/>.</summary>
    public override string ToString() => $"{Header}\n{Self}\n{RaftCluster}";

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Id();
}
