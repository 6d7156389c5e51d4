using Akka.Actor;
using Raft.Actors.Membership;

namespace Raft.Programs.Addresses;

/// <summary>A host name or IP address with a TCP port.</summary>
/// <param name="Host">Host name or IP address; an IPv6 address has brackets.</param>
/// <param name="Port">TCP port; 0 stands for a free port.</param>
internal sealed record HostPort(string Host, int Port)
{
    /// <exception cref="FormatException">The text is not <c>host:port</c>.</exception>
    public static HostPort Parse(string text) => HostAndPort.Read(text) is var (host, port)
        ? new HostPort(host, port)
        : throw new FormatException(
            $"'{text}' is not an address. Use HOST:PORT, such as 127.0.0.1:8080, or [::1]:8080 for IPv6.");

    /// <summary>Parses an address that other processes connect to.</summary>
    /// <exception cref="FormatException">The text is not <c>host:port</c>, or other processes can't connect to it.</exception>
    public static HostPort ParseReachable(string text) => Parse(text) is { Port: > 0, IsAny: false } address
        ? address
        : throw new FormatException(
            $"'{text}' is not an address that others can connect to. Use HOST:PORT, such as 10.0.0.1:4053.");

    /// <summary>Parses a list such as <c>seed1:4053,seed2:4053</c>.</summary>
    /// <exception cref="FormatException">An item is not <c>host:port</c>, or the list is empty.</exception>
    public static IReadOnlyList<HostPort> ParseList(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0
            ? [.. parts.Select(ParseReachable)]
            : throw new FormatException($"'{text}' is not a list of addresses. Use HOST:PORT,HOST:PORT,…");
    }

    /// <summary>Whether it stands for all addresses of a machine, which a process can listen on but not connect to.</summary>
    public bool IsAny => Host is "0.0.0.0" or "[::]";

    /// <summary>Returns the address of an ActorSystem.</summary>
    public static HostPort Of(Address address) => new(address.Host ?? "", address.Port ?? 0);

    /// <summary>Returns the address of the ActorSystem here that belongs to the same cluster as another one.</summary>
    /// <param name="other">Any address of the cluster.</param>
    public Address In(Address other) => other.WithHost(Host).WithPort(Port);

    /// <summary>Formats the address as <c>host:port</c>.</summary>
    public override string ToString() => HostAndPort.Write(Host, Port);
}
