using System.CommandLine;
using System.Text.Json.Nodes;
using Raft.Actors.AspNetCore.Answers;
using Raft.Host.Client;
using Raft.Host.Rendering;

namespace Raft.Host.Commands;

/// <summary><c>raft status</c>: shows a node and its view of the cluster.</summary>
internal static class StatusCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new ClientCommand(
            "status",
            "Show a node and its view of the cluster: roles, terms and log positions.",
            "the response of /api/status, with that of /api/cluster as the property 'cluster',");
        command.Does(RunAsync);
        return command;
    }

    private static async Task RunAsync(ClientCall call, CancellationToken cancellationToken)
    {
        var nodeText = call.Api.GetTextAsync("/api/status", cancellationToken);
        var clusterText = call.Api.GetTextAsync("/api/cluster", cancellationToken);
        await Task.WhenAll(nodeText, clusterText).ConfigureAwait(false);
        if (call.IsJson)
        {
            var json = call.Api.Parse<JsonObject>(await nodeText.ConfigureAwait(false));
            json["cluster"] = call.Api.Parse<JsonObject>(await clusterText.ConfigureAwait(false));
            await call.Out.WriteLineAsync(json.ToJsonString(NodeApi.Json)).ConfigureAwait(false);
            return;
        }

        StatusText.Write(
            call.Out,
            call.Api.Parse<StatusAnswer>(await nodeText.ConfigureAwait(false)),
            call.Api.Parse<ClusterAnswer>(await clusterText.ConfigureAwait(false)));
    }
}
