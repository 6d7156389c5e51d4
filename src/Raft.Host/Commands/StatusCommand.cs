using System.CommandLine;
using System.Text.Json.Nodes;
using Raft.Host.Http;

namespace Raft.Host.Commands;

/// <summary><c>raft status</c>: a node, and the cluster as it sees it.</summary>
internal static class StatusCommand
{
    private static readonly string[] Headings =
        ["NODE", "ROLE", "#TERM", "LEADER", "#COMMIT", "#APPLIED", "#LAST", "ADDRESS"];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new ClientCommand(
            "status",
            "Show a node and the cluster as it sees it: roles, terms and how far each log is.",
            "the JSON of /api/status, with that of /api/cluster as its property 'cluster'");
        command.Does(RunAsync);
        return command;
    }

    private static async Task RunAsync(ClientCall call, CancellationToken cancellation)
    {
        var nodeText = call.Api.GetTextAsync("/api/status", cancellation);
        var clusterText = call.Api.GetTextAsync("/api/cluster", cancellation);
        await Task.WhenAll(nodeText, clusterText).ConfigureAwait(false);
        if (call.IsJson)
        {
            var json = call.Api.Parse<JsonObject>(await nodeText.ConfigureAwait(false));
            json["cluster"] = call.Api.Parse<JsonObject>(await clusterText.ConfigureAwait(false));
            await call.Out.WriteLineAsync(json.ToJsonString(NodeApi.Json)).ConfigureAwait(false);
            return;
        }

        var node = call.Api.Parse<StatusAnswer>(await nodeText.ConfigureAwait(false));
        var cluster = call.Api.Parse<ClusterAnswer>(await clusterText.ConfigureAwait(false));
        await call.Out.WriteLineAsync(Describe(node)).ConfigureAwait(false);
        await call.Out.WriteLineAsync().ConfigureAwait(false);
        Terminal.WriteTable(call.Out, Headings, cluster.Nodes.Select(n => Row(n, node.LeaderId)));
        foreach (var absent in cluster.Nodes.Where(n => n.Problem is not null))
            await call.Out.WriteLineAsync($"{absent.NodeId} takes no part: {absent.Problem}").ConfigureAwait(false);
    }

    private static string Describe(StatusAnswer node)
    {
        var leader = node.Role == "leader" ? "" : $", {LeaderOf(node)}";
        var vote = node.VotedFor is { } candidate ? $"voted for {candidate}" : "gave nobody its vote";
        var members = string.Join(", ", node.Members.Select(m => m.NodeId));
        return $"""
            {node.NodeId} is {node.Role} in term {node.Term}{leader}, and {vote}
            cluster {node.ClusterId}, group {node.GroupId}, members {members}
            log: last {node.LastLogIndex} of term {node.LastLogTerm}, on disk {node.DurableIndex}, snapshot {node.SnapshotIndex}
            committed {node.CommitIndex}, applied {node.LastApplied}
            """;
    }

    private static string LeaderOf(StatusAnswer node) =>
        node.LeaderId is { } leader ? $"led by {leader}" : "knows no leader";

    private static (bool IsStressed, string[] Cells) Row(ClusterNodeAnswer node, string? leader)
    {
        var name = node.NodeId == leader ? $"{node.NodeId} *" : node.NodeId;
        return node.Status is { } status
            ? (node.NodeId == leader,
                [
                    name,
                    status.Role,
                    Terminal.Number(status.Term),
                    status.LeaderId ?? "none",
                    Terminal.Number(status.CommitIndex),
                    Terminal.Number(status.LastApplied),
                    Terminal.Number(status.LastLogIndex),
                    node.Address,
                ])
            : (false, [name, node.Reachable ? "no part" : "unreachable", "", "", "", "", "", node.Address]);
    }
}
