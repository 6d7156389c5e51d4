using System.Globalization;
using Raft.Actors.Protocol;

namespace Raft.Actors.Membership;

/// <summary>A voting member and where its Akka.Remote listens.</summary>
/// <param name="Id">The member's stable name.</param>
/// <param name="Host">Host name or IP address.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
public sealed record Member(NodeId Id, string Host, int Port)
{
    /// <summary>Reads a list such as <c>n1=10.0.0.1:4053,n2=10.0.0.2:4053</c>.</summary>
    /// <exception cref="FormatException">The list does not parse; the message says where and what is expected.</exception>
    public static IReadOnlyList<Member> ParseList(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var members = parts.Select(Parse).ToArray();
        var twice = Twice(members, m => m.Id.Value) ?? Twice(members, m => m.Address);
        return twice is null
            ? members
            : throw new FormatException($"'{text}' names {twice} twice; each member has a name and an address of its own.");
    }

    /// <summary>Reads one member, such as <c>n1=10.0.0.1:4053</c>.</summary>
    /// <exception cref="FormatException">The text does not parse; the message says what is expected.</exception>
    public static Member Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var colon = text.LastIndexOf(':');
        if (equals < 1 || colon <= equals + 1
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535
            || Uri.CheckHostName(text[(equals + 1)..colon]) == UriHostNameType.Unknown)
            throw new FormatException($"'{text}' is no member: write NAME=HOST:PORT, for example n1=10.0.0.1:4053.");

        return new Member(NodeId.Parse(text[..equals]), text[(equals + 1)..colon], port);
    }

    private static string? Twice(Member[] members, Func<Member, string> part) =>
        members.GroupBy(part, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)?.Key;

    /// <summary>The address as <c>host:port</c>.</summary>
    public string Address => $"{Host}:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => $"{Id}={Address}";
}
