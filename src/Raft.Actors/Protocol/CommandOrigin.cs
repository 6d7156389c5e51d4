namespace Raft.Actors.Protocol;

/// <summary>
/// What a command is known by when it comes again (dissertation §6.3). Of two commands with the same origin the first is
/// applied, and both get its answer.
/// </summary>
public abstract record CommandOrigin
{
    private protected CommandOrigin()
    {
    }

    /// <summary>What it adds to an encoded entry or request, at the most, in bytes.</summary>
    internal abstract int EncodedBytes { get; }

    /// <summary>Says what no working client would send.</summary>
    /// <returns>One clause; null where nothing is wrong.</returns>
    internal abstract string? Problem();
}

/// <summary>A command of a client's session.</summary>
/// <param name="Session">The session.</param>
/// <param name="Sequence">The command's number in it, from 1.</param>
/// <param name="Acknowledged">
/// All commands up to this number have ended for the client: their replies may be forgotten. 0 where none has.
/// </param>
internal sealed record SessionCommand(SessionId Session, long Sequence, long Acknowledged) : CommandOrigin
{
    /// <inheritdoc/>
    internal override int EncodedBytes => 40;

    /// <inheritdoc/>
    internal override string? Problem() =>
        Session.Value < 1 ? $"session {Session} is none"
        : Sequence < 1 ? $"sequence {Sequence} is below 1"
        : Acknowledged < 0 ? $"acknowledgement {Acknowledged} is negative"
        : Acknowledged >= Sequence ? $"sequence {Sequence} is acknowledged by itself, up to {Acknowledged}"
        : null;
}

/// <summary>A command with a key of its caller's choice, which any client may send again.</summary>
/// <param name="Key">The key.</param>
internal sealed record KeyedCommand(IdempotencyKey Key) : CommandOrigin
{
    private const int Overhead = 16;

    /// <inheritdoc/>
    internal override int EncodedBytes => Key.Value.Length + Overhead;

    /// <inheritdoc/>
    internal override string? Problem() => IdempotencyKey.IsValid(Key.Value) ? null : $"its idempotency key is not {IdempotencyKey.Rule}";
}

/// <summary>A client's session: the log index of the entry that opened it.</summary>
/// <param name="Value">The index.</param>
internal readonly record struct SessionId(long Value)
{
    /// <summary>The number alone.</summary>
    public override string ToString() => Value.ToString();
}
