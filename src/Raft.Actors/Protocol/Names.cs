using System.Text.RegularExpressions;

namespace Raft.Actors.Protocol;

/// <summary>
/// The stable name of a node. It stays the same over restarts and moves to another address; an address does not
/// identify a node.
/// </summary>
/// <param name="Value">1 to 64 letters, digits, dots, dashes and underscores.</param>
public readonly record struct NodeId(string Value)
{
    /// <summary>Checks <paramref name="text"/> and makes a name of it.</summary>
    /// <exception cref="FormatException">The text is no valid name; the message says what is allowed.</exception>
    public static NodeId Parse(string text) => new(NameRule.Check(text, "node id"));

    /// <summary>The name alone.</summary>
    public override string ToString() => Value;
}

/// <summary>The name of a Raft group. One host can carry nodes of many groups.</summary>
/// <param name="Value">1 to 64 letters, digits, dots, dashes and underscores.</param>
public readonly record struct GroupId(string Value)
{
    /// <summary>Checks <paramref name="text"/> and makes a name of it.</summary>
    /// <exception cref="FormatException">The text is no valid name; the message says what is allowed.</exception>
    public static GroupId Parse(string text) => new(NameRule.Check(text, "group id"));

    /// <summary>The name alone.</summary>
    public override string ToString() => Value;
}

/// <summary>
/// Names one cluster for ever. It is made when the cluster is formed, kept in every journal and carried by every RPC,
/// so that nodes of two clusters that reach each other by a wrong address refuse each other.
/// </summary>
/// <param name="Value">1 to 64 letters, digits, dots, dashes and underscores.</param>
public readonly record struct ClusterId(string Value)
{
    /// <summary>Checks <paramref name="text"/> and makes a name of it.</summary>
    /// <exception cref="FormatException">The text is no valid name; the message says what is allowed.</exception>
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
                $"'{text}' is no {what}: use 1 to 64 letters, digits, dots, dashes and underscores.");

    public static bool IsValid(string? text) => text is not null && Allowed().IsMatch(text);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Allowed();
}
