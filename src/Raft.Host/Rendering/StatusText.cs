using Raft.Actors.AspNetCore.Answers;
using Raft.Host.Formatting;

namespace Raft.Host.Rendering;

/// <summary>Formats the output of <c>raft status</c>.</summary>
internal static class StatusText
{
    private static readonly string[] Headings =
        ["NODE", "ROLE", "#TERM", "LEADER", "#COMMIT", "#APPLIED", "#LAST", "ADDRESS"];

    /// <summary>Writes the status of a node and its view of the cluster.</summary>
    public static void Write(TextWriter output, StatusAnswer node, ClusterAnswer cluster)
    {
        var leader = node.Role == "leader" ? "" : node.LeaderId is { } id ? $", led by {id}" : ", knows no leader";
        var vote = node.VotedFor is { } candidate ? $"voted for {candidate}" : "has not voted";
        var isLed = node.Role == "leader" || node.LeaderId is not null;
        Terminal.WriteLine(
            output, $"{node.NodeId} is {node.Role} in term {node.Term}{leader}, and {vote}", isLed ? Tone.Good : Tone.Warning);
        output.WriteLine(
            $"cluster {node.ClusterId}, group {node.GroupId}, members {string.Join(", ", node.Members.Select(m => m.NodeId))}");
        output.WriteLine(
            $"log: last {node.LastLogIndex} of term {node.LastLogTerm}, on disk {node.DurableIndex}, "
            + $"snapshot {node.SnapshotIndex}");
        output.WriteLine($"committed {node.CommitIndex}, applied {node.LastApplied}");
        if (node.AwaitsReadmission)
            Terminal.WriteLine(
                output, "The node lost all or part of its journal. It follows, but does not vote until it is readmitted "
                    + "through the log.", Tone.Warning);
        output.WriteLine();
        Terminal.WriteTable(output, Headings, cluster.Nodes.Select(n => Row(n, node.LeaderId)));
        foreach (var absent in cluster.Nodes.Where(n => n.Problem is not null))
            Terminal.WriteLine(output, Terminal.Printable($"{absent.NodeId} is unavailable: {absent.Problem}"), Tone.Bad);
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
            : new TableRow(Tone.Bad, name, node.Reachable ? "unavailable" : "unreachable", "", "", "", "", "", node.Address);
    }
}
