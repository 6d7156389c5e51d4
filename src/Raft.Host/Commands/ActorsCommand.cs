using System.CommandLine;
using Raft.Actors.Inspection;
using Raft.Host.Answers;
using Raft.Host.Api;
using Raft.Host.Formatting;
using Raft.Host.Rendering;

namespace Raft.Host.Commands;

/// <summary><c>raft actors</c>: shows the live actor tree of a node.</summary>
internal static class ActorsCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var of = new Option<string>("--of")
        {
            Description = "Show the actors of this node, such as n2. Default: the node that --node names.",
            HelpName = "NODE",
            DefaultValueFactory = _ => "",
        };
        of.CompletionSources.Add(NodeNames.Complete);
        var under = new Option<string>("--under")
        {
            Description = "Path of the actor at the root of the tree.",
            HelpName = "PATH",
            DefaultValueFactory = _ => "/user",
        };
        under.CompletionSources.Add("/", "/user", "/system", "/temp");
        var depth = NumberOption.Create(
            "--depth", "Maximum number of levels below that actor.", ActorTreeReader.MaxDepth, min: 0, ActorTreeReader.MaxDepth);
        var limit = NumberOption.Create(
            "--limit", "Maximum number of actors to show.", ServerLimits.DefaultActors, min: 1, ActorTreeReader.MaxActors);
        var command = new ClientCommand(
            "actors", "Show the live actor tree of a node, with types and mailbox sizes.", "the response of /api/actors")
        {
            of, under, depth, limit,
        };
        command.Does((call, cancellationToken) => call.ShowAsync<ActorsAnswer>(
            $"/api/actors?node={Uri.EscapeDataString(call.Parsed.GetValue(of)!)}"
            + $"&under={Uri.EscapeDataString(call.Parsed.GetValue(under)!)}"
            + $"&depth={Readable.Number(call.Parsed.GetValue(depth))}&limit={Readable.Number(call.Parsed.GetValue(limit))}",
            ActorsText.Write,
            cancellationToken));
        return command;
    }
}
