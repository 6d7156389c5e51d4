using System.CommandLine;
using Raft.Actors.AspNetCore.Answers;
using Raft.Host.Rendering;

namespace Raft.Host.Commands;

/// <summary><c>raft members</c>: shows the members of the group and the other processes of the Akka cluster.</summary>
internal static class MembersCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new ClientCommand(
            "members",
            "Show the members of the group: role, replication lag, last contact, and the member's process in the Akka cluster.",
            "the response of /api/members");
        command.Does(
            (call, cancellationToken) => call.ShowAsync<MembersAnswer>("/api/members", MembersText.Write, cancellationToken));
        return command;
    }
}
