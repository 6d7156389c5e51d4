using Raft.Host.Answers;
using Raft.Host.Formatting;

namespace Raft.Host.Rendering;

/// <summary>What <c>raft status</c> prints for people.</summary>
internal static class StatusText
{
    private static readonly string[] Headings =
        ["NODE", "ROLE", "#TERM", "LEADER", "#COMMIT", "#APPLIED", "#LAST", "ADDRESS"];

    /// <summary>Writes a node's status and the cluster as it sees it.</summary>
    public static void Write(TextWriter output, StatusAnswer node, ClusterAnswer cluster)
    {
        var leader = node.Role == "leader" ? "" : node.LeaderId is { } id ? $", led by {id}" : ", knows no leader";
        var vote = node.VotedFor is { } candidate ? $"voted for {candidate}" : "gave nobody its vote";
        var isLed = node.Role == "leader" || node.LeaderId is not null;
        Terminal.WriteLine(
            output, $"{node.NodeId} is {node.Role} in term {node.Term}{leader}, and {vote}", isLed ? Tone.Good : Tone.Warning);
        output.WriteLine(
            $"cluster {node.ClusterId}, group {node.GroupId}, members {string.Join(", ", node.Members.Select(m => m.NodeId))}");
        output.WriteLine(
            $"log: last {node.LastLogIndex} of term {node.LastLogTerm}, on disk {node.DurableIndex}, snapshot {node.SnapshotIndex}");
        output.WriteLine($"committed {node.CommitIndex}, applied {node.LastApplied}");
        if (node.AwaitsReadmission)
            Terminal.WriteLine(
                output, "it lost its journal, or a part of it: it follows, and votes for nobody before the log readmits it", Tone.Warning);
        output.WriteLine();
        Terminal.WriteTable(output, Headings, cluster.Nodes.Select(n => Row(n, node.LeaderId)));
        foreach (var absent in cluster.Nodes.Where(n => n.Problem is not null))
            Terminal.WriteLine(output, Terminal.Printable($"{absent.NodeId} takes no part: {absent.Problem}"), Tone.Bad);
    }

    private static TableRow Row(ClusterNodeAnswer node, string? leader)
    {
        var name = node.NodeId == leader ? $"{node.NodeId} *" : node.NodeId;
        return node.Status is { } status
            ? new TableRow(
                node.NodeId == leader ? Tone.Good : Tone.Plain,
                name,
                status.Role,
                Readable.Number(status.Term),
                status.LeaderId ?? "none",
                Readable.Number(status.CommitIndex),
                Readable.Number(status.LastApplied),
                Readable.Number(status.LastLogIndex),
                node.Address)
            : new TableRow(Tone.Bad, name, node.Reachable ? "no part" : "unreachable", "", "", "", "", "", node.Address);
    }
}
