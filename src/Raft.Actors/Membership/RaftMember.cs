using Raft.Actors.Protocol;

namespace Raft.Actors.Membership;

/// <summary>A voting member and the address of its Akka.Remote endpoint.</summary>
/// <param name="Id">The member's stable name.</param>
/// <param name="Host">Host name or IP address; an IPv6 address is in brackets.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
public sealed record RaftMember(NodeId Id, string Host, int Port)
{
    /// <summary>Parses a list such as <c>n1=10.0.0.1:4053,n2=10.0.0.2:4053</c>.</summary>
    /// <exception cref="FormatException">The list is malformed or names a member or an address twice. The message says where, and
    /// what is expected.</exception>
    public static IReadOnlyList<RaftMember> ParseList(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var members = parts.Select(Parse).ToArray();
        var twice = Twice(members, m => m.Id.Value) ?? Twice(members, m => m.Address);
        return twice is null
            ? members
            : throw new FormatException($"'{text}' names {twice} twice; each member has a name and an address of its own.");
    }

    /// <summary>Parses one member, such as <c>n1=10.0.0.1:4053</c>.</summary>
    /// <exception cref="FormatException">The text is malformed; the message says what is expected.</exception>
    public static RaftMember Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals >= 1 && HostAndPort.Read(text[(equals + 1)..]) is (var host, > 0 and var port)
            ? new RaftMember(NodeId.Parse(text[..equals]), host, port)
            : throw new FormatException(
                $"'{text}' is no member: write NAME=HOST:PORT, for example n1=10.0.0.1:4053, or with an IPv6 address "
                + "n1=[fd00::1]:4053.");
    }

    private static string? Twice(RaftMember[] members, Func<RaftMember, string> part) =>
        members.GroupBy(part, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)?.Key;

    /// <summary>The address as <c>host:port</c>.</summary>
    public string Address => HostAndPort.Write(Host, Port);

    /// <summary>Formats the member so that <see cref="Parse"/> can read it.</summary>
    public override string ToString() => $"{Id}={Address}";
}
