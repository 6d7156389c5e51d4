using Raft.Actors.AspNetCore.Answers;
using Raft.Host.Formatting;

namespace Raft.Host.Rendering;

/// <summary>Formats the output of <c>raft members</c>.</summary>
internal static class MembersText
{
    private static readonly string[] Headings =
        ["NODE", "MEMBER", "ROLE", "#TERM", "#BEHIND", "HEARD", "ADDRESS", "AKKA", "AKKA ROLES"];

    private static readonly string[] OtherHeadings = ["OTHER PROCESS", "AKKA", "AKKA ROLES"];

    /// <summary>Writes the members, the nodes that are not members, and the other processes.</summary>
    public static void Write(TextWriter output, MembersAnswer members)
    {
        Terminal.WriteTable(output, Headings, members.Nodes.Select(n => Row(n, members.LeaderId)));
        foreach (var absent in members.Nodes.Where(n => n.Problem is not null))
            Terminal.WriteLine(output, Terminal.Printable($"{absent.NodeId} is unavailable: {absent.Problem}"), Tone.Bad);
        if (members.LeaderId is null) Terminal.WriteLine(
            output, "There is no leader. Run raft doctor to find out why.", Tone.Bad);
        foreach (var ghost in members.Nodes.Where(n => !n.Member))
            Terminal.WriteLine(output, $"{ghost.NodeId} is not a member of the group.", Tone.Warning);
        if (members.Others.Count == 0) return;
        output.WriteLine();
        Terminal.WriteTable(output, OtherHeadings, members.Others.Select(o => new TableRow(
            o.Reachable ? Tone.Plain : Tone.Bad, o.Address, StatusOf(o), string.Join(", ", o.Roles))));
    }

    private static TableRow Row(MemberViewAnswer node, string? leader) => new(
        node.NodeId == leader ? Tone.Good
        : !node.Reachable || node.Role is null ? Tone.Bad
        : node.Member ? Tone.Plain
        : Tone.Warning,
        node.NodeId == leader ? $"{node.NodeId} *" : node.NodeId,
        node.Member ? "yes" : "no",
        node.Role ?? (node.Reachable ? "unavailable" : "unreachable"),
        Number(node.Term),
        Number(node.Behind),
        node.LastHeardMs switch
        {
            null => "never",
            0 => "now",
            var ms => $"{Readable.Duration(TimeSpan.FromMilliseconds(ms.Value))} ago",
        },
        node.Address ?? "unknown",
        node.Akka is { } akka ? StatusOf(akka) : "missing",
        node.Akka is { } process ? string.Join(", ", process.Roles) : "");

    private static string StatusOf(AkkaMemberAnswer process) =>
        process.Reachable ? process.Status : $"{process.Status}, unreachable";

    private static string Number(long? number) => number is { } value ? Readable.Number(value) : "";
}
