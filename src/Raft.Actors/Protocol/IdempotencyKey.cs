namespace Raft.Actors.Protocol;

/// <summary>
/// A caller's name for one command. Commands with the same key are the same command: it is applied once, and each attempt gets
/// its answer, whichever client and node it uses. A new command needs a new key, such as a UUID.
/// </summary>
/// <param name="Value">1 to 255 printable ASCII characters, spaces included.</param>
public readonly record struct IdempotencyKey(string Value)
{
    /// <summary>Maximum number of characters.</summary>
    public const int MaxLength = 255;

    internal static readonly string Rule = $"1 to {MaxLength} printable ASCII characters";

    /// <summary>Parses a key.</summary>
    /// <exception cref="FormatException">The text is not a valid key; the message says what is allowed.</exception>
    public static IdempotencyKey Parse(string text) =>
        IsValid(text) ? new(text) : throw new FormatException($"An idempotency key has {Rule}.");

    /// <summary>The key alone.</summary>
    public override string ToString() => Value;

    internal static bool IsValid(string? text) =>
        text is { Length: >= 1 and <= MaxLength } && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;
}
