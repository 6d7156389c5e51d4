using Raft.Actors.AspNetCore.Answers;
using Raft.Host.Rendering;

namespace Raft.Host.Commands;

/// <summary><c>raft snapshot</c>: makes a node take a snapshot.</summary>
internal static class SnapshotCommand
{
    /// <summary>Creates the command.</summary>
    public static ClientCommand Create()
    {
        var command = new ClientCommand(
            "snapshot",
            "Make a node take a snapshot of its state and drop the log entries that the snapshot replaces.",
            "the response of /api/snapshot");
        command.Does(RunAsync);
        return command;
    }

    private static async Task RunAsync(ClientCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/snapshot") { Content = JsonContent.Create(new { }) };
        using var answer = await call.Api.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var snapshot = call.Api.Parse<SnapshotAnswer>(text);
        if (call.IsJson) await call.Out.WriteLineAsync(text).ConfigureAwait(false);
        else SnapshotText.Write(call.Out, snapshot);
    }
}
