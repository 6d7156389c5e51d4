using System.CommandLine.Completions;
using System.Text.Json;
using Raft.Host.Http;

namespace Raft.Host.Commands;

/// <summary>Names of nodes for shell completion, asked of the node that the command line names.</summary>
internal static class NodeNames
{
    /// <summary>Somebody waits with a finger on the key.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The names; none where no node answers.</summary>
    public static IEnumerable<CompletionItem> Complete(CompletionContext context)
    {
        try
        {
            var node = context.ParseResult.GetValue<Uri>("--node");
            if (node is null) return [];
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = !node.IsLoopback }) { BaseAddress = node, Timeout = Patience };
            using var answer = http.Send(new HttpRequestMessage(HttpMethod.Get, "/api/cluster"));
            using var body = answer.Content.ReadAsStream();
            var cluster = JsonSerializer.Deserialize<ClusterAnswer>(body, NodeApi.Json);
            return cluster?.Nodes.Select(n => new CompletionItem(n.NodeId)) ?? [];
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
