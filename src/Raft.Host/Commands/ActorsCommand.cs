using System.CommandLine;
using Raft.Actors.Inspection;
using Raft.Host.Answers;
using Raft.Host.Api;
using Raft.Host.Formatting;
using Raft.Host.Rendering;

namespace Raft.Host.Commands;

/// <summary><c>raft actors</c>: the live tree of actors of a node.</summary>
internal static class ActorsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var of = new Option<string>("--of")
        {
            Description = "The node whose actors are shown, such as n2. Without it: the one that is asked.",
            HelpName = "NODE",
            DefaultValueFactory = _ => "",
        };
        of.CompletionSources.Add(NodeNames.Complete);
        var under = new Option<string>("--under")
        {
            Description = "Path of the actor to begin at.",
            HelpName = "PATH",
            DefaultValueFactory = _ => "/user",
        };
        under.CompletionSources.Add("/", "/user", "/system", "/temp");
        var depth = NumberOption.Create(
            "--depth", "Levels below that actor, at the most.", ActorTreeReader.MaxDepth, min: 0, ActorTreeReader.MaxDepth);
        var limit = NumberOption.Create(
            "--limit", "Actors to show, at the most.", ApiLimits.DefaultActors, min: 1, ActorTreeReader.MaxActors);
        var command = new ClientCommand(
            "actors", "Show the live tree of actors of a node, with types and mailbox sizes.", "the JSON of /api/actors")
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
