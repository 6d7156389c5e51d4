using Raft.Actors.Protocol;

namespace Raft.Simulation.Checks.Sessions;

/// <summary>Identifies commands across attempts: all attempts of a command have one name.</summary>
internal sealed class CommandNames
{
    private readonly Dictionary<(string Client, long RequestId), object> _names = [];

    public void Observe(string client, IReadOnlyList<Proposal> proposals)
    {
        foreach (var proposal in proposals)
        {
            if (NameOf(proposal.Origin) is { } name) _names[(client, proposal.RequestId)] = name;
        }
    }

    /// <returns>A session and a sequence, or an idempotency key; null for a command that has none.</returns>
    public object? NameOf(string client, long requestId) => _names.GetValueOrDefault((client, requestId));

    /// <inheritdoc cref="NameOf(string, long)"/>
    public static object? NameOf(CommandOrigin? origin) => origin switch
    {
        SessionCommand command => new SequenceOf(command.Session, command.Sequence),
        KeyedCommand command => command.Key,
        _ => null,
    };

    private sealed record SequenceOf(SessionId Session, long Sequence)
    {
        public override string ToString() => $"{Sequence} of session {Session}";
    }
}
