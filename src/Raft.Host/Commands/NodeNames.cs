using System.CommandLine.Completions;
using Raft.Actors.AspNetCore.Answers;
using Raft.Host.Api;
using Raft.Host.Client;
using Raft.Programs.Configuration;

namespace Raft.Host.Commands;

/// <summary>Completes node names by asking the node that the command line names.</summary>
internal static class NodeNames
{
    /// <summary>Short, because someone is waiting at the keyboard.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Returns the node names; none if no node responds.</summary>
    public static IEnumerable<CompletionItem> Complete(CompletionContext context)
    {
        try
        {
            var node = context.ParseResult.GetValue<Uri>("--node");
            if (node is null) return [];
            using var api = new NodeApi(node, ApiEnvironment.Prefix(new Variables(Environment.GetEnvironmentVariable)));
            using var patience = new CancellationTokenSource(Patience);
            var (cluster, _) = api.GetAsync<ClusterAnswer>("/api/cluster", patience.Token).GetAwaiter().GetResult();
            return cluster.Nodes.Select(n => new CompletionItem(n.NodeId));
        }
        catch (Exception e) when (
            e is CommandFailedException or OperationCanceledException or StartupException or ArgumentException
                or InvalidOperationException)
        {
            return [];
        }
    }
}
