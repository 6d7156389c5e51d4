namespace Raft.Actors.Protocol;

/// <summary>
/// Identifies a command when it is sent again (dissertation §6.3). Of two commands with the same origin the first is applied, and
/// both get its answer.
/// </summary>
public abstract record CommandOrigin
{
    private protected CommandOrigin()
    {
    }

    /// <summary>The most bytes that it adds to an encoded entry or request.</summary>
    internal abstract int EncodedBytes { get; }

    /// <summary>Checks for values that no correct client would send.</summary>
    /// <returns>The problem as a clause; null if there is none.</returns>
    internal abstract string? Problem();
}

/// <summary>A command of a client's session.</summary>
/// <param name="Session">The session.</param>
/// <param name="Sequence">The command's number in its session, starting at 1.</param>
/// <param name="Acknowledged">The client no longer needs the replies to commands up to this number; 0 if it needs all.</param>
internal sealed record SessionCommand(SessionId Session, long Sequence, long Acknowledged) : CommandOrigin
{
    /// <inheritdoc/>
    internal override int EncodedBytes => 40;

    /// <inheritdoc/>
    internal override string? Problem() =>
        Session.Value < 1 ? $"session {Session} does not exist"
        : Sequence < 1 ? $"sequence {Sequence} is below 1"
        : Acknowledged < 0 ? $"acknowledgement {Acknowledged} is negative"
        : Acknowledged >= Sequence ? $"sequence {Sequence} is not above the acknowledged {Acknowledged}"
        : null;
}

/// <summary>A command with a key chosen by the caller. Any client may send it again.</summary>
/// <param name="Key">The key.</param>
internal sealed record KeyedCommand(IdempotencyKey Key) : CommandOrigin
{
    private const int Overhead = 16;

    /// <inheritdoc/>
    internal override int EncodedBytes => Key.Value.Length + Overhead;

    /// <inheritdoc/>
    internal override string? Problem() =>
        IdempotencyKey.IsValid(Key.Value) ? null : $"its idempotency key is not {IdempotencyKey.Rule}";
}

/// <summary>A client's session: the log index of the entry that opened it.</summary>
/// <param name="Value">The index.</param>
internal readonly record struct SessionId(long Value)
{
    /// <summary>The number alone.</summary>
    public override string ToString() => Value.ToString();
}
