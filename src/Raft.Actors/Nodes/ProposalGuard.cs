using Raft.Actors.Configuration;
using Raft.Actors.Protocol;

namespace Raft.Actors.Nodes;

/// <summary>Rejects proposals that a leader must not append. Pure.</summary>
internal static class ProposalGuard
{
    /// <returns>The reason of the refusal as a sentence; null if the proposal is valid.</returns>
    public static string? Problem(Proposal proposal, RaftSettings settings)
    {
        if (proposal.Command.Length > settings.MaxCommandBytes)
            return $"The command has {proposal.Command.Length} bytes; at most {settings.MaxCommandBytes} are allowed.";
        if (proposal.Kind is not (EntryKind.Command or EntryKind.OpenSession))
            return $"A client can't propose an entry of kind {(int)proposal.Kind}.";
        if (proposal.Kind == EntryKind.OpenSession && (proposal.Command.Length > 0 || proposal.Origin is not null))
            return "A session is opened without a command.";
        return proposal.Origin?.Problem() is { } problem ? $"The command's origin is invalid: {problem}." : null;
    }
}
