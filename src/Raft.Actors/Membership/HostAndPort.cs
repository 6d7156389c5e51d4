using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Raft.Actors.Membership;

/// <summary>Addresses of the form <c>host:port</c>.</summary>
internal static class HostAndPort
{
    /// <summary>
    /// Parses <c>host:port</c>. An IPv6 address is in brackets (RFC 3986 §3.2.2), because it contains colons. It is returned in
    /// brackets and in its shortest form, as in the addresses of ActorSystems.
    /// </summary>
    /// <returns>Host and port; null if the text is no such address.</returns>
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

    /// <summary>Formats an address so that <see cref="Read"/> can parse it.</summary>
    public static string Write(string host, int port) => $"{host}:{port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>An IP address as the host part of an address.</summary>
    public static string HostOf(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    /// <summary>
    /// A link-local address with a zone, such as <c>[fe80::1%eth0]</c>, is refused: it is meaningless on other machines.
    /// </summary>
    private static string? HostOf(string text) => text is ['[', .. var inner, ']']
        ? !inner.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(inner, out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6 ? HostOf(address) : null
        : Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 ? text
        : null;
}
