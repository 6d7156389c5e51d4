using System.CommandLine;
using Raft.Actors.AspNetCore.Answers;
using Raft.Host.Rendering;

namespace Raft.Host.Commands;

/// <summary><c>raft transfer</c>: transfers leadership to another node.</summary>
internal static class TransferCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var target = new Argument<string?>("NODE")
        {
            Description = "The new leader. Default: the most up-to-date follower.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        target.CompletionSources.Add(NodeNames.Complete);
        var command = new ClientCommand(
            "transfer",
            "Transfer leadership to another node, without waiting for an election timeout and without losing a write.",
            "from, to and term")
        {
            target,
        };
        command.Does((call, cancellationToken) => RunAsync(call, call.Parsed.GetValue(target), cancellationToken));
        return command;
    }

    private static async Task RunAsync(ClientCall call, string? target, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/leadership/transfer")
        {
            Content = JsonContent.Create(new { to = target }),
        };
        using var answer = await call.Api.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        await call.PrintAsync(call.Api.Parse<TransferAnswer>(text), text, TransferText.Write).ConfigureAwait(false);
    }
}
