using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Raft.Actors.Membership;

/// <summary>An address as a person writes it and as Akka.NET names it.</summary>
internal static class HostAndPort
{
    /// <summary>
    /// Reads <c>host:port</c>. An IPv6 address stands in brackets (RFC 3986 §3.2.2), since it has colons of its own; it comes back in
    /// brackets and in its shortest form, as in the addresses of ActorSystems.
    /// </summary>
    /// <returns>Host and port; null where the text is no such address.</returns>
    public static (string Host, int Port)? Read(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port <= IPEndPoint.MaxPort
            && HostOf(text[..colon]) is { } host
            ? (host, port)
            : null;
    }

    /// <summary>As <see cref="Read"/> reads it.</summary>
    public static string Write(string host, int port) => $"{host}:{port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>An IP address as the host of an address.</summary>
    public static string HostOf(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    /// <summary>An address of one interface, such as <c>[fe80::1%eth0]</c>, means nothing to others.</summary>
    private static string? HostOf(string text) => text is ['[', .. var inner, ']']
        ? !inner.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(inner, out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6 ? HostOf(address) : null
        : Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 ? text
        : null;
}
