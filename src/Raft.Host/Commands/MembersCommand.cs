using System.CommandLine;
using Raft.Host.Answers;
using Raft.Host.Rendering;

namespace Raft.Host.Commands;

/// <summary><c>raft members</c>: who is a member of the group, and who else is there.</summary>
internal static class MembersCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new ClientCommand(
            "members",
            "Show the members of the group: role, how far each is behind, when it was last heard, and its process in the Akka cluster.",
            "the JSON of /api/members");
        command.Does((call, cancellationToken) => call.ShowAsync<MembersAnswer>("/api/members", MembersText.Write, cancellationToken));
        return command;
    }
}
