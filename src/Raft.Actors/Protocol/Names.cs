using System.Text.RegularExpressions;

namespace Raft.Actors.Protocol;

/// <summary>
/// The stable name of a node. It survives restarts and changes of address; an address does not identify a node.
/// </summary>
/// <param name="Value">1 to 64 letters, digits, dots, dashes and underscores.</param>
public readonly record struct NodeId(string Value)
{
    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">The text is not a valid name; the message says what is allowed.</exception>
    public static NodeId Parse(string text) => new(NameRule.Check(text, "node id"));

    /// <summary>The name alone.</summary>
    public override string ToString() => Value;
}

/// <summary>The name of a Raft group. A process can run nodes of several groups.</summary>
/// <param name="Value">1 to 64 letters, digits, dots, dashes and underscores.</param>
public readonly record struct GroupId(string Value)
{
    /// <summary>Parses a name.</summary>
    /// <exception cref="FormatException">The text is not a valid name; the message says what is allowed.</exception>
    public static GroupId Parse(string text) => new(NameRule.Check(text, "group id"));

    /// <summary>The name alone.</summary>
    public override string ToString() => Value;
}

/// <summary>
/// The permanent id of a cluster. It is drawn when the cluster is formed, and contained in every journal and every RPC, so that
/// nodes of different clusters refuse each other's messages.
/// </summary>
/// <param name="Value">1 to 64 letters, digits, dots, dashes and underscores.</param>
public readonly record struct ClusterId(string Value)
{
    /// <summary>Parses an id.</summary>
    /// <exception cref="FormatException">The text is not a valid id; the message says what is allowed.</exception>
    public static ClusterId Parse(string text) => new(NameRule.Check(text, "cluster id"));

    /// <summary>The name alone.</summary>
    public override string ToString() => Value;
}

internal static partial class NameRule
{
    public static string Check(string text, string what) =>
        Allowed().IsMatch(text)
            ? text
            : throw new FormatException(
                $"'{text}' is not a valid {what}: use 1 to 64 letters, digits, dots, dashes and underscores.");

    public static bool IsValid(string? text) => text is not null && Allowed().IsMatch(text);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Allowed();
}
