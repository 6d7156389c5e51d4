using Akka.Actor;
using Raft.Actors.Membership;

namespace Raft.Programs.Addresses;

/// <summary>A host name or IP address with a TCP port.</summary>
/// <param name="Host">Host name or IP address; an IPv6 address in brackets.</param>
/// <param name="Port">TCP port; 0 takes a free one.</param>
internal sealed record HostPort(string Host, int Port)
{
    /// <exception cref="FormatException">The text is not <c>host:port</c>.</exception>
    public static HostPort Parse(string text) => HostAndPort.Read(text) is var (host, port)
        ? new HostPort(host, port)
        : throw new FormatException(
            $"'{text}' is no address: write HOST:PORT, for example 127.0.0.1:8080, or with an IPv6 address [::1]:8080.");

    /// <summary>Reads an address that others reach.</summary>
    /// <exception cref="FormatException">The text is not <c>host:port</c>, or nobody reaches it.</exception>
    public static HostPort ParseReachable(string text) => Parse(text) is { Port: > 0, IsAny: false } address
        ? address
        : throw new FormatException($"'{text}' is no address that others reach: write HOST:PORT, for example 10.0.0.1:4053.");

    /// <summary>Reads a list such as <c>seed1:4053,seed2:4053</c>.</summary>
    /// <exception cref="FormatException">An item is not <c>host:port</c>, or there is none.</exception>
    public static IReadOnlyList<HostPort> ParseList(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0
            ? [.. parts.Select(ParseReachable)]
            : throw new FormatException($"'{text}' is no list of addresses: write HOST:PORT,HOST:PORT,…");
    }

    /// <summary>Whether it stands for all addresses of a machine, where one listens and where nobody is reached.</summary>
    public bool IsAny => Host is "0.0.0.0" or "[::]";

    /// <summary>Where an ActorSystem is reached.</summary>
    public static HostPort Of(Address address) => new(address.Host ?? "", address.Port ?? 0);

    /// <summary>An ActorSystem here, of the same cluster as another one.</summary>
    /// <param name="other">Any address of the cluster.</param>
    public Address In(Address other) => other.WithHost(Host).WithPort(Port);

    /// <summary>As <c>host:port</c>.</summary>
    public override string ToString() => HostAndPort.Write(Host, Port);
}
